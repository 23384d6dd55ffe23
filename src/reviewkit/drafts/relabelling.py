"""Topics that got another name since the last draft: their sections stay the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reviewkit.drafts.cells import METADATA, memory_of
from reviewkit.drafts.redraft import memory
from reviewkit.drafts.survey import topics_from

#: So much of what two topics hold together must be in both, for one to be the other renamed.
_SHARED = 0.5


def relabelled(previous: Mapping[str, Any], remember: Mapping[str, Any]) -> Mapping[str, Any]:
    """The notebook as if its topics had been called then as they are called now.

    A topic is taken for another one under a new name if most of their papers are the same, and
    each name is in one of the drafts only. What a person wrote below its heading stays there.
    """
    known = memory(previous)
    names = _renamed(known or {}, remember)
    if known is None or not names:
        return previous
    cells = [_relabelled(cell, names) for cell in previous["cells"]]
    kept = dict(known)
    for field in ("made", "theirs"):
        if isinstance(known.get(field), list):
            kept[field] = sorted(_name(str(name), names) for name in known[field])
    metadata = dict(previous["metadata"]) | {METADATA: kept}
    return dict(previous) | {"cells": cells, "metadata": metadata}


def _renamed(known: Mapping[str, Any], remember: Mapping[str, Any]) -> dict[str, str]:
    """Keys of groups as they were, with what they are now."""
    before, now = (_topics(each) for each in (known, remember))
    gone = {label: papers for label, papers in before.items() if label not in now}
    fresh = {label: papers for label, papers in now.items() if label not in before}
    pairs = sorted(
        (-len(papers & there) / len(papers | there), old, new)
        for old, papers in gone.items()
        for new, there in fresh.items()
        if papers & there
    )
    found: dict[str, str] = {}
    for share, old, new in pairs:
        if (
            -share > _SHARED
            and f"topic:{old}" not in found
            and f"topic:{new}" not in found.values()
        ):
            found[f"topic:{old}"] = f"topic:{new}"
    return found


def _topics(told: Mapping[str, Any]) -> dict[str, set[str]]:
    given = told.get("topics")
    topics = topics_from(given).topics if isinstance(given, list) else ()
    return {topic.label.casefold(): set(topic.papers) for topic in topics}


def _relabelled(cell: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    about = dict(memory_of(cell))
    for field in ("section", "group"):
        if isinstance(about.get(field), str):
            about[field] = names.get(about[field], about[field])
    if about == memory_of(cell):
        return cell
    return cell | {"metadata": dict(cell["metadata"]) | {METADATA: about}}


def _name(name: str, names: Mapping[str, str]) -> str:
    role, _, section = name.partition("/")
    return f"{role}/{names.get(section, section)}"
