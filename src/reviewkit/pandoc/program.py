"""Which pandoc is run: the one that came with the package `pypandoc-binary`, else the system's."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reviewkit.errors import MissingProgramError

#: The first version whose writers and citations are what we count on (Typst; CSL 1.0.2).
_OLDEST = (3, 1)
_INSTALL = 'Install it with: pip install "reviewkit[writing]"'
#: A manuscript made to take all memory ends at so much heap, not at the machine's last page.
_MOST_HEAP = "2g"


@dataclass(frozen=True, slots=True)
class Program:
    """A pandoc to run, and the options without which we run it never."""

    path: Path
    version: tuple[int, ...]
    options: tuple[str, ...]


@cache
def installed() -> Program:
    """The pandoc to run; nothing is ever downloaded.

    Raises
    ------
    MissingProgramError
        There is none, or only one that is too old.
    """
    bundled = _bundled()
    if bundled is not None:
        # After `--RTS` no argument is read as one for the run-time system.
        return Program(bundled, _version(bundled), ("+RTS", f"-M{_MOST_HEAP}", "--RTS"))
    found = shutil.which("pandoc")
    if found is None:
        raise MissingProgramError(f"Writing needs pandoc, which is not installed. {_INSTALL}")
    version = _version(Path(found))
    if version < _OLDEST:
        told, oldest = (".".join(map(str, numbers)) for numbers in (version, _OLDEST))
        raise MissingProgramError(
            f"Writing needs pandoc {oldest} or newer, and {found} is {told}. {_INSTALL}"
        )
    return Program(Path(found), version, ())


def _bundled() -> Path | None:
    spec = find_spec("pypandoc")
    if spec is None or spec.origin is None:
        return None
    # The same package without "-binary" has no such folder.
    path = Path(spec.origin).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    return path if os.access(path, os.X_OK) else None


def _version(path: Path) -> tuple[int, ...]:
    try:
        told = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise MissingProgramError(f"{path} does not run ({error}). {_INSTALL}") from error
    found = re.match(rb"pandoc\S* (\d+(?:\.\d+)*)", told.stdout)
    if found is None:
        raise MissingProgramError(f"{path} does not tell its version. {_INSTALL}")
    return tuple(int(number) for number in found[1].split(b"."))
