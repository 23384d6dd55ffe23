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

for _module in (
    library,
    lookups,
    duplicates,
    opinions,
    comparing,
    held,
    state,
    doctor,
    manuscripts,
    surveys,
    citing,
    checking,
    renaming,
    purging,
    programs,
    moving,
    logs,
    git,
    lab,
):
    for _command in _module.COMMANDS:
        main.add_command(_command)
