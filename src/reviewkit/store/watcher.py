"""Threads that tell when something in a folder changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch as watch_files

from reviewkit.store.fs import FS

#: Whatever the system's notices miss is found after so long.
RESCAN_MS = 5000
#: The same where the system gives no notices of what others do.
RESCAN_REMOTE_MS = 1000
#: While files go on changing, a look at them waits for so long at most.
_GATHER_MS = 20
#: So often a thread asks whether there is a notice: of edits, and of what waits anyway.
_SOON_MS, LATER_MS = 5, 25


class Watcher:
    """Watches folders that may not be there yet, or vanish and come back."""

    def __init__(self, fs: FS) -> None:
        self._fs = fs
        self._threads: list[threading.Thread] = []
        self._stop = threading.Event()

    def watch(
        self,
        where: Callable[[], Path | None],
        on_change: Callable[[], None],
        *,
        deep: bool = True,
        pause: float = 0.1,
        step: int = _SOON_MS,
    ) -> None:
        """Call back, in a thread, soon after a file in a folder changed.

        Parameters
        ----------
        where
            Tells the folder, once there may be one; it is asked again after `pause` seconds.
        deep
            Watch what is below the folder as well.
        step
            How often it is asked for notices, in milliseconds.
        """
        thread = threading.Thread(
            target=self._watch,
            args=(on_change, where, deep, pause, step),
            daemon=True,
            name="reviewkit-watch",
        )
        self._threads.append(thread)
        thread.start()

    def _watch(
        self,
        on_change: Callable[[], None],
        where: Callable[[], Path | None],
        deep: bool,
        pause: float,
        step: int,
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
                on_change()
            rescan = RESCAN_REMOTE_MS if self._fs.is_remote(place) else RESCAN_MS
            for _ in watch_files(
                place,
                step=step,
                debounce=_GATHER_MS,
                rust_timeout=rescan,
                yield_on_timeout=True,
                recursive=deep,
                stop_event=self._stop,
                raise_interrupt=False,
                watch_filter=None,
                ignore_permission_denied=True,
            ):
                on_change()
                if not place.is_dir():
                    break

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout=2)
