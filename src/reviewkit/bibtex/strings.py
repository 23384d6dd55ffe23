"""The @string definitions of a file, each in force where BibTeX would have it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from reviewkit.bibtex.encoding import Codec
from reviewkit.bibtex.grammar import NAME
from reviewkit.bibtex.values import MONTHS, Macros, is_too_long, no_macros, resolve

_DEFINITION = re.compile(rb"@\s*+[A-Za-z]++\s*+[{(]\s*+(" + NAME + rb")\s*+=\s*+")


class Strings:
    """Definitions in file order; a later one of a name holds for what comes after it."""

    def __init__(self, data: bytes, others: Sequence[tuple[str, int, int]], codec: Codec) -> None:
        self._by_name: dict[str, list[tuple[int, str]]] = {}
        #: Start and end of each definition by its name, in lower case.
        self.spans: dict[str, list[tuple[int, int]]] = {}
        #: Starts of definitions that cannot be read.
        self.unreadable: list[int] = []
        #: Starts of definitions whose macros are not put in: the text would be too long.
        self.too_long: list[int] = []
        for kind, start, end in others:
            if kind != "string":
                continue
            found = _DEFINITION.match(data, start, end)
            if found is None:
                self.unreadable.append(start)
                continue
            name = codec.read(found[1]).lower()
            raw = data[found.end() : end - 1].rstrip().removesuffix(b",").rstrip()
            macros = self.at(start)
            tex = resolve(codec.read(raw), macros)
            if b"#" in raw and is_too_long(codec.read(raw), macros):
                self.too_long.append(start)
            self._by_name.setdefault(name, []).append((start, tex))
            self.spans.setdefault(name, []).append((start, end))

    def first_place(self, name: str) -> int | None:
        """Where the name is first defined, -1 for a month; None if nowhere."""
        found = self._by_name.get(name)
        if name in MONTHS:
            return -1
        return found[0][0] if found else None

    def at(self, place: int) -> Macros:
        """TeX of each name as it is at this place of the file.

        A name that is defined only later has its first definition; BibTeX would leave it
        empty.
        """
        if not self._by_name:
            return no_macros

        def tex(name: str) -> str | None:
            known = self._by_name.get(name)
            if known is None:
                return MONTHS.get(name)
            number = bisect_right(known, place, key=itemgetter(0))
            return known[max(number - 1, 0)][1]

        return tex
