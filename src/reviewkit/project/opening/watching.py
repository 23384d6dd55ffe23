"""Those who want to know when a project changes, and the locks they are told outside of."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from types import TracebackType

from reviewkit.records import ChangedEvent

Callback = Callable[[ChangedEvent], None]


class Listeners:
    """Callbacks, each ended by calling what `add` returned."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: list[Callback] = []
        self._events: deque[ChangedEvent] = deque()
        self._delivering = threading.Lock()
        self._thread = threading.local()

    def add(self, callback: Callback) -> Callable[[], None]:
        """Begin to call back; returns what ends it."""
        with self._lock:
            self._callbacks.append(callback)

        def remove() -> None:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)

        return remove

    def tell(self, event: ChangedEvent) -> None:
        """Let everybody be called back as soon as this thread holds no lock of the project.

        One who is called may hold a lock of their own, for which another thread waits that
        wants the project's: told under it, all three would wait for ever.
        """
        self._events.append(event)
        if not self.held:
            self._deliver()

    @property
    def held(self) -> int:
        """How many locks of the project this thread holds."""
        return int(getattr(self._thread, "held", 0))

    def lock(self) -> TellingLock:
        """A lock of the project, which its holder may take again."""
        return TellingLock(self)

    def took(self) -> None:
        """This thread has taken a lock."""
        self._thread.held = self.held + 1

    def gave_back(self) -> None:
        """This thread has given a lock back."""
        self._thread.held = self.held - 1
        if not self.held and self._events:
            self._deliver()

    def _deliver(self) -> None:
        # Whoever calls back goes on until nothing is left: events keep their order, and
        # nobody waits for a thread that is calling back.
        while self._events and self._delivering.acquire(blocking=False):
            try:
                while self._events:
                    event = self._events.popleft()
                    with self._lock:
                        callbacks = list(self._callbacks)
                    for callback in callbacks:
                        callback(event)
            finally:
                self._delivering.release()


class TellingLock:
    """A lock that its holder may take again; once all are free, what happened is told."""

    def __init__(self, listeners: Listeners) -> None:
        self._lock = threading.RLock()
        self._listeners = listeners

    @property
    def is_held(self) -> bool:
        """Whether this thread holds any lock of the project."""
        return self._listeners.held > 0

    def __enter__(self) -> None:
        self._lock.acquire()
        self._listeners.took()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()
        self._listeners.gave_back()
