"""Drafted cells that drafting again would change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit.drafts.cells import METADATA
from reviewkit.drafts.redraft import memory
from reviewkit.errors import ReviewkitError
from reviewkit.files.sync import Sync
from reviewkit.project.surveying.drafting import Drafting, DraftRequest

if TYPE_CHECKING:
    from reviewkit.project.comparing.comparing import Comparing

_STALE = ("changed", "moved", "removed")


def stale_cells(project: Comparing, sync: Sync, name: str, data: bytes) -> Mapping[int, str]:
    """Numbers of the cells that a new draft would change, with what is newer.

    Empty where the file is no draft, or one of another version: what cannot be known is not
    told.
    """
    if not name.lower().endswith(".ipynb") or METADATA.encode() not in data:
        return {}
    try:
        previous = json.loads(data)
        if memory(previous) is None:
            return {}
        changes = Drafting(project, sync, DraftRequest(Path(name))).compare(data)
    except (ValueError, ReviewkitError):
        return {}
    changed = {change.id for change in changes if change.kind in _STALE}
    return {
        number: "opinions have changed since"
        for number, cell in enumerate(previous["cells"], start=1)
        if cell.get("id") in changed
    }
