"""What can be asked of an open project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from reviewkit.ops import opinions
from reviewkit.ops.clock import begin_of
from reviewkit.project.manuscripts.notebooks import Notebooks
from reviewkit.project.opening.info import look_through, project_info
from reviewkit.project.opening.optional import load
from reviewkit.project.opening.paper import LibraryPaper, bound
from reviewkit.project.opening.saying import Saying
from reviewkit.records import (
    Change,
    Conflict,
    Me,
    Page,
    Paper,
    ProjectInfo,
    Query,
    Review,
)
from reviewkit.search.index import SearchIndex


def _openly(paper: Paper) -> Paper:
    """The paper as if its private review were open to all: to be searched, never shown."""
    private = paper.private
    if private is None:
        return paper
    mine = paper.review_of(private.reviewer)
    mine = replace(mine, tags=(*mine.tags, *private.tags), notes=(*mine.notes, *private.notes))
    others = tuple(review for review in paper.reviews if review.reviewer != mine.reviewer)
    return replace(paper, tags=(*paper.tags, *private.tags), reviews=(*others, mine))


class Reading(Saying, Mapping[str, LibraryPaper]):
    """The papers of a project by citekey, and what is known of them."""

    @cached_property
    def _notebooks(self) -> Notebooks:
        return Notebooks(self.root)

    def __getitem__(self, citekey: str) -> LibraryPaper:
        with self._lock:
            paper = self._sync.library.paper(self._existing(citekey))
            return bound(self._notebooks.fresh(paper), self)

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter(tuple(self._sync.library.citekeys()))

    def __len__(self) -> int:
        with self._lock:
            return len(self._sync.library.citekeys())

    def __contains__(self, citekey: object) -> bool:
        with self._lock:
            return isinstance(citekey, str) and self._sync.library.resolve(citekey) is not None

    def _ipython_key_completions_(self) -> list[str]:
        # What the tab key offers within the brackets of project["..."].
        return list(self)

    def __repr__(self) -> str:
        return f"<project {self.root.name}: {len(self)} papers>"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def as_seen_by(self, paper: str | Paper, reviewer: str | None = None) -> LibraryPaper:
        """The paper with what only this reviewer sees of it, in `private`.

        `project[citekey]` never has that: what a notebook shows is saved in the notebook.
        None: the project's reviewer.
        """
        with self._lock:
            key, _ = self._identify(paper)
            who = reviewer if reviewer is not None else self.reviewer
            return bound(self._with_private(key, who), self)

    def private(self, paper: str | Paper, reviewer: str | None = None) -> Review:
        """The reviewer's private tags and notes on a paper; empty if there are none."""
        who = self._who(reviewer)
        return self.as_seen_by(paper, who).private or Review(who)

    def private_reviews(self, reviewer: str | None = None) -> dict[str, Review]:
        """All private tags and notes of a reviewer, by the papers' citekeys.

        Also of papers that are gone from the library, by the key that they had.
        """
        with self._lock:
            layer, who = self._private, self._who(reviewer)
            found: dict[str, Review] = {}
            for paper, former in sorted(layer.papers(who).items()):
                root = self._sync.fold.root(paper)
                key = self._sync.library.key_of(root) or former
                review = layer.review([root, *self._sync.fold.members(root)], who)
                found[key] = review or layer.review([paper], who) or Review(who)
            return found

    def _with_private(self, key: str, reviewer: str | None) -> Paper:
        paper = self._notebooks.fresh(self._sync.library.paper(key))
        papers = [paper.id, *self._sync.fold.members(paper.id)]
        return replace(paper, private=self._private.review(papers, reviewer))

    def _private_index(self, me: str | None) -> SearchIndex:
        """The papers on which `me` has private words, with these among the others."""
        library = self._sync.library
        named = self._private.papers(me).items()
        keys = (library.key_of(self._sync.fold.root(paper)) or key for paper, key in named)
        there = filter(None, map(library.resolve, keys))
        return SearchIndex(_openly(self._with_private(key, me)) for key in there)

    def papers(self) -> list[LibraryPaper]:
        """All papers, in the file's order."""
        return [self[citekey] for citekey in self]

    def find(
        self,
        text: str = "",
        *,
        tag: str | None = None,
        status: str | None = None,
        reviewer: str | None = None,
        sort: str = "citekey",
    ) -> list[LibraryPaper]:
        """Papers that the query finds, in its order; see `Query`.

        Examples
        --------
        >>> project.find("smith")
        [<paper smith2021: On Small Things>]
        >>> [paper.citekey for paper in project.find(sort="title")]
        ['zhang2020', 'smith2021']
        >>> project.find(tag="small", status="read")
        []
        """
        query = Query(text, tag, status, reviewer, sort)
        self._searching.wait(query)
        with self._lock:
            keys = self._find(query, self.reviewer)
            return [self[key] for key in keys]

    def _find(self, query: Query, me: str | None) -> list[str]:
        if query == Query():
            # The list as it first appears must not wait for the search index.
            return self._sync.library.sorted_citekeys()
        library, private = self._sync.library, partial(self._private_index, me)
        return self._searching.find(query, me, library, self.revision, private)

    def keys_of(self, query: Query, me: str | None = None) -> list[str]:
        """The citekeys of what a query finds, in its order, as `me` sees the papers."""
        self._searching.wait(query)
        with self._lock:
            return self._find(query, self.reviewer if me is None else me)

    def expect_search(self) -> None:
        """Begin to make the search index in a thread: whoever sees the list may search it next."""
        self._searching.ahead()

    def page(
        self, query: Query, offset: int = 0, limit: int = 100, *, me: str | None = None
    ) -> Page:
        """Some rows of what a query finds, as `me` (None: this reviewer) sees them."""
        me = self.reviewer if me is None else me
        self._searching.wait(query)
        with self._lock:
            keys = self._find(query, me)
            rows = tuple(self._sync.library.row(k, me) for k in keys[offset : offset + limit])
            return Page(len(keys), offset, rows, self.revision, self._sync.library.order)

    def rows(self, citekeys: Iterable[str], *, me: str | None = None) -> Page:
        """The rows of these papers only, for a list that has the others already.

        A key that no paper has (any more) is left out; `total` counts all papers.
        """
        me = self.reviewer if me is None else me
        with self._lock:
            library = self._sync.library
            rows = tuple(library.row(key, me) for key in citekeys if key in library)
            return Page(len(library.citekeys()), 0, rows, self.revision, self._sync.library.order)

    def conflicts(self) -> list[Conflict]:
        """Fields with values whose authors had not seen each other's."""
        with self._lock:
            found: list[Conflict] = []
            for paper, said in self._sync.library.tally.papers():
                key = self._sync.library.key_of(paper)
                if key is not None and said.in_conflict:
                    found += self._sync.library.conflicts(paper, key)
            return found

    def history(self, paper: str | Paper) -> list[Change]:
        """Every edit of a paper, oldest first."""
        with self._lock:
            key, identifier = self._identify(paper)
            return [opinions.change(op, key) for op in self._sync.fold.paper_history(identifier)]

    def log(
        self,
        limit: int | None = None,
        *,
        paper: str | Paper | None = None,
        reviewer: str | None = None,
        since: str | datetime | None = None,
    ) -> list[Change]:
        """Everybody's edits, newest last; the last `limit` of them.

        Parameters
        ----------
        paper
            Only of this paper.
        reviewer
            Only what this person did, or what was done to their reviews.
        since
            Only from this time on: ISO 8601 or a datetime, UTC unless it names a zone.
        """
        first = "" if since is None else begin_of(since)
        with self._lock:
            fold, key_of = self._sync.fold, self._sync.library.key_of
            ops = fold if paper is None else fold.paper_history(self._identify(paper)[1])
            asked = (op for op in ops if reviewer in (None, op.by, op.reviewer) and op.t >= first)
            found = sorted(asked, key=lambda op: op.order)
            chosen = found if limit is None else found[max(0, len(found) - limit) :]
            return [opinions.change(op, key_of(op.paper) or op.paper) for op in chosen]

    def info(self, *, me: Me | None = None, path: str = "") -> ProjectInfo:
        """The project at a glance; `path` is how the asker names it."""
        look_through(self._sync)
        with self._lock:
            asker = me or Me(self.reviewer, self.reviewer, "given", False)
            return project_info(self, self._sync, asker, path)

    def papers_frame(self) -> Any:
        """Data frame (pandas), one row a paper; see `reviewkit.frames`."""
        return load("reviewkit.frames").papers_frame(self.papers())

    def reviews_frame(self) -> Any:
        """Data frame (pandas), one row a paper and reviewer; see `reviewkit.frames`.

        Examples
        --------
        >>> review = project.review("smith2021", rating=4)
        >>> frame = project.reviews_frame()
        >>> frame[["citekey", "reviewer", "rating"]].to_dict("records")
        [{'citekey': 'smith2021', 'reviewer': 'ana', 'rating': 4.0}]
        """
        return load("reviewkit.frames").reviews_frame(self.papers())
