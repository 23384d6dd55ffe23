"""Telling views that papers changed: few messages, on the view's own event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from reviewkit.records import ChangedEvent

#: Shortest time between two messages of one project, in seconds.
INTERVAL = 0.02

#: A message about more papers than this says "many" instead of naming them.
KEYS = 200


def merged(first: ChangedEvent, second: ChangedEvent) -> ChangedEvent:
    """One event for two of the same project: both sets of papers, the later revision."""
    keys: tuple[str, ...] | None = None
    if first.citekeys is not None and second.citekeys is not None:
        keys = tuple(dict.fromkeys(first.citekeys + second.citekeys))
    revision = max(first.revision, second.revision)
    return limited(replace(second, citekeys=keys, revision=revision))


def limited(event: ChangedEvent) -> ChangedEvent:
    """The event, naming no papers if there are more than `KEYS` of them."""
    if event.citekeys is not None and len(event.citekeys) > KEYS:
        return replace(event, citekeys=None)
    return event


class ChangePush:
    """Passes a project's events to an event loop, at most one per project and `INTERVAL`.

    The first event of a burst goes out at once, what follows is merged. `send` is called
    on the loop's thread only. After `close`, and after the end of the loop, events are
    dropped: nobody is there to be told.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, send: Callable[[ChangedEvent], object]
    ) -> None:
        self._loop = loop
        self._send = send
        self._waiting: dict[str, ChangedEvent] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._closed = False

    def __call__(self, event: ChangedEvent) -> None:
        """Take an event in; any thread may call."""
        if self._closed or self._loop.is_closed():
            return
        try:
            self._loop.call_soon_threadsafe(self._take, event)
        except RuntimeError:
            # The loop was closed between the question and the call.
            self._closed = True

    def close(self) -> None:
        """Send nothing more; to be called on the loop's thread."""
        self._closed = True
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._waiting.clear()

    def _take(self, event: ChangedEvent) -> None:
        if self._closed:
            return
        if event.project in self._timers:
            earlier = self._waiting.get(event.project)
            self._waiting[event.project] = merged(earlier, event) if earlier else event
            return
        self._start_interval(event.project)
        self._send(limited(event))

    def _start_interval(self, project: str) -> None:
        self._timers[project] = self._loop.call_later(INTERVAL, self._end_interval, project)

    def _end_interval(self, project: str) -> None:
        del self._timers[project]
        event = self._waiting.pop(project, None)
        if event is not None:
            self._start_interval(project)
            self._send(limited(event))
