"""The requests about papers that are only named so far."""

from __future__ import annotations

from typing import Any

from reviewkit import identity
from reviewkit.api.asked import Asked
from reviewkit.lookup import settings
from reviewkit.lookup.stop import Stop
from reviewkit.project import Project
from reviewkit.records import Decided, Me, Queue

#: For so long a request looks up papers that are only named; the rest stays queued.
SECONDS = 20.0


def unseen(done: int, total: int, what: str) -> None:
    """Progress that a request has no way to show."""


def _queue(project: Project, given: Asked, me: Me, via: str) -> Any:
    return Queue(settings.read().on, settings.sends(), project.queue())


def _lookup(project: Project, given: Asked, me: Me, via: str) -> Any:
    if given.flag("on"):
        settings.switch(True, given.optional_text("mailto") or None)
    by = identity.author(me)
    return project.lookup(by=by, via=via, progress=unseen, stop=Stop(SECONDS))


def _drop(project: Project, given: Asked, me: Me, via: str) -> Any:
    gone = project.drop(*given.texts("ids"), by=identity.author(me), via=via)
    return Decided(len(gone))


KNOWN: dict[str, tuple[str, ...]] = {"queue": (), "lookup": ("on", "mailto"), "drop": ("ids",)}
ANSWERS = {"queue": _queue, "lookup": _lookup, "drop": _drop}
