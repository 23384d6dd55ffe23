"""The flow diagram of PRISMA 2020: boxes, arrows, and the phases at the left."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import FancyBboxPatch

from reviewkit.figures.chart import Chart
from reviewkit.figures.look import GRID, INK, WIDTH, shown

_LINE = 0.165
_PAD = 0.11
_GAP = 0.24
_LEFT, _RIGHT = 0.42, 3.62
_BOX = 2.78
_PHASES = {"Identification": "#d9e6f2", "Screening": "#e9e3f2", "Included": "#dff0e4"}


def draw_flow(figure: Any, chart: Chart) -> None:
    """Draw the rows from the top; every box is as high as its text."""
    rows = [(phase, _lines(on), _lines(off)) for phase, on, off in chart.texts]
    heights = [max(len(on), len(off)) * _LINE + 2 * _PAD for _, on, off in rows]
    total = sum(heights) + _GAP * (len(rows) - 1) + 0.1
    figure.set_size_inches(WIDTH, total)
    figure.set_layout_engine("none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, total)
    axes.axis("off")
    top = total - 0.05
    spans: dict[str, list[float]] = {}
    before: float | None = None
    for (phase, on, off), height in zip(rows, heights, strict=True):
        middle = top - height / 2
        own = len(on) * _LINE + 2 * _PAD
        _box(axes, _LEFT, middle, own, on)
        if before is not None:
            _arrow(axes, (_LEFT + _BOX / 2, before), (_LEFT + _BOX / 2, middle + own / 2))
        if off:
            _box(axes, _RIGHT, middle, len(off) * _LINE + 2 * _PAD, off)
            _arrow(axes, (_LEFT + _BOX, middle), (_RIGHT, middle))
        before = middle - own / 2
        spans.setdefault(phase, [top, top])[1] = top - height
        top -= height + _GAP
    for phase, (high, low) in spans.items():
        _phase(axes, phase, high, low)


def _lines(text: str) -> list[str]:
    return [shown(line, 48) for line in text.split("\n") if line]


def _box(axes: Any, x: float, middle: float, height: float, lines: list[str]) -> None:
    axes.add_patch(
        FancyBboxPatch((x, middle - height / 2), _BOX, height, facecolor="white", edgecolor=INK,
                       linewidth=0.8, boxstyle="round,pad=0,rounding_size=0.05")
    )  # fmt: skip
    for number, line in enumerate(lines):
        y = middle + height / 2 - _PAD - (number + 0.5) * _LINE
        weight = "normal" if number else "bold"
        axes.text(x + 0.12 + (0.12 if number else 0), y, line, fontsize=8 if number else 8.5,
                  color=INK, va="center_baseline", fontweight=weight)  # fmt: skip


def _arrow(axes: Any, begin: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", xy=end, xytext=begin, arrowprops={
        "arrowstyle": "-|>", "color": INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0,
        "mutation_scale": 9})  # fmt: skip


def _phase(axes: Any, name: str, high: float, low: float) -> None:
    axes.add_patch(
        FancyBboxPatch((0.06, low), 0.24, high - low, facecolor=_PHASES[name], edgecolor=GRID,
                       linewidth=0.6, boxstyle="round,pad=0,rounding_size=0.05")
    )  # fmt: skip
    size = min(8.0, (high - low) * 72 / (0.62 * len(name)))
    axes.text(0.18, (high + low) / 2, name, rotation=90, ha="center", va="center", fontsize=size,
              color=INK)  # fmt: skip
