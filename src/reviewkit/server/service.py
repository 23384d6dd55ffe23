"""What the handlers share: open projects, a thread pool, and the way to push news."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from jupyter_events import EventLogger

from reviewkit import api
from reviewkit.push import ChangePush
from reviewkit.records import ChangedEvent, Me, as_json
from reviewkit.server.folders import Folders
from reviewkit.server.projects import OpenProjects

#: The key of the service among the web application's settings.
SERVICE = "reviewkit_service"

#: The `$id` of the event's schema.
CHANGED = "https://reviewkit.org/events/changed"

T = TypeVar("T")


class Service:
    """Answers requests in threads of its own: the server's event loop never waits.

    Parameters
    ----------
    folders
        Which folders may be projects.
    events
        The server's event logger, where the schema of `CHANGED` is registered.
    idle_seconds
        A project for which nobody asks for so long is closed, if no browser listens.
    threads
        Requests that are worked on at the same time.
    """

    def __init__(
        self, folders: Folders, events: EventLogger, *, idle_seconds: float, threads: int
    ) -> None:
        self.working = 0
        self._folders = folders
        self._events = events
        self._idle_seconds = idle_seconds
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reviewkit")
        self._projects = OpenProjects(self._changed)
        self._push: ChangePush | None = None
        self._sweep: asyncio.TimerHandle | None = None

    async def answer(
        self,
        method: str,
        asked: str,
        params: Mapping[str, Any],
        who: Callable[[], Me],
        stop: threading.Event | None = None,
    ) -> Any:
        """The JSON answer to a request about the project that holds the path `asked`.

        `who` tells, in a thread, who asks. When `stop` is set, nobody waits for it any more.
        """
        return await self.run(self._answer, method, asked, params, who, stop)

    async def run(self, work: Callable[..., T], *arguments: Any) -> T:
        """What the blocking `work` returns, done in a thread."""
        loop = self._start()
        self.working += 1
        try:
            return await loop.run_in_executor(self._pool, work, *arguments)
        finally:
            self.working -= 1

    async def close(self) -> None:
        """Close all projects, after the requests at work; the service ends with it."""
        loop = self._start()
        if self._push is not None:
            self._push.close()
        if self._sweep is not None:
            self._sweep.cancel()
        await loop.run_in_executor(self._pool, self._projects.close_all)
        await asyncio.to_thread(self._pool.shutdown)

    def _answer(
        self,
        method: str,
        asked: str,
        params: Mapping[str, Any],
        who: Callable[[], Me],
        stop: threading.Event | None,
    ) -> Any:
        me = who()
        name, folder = self._folders.project(asked, new=method == "add")
        given = dict(params, path=name) if method == "project" else params
        with self._projects.use(name, folder) as project:
            return api.handle(project, method, given, me=me, via="panel", stop=stop)

    def _start(self) -> asyncio.AbstractEventLoop:
        # The loop is known only once requests come: extensions are set up before it runs.
        loop = asyncio.get_running_loop()
        if self._push is None:
            self._push = ChangePush(loop, self._emit)
            self._sweep = loop.call_later(self._idle_seconds, self._close_idle)
        return loop

    def _changed(self, event: ChangedEvent) -> None:
        if self._push is not None:
            self._push(event)

    def _emit(self, event: ChangedEvent) -> bool:
        sent = self._events.emit(schema_id=CHANGED, data=as_json(event))
        return sent is not None

    def _close_idle(self) -> None:
        loop = asyncio.get_running_loop()
        self._sweep = loop.call_later(self._idle_seconds, self._close_idle)
        for name in self._projects.idle(self._idle_seconds):
            revision = self._projects.revision(name)
            # An event that names no paper tells whether anybody listens.
            heard = revision is not None and self._emit(ChangedEvent(name, (), revision))
            if not heard:
                loop.run_in_executor(self._pool, self._projects.close, name)
