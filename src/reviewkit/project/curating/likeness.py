"""Which papers of a library newcomers may be that are written otherwise there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reviewkit.duplicates import Finder, Pair, Record
from reviewkit.library import Library
from reviewkit.project.curating.finding import plain_records, record_of, records_of

_WORD = re.compile(r"\w{4,}")
#: From so many papers on all of them are read at once.
_MANY = 500


class Likeness:
    """Compares newcomers with the papers that share one of the longest words of a title.

    Nothing is read before the first newcomer is asked for.

    Parameters
    ----------
    library
        As it is before anything is added.
    titles
        Of all its papers, by citekey.
    newcomers
        Titles of all that will be asked for.
    """

    def __init__(
        self, library: Library, titles: Mapping[str, str], newcomers: Iterable[str]
    ) -> None:
        self._library = library
        self._titles = titles
        self._newcomers = newcomers
        self._finder: Finder | None = None
        self._added: list[Record] = []

    def like(self, record: Record) -> list[Pair]:
        """Papers there, or added since, that are or may be this one; best first."""
        if self._finder is None:
            self._finder = Finder(self._near())
            for added in self._added:
                self._finder.add(added)
        return self._finder.like(record)

    def add(self, record: Record) -> None:
        """Count this newcomer as one of the library."""
        if self._finder is None:
            self._added.append(record)
        else:
            self._finder.add(record)

    def _near(self) -> list[Record]:
        words: set[str] = set()
        for title in self._newcomers:
            words.update(sorted(set(_long(title)), key=len)[-4:])
        near = {key for key, title in self._titles.items() if not words.isdisjoint(_long(title))}
        if len(near) > _MANY:
            records = records_of(self._library, plain_records(self._library.document))
            return [record for record in records if record.id in near]
        return [record_of(self._library, key) for key in self._titles if key in near]


def _long(title: str) -> list[str]:
    return _WORD.findall(title.casefold())
