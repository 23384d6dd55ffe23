"""Drafted cells that drafting again would change."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit.citations import cited_keys
from reviewkit.drafts import build
from reviewkit.drafts.cells import METADATA
from reviewkit.errors import ReviewkitError
from reviewkit.files.sync import Sync

if TYPE_CHECKING:
    from reviewkit.project.reading import Reading


def stale_cells(project: Reading, sync: Sync, name: str, data: bytes) -> Mapping[int, str]:
    """Numbers of the cells that a new draft would change, with what is newer.

    Empty where the file is no draft, or one of another version: what cannot be known is not
    told.
    """
    if not name.lower().endswith(".ipynb") or METADATA.encode() not in data:
        return {}
    try:
        previous = json.loads(data)
        memory = previous.get("metadata", {}).get(METADATA)
        if not isinstance(memory, dict) or not isinstance(memory.get("made"), list):
            return {}
        library = sync.library
        cited = cited_keys(name, data, library.citekeys(), library.aliases()).keys
        folder = Path(name).expanduser().absolute().parent
        relative = os.path.relpath(project.root, folder).replace(os.sep, "/")
        made = build(project.papers(), project=relative, previous=previous, also_cited=cited)
    except (ValueError, AttributeError, TypeError, KeyError, ReviewkitError):
        return {}
    changed = set(made.refreshed)
    return {
        number: "opinions have changed since"
        for number, cell in enumerate(previous["cells"], start=1)
        if cell.get("id") in changed
    }
