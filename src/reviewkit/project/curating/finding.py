"""Looking for duplicates in the background, and what was found last."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping

from reviewkit import duplicates
from reviewkit.bibtex import BibDocument
from reviewkit.bulk import no_collecting
from reviewkit.duplicates import Pair, Record
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.project.opening.background import letting_others_in

#: Fields that the finder looks at.
_NAMES = (
    "title",
    "author",
    "editor",
    "year",
    "date",
    "journal",
    "journaltitle",
    "booktitle",
    "volume",
    "number",
    "pages",
    "doi",
    "eprint",
    "eprinttype",
    "archiveprefix",
    "url",
    "howpublished",
    "note",
    "isbn",
    "abstract",
)
APART = "apart:"
#: After a search in the background the next waits for so many times as long as that one took:
#: while papers are added, looking for duplicates never takes more than a tenth of a core.
_REST = 9


def plain_records(document: BibDocument) -> dict[str, Record]:
    """Every entry of a file as the finder sees it, by citekey; quickly."""
    plain: dict[str, Record] = {}
    for entry, row in zip(document.entries, document.table(_NAMES), strict=True):
        if entry.citekey not in plain and not entry.commented:
            fields = {n: text for n, text in zip(_NAMES, row, strict=True) if text}
            plain[entry.citekey] = Record(entry.citekey, {**fields, "entrytype": entry.type})
    return plain


def records_of(
    library: Library, plain: Mapping[str, Record], citekeys: Iterable[str] | None = None
) -> list[Record]:
    """Papers as the finder sees them; those that nobody has edited as they are in `plain`.

    None: all of the library. A key that no paper has (any more) is left out.
    """
    keys = library.citekeys() if citekeys is None else filter(library.__contains__, citekeys)
    return [record_of(library, key, plain.get(key)) for key in keys]


def record_of(library: Library, citekey: str, plain: Record | None = None) -> Record:
    """One paper as the finder sees it; `plain` as the file says, if that is known."""
    if plain is not None and not library.is_reworded(citekey):
        return plain
    texts = {name: text for name, (_, text) in library.fields(citekey).items() if name in _NAMES}
    return Record(citekey, {**texts, "entrytype": library.type_of(citekey)})


def kept_apart(fold: Fold, library: Library) -> set[frozenset[str]]:
    """Pairs of citekeys of which somebody said that they are two papers."""
    found = set()
    for paper in list(fold.papers()):
        for owner, field in list(fold.fields(paper)):
            if owner is None and field.startswith(APART):
                current = fold.current(paper, None, field)
                if current and current[-1].value:
                    ids = (fold.root(paper), fold.root(field.removeprefix(APART)))
                    keys = frozenset(filter(None, map(library.key_of, ids)))
                    found.add(keys)
    return {keys for keys in found if len(keys) == 2}


class Search:
    """The pairs of one state of the library; another state is looked through when asked for."""

    def __init__(
        self, done: Callable[[], None], seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._done, self._seconds = done, seconds
        self._lock = threading.Lock()
        self._version: object = None
        self._pairs: list[Pair] = []
        self._thread: threading.Thread | None = None
        #: When the next search in the background may begin.
        self._next = 0.0
        self._closed = threading.Event()

    def close(self) -> None:
        """Begin no further search in the background, also where one waits for its turn."""
        self._closed.set()

    def now(
        self, state: Callable[[], object], records: Callable[[], Iterable[Record]]
    ) -> list[Pair]:
        """The pairs of the present state, waited for."""
        if (version := state()) != self._version:
            self._run(version, records)
        return self._pairs

    def latest(
        self, state: Callable[[], object], records: Callable[[], Iterable[Record]]
    ) -> tuple[list[Pair], bool]:
        """The pairs found last, and whether another state is looked through now or soon."""
        version = state()
        with self._lock:
            if version == self._version:
                return self._pairs, False
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._background,
                    args=(state, records),
                    daemon=True,
                    name="reviewkit-duplicates",
                )
                self._thread.start()
            return self._pairs, True

    def _background(
        self, state: Callable[[], object], records: Callable[[], Iterable[Record]]
    ) -> None:
        if self._closed.wait(max(0.0, self._next - self._seconds())):
            return
        begin = self._seconds()
        with letting_others_in(), no_collecting():
            self._run(state(), records)
        end = self._seconds()
        self._next = end + _REST * (end - begin)
        self._done()

    def _run(self, version: object, records: Callable[[], Iterable[Record]]) -> None:
        pairs = duplicates.find(records())
        with self._lock:
            self._version, self._pairs = version, pairs
