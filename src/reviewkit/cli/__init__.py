"""The command line: `reviewkit COMMAND`."""

from __future__ import annotations

from reviewkit.cli import (
    checking,
    citing,
    comparing,
    doctor,
    duplicates,
    git,
    held,
    lab,
    library,
    logs,
    lookups,
    manuscripts,
    moving,
    opinions,
    programs,
    purging,
    renaming,
    state,
    surveys,
)
from reviewkit.cli.base import main

__all__ = ["main"]

_SECTIONS = {
    "Papers": (library, lookups, duplicates, renaming, programs, doctor),
    "Reviews": (opinions, comparing, purging),
    "Writing": (surveys, citing, checking, manuscripts),
    "Edits and sharing": (state, held, git, logs, moving),
    "More": (lab,),
}

for _title, _modules in _SECTIONS.items():
    for _module in _modules:
        main.add_section(_title, _module.COMMANDS)
