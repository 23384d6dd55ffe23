"""`Project`: a folder of papers under review, opened by one person."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reviewkit import identity, markup
from reviewkit.errors import ReviewerError, ReviewkitError, StaleError, UnknownPaperError
from reviewkit.files.sync import Sync, SyncResult
from reviewkit.near import near
from reviewkit.ops import opinions, values
from reviewkit.project import undoing
from reviewkit.project.adding import add_understood
from reviewkit.project.editing import edit_fields, opinion_edits
from reviewkit.project.info import describe_sync, project_info
from reviewkit.project.live import Live
from reviewkit.project.opinion import KEEP, Opinion
from reviewkit.project.optional import load
from reviewkit.project.output import (
    DraftResult,
    ExportResult,
    Manuscripts,
    write_draft,
    write_export,
)
from reviewkit.project.paper import LibraryPaper, bound
from reviewkit.project.source import read_source
from reviewkit.project.watching import Listeners
from reviewkit.records import (
    AddResult,
    Change,
    ChangedEvent,
    Conflict,
    Me,
    Page,
    Paper,
    ProjectInfo,
    Query,
    Review,
    UndoResult,
)
from reviewkit.search.index import SearchIndex
from reviewkit.store.folder import FolderStore
from reviewkit.store.layout import find
from reviewkit.store.recorder import Edit


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
    """
    return Project(path, reviewer=reviewer, watch=watch)


#: How often a save that meets our writing is taken in at once, before the next time does it.
_ROUNDS = 5


class Project(Mapping[str, LibraryPaper]):
    """The papers of a folder by citekey, and what everybody says of them.

    Every edit returns when it is durable. All methods may be called from any thread.
    Use it as a context manager, or call `close`, to have the files written at once.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] = ".",
        *,
        reviewer: str | None = None,
        watch: bool = True,
    ) -> None:
        layout = find(path)
        #: Held while the files are read or written; taken before `_lock`, never after.
        self._files = threading.RLock()
        self._lock = threading.RLock()
        self._store = FolderStore(layout)
        self._sync = Sync(self._store)
        self.root: Path = layout.root
        self.bib_path: Path = layout.bib
        self.csv_path: Path = layout.csv
        self.reviewer = (
            values.reviewer(reviewer) if reviewer is not None else identity.who_am_i().reviewer
        )
        self.revision = 1
        self.listeners = Listeners()
        self._index: SearchIndex | None = None
        self._found: tuple[object, list[str]] | None = None
        self._closed = False
        self._sync.open(self._author())
        self._live = Live(self._look, self._take_in, self._write)
        if watch:
            self._live.start()
            self._store.watch(self._live.look)
            self._live.look()
        if self._sync.dirty:
            self._live.edited()
        atexit.register(self.close)

    # -- reading

    def __getitem__(self, citekey: str) -> LibraryPaper:
        with self._lock:
            self._must_exist(citekey)
            return bound(self._sync.library.paper(citekey), self)

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter(tuple(self._sync.library.citekeys()))

    def __len__(self) -> int:
        with self._lock:
            return len(self._sync.library.citekeys())

    def __contains__(self, citekey: object) -> bool:
        with self._lock:
            return citekey in self._sync.library

    def __repr__(self) -> str:
        return f"<project {self.root.name}: {len(self)} papers>"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def _must_exist(self, citekey: str) -> None:
        if citekey not in self._sync.library:
            raise UnknownPaperError(citekey, near(citekey, self._sync.library.citekeys()))

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
        """Papers that the query finds, in its order; see `Query`."""
        with self._lock:
            keys = self._find(Query(text, tag, status, reviewer, sort), self.reviewer)
            return [self[key] for key in keys]

    def _find(self, query: Query, me: str | None) -> list[str]:
        if query == Query():
            # The list as it first appears must not wait for the search index.
            return self._sync.library.sorted_citekeys()
        asked = (query, me, self.revision)
        if self._found is None or self._found[0] != asked:
            if self._index is None:
                self._index = SearchIndex()
                self._index.fill(self._sync.library.searchable())
            self._found = (asked, self._index.find(query, me))
        return self._found[1]

    def page(
        self, query: Query, offset: int = 0, limit: int = 100, *, me: str | None = None
    ) -> Page:
        """Some rows of what a query finds, as `me` (None: this reviewer) sees them."""
        me = me or self.reviewer
        with self._lock:
            keys = self._find(query, me)
            rows = tuple(self._sync.library.row(k, me) for k in keys[offset : offset + limit])
            return Page(len(keys), offset, rows, self.revision)

    def conflicts(self) -> list[Conflict]:
        """Fields with values whose authors had not seen each other's."""
        with self._lock:
            found: list[Conflict] = []
            for paper in list(self._sync.fold.papers()):
                key = self._sync.library.key_of(paper)
                if key is not None and not self._sync.library.is_deleted(paper):
                    found += opinions.conflicts(self._sync.fold, paper, key)
            return found

    def history(self, paper: str | Paper) -> list[Change]:
        """Every edit of a paper, oldest first."""
        with self._lock:
            key, identifier = self._identify(paper)
            return [opinions.change(op, key) for op in self._sync.fold.paper_history(identifier)]

    def log(self, limit: int | None = None) -> list[Change]:
        """Everybody's edits, newest last; the last `limit` of them."""
        with self._lock:
            ops = sorted(self._sync.fold, key=lambda op: op.order)
            chosen = ops if limit is None else ops[max(0, len(ops) - limit) :]
            key_of = self._sync.library.key_of
            return [opinions.change(op, key_of(op.paper) or op.paper) for op in chosen]

    def info(self, *, me: Me | None = None, path: str = "") -> ProjectInfo:
        """The project at a glance; `path` is how the asker names it."""
        with self._lock:
            asker = me or Me(self.reviewer, self.reviewer, "given", False)
            return project_info(self, self._sync, asker, path)

    def papers_frame(self) -> Any:
        """Data frame (pandas), one row a paper; see `reviewkit.frames`."""
        return load("reviewkit.frames").papers_frame(self.papers())

    def reviews_frame(self) -> Any:
        """Data frame (pandas), one row a paper and reviewer; see `reviewkit.frames`."""
        return load("reviewkit.frames").reviews_frame(self.papers())

    # -- editing

    def add(
        self,
        source: str | os.PathLike[str] | bytes,
        *,
        name: str = "",
        by: str | None = None,
        via: str = "import",
    ) -> AddResult:
        """Add papers from a file or pasted text; those there already are completed.

        Parameters
        ----------
        source
            A path, or the text itself (BibTeX, a pasted digest...), recognised by content.
        name
            What to call a text in messages.

        Raises
        ------
        FormatError
            The text was not understood; nothing was added. The message has line numbers.
        """
        understood = read_source(source, name)
        with self._lock:
            edits, result = add_understood(self._sync.library, understood)
            # Adding says nothing of a paper, so a newcomer need not give a name for it.
            self._record(edits, by or self._author(), via)
            return result

    def review(
        self,
        paper: str | Paper,
        *,
        rating: Any = KEEP,
        status: Any = KEEP,
        tags: Any = KEEP,
        add_tags: Sequence[str] = (),
        remove_tags: Sequence[str] = (),
        note: Any = KEEP,
        note_id: str | None = None,
        seen: Sequence[str] | None = None,
        delete_note: str | None = None,
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> Review:
        """Say something of a paper; what is not given stays as it is.

        Parameters
        ----------
        rating
            1 (worst) to 5 (best); None clears.
        status
            One of `STATUSES`; None or "unread" clears.
        tags
            All of the reviewer's tags; `add_tags` and `remove_tags` change some.
        note
            Markdown. A new note, unless the reviewer has one with this text or `note_id`
            names the one to change; `seen` then says which version its author saw.
        reviewer
            Whose review; None: the project's reviewer.

        Raises
        ------
        UnknownPaperError, ValueRefusedError, ReviewerError, StaleError
            Nothing was changed.
        NotDurableError
            The edit is not saved: keep it and try again.
        """
        opinion = Opinion(
            rating, status, tags, add_tags, remove_tags, note, note_id, seen, delete_note
        )
        with self._lock:
            who = self._who(reviewer)
            key, identifier = self._identify(paper)
            self._record(opinion_edits(self._sync, key, identifier, who, opinion), who, via)
            return self._sync.library.paper(key).review_of(who)

    def edit(
        self,
        paper: str | Paper,
        fields: Mapping[str, str | None],
        *,
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> LibraryPaper:
        """Change the paper's own BibTeX fields; None removes one."""
        with self._lock:
            key, identifier = self._identify(paper)
            edits = edit_fields(self._sync, key, identifier, fields)
            self._record(edits, self._who(reviewer), via)
            return self[key]

    def remove(self, paper: str | Paper, *, by: str | None = None) -> None:
        """Delete a paper from the library; `undo` brings it back, with all opinions."""
        with self._lock:
            key, identifier = self._identify(paper)
            names = list(self._sync.library.fields(key))
            grounds = edit_fields(self._sync, key, identifier, dict.fromkeys(names), ground=True)
            self._record(grounds, by, "kernel")
            self._record(undoing.deletion(self._sync.fold, identifier), by, "kernel")

    def resolve(
        self,
        paper: str | Paper,
        reviewer: str | None,
        field: str,
        value_id: str,
        *,
        by: str | None = None,
        via: str = "resolve",
    ) -> LibraryPaper:
        """Settle a conflict: the value with this id stays, the others are replaced.

        Raises
        ------
        StaleError
            The value is not among those in conflict any more.
        """
        with self._lock:
            key, identifier = self._identify(paper)
            current = self._sync.fold.current(identifier, reviewer, field)
            kept = next((op for op in current if op.id == value_id), None)
            if kept is None:
                raise StaleError(
                    f"The conflict over {field} of {key} has changed. Look at it again."
                )
            self._record([Edit(identifier, reviewer, field, kept.value)], by, via)
            return self[key]

    def undo(self, *, by: str | None = None) -> UndoResult:
        """Take back the person's last action, where nobody has changed the values since."""
        with self._lock:
            who = self._who(by)
            action = undoing.last_action(self._sync.fold, who)
            if not action:
                return UndoResult(None, None)
            titles = {op.paper: self._sync.library.key_of(op.paper) or "" for op in action}
            edits = undoing.undo_edits(self._sync.fold, action)
            origin = action[0].group or action[0].id
            if edits:
                self._record(edits, who, "undo", origin)
            key = titles[action[0].paper] if len(titles) == 1 else None
            return UndoResult(undoing.describe(action, titles), key)

    def _author(self) -> str:
        """Who is recorded for what is nobody's opinion: this reviewer, else the user."""
        return identity.author(Me(self.reviewer, self.reviewer, None, False))

    def _who(self, reviewer: str | None) -> str:
        name = reviewer if reviewer is not None else self.reviewer
        if name is None:
            raise ReviewerError(
                "Who is reviewing? Open the project with reviewer='your-name', or say it once "
                "for all with reviewkit.remember('Your Name')."
            )
        return values.reviewer(name)

    def _identify(self, paper: str | Paper) -> tuple[str, str]:
        key = paper.citekey if isinstance(paper, Paper) else paper
        self._must_exist(key)
        identifier = self._sync.library.id_of(key)
        assert identifier is not None
        return key, identifier

    def _record(
        self, edits: Sequence[Edit], by: str | None, via: str, origin: str | None = None
    ) -> None:
        if not edits:
            return
        if self._closed:
            raise ReviewkitError(f"{self!r} is closed; open it again to edit.")
        ops = self._sync.record(edits, by=self._who(by), via=via, origin=origin)
        self._live.edited()
        self._tell({op.paper for op in ops})

    # -- keeping in step

    def sync(self) -> SyncResult:
        """Take in what others changed and write both files, now."""
        with self._files:
            with self._lock:
                papers = self._sync.receive()
                taken, held, concerned = self._sync.take_in(self._author())
                before, self._sync.at_open = self._sync.at_open, (0, 0)
                taken, held = taken + before[0], max(held, before[1])
                self._tell(papers | concerned)
            written = self._write()
            with self._lock:
                return describe_sync(self._sync, taken, held, written)

    def flush(self) -> None:
        """Write what is not in the files yet, now."""
        self._write()

    def _look(self) -> bool:
        with self._lock:
            self._tell(self._sync.receive())
            if self._sync.dirty:
                self._live.edited()
            return self._sync.files_changed()

    def _take_in(self) -> None:
        with self._files, self._lock:
            self._take_in_locked()

    def _take_in_locked(self) -> None:
        before = self._sync.library.document
        _, _, papers = self._sync.take_in(self._author())
        if self._sync.library.document is not before:
            self._index = None
            self._tell(None)
        else:
            self._tell(papers)
        if self._sync.dirty:
            self._live.edited()

    def _write(self) -> set[str]:
        """Write both files if they are to change; the names of those that were written.

        Edits go on meanwhile: the lock is free while bytes go to the disk.
        """
        written: set[str] = set()
        with self._files:
            for _ in range(_ROUNDS):
                with self._lock:
                    if not self._sync.dirty:
                        break
                    self._take_in_locked()
                    waited = bool(self._sync.waiting)
                    writing = self._sync.prepare()
                writing.run()
                with self._lock:
                    self._sync.finish(writing)
                    written |= {path.name for path, _, _ in writing.done}
                    if self._sync.waiting or waited:
                        self._tell(set())
                    if self._sync.waiting:
                        self._live.edited()
                        break
        return written

    def info_waiting(self) -> tuple[str, ...]:
        """What is not written yet, in words; empty if everything is."""
        return tuple(self._sync.waiting)

    def _tell(self, papers: set[str] | None) -> None:
        if papers is not None and not papers and not self._sync.waiting:
            return
        self.revision += 1
        keys: tuple[str, ...] | None = None
        if papers is not None:
            found = (self._sync.library.key_of(paper) for paper in sorted(papers))
            keys = tuple(key for key in found if key is not None)
            self._reindex(keys)
        self.listeners.tell(ChangedEvent(str(self.root), keys, self.revision))

    def _reindex(self, keys: Sequence[str]) -> None:
        if self._index is None:
            return
        for key in keys:
            if key in self._sync.library:
                self._index.put(self._sync.library.paper(key))
            else:
                self._index.remove(key)

    def on_change(self, callback: Callable[[ChangedEvent], None]) -> Callable[[], None]:
        """Call back, in some thread, after every change; returns what ends it."""
        return self.listeners.add(callback)

    def close(self) -> None:
        """Write what is not in the files yet, and let go of the folder."""
        if self._closed:
            return
        self._closed = True
        atexit.unregister(self.close)
        self._live.stop()
        self._write()
        self._store.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- out again

    def export(
        self,
        path: str | os.PathLike[str],
        *,
        used_in: Manuscripts | None = None,
        opinions: bool = False,
    ) -> ExportResult:
        """Write a .bib of just the papers that manuscripts cite; see `write_export`."""
        self._write()
        with self._lock:
            return write_export(self, self._sync, Path(path), used_in, opinions)

    def draft(self, path: str | os.PathLike[str], *, by: str = "tag") -> DraftResult:
        """Write or renew a survey notebook; a person's edits stay. See `write_draft`."""
        with self._lock:
            return write_draft(self, self._sync, Path(path), by)

    def table(self, **query: Any) -> Any:
        """A widget to browse, filter, sort and open the papers; takes a `Query`'s fields."""
        return load("reviewkit.kit").table(self, Query(**query))

    def _repr_html_(self) -> str:
        page = self.page(Query(), 0, 100)
        return markup.papers_table_html(page.rows, page.total)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        page = self.page(Query(), 0, 20)
        printer.text(markup.papers_table_text(page.rows, page.total))
