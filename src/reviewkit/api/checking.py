"""The requests about manuscripts: what is to be looked at, and links of claims to cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reviewkit import identity
from reviewkit.parameters import Parameters
from reviewkit.project import Project
from reviewkit.records import RELATIONS, Checked, Claims, Me


def _check(project: Project, given: Parameters, me: Me, via: str) -> Any:
    path = given.text("path")
    found = project.check(project.manuscript(path), reviewer=me.reviewer or "")
    return Checked(path, tuple(replace(one, path=path) for one in found))


def _claims(project: Project, given: Parameters, me: Me, via: str) -> Any:
    citekey = given.optional_text("citekey")
    if citekey:
        return Claims((project.claimed(citekey),))
    return project.claims_near(project.manuscript(given.text("path")), given.optional_text("cell"))


def _link(project: Project, given: Parameters, me: Me, via: str) -> Any:
    citekey = given.text("citekey")
    project.link(
        citekey,
        given.text("quote"),
        project.manuscript(given.text("notebook")),
        given.text("cell"),
        given.choice("relation", RELATIONS) or "reproduces",
        anyway="anyway" in given and given.flag("anyway"),
        reviewer=identity.needed(me),
        via=via,
    )
    # Not the project's reviewer: others may use the same server.
    return project.as_seen_by(citekey, me.reviewer or "")


def _unlink(project: Project, given: Parameters, me: Me, via: str) -> Any:
    citekey = given.text("citekey")
    project.unlink(citekey, given.text("id"), reviewer=identity.needed(me), via=via)
    return project.as_seen_by(citekey, me.reviewer or "")


KNOWN = {
    "check": ("path",),
    "claims": ("citekey", "path", "cell"),
    "link": ("citekey", "quote", "notebook", "cell", "relation", "anyway"),
    "unlink": ("citekey", "id"),
}
ANSWERS = {"check": _check, "claims": _claims, "link": _link, "unlink": _unlink}
