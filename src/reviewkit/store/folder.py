"""The operation log in the project's folder: append, read, watch."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Protocol

from watchfiles import watch as watch_files

from reviewkit.errors import NotDurableError, ReviewkitError
from reviewkit.ops.op import Op, encode
from reviewkit.store.erasing import erase
from reviewkit.store.journal import Journal
from reviewkit.store.layout import Layout, ensure_library
from reviewkit.store.log import LogWriter
from reviewkit.store.machine import Machine
from reviewkit.store.reader import LogReader

#: Whatever the system's notices miss is found after so long.
RESCAN_MS = 5000
#: The same where the system gives no notices of what others do.
RESCAN_REMOTE_MS = 1000


#: While files go on changing, a look at them waits for so long at most.
_GATHER_MS = 20


class Look(Protocol):
    """What is called when something may have changed."""

    def __call__(self, *, files: bool) -> None:
        """`files`: it may be another file than a log."""


class FolderStore:
    """One project's operations; every process that opens the project has its own store."""

    def __init__(self, layout: Layout, machine: Machine | None = None) -> None:
        self.layout = layout
        self.machine = machine or Machine()
        self.fs = self.machine.fs
        self._name: str | None = None
        self._writers: dict[str, LogWriter] = {}
        self.reader = LogReader(layout.ops, self.fs)
        self.journal = Journal(layout, self.machine)
        self._watchers: list[threading.Thread] = []
        self._stop = threading.Event()

    def writer(self, slug: str) -> LogWriter:
        """The process's log of a person's edits."""
        if slug not in self._writers:
            self._writers[slug] = LogWriter(self.layout, self.machine, slug)
        return self._writers[slug]

    def append(self, ops: Sequence[Op], writer: LogWriter) -> None:
        """Return when the operations are durable; see `LogWriter.append` for errors."""
        try:
            library = self.library()
            writer.append(ops)
        except ReviewkitError:
            writer.rename()
            raise
        self.journal.keep(library, writer.log, b"".join(encode(op) for op in ops))

    def erase(self, ids: Collection[str]) -> None:
        """Take the bytes of erased operations out of all logs here and this user's journals.

        Raises
        ------
        OSError
            Not all of them could be written.
        """
        for writer in self._writers.values():
            writer.forget(ids)
        erase(self.layout.ops, ids, self.fs)
        erase(self.machine.private_folder(self.library()), ids, self.fs)

    def write_again(self, lines: bytes) -> None:
        """Put lines that were safe once into a new log; return when they are again.

        Raises
        ------
        NotDurableError
            Nothing was written that counts.
        """
        self.library()
        writer = LogWriter(self.layout, self.machine, "again")
        try:
            writer.append_lines(lines)
        finally:
            writer.close()

    def begin_again(self) -> None:
        """Read all logs anew with the next look."""
        self.reader = LogReader(self.layout.ops, self.fs)

    def library(self) -> str:
        """The project's id, made with its first edit.

        Raises
        ------
        NotDurableError
            The project's folder cannot be written.
        """
        try:
            self._name = ensure_library(self.layout, self.machine, self._name)
            return self._name
        except OSError as error:
            raise NotDurableError(
                error.errno or 0,
                f"{self.layout.meta} cannot be written ({error.strerror or error}). "
                "Give this user the right to write there and save again.",
            ) from error

    def read(self) -> list[Op]:
        """Operations, of anybody, that are new since the last call."""
        for writer in self._writers.values():
            writer.bring_back()
        return self.reader.read()

    def fingerprint(self) -> bytes | None:
        """A hash of all logs as they were read; None while not all was, own edits included."""
        return self.reader.fingerprint(
            writer.end for writer in self._writers.values() if writer.end is not None
        )

    def watch(self, on_change: Look, private: Callable[[], Path | None]) -> None:
        """Call back, in a thread, soon after any file of the project changed.

        `files` tells whether it may be another than a log.

        One watcher looks at the project's folder itself, one at everything below
        `.reviewkit`, so that a huge project folder costs nothing, and one at the user's
        private log, whose folder `private` tells once there may be one.
        """
        places: tuple[tuple[Callable[[], Path | None], bool, float], ...] = (
            (lambda: self.layout.root, False, 0.1),
            (lambda: self.layout.ops, True, 0.1),
            (private, True, 1.0),
        )
        for place in places:
            thread = threading.Thread(
                target=self._watch, args=(on_change, *place), daemon=True, name="reviewkit-watch"
            )
            self._watchers.append(thread)
            thread.start()

    def _watch(
        self,
        on_change: Look,
        where: Callable[[], Path | None],
        deep: bool,
        pause: float,
    ) -> None:
        seen = False
        while not self._stop.is_set():
            place = where()
            if place is None or not place.is_dir():
                seen = False
                self._stop.wait(pause)
                continue
            if not seen:
                # What was put there with the folder came before anybody watched.
                seen = True
                on_change(files=not deep)
            rescan = RESCAN_REMOTE_MS if self.fs.is_remote(place) else RESCAN_MS
            for _ in watch_files(
                place,
                step=5,
                debounce=_GATHER_MS,
                rust_timeout=rescan,
                yield_on_timeout=True,
                recursive=deep,
                stop_event=self._stop,
                raise_interrupt=False,
                watch_filter=None,
                ignore_permission_denied=True,
            ):
                on_change(files=not deep)
                if not place.is_dir():
                    break

    def close(self) -> None:
        """Stop watching and give the files back."""
        self._stop.set()
        for thread in self._watchers:
            if thread is not threading.current_thread():
                thread.join(timeout=2)
        for writer in self._writers.values():
            writer.close()


def may_write(layout: Layout) -> bool:
    """Whether this user may write in the project's folder."""
    return os.access(layout.root, os.W_OK)
