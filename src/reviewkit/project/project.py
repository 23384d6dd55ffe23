"""`Project`: a folder of papers under review, opened by one person."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reviewkit import markup
from reviewkit.dialects import Profile, Program, program_of
from reviewkit.errors import StaleError
from reviewkit.files.mode import mode_edit, mode_of
from reviewkit.project.checking.checking import Checking
from reviewkit.project.curating.adopting import Adopting, AdoptResult, candidates, found_opinions
from reviewkit.project.curating.settling import keeping
from reviewkit.project.history.remembering import Remembering
from reviewkit.project.manuscripts.converting import Converting
from reviewkit.project.manuscripts.exporting import Exporting
from reviewkit.project.opening.opinion import KEEP, Keep, Opinion
from reviewkit.project.opening.optional import load
from reviewkit.project.opening.paper import LibraryPaper
from reviewkit.project.surveying.surveying import Surveying
from reviewkit.records import Paper, Query, Review


def open_project(
    path: str | os.PathLike[str] = ".", *, reviewer: str | None = None, watch: bool = True
) -> Project:
    """The project in a folder, or around a .bib file.

    Parameters
    ----------
    path
        A folder, with or without a `references.bib` in it yet, or a .bib file.
    reviewer
        On whose behalf edits are made; None: who the hub or this user's settings say. If
        they do not say, reading works and the first edit asks.
    watch
        Follow what others do to the folder while the project is open.

    Raises
    ------
    ProjectError
        There is no such folder or .bib file.

    Examples
    --------
    >>> import reviewkit as rk
    >>> with rk.open(".", reviewer="ana") as project:
    ...     print(project["smith2021"].title)
    On Small Things
    """
    return Project(path, reviewer=reviewer, watch=watch)


class Project(Surveying, Checking, Converting, Exporting, Remembering):
    """The papers of a folder by citekey, and what everybody says of them.

    Every edit returns when it is durable. All methods may be called from any thread.
    Use it as a context manager, or call `close`, to have the files written at once.
    """

    def review(
        self,
        paper: str | Paper,
        *,
        rating: float | Keep | None = KEEP,
        criteria: Mapping[str, float | None] | Keep = KEEP,
        status: str | Keep | None = KEEP,
        tags: Sequence[str] | Keep = KEEP,
        add_tags: Sequence[str] = (),
        remove_tags: Sequence[str] = (),
        note: str | Keep = KEEP,
        note_id: str | None = None,
        anchor: str | int | Keep | None = KEEP,
        seen: Sequence[str] | None = None,
        delete_note: str | None = None,
        private: bool = False,
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> Review:
        """Say something of a paper; what is not given stays as it is.

        Parameters
        ----------
        rating
            1 (worst) to 5 (best); None clears.
        criteria
            Ratings of single criteria, as `{"novelty": 4, "soundness": None}`, on the same
            scale; those that are not named stay. A name has letters, digits and hyphens.
        status
            One of `STATUSES`; None or "unread" clears.
        tags
            All of the reviewer's tags; `add_tags` and `remove_tags` change some.
        note
            Markdown. A new note, unless the reviewer has one with this text or `note_id`
            names the one to change; `seen` then says which version its author saw.
        anchor
            Where in the paper the note belongs: a page (`4` or `"4-6"`), a section (`"§4.2"`) or
            a few words that stand there; None takes it back. With `note_id` also without `note`.
        private
            Only for tags and notes: these are kept in this user's private folder and shown
            to this reviewer alone. They never reach the project's folder, so they do not
            travel with it either. The answer is the private review; see `private` for all.
        reviewer
            Whose review; None: the project's reviewer.

        Raises
        ------
        UnknownPaperError, ValueRefusedError, ReviewerError, StaleError
            Nothing was changed.
        NotDurableError
            The edit is not saved: keep it and try again.

        Examples
        --------
        >>> review = project.review("smith2021", rating=4, tags=["small"], note="See *Table 3*.")
        >>> review.rating, review.tags, review.notes[0].text
        (4, ('small',), 'See *Table 3*.')
        >>> project.review("smith2021", add_tags=["things"]).tags
        ('small', 'things')
        >>> project.review("smith2021", rating=None, status="read").rating is None
        True
        """
        opinion = Opinion(
            rating,
            status,
            tags,
            add_tags,
            remove_tags,
            note,
            note_id,
            seen,
            delete_note,
            private,
            criteria,
            anchor,
        )
        return self.say(paper, opinion, reviewer, via)

    def set_mode(self, mode: str, *, by: str | None = None, via: str = "kernel") -> None:
        """Say who writes the .bib: "shared", or "generated" by another program.

        A generated file is left alone; the entries of reviewed papers, with all opinions, are
        kept in a second one, `references.reviewkit.bib`. `info().mode` says what it is; it is
        found out where nobody says it. `undo` takes it back.
        """
        with self._lock:
            edit = mode_edit(mode)
            if mode != mode_of(self._sync.fold):
                self._record([edit], by or self._author(), via)

    def found_opinions(self) -> list[tuple[str, Profile]]:
        """What other programs' fields in the .bib say of papers and nobody has adopted.

        Returns
        -------
        list
            Citekey and profile, in the file's order. Nothing of it is a review before
            `adopt` makes it one.
        """
        with self._lock:
            return list(found_opinions(self._sync))

    def program(self) -> Program:
        """The program that most likely wrote the .bib file, with the signs of it."""
        with self._lock:
            return program_of(self._sync.library.document)

    def adopt(
        self,
        reviewer: str | None = None,
        papers: Iterable[str | Paper] | None = None,
        *,
        keywords: bool = False,
        dry_run: bool = False,
        via: str = "kernel",
    ) -> AdoptResult:
        """Make ratings, status, tags and comments of other programs reviews; one action.

        What was adopted before, or said otherwise by the reviewer here, stays as it is; the
        other programs' fields keep their bytes.

        Parameters
        ----------
        reviewer
            Whose they are; None: the project's reviewer. JabRef's `comment-NAME` fields
            become notes of NAME.
        papers
            Only of these papers; None: of all.
        keywords
            Take the entries' keywords as tags, as Zotero has no other place for tags.
        dry_run
            Only say what would be done.
        """
        with self._lock:
            who = self._who(reviewer)
            chosen = None if papers is None else {self._identify(paper)[0] for paper in papers}
            adopting = Adopting(self._sync, who)
            for citekey, profile in candidates(self._sync, keywords=keywords):
                if chosen is None or citekey in chosen:
                    adopting.take(citekey, profile)
            if not dry_run:
                self._record(adopting.edits, who, via)
            return adopting.result()

    def resolve(
        self,
        paper: str | Paper,
        reviewer: str | None,
        field: str,
        value_id: str,
        *,
        apart: bool = False,
        by: str | None = None,
        via: str = "resolve",
    ) -> LibraryPaper:
        """Settle a conflict: the value with this id stays, the others are replaced.

        Parameters
        ----------
        apart
            Keep the other versions of a note as notes of their own; one action.

        Raises
        ------
        ValueRefusedError
            `apart`, and the field is no note.
        StaleError
            The value is not among those in conflict any more.

        Examples
        --------
        >>> for conflict in project.conflicts():
        ...     latest = conflict.values[0]
        ...     project.resolve(conflict.citekey, conflict.reviewer, conflict.field, latest.id)
        """
        with self._lock:
            key, identifier = self._identify(paper)
            current = self._sync.fold.current(identifier, reviewer, field)
            kept = next((op for op in current if op.id == value_id), None)
            if kept is None:
                raise StaleError(
                    f"The conflict over {field} of {key} has changed. Look at it again."
                )
            self._record(keeping(self._sync.fold, identifier, kept, apart=apart), by, via)
            return self[key]

    def table(self, **query: Any) -> Any:
        """A widget to browse, filter, sort and open the papers; takes a `Query`'s fields."""
        return load("reviewkit.kit").table(self, Query(**query))

    def _repr_html_(self) -> str:
        page = self.page(Query(), 0, 20)
        return markup.papers_table_html(page.rows, page.total)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        page = self.page(Query(), 0, 20)
        printer.text(markup.papers_table_text(page.rows, page.total))
