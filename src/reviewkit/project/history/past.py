"""A project as it was at some time: its papers, reviews and conflicts, to read only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from reviewkit import markup
from reviewkit.bibtex import BibDocument
from reviewkit.errors import UnknownPaperError
from reviewkit.library import Library
from reviewkit.matrix import Column, columns_of
from reviewkit.matrix.column import named
from reviewkit.near import near
from reviewkit.ops.clock import iso_time
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.project.comparing.matrix import Matrix
from reviewkit.project.comparing.readings import names_of, readings_of
from reviewkit.project.comparing.sheet import Sheet
from reviewkit.project.history.actions import is_new
from reviewkit.records import Conflict, Page, Paper, Query
from reviewkit.search.index import SearchIndex

if TYPE_CHECKING:
    from reviewkit.project.comparing.comparing import Comparing

#: Rows of the table in HTML and text.
_ROWS = 20


class Past(Mapping[str, Paper]):
    """The papers of a project by citekey as the log knew them at a time.

    A paper's own fields are what the log says of them. What only the .bib said then is not
    known: fields that nobody ever edited here are those of the file today.

    Parameters
    ----------
    at
        The last hybrid time that counts.
    ops
        All operations of the project.
    bib
        The bytes of the .bib as it is today.
    project
        The project as it is today.
    """

    def __init__(self, at: str, ops: Iterable[Op], bib: bytes, project: Comparing) -> None:
        self._at = at
        self._project = project
        everything = list(ops)
        self._fold = Fold(_until(at, everything))
        self._library = Library(BibDocument.from_bytes(bib), self._fold)
        for paper, _, _ in list(self._library.renamed()):
            self._library.learn(paper)
        later = _later(at, everything)
        library = self._library
        self._keys = [key for key in library.citekeys() if library.id_of(key) not in later]
        self._index: SearchIndex | None = None

    @property
    def time(self) -> str | None:
        """When, as ISO 8601 in UTC; None where no calendar has it."""
        return iso_time(self._at)

    def __getitem__(self, citekey: str) -> Paper:
        key = self._library.resolve(citekey)
        if key is None or key not in self._keys:
            raise UnknownPaperError(citekey, near(citekey, self._keys))
        return self._library.paper(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __repr__(self) -> str:
        return f"<project {self._project.root.name} at {self.time}: {len(self)} papers>"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def papers(self) -> list[Paper]:
        """All papers, in the file's order."""
        return [self._library.paper(key) for key in self._keys]

    def find(
        self,
        text: str = "",
        *,
        tag: str | None = None,
        status: str | None = None,
        reviewer: str | None = None,
        sort: str = "citekey",
    ) -> list[Paper]:
        """Papers that the query finds, in its order; see `Query`."""
        keys = self._find(Query(text, tag, status, reviewer, sort))
        return [self._library.paper(key) for key in keys]

    def page(self, query: Query, offset: int = 0, limit: int = 100) -> Page:
        """Some rows of what a query finds."""
        keys = self._find(query)
        rows = (self._library.row(key, None) for key in keys[offset : offset + limit])
        return Page(len(keys), offset, tuple(rows), 0)

    def _find(self, query: Query) -> list[str]:
        if self._index is None:
            self._index = SearchIndex()
            there = set(self._keys)
            self._index.fill(p for p in self._library.searchable() if p.citekey in there)
        return self._index.find(query)

    def conflicts(self) -> list[Conflict]:
        """Fields with values whose authors had not seen each other's at the time."""
        found: list[Conflict] = []
        for key in self._keys:
            paper = self._library.id_of(key)
            if paper is not None:
                found += self._library.conflicts(paper, key)
        return found

    def matrix(self, columns: str | Column | Iterable[str | Column] | None = None) -> Matrix:
        """The comparison matrix as people had filled it in; see `Project.matrix`.

        None: the columns that there were.
        """
        known = columns_of(self._fold)
        if columns is None:
            chosen = known
        else:
            several = [columns] if isinstance(columns, str | Column) else columns
            names = [one if isinstance(one, str) else one.name for one in several]
            chosen = [named(known, name) or self._project.column(name) for name in names]
        settings = names_of(self._project.root)
        sheet = Sheet(
            self._fold,
            self._library,
            chosen,
            self._keys,
            lambda key: readings_of(self._library, key, settings),
        )
        return Matrix(self._project, chosen, None, sheet)

    def _repr_html_(self) -> str:
        page = self.page(Query(), 0, _ROWS)
        return markup.papers_table_html(page.rows, page.total)

    def _repr_pretty_(self, printer: object, _cycle: bool) -> None:
        page = self.page(Query(), 0, _ROWS)
        printer.text(markup.papers_table_text(page.rows, page.total))  # type: ignore[attr-defined]


def _until(at: str, ops: Iterable[Op]) -> list[Op]:
    """What counts at a time, with what was there before fields were edited later."""
    early = [op for op in ops if op.t <= at]
    known = set(map(_place, early))
    before: dict[_Place, Op] = {}
    later = sorted((op for op in ops if op.t > at), key=lambda op: (not _notes(op), *op.order))
    for op in later:
        place = (op.paper, None, "bib:keywords") if op.field.startswith("tag:") else _place(op)
        if _notes(op):
            before.setdefault(_place(op), op)
        elif place[2].startswith("bib:") and place not in known:
            # Nothing was noted before the first edit: the file did not have the field.
            name = f"past.{len(before)}"
            was = op._replace(id=name, reviewer=None, field=place[2], value=None, seen=())
            before.setdefault(place, was)
    return early + [op for place, op in before.items() if place not in known]


def _notes(op: Op) -> bool:
    """Whether it notes what was there before an edit; that may be recorded after the edit."""
    return op.is_noted


_Place = tuple[str, str | None, str]


def _place(op: Op) -> _Place:
    return op.paper, op.reviewer, op.field


def _later(at: str, ops: Iterable[Op]) -> set[str]:
    """Papers that were made after a time, and had not been there before."""
    made = {op.paper for op in ops if is_new(op) and op.t > at}
    there = {op.paper for op in ops if op.field == "citekey" and (op.t <= at or not is_new(op))}
    return made - there
