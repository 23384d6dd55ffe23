"""The map of topics: a disc of dots each, those that share words close together."""

from __future__ import annotations

from math import cos, pi, sin, sqrt
from typing import Any

from reviewkit.figures.chart import Chart
from reviewkit.figures.look import COLOURS, INK, WIDTH, shown

# The turn from one dot to the next that fills a disc evenly.
_TURN = pi * (3 - sqrt(5))
_ROUNDS = 2000
# Inches: a letter of a label, its line, the space between two topics.
_LETTER, _LINE, _SPACE = 0.074, 0.125, 0.1
_LONGEST = 26
_HIGHEST = 8.0


def draw_map(figure: Any, axes: Any, chart: Chart) -> None:
    """Draw the discs where they do not cover each other, with their labels below."""
    sizes, *places = chart.values
    labels = [[shown(word, _LONGEST) for word in label.split(", ")] for label in chart.labels]
    # The discs together fill a sixth of the page at most, a dot is never large.
    dot = min(0.075, sqrt(WIDTH * 4.5 / 6 / (pi * max(1, sum(sizes)))))
    radii = [dot * sqrt(size) + dot / 2 for size in sizes]
    boxes = [
        (max(2 * r, _LETTER * max(map(len, words))) + _SPACE, 2 * r + _LINE * len(words) + _SPACE)
        for r, words in zip(radii, labels, strict=True)
    ]
    centres = _apart([(x, y) for x, y in places], boxes)
    lows = [y - high / 2 for (_, y), (_, high) in zip(centres, boxes, strict=True)]
    highs = [y + high / 2 for (_, y), (_, high) in zip(centres, boxes, strict=True)]
    figure.set_size_inches(WIDTH, max(highs) - min(lows) + _SPACE)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(min(lows) - _SPACE / 2, max(highs) + _SPACE / 2)
    axes.axis("off")
    for number, ((x, top), radius) in enumerate(
        zip([(x, high) for (x, _), high in zip(centres, highs, strict=True)], radii, strict=True)
    ):
        middle = top - _SPACE / 2 - radius
        steps = [(dot * sqrt(n + 0.5), n * _TURN) for n in range(int(sizes[number]))]
        axes.scatter(
            [x + away * cos(turn) for away, turn in steps],
            [middle + away * sin(turn) for away, turn in steps],
            # In points squared; the dots of a disc just do not touch.
            s=(dot * 72 * 1.5) ** 2, color=COLOURS[number % 6], linewidth=0,
        )  # fmt: skip
        axes.text(
            x, middle - radius, "\n".join(labels[number]), ha="center", va="top", fontsize=7.5,
            color=INK, linespacing=1.05,
        )  # fmt: skip


def _apart(
    places: list[tuple[float, float]], boxes: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The places in inches, spread until no box covers another; the page's width is kept."""
    area = sum(width * height for width, height in boxes)
    tall = min(_HIGHEST, max(1.6, area / WIDTH / 0.62))
    at = [[WIDTH * (x + 1) / 2, tall * (y + 1) / 2] for x, y in places]
    for _ in range(_ROUNDS):
        moved = False
        for i, (wide, high) in enumerate(boxes):
            # Nothing may leave the page at its sides.
            at[i][0] = min(max(at[i][0], wide / 2), WIDTH - wide / 2)
            for j in range(i):
                x = (wide + boxes[j][0]) / 2 - abs(at[i][0] - at[j][0])
                y = (high + boxes[j][1]) / 2 - abs(at[i][1] - at[j][1])
                if x > 1e-6 and y > 1e-6:
                    moved = True
                    axis, by = (0, x) if x < y else (1, y)
                    step = (by / 2 + 1e-3) * (1 if at[i][axis] >= at[j][axis] else -1)
                    at[i][axis] += step
                    at[j][axis] -= step
        if not moved:
            break
    return [(x, y) for x, y in at]
