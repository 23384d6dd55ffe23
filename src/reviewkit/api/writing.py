"""The requests that write: a survey's notebook, and a manuscript as a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reviewkit.api.asked import Asked
from reviewkit.project import Project
from reviewkit.publishing import TARGETS
from reviewkit.publishing.targets import beside
from reviewkit.records import Me, Written

#: So many things that a person should know are told.
_NOTES = 50


def _draft(project: Project, given: Asked, me: Me, via: str) -> Any:
    out = project.manuscript(given.text("path"))
    result = project.draft(
        out, by=given.optional_text("by") or None, title=given.optional_text("title") or None
    )
    kept = (f"yours was kept: {change.what}" for change in result.kept)
    return _written(project, result.path, result.message, kept)


def _export(project: Project, given: Asked, me: Me, via: str) -> Any:
    manuscript = project.manuscript(given.text("path"))
    target = TARGETS[given.choice("format", tuple(TARGETS)) or "pdf"]
    style = given.optional_text("style")
    result = project.export(
        beside(manuscript, target),
        used_in=manuscript,
        format=target.name,
        style=project.allowed_style(style) if style else None,
        code=given.flag("code"),
        toc=given.flag("toc"),
        stop=given.stop,
    )
    said = (problem.reason for problem in result.problems)
    return _written(project, result.path, result.message.split("\n", 1)[0], said)


def _written(project: Project, path: Path, message: str, notes: Any) -> Written:
    inside = path.resolve().relative_to(project.root.resolve()).as_posix()
    # A view's user knows no path of the server.
    told = message.replace(str(path), inside)
    return Written(inside, told, tuple(notes)[:_NOTES])


KNOWN = {"draft": ("path", "by", "title"), "export": ("path", "format", "style", "code", "toc")}
ANSWERS = {"draft": _draft, "export": _export}
