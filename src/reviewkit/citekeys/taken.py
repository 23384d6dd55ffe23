"""The citekeys in use, and how a new one is kept apart from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Citekeys:
    """The citekeys in use, compared without regard to case."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._keys = {key.casefold() for key in keys}

    def __contains__(self, key: str) -> bool:
        return key.casefold() in self._keys

    def add(self, key: str) -> None:
        """Count this key as taken from now on."""
        self._keys.add(key.casefold())


def unique(key: str, taken: Citekeys, ending: Callable[[int], str] | None = None) -> str:
    """The key, with an ending if it is taken: a, b, ... z, aa, ... or what `ending` gives.

    `ending` is asked for the endings number 1, 2, 3... until one makes the key free; each
    must be another text.
    """
    number = 0
    candidate = key
    while candidate in taken:
        number += 1
        candidate = key + (ending or letters)(number)
    return candidate


def letters(number: int) -> str:
    """Ending of a number: 1 is a, 26 is z, 27 is aa."""
    found = ""
    while number:
        number, place = divmod(number - 1, 26)
        found = chr(ord("a") + place) + found
    return found
