"""Asking git, where it is installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SECONDS = 20


def git(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and what git said; 1 as well where there is no git, or it does not answer."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, f"{error}"
    said = done.stdout if done.returncode == 0 else done.stderr
    return done.returncode, said.decode("utf-8", "replace")
