"""What a figure shows, before it is drawn."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

#: Changes when the same data are drawn otherwise, so that stored pictures are drawn anew.
_DRAWN = 2


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows of numbers with their names, and how to look at them.

    Attributes
    ----------
    name, kind
        Which of `FIGURES` it is, and how it is drawn: columns, rows, spread, heat, map, flow.
    caption
        What is to be seen, with how many papers it tells of.
    labels
        Names along the chart: years, venues, papers, tags.
    series
        Names of what is told of each label.
    values
        Numbers, a row for each series and in it one for each label; a spread has rows of
        (label, value) per series.
    texts
        Further texts that are drawn.
    """

    name: str
    kind: str
    caption: str
    labels: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    values: tuple[tuple[float, ...], ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()

    @property
    def digest(self) -> str:
        """A name of all that is drawn."""
        data = json.dumps([_DRAWN, asdict(self)], sort_keys=True)
        return hashlib.sha256(data.encode()).hexdigest()[:16]

    @property
    def text(self) -> str:
        """The figure in words, for who cannot see it."""
        if self.kind == "columns" and len(self.series) == 1:
            told = [f"{label}: {value:g}" for label, value in zip(self.labels, self.values[0],
                    strict=True) if value]  # fmt: skip
            return f"{self.caption} {', '.join(told[:40])}."
        return self.caption
