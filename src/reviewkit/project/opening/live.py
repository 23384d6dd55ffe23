"""The threads that keep an open project in step with the disk."""

from __future__ import annotations

import random
import threading
import time
import weakref
from contextlib import suppress
from typing import Protocol

from reviewkit.errors import ReviewkitError
from reviewkit.project.opening.background import letting_others_in
from reviewkit.store.turn import Lead

#: A file that changed is read when it has been quiet for so long: editors write in pieces.
SETTLE_SECONDS = 0.12
#: Another project than the one that leads reads it when it has been quiet for so long, or has
#: changed all the time for so long: what was edited has long come by the log then.
FOLLOW_SECONDS, FOLLOW_AT_LAST = 10.0, 60.0
#: As long as it has not, it asks so often whether the one that leads has ended: somebody may
#: save over what that had not read yet.
SUCCEED_SECONDS = 1.0
#: So long after writing, what came out of the files' places is looked at again.
AGAIN_SECONDS = (1.0, 10.0, 600.0)
#: What a full disk or another program prevented is tried again after so long.
RETRY_SECONDS = 2.0
#: So long after a project was opened, and after that, old logs are merged if they are too many.
MERGE_SECONDS, MERGE_AGAIN_SECONDS = 60.0, 86_400.0
#: So often others who save now and then are let go first, each time for about a second: who
#: they are nobody knows, and they may know less.
_TURNS = (150, 300)
#: Our files are written so long after the last edit, and no later than twice that.
PROJECT_SECONDS = 1.0
#: Whoever leads writes at least so often while people edit; others wait for so many times that,
#: by chance more or fewer, before they write what nobody has written.
_PATIENCE = (4.0, 8.0)


class Owner(Protocol):
    """The project that is kept in step."""

    def look(self, *, files: bool = True) -> bool:
        """Read what is new in the log; whether a file changed, if that is asked."""

    #: Whether the log told of papers that stand in a file that was not read yet.
    lacks_papers: bool

    def take_in(self, *, again: bool = False) -> None:
        """Take in what others changed in the files; `again`: some time after writing them."""

    def flush_in_turn(self, pause: float) -> bool:
        """The same unless another process is at it, or was within so many seconds; whether."""

    def flush(self) -> None:
        """Write what is not in the files yet."""

    def merge_old_logs(self) -> None:
        """Make few of very many logs."""


class Live:
    """Looks when the disk may have changed, and writes when it is time to.

    One thread only looks at the log, so that others' edits are seen at once while the other
    reads or writes a large file. A project that nobody holds any more ends both, so that
    opening one again and again in a notebook leaves nothing behind; one with something to
    write is held until it is written.
    """

    def __init__(self, owner: Owner, lead: Lead) -> None:
        self._owner = weakref.ref(owner)
        self._lead = lead
        self._held: Owner | None = None
        self._wake = threading.Event()
        self._changed = threading.Event()
        self._stopped = False
        self._take_in_due: float | None = None
        self._follow_due: float | None = None
        self._latest_follow_due: float | None = None
        self._succeed_due: float | None = None
        self._project_due: float | None = None
        self._latest_due: float | None = None
        self._turns_left = random.randint(*_TURNS)  # noqa: S311
        self._files_may_differ = False
        self._written: float | None = None
        self._again_dues: dict[float, float] = {}
        self._merge_due = time.monotonic() + MERGE_SECONDS
        self._thread = threading.Thread(target=self._run, daemon=True, name="reviewkit-live")
        self._looker = threading.Thread(target=self._look, daemon=True, name="reviewkit-look")

    def start(self) -> None:
        """Begin; who begins first leads."""
        self._lead.is_mine()
        self._thread.start()
        self._looker.start()

    def look(self, *, files: bool) -> None:
        """Something on the disk changed, perhaps: in the log, or also elsewhere."""
        self._files_may_differ = self._files_may_differ or files
        self._changed.set()

    def edited(self) -> None:
        """The files are to be written soon."""
        moment, before = time.monotonic(), self._project_due
        self._latest_due = self._latest_due or moment + 2 * PROJECT_SECONDS
        self._project_due = min(moment + PROJECT_SECONDS, self._latest_due)
        if self._thread.is_alive():
            self._held = self._owner()
        if before is None or self._project_due < before:
            # Else the thread, which wakes at what was due before, goes on waiting then.
            self._wake.set()

    def stop(self) -> None:
        """End; what is due is not done any more."""
        self._stopped = True
        self._held = None
        self._wake.set()
        self._changed.set()
        for thread in (self._thread, self._looker):
            if thread.is_alive() and thread is not threading.current_thread():
                thread.join(timeout=5)
        self._lead.give_up()

    def _look(self) -> None:
        while not self._stopped:
            self._changed.wait()
            self._changed.clear()
            owner = self._owner()
            if owner is None or self._stopped:
                return
            files, self._files_may_differ = self._files_may_differ, False
            # What cannot be looked at now is looked at with the next notice or rescan.
            with suppress(OSError):
                if owner.look(files=files):
                    self._file_changed(at_once=owner.lacks_papers or self._lead.is_mine())
            del owner

    def _file_changed(self, *, at_once: bool) -> None:
        moment = time.monotonic()
        if at_once:
            self._take_in_due = moment + SETTLE_SECONDS
        else:
            self._latest_follow_due = self._latest_follow_due or moment + _about(FOLLOW_AT_LAST)
            self._follow_due = min(moment + _about(FOLLOW_SECONDS), self._latest_follow_due)
            self._succeed_due = self._succeed_due or moment + _about(SUCCEED_SECONDS)
        self._wake.set()

    def _run(self) -> None:
        while not self._stopped:
            self._wake.wait(self._pause())
            self._wake.clear()
            owner = self._owner()
            if owner is None or self._stopped:
                return
            try:
                with letting_others_in():
                    self._step(owner)
            except OSError:
                # Nothing was noted as done: what stands in the files is found again.
                self._take_in_due = time.monotonic() + RETRY_SECONDS
                self._project_due = self._project_due or self._take_in_due
            del owner

    def _step(self, owner: Owner) -> None:
        if _is_due(self._take_in_due) or _is_due(self._follow_due):
            self._take_in_due = self._follow_due = self._latest_follow_due = None
            self._succeed_due = None
            owner.take_in()
        if _is_due(self._succeed_due):
            self._succeed_due = time.monotonic() + _about(SUCCEED_SECONDS)
            if self._lead.is_mine():
                self._file_changed(at_once=True)
        for seconds, due in list(self._again_dues.items()):
            if _is_due(due):
                self._look_again(owner, seconds)
        if _is_due(self._project_due):
            self._project(owner)
        if _is_due(self._merge_due):
            self._merge_due = time.monotonic() + MERGE_AGAIN_SECONDS
            if self._lead.is_mine():
                # Another day will do as well.
                with suppress(OSError, ReviewkitError):
                    owner.merge_old_logs()

    def _project(self, owner: Owner) -> None:
        """Write the files, or let others go first who write the same: one writing is enough.

        Eight processes that all write each second would read each other's files all the time,
        so as long as anybody saves now and then the others only look whether that goes on.
        """
        held, self._held = self._held, None
        self._project_due = self._latest_due = None
        patience = 1.0 if self._lead.is_mine() else random.uniform(*_PATIENCE)  # noqa: S311
        if self._turns_left and not owner.flush_in_turn(patience * PROJECT_SECONDS):
            self._turns_left, self._held = self._turns_left - 1, held
            pause = _about(PROJECT_SECONDS)
            self._project_due = self._latest_due = time.monotonic() + pause
            return
        if not self._turns_left:
            owner.flush()
        self._turns_left = random.randint(*_TURNS)  # noqa: S311
        # An editor may write on into the file that came out.
        self._written = time.monotonic()
        for seconds in AGAIN_SECONDS:
            self._again_dues.setdefault(seconds, self._written + seconds)

    def _look_again(self, owner: Owner, seconds: float) -> None:
        due, written = self._again_dues.pop(seconds), self._written
        owner.take_in(again=True)
        if written is not None and written + seconds > due:
            # Something was written since that is as old only later.
            self._again_dues[seconds] = written + seconds

    def _pause(self) -> float:
        asked = (self._take_in_due, self._follow_due, self._succeed_due, self._project_due)
        dues = [due for due in asked if due is not None]
        dues += [self._merge_due, *self._again_dues.values()]
        return max(0.0, min(dues) - time.monotonic())


def _is_due(due: float | None) -> bool:
    return due is not None and time.monotonic() >= due


def _about(seconds: float) -> float:
    """By chance shorter or longer, so that not all projects do the same at once."""
    return seconds * random.uniform(0.4, 1.4)  # noqa: S311
