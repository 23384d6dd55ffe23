"""The requests that say something of a paper."""

from __future__ import annotations

from typing import Any

from reviewkit import identity, parameters
from reviewkit.api.asked import Asked
from reviewkit.project import Project
from reviewkit.records import Me


def seen(project: Project, citekey: str, me: Me) -> Any:
    """The paper as the asker sees it."""
    # Not the project's reviewer: others may use the same server.
    return project.as_seen_by(citekey, me.reviewer or "")


def _review(project: Project, given: Asked, me: Me, via: str) -> Any:
    citekey = given.text("citekey")
    changes: dict[str, Any] = {}
    if "rating" in given:
        changes["rating"] = given.optional_number("rating")
    if "criteria" in given:
        changes["criteria"] = given.optional_numbers_by_name("criteria")
    if "status" in given:
        changes["status"] = given.optional_text("status")
    if "delete_note" in given:
        changes["delete_note"] = given.text("delete_note")
    for name in ("tags", "add_tags", "remove_tags"):
        if name in given:
            changes[name] = given.texts(name)
    if "note" in given:
        note = given.inner("note", ("id", "text", "seen", "anchor"))
        if "text" in note or note.optional_text("id") is None:
            changes["note"] = note.text("text", most=parameters.TEXT_LENGTH)
        if "anchor" in note:
            changes["anchor"] = note.optional_text("anchor")
        changes["note_id"] = note.optional_text("id")
        changes["seen"] = note.texts("seen") if "seen" in note else None
    private = given.flag("private")
    project.review(citekey, **changes, private=private, reviewer=identity.needed(me), via=via)
    return seen(project, citekey, me)


def _publish(project: Project, given: Asked, me: Me, via: str) -> Any:
    citekey = given.text("citekey")
    project.publish(citekey, given.text("note"), reviewer=identity.needed(me), via=via)
    return seen(project, citekey, me)


KNOWN = {
    "review": (
        "citekey",
        "rating",
        "criteria",
        "status",
        "tags",
        "add_tags",
        "remove_tags",
        "note",
        "delete_note",
        "private",
    ),
    "publish": ("citekey", "note"),
}
ANSWERS = {"review": _review, "publish": _publish}
