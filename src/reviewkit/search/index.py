"""Finding and ordering papers by what they say and what was said of them."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from reviewkit.bulk import no_collecting
from reviewkit.errors import ValueRefusedError
from reviewkit.records import SORTS, STATUSES, Paper, Query, Review
from reviewkit.search.text import fold, terms

#: What `Query.status` may be besides a status: papers on which nothing was said.
UNREAD = ("unread", "none")

# The parts of a row's text stand in this order, so that a part can be told from another.
_TITLE, _AUTHORS, _TAGS, _CITEKEY, _NOTES = range(5)
_PARTS = {"title": _TITLE, "author": _AUTHORS, "tag": _TAGS, "key": _CITEKEY, "note": _NOTES}
_SEPARATOR = "\x1f"
# Quotation marks, brackets and dollars, by which nobody looks up a title.
_OPENING_SIGNS = " \"'`\u201c\u201d\u2018\u2019\u201e\u00ab([{$"
_YEARS = re.compile("(\\d{0,4})(?:([-\u2013])(\\d{0,4}))?")


@dataclass(frozen=True, slots=True)
class Searchable:
    """What is searched of a paper: the fields of `records.Paper` with the same meaning.

    For libraries so large that building every Paper would take longer than searching.
    """

    citekey: str
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    tags: tuple[str, ...] = ()
    score: float | None = None
    disagreement: float | None = None
    reviews: tuple[Review, ...] = ()


@dataclass(slots=True, eq=False)
class _Row:
    citekey: str
    text: str
    year: int | None
    score: float | None
    disagreement: float | None
    tags: frozenset[str]
    # Per reviewer who judged the paper: the status, which may be None.
    judged: dict[str, str | None]


class SearchIndex:
    """All papers of a library, ready to be found; put, remove and find, nothing else.

    Not safe for threads that put while others find: its owner holds a lock.
    """

    def __init__(self, papers: Iterable[Paper | Searchable] = ()) -> None:
        self._rows: dict[str, _Row] = {}
        self._orders: dict[str, list[_Row]] = {}
        self.fill(papers)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, citekey: object) -> bool:
        return citekey in self._rows

    def fill(self, papers: Iterable[Paper | Searchable]) -> None:
        """Put many papers at once; cheaper than `put` for more than a hundred or so."""
        self._orders.clear()
        with no_collecting():
            for paper in papers:
                self._rows[paper.citekey] = _row(paper)

    def put(self, paper: Paper | Searchable) -> None:
        """Add a paper, or replace the one with its citekey."""
        self.remove(paper.citekey)
        row = _row(paper)
        self._rows[paper.citekey] = row
        for sort, order in self._orders.items():
            insort(order, row, key=_ORDERS[sort])

    def remove(self, citekey: str) -> None:
        """Forget a paper; one that is not there is no error."""
        row = self._rows.pop(citekey, None)
        if row is None:
            return
        for sort, order in self._orders.items():
            key = _ORDERS[sort]
            del order[bisect_left(order, key(row), key=key)]

    def keep(self, citekeys: Collection[str]) -> None:
        """Forget all other papers."""
        for key in [key for key in self._rows if key not in citekeys]:
            self.remove(key)

    def find(
        self, query: Query, me: str | None = None, *, instead: SearchIndex | None = None
    ) -> list[str]:
        """Citekeys of the papers that meet every condition of the query, in its order.

        Parameters
        ----------
        query
            Every word of `text` must occur in title, authors, tags, notes or citekey,
            anywhere in a word, whatever the case and accents; words within double
            quotes stand together. `tag:x`, `author:x`, `title:x`, `note:x` and `key:x`
            look in that part only, `year:2024` and `year:2020-2024` in the year.
            `status` is that of `reviewer`, else of `me`, else of anybody; "unread" or
            "none" finds papers without one. `reviewer` keeps the papers that this
            reviewer judged, except that their unread papers are those they never did.
        me
            Slug of the reviewer who asks; None: nobody in particular.
        instead
            Papers that are to be looked at as they are in there, where only `me` sees more.

        Raises
        ------
        ValueRefusedError
            The sort or the status is not one of those that exist.

        Notes
        -----
        Score, disagreement and year go from high to low and papers without come last;
        "unread" goes by the status of `me` (else of `reviewer`), from not begun to
        done. Ties go by citekey, which is in alphabetical order without regard to case.
        """
        _check(query)
        tests = [_text_test(part, word) for part, word in terms(query.text, (*_PARTS, "year"))]
        if query.tag:
            tests.append(_tag_test(query.tag))
        if query.reviewer and query.status not in UNREAD:
            tests.append(_judged_test(query.reviewer))
        if query.status:
            tests.append(_status_test(query.status, query.reviewer or me))
        rows: list[_Row] = self._order("citekey" if query.sort == "unread" else query.sort)
        if instead is not None and instead._rows:
            rows = [instead._rows.get(row.citekey, row) for row in rows]
        for test in tests:
            rows = [row for row in rows if test(row)]
        if query.sort == "unread":
            rows = _unread_first(rows, me or query.reviewer)
        return [row.citekey for row in rows]

    def _order(self, sort: str) -> list[_Row]:
        order = self._orders.get(sort)
        if order is None:
            order = sorted(self._rows.values(), key=_ORDERS[sort])
            self._orders[sort] = order
        return order


def _row(paper: Paper | Searchable) -> _Row:
    notes = ""
    judged: dict[str, str | None] = {}
    for review in paper.reviews:
        if review.notes:
            notes += "\n".join(f"{note.text}\n{note.anchor or ''}" for note in review.notes) + "\n"
        if review.notes or review.tags or review.status or review.is_rated:
            judged[review.reviewer] = review.status
    text = _SEPARATOR.join(
        (paper.title, "\n".join(paper.authors), "\n".join(paper.tags), paper.citekey, notes)
    )
    return _Row(
        citekey=paper.citekey,
        text=fold(text),
        year=paper.year,
        score=paper.score,
        disagreement=paper.disagreement,
        tags=frozenset([tag.casefold() for tag in paper.tags]) if paper.tags else frozenset(),
        judged=judged,
    )


def _by_citekey(row: _Row) -> tuple[str, str]:
    return row.citekey.casefold(), row.citekey


def _by_title(row: _Row) -> tuple[str, str, str]:
    title = row.text.split(_SEPARATOR, 1)[0].lstrip(_OPENING_SIGNS)
    return title, *_by_citekey(row)


def _descending(number: Callable[[_Row], float | None]) -> Callable[[_Row], tuple[object, ...]]:
    def key(row: _Row) -> tuple[object, ...]:
        value = number(row)
        return value is None, -(value or 0), *_by_citekey(row)

    return key


_ORDERS: dict[str, Callable[[_Row], tuple[object, ...]]] = {
    "citekey": _by_citekey,
    "title": _by_title,
    "year": _descending(lambda row: row.year),
    "score": _descending(lambda row: row.score),
    "disagreement": _descending(lambda row: row.disagreement),
}


def _unread_first(rows: list[_Row], who: str | None) -> list[_Row]:
    if who is None:
        # Without somebody in particular a paper is unread while nobody has begun it.
        return sorted(rows, key=lambda row: any(row.judged.values()))
    ranks = {status: rank for rank, status in enumerate((None, *STATUSES))}
    return sorted(rows, key=lambda row: ranks.get(row.judged.get(who), len(ranks)))


def _check(query: Query) -> None:
    if query.sort not in SORTS:
        raise ValueRefusedError(
            f"No order of papers is called {query.sort!r}. Use one of {', '.join(SORTS)}.",
            field="sort",
            value=query.sort,
        )
    if query.status and query.status not in (*STATUSES, *UNREAD):
        raise ValueRefusedError(
            f"No status is called {query.status!r}. Use one of {', '.join(STATUSES)}, "
            "or unread for papers without one.",
            field="status",
            value=query.status,
        )


def _text_test(part: str | None, word: str) -> Callable[[_Row], bool]:
    if part is None:
        return lambda row: word in row.text
    if part == "year":
        return _year_test(word)
    at = _PARTS[part]
    # Looking in the whole text first spares splitting nearly all rows.
    return lambda row: word in row.text and word in row.text.split(_SEPARATOR)[at]


def _year_test(word: str) -> Callable[[_Row], bool]:
    match = _YEARS.fullmatch(word)
    first, dash, last = match.groups() if match else ("9999", "-", "0")
    low, high = int(first or 0), int(last or (9999 if dash else first))
    return lambda row: row.year is not None and low <= row.year <= high


def _tag_test(tag: str) -> Callable[[_Row], bool]:
    wanted = tag.casefold()
    return lambda row: wanted in row.tags


def _judged_test(reviewer: str) -> Callable[[_Row], bool]:
    return lambda row: reviewer in row.judged


def _status_test(status: str, who: str | None) -> Callable[[_Row], bool]:
    if status in UNREAD:
        if who is None:
            return lambda row: not any(row.judged.values())
        return lambda row: row.judged.get(who) is None
    if who is None:
        return lambda row: status in row.judged.values()
    return lambda row: row.judged.get(who) == status
