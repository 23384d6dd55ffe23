"""How far a look-up is, for whoever waits for it."""

from __future__ import annotations

import sys
from collections.abc import Callable

#: Called with how many are done, of how many, and the name of the last one.
Progress = Callable[[int, int, str], None]


def say(done: int, total: int, what: str) -> None:
    """Progress as one line on stderr that writes over itself."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in what[:50])
    end = "\n" if done == total else ""
    print(f"\rlooked up {done} of {total}: {shown:<50}", end=end, file=sys.stderr, flush=True)


def stepping(what: str) -> Progress:
    """Progress of a work in steps as one line on stderr, which is gone when it is done."""

    def told(done: int, total: int, step: str) -> None:
        shown = "".join(sign if sign.isprintable() else "?" for sign in step[:50])
        of = f" {done}/{total}" if total > 1 else ""
        text = "" if done == total else f"{what}{of}: {shown}"
        print(f"\r{text:<79}", end="\r" if done == total else "", file=sys.stderr, flush=True)

    return told


def silent(_done: int, _total: int, _what: str) -> None:
    """Progress for nobody."""
