"""How often each kind of trial is made: in some minutes, and before a release."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Trials of each kind.

    `stride`: only each n-th call to the disk of a script fails. `programs`: histories of each
    group of programs. `tables`: saves by spreadsheets. `soak`: seconds, and how long a member
    waits between edits on average.
    """

    flips: int
    saves: int
    kills: int
    power: int
    stride: int
    histories: int
    databases: int
    git: int
    programs: int
    tables: int
    soak: float
    pause: float


#: Some minutes on two processors.
BOUNDED = Sizes(
    flips=5000, saves=2000, kills=100, power=10, stride=23, histories=600, databases=60, git=100,
    programs=50, tables=40, soak=120, pause=0.1,
)  # fmt: skip

#: Hours; the histories alone take days on two processors, so they may be asked for alone.
LONG = Sizes(
    flips=1_000_000, saves=50_000, kills=2000, power=200, stride=1, histories=1_000_000,
    databases=20_000, git=2000, programs=100_000, tables=400, soak=8 * 3600, pause=2.0,
)  # fmt: skip
