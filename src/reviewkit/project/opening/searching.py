"""The search index of an open project, made before somebody searches."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from reviewkit.bibtex import BibDocument
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.project.opening.background import letting_others_in
from reviewkit.project.opening.watching import TellingLock
from reviewkit.records import Query
from reviewkit.search.index import SearchIndex

#: So many papers on which something was said are looked at before others have their turn.
_SLICE = 100


class Searching:
    """Finds papers; the caller holds the project's lock, except around `ahead` and `wait`.

    Parameters
    ----------
    lock
        The project's.
    library
        Gives the papers as they are now; None once nobody holds the project any more.
    """

    def __init__(self, lock: TellingLock, library: Callable[[], Library | None]) -> None:
        self._lock = lock
        self._library = library
        self._index: SearchIndex | None = None
        self._found: tuple[object, list[str]] = (None, [])
        self._making: threading.Thread | None = None
        self._begun = False
        #: Papers that changed while the index is made; None: it may be any.
        self._late: set[str] | None = set()

    def find(
        self,
        query: Query,
        me: str | None,
        library: Library,
        revision: int,
        instead: Callable[[], SearchIndex],
    ) -> list[str]:
        """Citekeys of what the query finds; see `SearchIndex.find`."""
        asked = (query, me, revision)
        if self._found[0] != asked:
            if self._index is None:
                self._index = SearchIndex(library.searchable())
            self._found = (asked, self._index.find(query, me, instead=instead()))
        return self._found[1]

    def changed(self, library: Library, citekeys: Iterable[str]) -> None:
        """Take note of papers that changed, came or went."""
        citekeys = tuple(citekeys)
        if self._late is not None:
            self._late.update(citekeys)
        if self._index is not None:
            for key in citekeys:
                if key in library:
                    self._index.put(library.searched(key))
                else:
                    self._index.remove(key)

    def forget(self) -> None:
        """Take note that any paper may have changed."""
        self._index, self._late = None, None
        self._found = (None, [])

    def ahead(self) -> None:
        """Begin to make the index in a thread, once: later ones are made when they are needed."""
        if not self._begun and self._index is None:
            self._begun = True
            self._making = threading.Thread(
                target=self._make, daemon=True, name="reviewkit-search"
            )
            self._making.start()

    def wait(self, query: Query) -> None:
        """Wait for the index that is being made, if the query needs one.

        A thread that holds the lock, and so keeps it from being made, does not wait.
        """
        making = self._making
        if query != Query() and making is not None and not self._lock.is_held:
            making.join()

    def _make(self) -> None:
        with letting_others_in():
            self._make_index()

    def _make_index(self) -> None:
        try:
            with self._lock:
                library = self._library()
                if library is None:
                    return
                self._late = set()
                data, said = library.document.to_bytes(), library.said_keys()
            # What nobody said anything of is most of it, and needs nobody's lock.
            index = SearchIndex(Library(BibDocument.from_bytes(data), Fold()).searchable())
            for place in range(0, len(said), _SLICE):
                with self._lock:
                    if not self._put(index, said[place : place + _SLICE]):
                        return
            with self._lock:
                library, late = self._library(), self._late
                if library is not None and late is not None:
                    keys = set(library.citekeys())
                    index.keep(keys)
                    self._put(index, [*late, *(key for key in keys if key not in index)])
                    self._index = index
        finally:
            self._making = None

    def _put(self, index: SearchIndex, citekeys: Iterable[str]) -> bool:
        """Put papers as they are now; False where that is of no use any more."""
        library = self._library()
        if library is None or self._late is None or self._index is not None:
            return False
        index.fill(library.searched(key) for key in citekeys if key in library)
        return True
