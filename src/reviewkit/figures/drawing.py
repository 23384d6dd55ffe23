"""Drawing charts with matplotlib, without its global state."""

from __future__ import annotations

from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from reviewkit.figures.chart import Chart
from reviewkit.figures.flowdrawing import draw_flow
from reviewkit.figures.look import COLOURS, GRID, HATCHES, INK, MAIN, WIDTH, shown
from reviewkit.figures.mapdrawing import draw_map


def draw(chart: Chart) -> Figure:
    """The chart as a figure: black on white, legible in print and on a dark page."""
    figure = Figure(figsize=(WIDTH, 2.6), facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    if chart.kind == "flow":
        draw_flow(figure, chart)
    else:
        axes = figure.add_subplot()
        _plain(axes)
        _KINDS[chart.kind](figure, axes, chart)
    return figure


def _plain(axes: Any) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(GRID)
    axes.tick_params(colors=INK, labelsize=8, length=0)


def _columns(figure: Any, axes: Any, chart: Chart) -> None:
    at = range(len(chart.labels))
    below = [0.0] * len(chart.labels)
    for number, (name, row) in enumerate(zip(chart.series, chart.values, strict=True)):
        axes.bar(
            at, row, bottom=below, width=0.72, label=shown(name), color=COLOURS[number],
            hatch=HATCHES[number], edgecolor="white", linewidth=0.6,
        )  # fmt: skip
        below = [a + b for a, b in zip(below, row, strict=True)]
    for x, total in zip(at, below, strict=True):
        if total and len(chart.labels) <= 25:
            axes.annotate(f"{total:g}", (x, total), xytext=(0, 2), textcoords="offset points",
                          ha="center", fontsize=7.5, color=INK)  # fmt: skip
    many = len(chart.labels) > 12
    axes.set_xticks(list(at), [shown(each) for each in chart.labels], rotation=60 if many else 0,
                    ha="right" if many else "center", rotation_mode="anchor")  # fmt: skip
    axes.set_ylim(0, max(below) * 1.12)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    rated = chart.name == "ratings"
    axes.set_ylabel("ratings" if rated else "papers", fontsize=8, color=INK)
    axes.set_xlabel("rating" if rated else "year", fontsize=8, color=INK)
    axes.grid(axis="y", color=GRID, linewidth=0.5)
    axes.set_axisbelow(True)
    if len(chart.series) > 1:
        _legend(axes)


def _rows(figure: Any, axes: Any, chart: Chart) -> None:
    at = list(range(len(chart.labels)))
    figure.set_size_inches(WIDTH, 0.5 + 0.24 * len(at))
    axes.barh(at, chart.values[0], height=0.7, color=MAIN)
    for y, value in zip(at, chart.values[0], strict=True):
        axes.annotate(f"{value:g}", (value, y), xytext=(3, 0), textcoords="offset points",
                      va="center", fontsize=7.5, color=INK)  # fmt: skip
    axes.set_yticks(at, [shown(each, 58) for each in chart.labels])
    axes.invert_yaxis()
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])


def _spread(figure: Any, axes: Any, chart: Chart) -> None:
    figure.set_size_inches(WIDTH, 0.9 + 0.24 * len(chart.labels))
    lowest: dict[float, float] = {}
    highest: dict[float, float] = {}
    for number, (name, row) in enumerate(zip(chart.series, chart.values, strict=True)):
        at, ratings = row[0::2], row[1::2]
        for y, rating in zip(at, ratings, strict=True):
            lowest[y] = min(rating, lowest.get(y, rating))
            highest[y] = max(rating, highest.get(y, rating))
        axes.scatter(ratings, at, s=34, label=shown(name), zorder=3, linewidth=0.6,
                     color=COLOURS[number % len(COLOURS)], edgecolor="white",
                     marker="osD^vPX*"[number % 8])  # fmt: skip
    for y, low in lowest.items():
        axes.plot([low, highest[y]], [y, y], color=GRID, linewidth=2, zorder=1)
    axes.set_yticks(range(len(chart.labels)), [shown(each, 40) for each in chart.labels])
    axes.set_ylim(len(chart.labels) - 0.5, -0.5)
    axes.set_xlim(0.7, 5.3)
    axes.set_xticks(range(1, 6))
    axes.set_xlabel("rating", fontsize=8, color=INK)
    _legend(axes)


def _heat(figure: Any, axes: Any, chart: Chart) -> None:
    figure.set_size_inches(WIDTH, 0.6 + 0.25 * len(chart.series))
    most = max(max(row) for row in chart.values)
    for y, row in enumerate(chart.values):
        for x, value in enumerate(row):
            if value:
                share = value / most
                axes.add_patch(_cell(x, y, share))
                axes.text(x, y, f"{value:g}", ha="center", va="center", fontsize=7.5,
                          color="white" if share > 0.55 else INK)  # fmt: skip
    axes.set_xlim(-0.5, len(chart.labels) - 0.5)
    axes.set_ylim(len(chart.series) - 0.5, -0.5)
    axes.set_xticks(range(len(chart.labels)), chart.labels)
    axes.set_yticks(range(len(chart.series)), [shown(each, 34) for each in chart.series])
    axes.spines[:].set_visible(False)


def _cell(x: int, y: int, share: float) -> Any:
    from_white = [1 - (1 - c) * (0.15 + 0.85 * share) for c in (0.0, 0.27, 0.45)]
    return Rectangle((x - 0.47, y - 0.45), 0.94, 0.9, facecolor=from_white, linewidth=0)


def _legend(axes: Any) -> None:
    axes.legend(fontsize=7.5, frameon=False, loc="center left", bbox_to_anchor=(1, 0.5),
                labelcolor=INK)  # fmt: skip


_KINDS = {"columns": _columns, "rows": _rows, "spread": _spread, "heat": _heat, "map": draw_map}
