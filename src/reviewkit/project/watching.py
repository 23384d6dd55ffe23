"""Those who want to know when a project changes."""

from __future__ import annotations

import threading
from collections.abc import Callable

from reviewkit.records import ChangedEvent

Callback = Callable[[ChangedEvent], None]


class Listeners:
    """Callbacks, each ended by calling what `add` returned."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: list[Callback] = []

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
        """Call everybody back."""
        with self._lock:
            callbacks = list(self._callbacks)
        for callback in callbacks:
            callback(event)
