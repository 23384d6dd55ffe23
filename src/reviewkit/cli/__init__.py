"""The command line: `reviewkit COMMAND`."""

from __future__ import annotations

from reviewkit.cli import lab, library, manuscripts, opinions, programs, state
from reviewkit.cli.base import main

__all__ = ["main"]

for _command in (*library.COMMANDS, *opinions.COMMANDS, *state.COMMANDS, *manuscripts.COMMANDS):
    main.add_command(_command)
for _command in (*programs.COMMANDS, *lab.COMMANDS):
    main.add_command(_command)
