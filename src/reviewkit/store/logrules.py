"""When logs are merged and which, and what came of it; see `merging`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """When logs are merged, and which.

    Attributes
    ----------
    more_than
        A project of so many logs, of anybody, is left as it is.
    days
        So long ago a log was written last, and its month ended.
    fewest
        Fewer than so many are not worth it.
    largest
        A log of so many bytes is not written again for the sake of small ones.
    wait
        So many days a new log stands beside the old ones; 0: those go at once.
    """

    more_than: int = 2000
    days: float = 30.0
    fewest: int = 100
    largest: int = 1 << 20
    wait: float = 1.0


RULES = Rules()


@dataclass(frozen=True, slots=True)
class MergedLogs:
    """What was, or with `done` false would be, made of a project's logs.

    `logs` is how many there were, `merged` how many of them got one of the `into` new ones, `gone`
    how many were in a new one and went to the trash; `kept` says why, and how many, others stay.
    """

    logs: int
    merged: int = 0
    into: int = 0
    gone: int = 0
    kept: tuple[tuple[str, int], ...] = ()
    done: bool = False
