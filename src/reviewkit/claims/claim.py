"""One quantity that a text states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "speedup", "accuracy", "reduction", "size", "throughput", "energy", "latency", "cost", "other"
]
Direction = Literal["up", "down", "level"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with its meaning, and the sentence for a person to judge it by.

    Attributes
    ----------
    start, end
        Where the number stands in the text, end exclusive. A unit is not part of it, save in a
        size such as `16x16`, which is one claim.
    value
        In `unit`: "1.4 billion parameters" is 1.4e9 parameters, but "a 20B model" 20 "B
        parameters", as people say it.
    unit
        "%", "x" (a factor), "ms", "GB", "mAP", "GPU hours"..., the noun of what is counted, or
        "ratio" for a number between 0 and 1.
    kind
        What the quantity tells of: `reduction` is of anything without a kind of its own (memory,
        FLOPs, data); `speedup` of speed and performance; an error is `accuracy`.
    direction
        A change "up" or "down"; "level" for a figure that is no change.
    qualifier
        "up to", "over", "under", "at least", "about", "geomean", "range low"...; else "".
    baseline
        What it is compared with, in the words of the text, or "".
    context
        Data sets and hardware, between semicolons, or "".
    quote
        The sentence.
    """

    start: int
    end: int
    value: float
    unit: str
    kind: Kind
    direction: Direction
    qualifier: str
    baseline: str
    context: str
    quote: str
