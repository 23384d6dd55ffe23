"""One table of figures, each beside a rival that was measured in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HEAD = ("what", "reviewkit", "against", "rival", "ratio")


@dataclass(frozen=True)
class Figure:
    """One measurement; `rival` None: nothing to compare with, or `against` says why."""

    what: str
    value: float
    unit: str
    against: str = ""
    rival: float | None = None

    def cells(self) -> tuple[str, ...]:
        """The row of the table; a ratio below 1 says that reviewkit takes less."""
        rival = "" if self.rival is None else f"{_short(self.rival)} {self.unit}"
        ratio = f"{self.value / self.rival:.2f}" if self.rival else ""
        return (self.what, f"{_short(self.value)} {self.unit}", self.against, rival, ratio)


def _short(number: float) -> str:
    return f"{number:.3g}" if number < 100 else f"{number:,.0f}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table of Markdown that also reads well in a terminal."""
    rows = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"


def seconds(task: Callable[[], object]) -> float:
    """Processor seconds of all threads for the task: other programs do not count."""
    begin = time.process_time()
    task()
    return time.process_time() - begin


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]
