"""An open project: its log, fold and files, kept in step while people edit."""

from __future__ import annotations

import atexit
import os
import weakref
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Self

from reviewkit import identity
from reviewkit.errors import ReviewerError, ReviewkitError, UnknownPaperError
from reviewkit.files.result import SyncResult
from reviewkit.files.sync import Sync
from reviewkit.library import Library
from reviewkit.near import near
from reviewkit.ops import values
from reviewkit.project.opening.info import describe_sync
from reviewkit.project.opening.keeping import store_of
from reviewkit.project.opening.live import Live
from reviewkit.project.opening.searching import Searching
from reviewkit.project.opening.uprooted import settled
from reviewkit.project.opening.watching import Listeners
from reviewkit.records import ChangedEvent, Me, Paper
from reviewkit.store.folder import FolderStore
from reviewkit.store.layout import find
from reviewkit.store.machine import Machine
from reviewkit.store.private import PrivateLayer
from reviewkit.store.recorder import Edit
from reviewkit.store.turn import Lead, turn

#: How often a save that meets our writing is taken in at once, before the next time does it.
_ROUNDS = 5


class Opened:
    """What every open project does, whoever asks: `Project` is made on top of it."""

    def __init__(
        self,
        path: str | os.PathLike[str] = ".",
        *,
        reviewer: str | None = None,
        watch: bool = True,
        machine: Machine | None = None,
    ) -> None:
        machine = machine or Machine()
        layout = find(path, machine.fs)
        self.listeners = Listeners()
        #: Held while the files are read or written; taken before `_lock`, never after.
        self._files = self.listeners.lock()
        self._lock = self.listeners.lock()
        self._store = store_of(layout, machine)
        self._sync = Sync(self._store)
        self.root: Path = layout.root
        self.bib_path: Path = layout.bib
        self.csv_path: Path = layout.csv
        self.generated_path: Path = layout.generated
        self.reviewer = (
            values.reviewer(reviewer) if reviewer is not None else identity.who_am_i().reviewer
        )
        self.revision = 1
        self._searching = Searching(self._lock, partial(_library, weakref.ref(self)))
        self._closed = False
        #: This user's private notes and tags; nothing that is written is made from them.
        self._private = PrivateLayer(self._store, self._sync.recorder)
        self._sync.open(self._author())
        self._private.receive()
        #: Whether the log told of papers that stand in a file that was not read yet.
        self.lacks_papers = False
        self._live = Live(self, Lead(layout, machine))
        if watch:
            self._live.start()
            # Not the project itself: the watching thread must not keep it.
            private = self._private
            self._store.watch(self._live.look, lambda: private.folder)
            self._live.look(files=True)
        if self._sync.dirty:
            self._live.edited()
        atexit.register(_close, weakref.ref(self))
        weakref.finalize(self, _let_go, self._live, self._store).atexit = False

    def _record_privately(
        self,
        edits: Sequence[Edit],
        by: str,
        via: str,
        origin: str | None = None,
        group: str | None = None,
    ) -> None:
        if edits and self._closed:
            raise ReviewkitError(f"{self!r} is closed; open it again to edit.")
        private = self._private
        self._tell(private.record(edits, by=by, via=via, origin=origin, group=group))

    def _key_of(self, paper: str) -> str | None:
        """The citekey of a paper of the log or of the private one; None if it has none."""
        known = self._sync.library.key_of(paper)
        return known if known is not None else self._private.key_of(paper)

    def _existing(self, citekey: str) -> str:
        """The paper's citekey, whether it was asked for by that or by a former one."""
        key = self._sync.library.resolve(citekey)
        if key is None:
            raise UnknownPaperError(citekey, near(citekey, self._sync.library.citekeys()))
        return key

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
        key = self._existing(paper.citekey if isinstance(paper, Paper) else paper)
        identifier = self._sync.library.id_of(key)
        assert identifier is not None
        return key, identifier

    def _record(
        self,
        edits: Sequence[Edit],
        by: str | None,
        via: str,
        origin: str | None = None,
        group: str | None = None,
    ) -> None:
        if not edits:
            return
        if self._closed:
            raise ReviewkitError(f"{self!r} is closed; open it again to edit.")
        ops = self._sync.record(edits, by=self._who(by), via=via, origin=origin, group=group)
        self._live.edited()
        self._tell(self._sync.fold.concerned(ops))

    def sync(self) -> SyncResult:
        """Take in what others changed and write both files, now."""
        with self._files:
            with self._lock:
                self._settle()
                papers = self._sync.receive() | self._private.receive()
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

    def look(self, *, files: bool = True) -> bool:
        """Read what others wrote to the log; whether a file changed, too, if that is asked."""
        with self._lock:
            papers = self._sync.receive()
            self.lacks_papers |= any(self._sync.library.lacks(paper) for paper in papers)
            self._tell(papers | self._private.receive())
            if self._sync.dirty or self._store.operations.lost:
                self._live.edited()
            return (files or self.lacks_papers) and self._sync.files_changed()

    def flush_in_turn(self, pause: float) -> bool:
        """Write unless another process is at it, or was within so many seconds; whether it did."""
        since = self._store.machine.wall_ms() - int(pause * 1000)
        with turn(self._store.layout, self._store.machine) as mine:
            if not mine or self._sync.saved_by_others(since):
                return False
            self._write()
            return True

    def _settle(self) -> bool:
        """See to it that what is shown is what the logs say; False while git is at them."""
        self._tell(self._sync.receive())
        found = settled(self._sync, self._author())
        if found is not None and found is not self._sync:
            self._sync = found
            self._tell(None)
        return found is not None

    def take_in(self, *, again: bool = False) -> None:
        """Take in what others changed in the files; `again`: some time after writing them."""
        self.lacks_papers = False
        with self._files:
            if again:
                self._sync.read_back()
            self._sync.read_ahead()
            with self._lock:
                self._take_in_locked()

    def _take_in_locked(self) -> None:
        if self._settle():
            _, _, papers = self._sync.take_in(self._author())
            changed = self._sync.bib.changed_keys()
            self._tell(None if changed is None else papers, sorted(changed or ()))
        if self._sync.dirty or self._store.operations.lost:
            self._live.edited()

    def merge_old_logs(self) -> None:
        """Make few of very many logs, unasked; see `Healed.merge_logs`."""
        self._store.merge_logs(self._sync.fold, asked=False)

    def _write(self) -> set[str]:
        """Write both files if they are to change; the names of those that were written.

        Edits go on meanwhile: the lock is free while bytes go to the disk.
        """
        written: set[str] = set()
        with self._files:
            for _ in range(_ROUNDS):
                self._sync.read_ahead()
                with self._lock:
                    if not (self._sync.dirty or self._store.operations.lost):
                        break
                    self._take_in_locked()
                    if self._store.operations.lost:  # half of a checkout is nothing to write
                        break
                    waited, writing = bool(self._sync.waiting), self._sync.prepare()
                writing.run()
                with self._lock:
                    self._sync.finish(writing)
                    written |= {path.name for path, _, _ in writing.done}
                    if self._sync.waiting or waited:
                        self._tell(set())
                    if self._sync.waiting:
                        self._live.edited()
                    again = self._sync.met and not self._sync.waiting
                self._sync.keeping.write()
                if not again:  # what was edited meanwhile is written next time
                    break
        return written

    def info_waiting(self) -> tuple[str, ...]:
        """What is not written yet, in words; empty if everything is."""
        return tuple(self._sync.waiting)

    def _tell(self, papers: set[str] | None, entries: Sequence[str] = ()) -> None:
        """Tell of papers (None: it may be any) and of entries that others changed, by citekey."""
        if papers is not None and not (papers or entries or self._sync.waiting):
            return
        self.revision += 1
        keys: tuple[str, ...] | None = None
        if papers is None:
            self._searching.forget()
        else:
            found = (self._key_of(paper) for paper in sorted(papers))
            keys = tuple(dict.fromkeys((*(key for key in found if key is not None), *entries)))
            self._searching.changed(self._sync.library, keys)
        self.listeners.tell(ChangedEvent(str(self.root), keys, self.revision))

    def on_change(self, callback: Callable[[ChangedEvent], None]) -> Callable[[], None]:
        """Call back, in some thread, after every change; returns what ends it."""
        return self.listeners.add(callback)

    def close(self) -> None:
        """Write what is not in the files yet, and let go of the folder."""
        if self._closed:
            return
        self._closed = True
        self._live.stop()
        try:
            self._write()
        finally:
            self._store.close()
            self._private.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _library(project: weakref.ref[Opened]) -> Library | None:
    """The papers of a project that somebody still holds."""
    opened = project()
    return None if opened is None else opened._sync.library


def _close(project: weakref.ref[Opened]) -> None:
    """Write, at the interpreter's end, what an open project has not written yet."""
    opened = project()
    if opened is not None:
        opened.close()


def _let_go(live: Live, store: FolderStore) -> None:
    """End the threads of a project that nobody holds any more."""
    live.stop()
    store.close()
