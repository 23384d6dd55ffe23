"""Typst in a process of its own: it can be stopped, and sees only the folder it is given."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewkit.errors import MissingProgramError, StoppedError, TypesettingError

_LOOK = 0.05
#: Packages are looked for in an empty folder, and what would be fetched is asked of nobody.
_NO_NETWORK = dict.fromkeys(
    ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9"
) | {"no_proxy": "", "NO_PROXY": ""}
_PROGRAM = """
import json, sys, typst
main, out, fonts = sys.argv[1:]
try:
    typst.compile(main, output=out, root=".", format="pdf", ignore_system_fonts=fonts == "own",
                  package_path="none", package_cache_path="none")
except typst.TypstError as error:
    print(json.dumps([error.message, error.diagnostic, list(error.hints or ())]))
    sys.exit(3)
"""
_PLACE = re.compile(r"(?:┌─|-->)\s*(?P<file>\S+?):(?P<line>\d+):\d+")
_MARK = re.compile(r"^\s*(?:// from cell (\d+)|/\* from the template \*/)", re.MULTILINE)
#: Scripts for which the bundled fonts have no letters.
_OTHER_SCRIPTS = re.compile(
    "[\u0590-\u109f\u10a0-\u1cff\u2e80-\ud7ff\uf900-\ufaff\U0001f000-\U000323af]"
)


def typeset(
    main: str,
    files: Mapping[str, bytes],
    stop: threading.Event | None = None,
    seconds: float = 300,
) -> bytes:
    """The PDF of a Typst source, which is one of the files.

    The bundled fonts are used alone, so that it looks the same everywhere; the system's join
    them where there are letters that the bundled ones lack.

    Raises
    ------
    MissingProgramError
        Typst is not installed.
    TypesettingError
        It finds fault with the source; `cell` is the cell that the place comes from.
    StoppedError
        `stop` was set.
    """
    if find_spec("typst") is None:
        raise MissingProgramError(
            "PDF needs Typst, which is not installed. Install it with: "
            'pip install "reviewkit[writing]"'
        )
    source = files[main].decode("utf-8", "replace")
    fonts = "system" if _OTHER_SCRIPTS.search(source) else "own"
    with TemporaryDirectory(prefix="reviewkit-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for inner, data in files.items():
            path = folder / inner
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        command = [sys.executable, "-I", "-c", _PROGRAM, main, "out.pdf", fonts]
        code, told = _finished(command, folder, stop, seconds)
        if code == 3:
            raise _error(told, source)
        out = folder / "out.pdf"
        if code or not out.exists():
            raise TypesettingError(
                f"Typst ended with status {code} and made no PDF. {told[-500:]}"
            )
        return out.read_bytes()


def _finished(
    command: list[str], folder: Path, stop: threading.Event | None, seconds: float
) -> tuple[int, str]:
    end = time.monotonic() + seconds
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={**os.environ, **_NO_NETWORK},
    ) as process:
        try:
            while True:
                if stop is not None and stop.is_set():
                    raise StoppedError("Stopped before the PDF was typeset; nothing was written.")
                try:
                    told, _ = process.communicate(timeout=_LOOK if stop else max(0.1, seconds))
                    return process.returncode, told.decode("utf-8", "replace")
                except subprocess.TimeoutExpired:
                    if time.monotonic() >= end:
                        raise TypesettingError(
                            f"Typst was not done after {seconds:g} s and was ended. Try with a "
                            "part of the text."
                        ) from None
        finally:
            if process.poll() is None:
                process.kill()


def _error(told: str, source: str) -> TypesettingError:
    try:
        message, diagnostic, hints = json.loads(told.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return TypesettingError(f"Typst could not typeset it: {told[-500:]}")
    place = _PLACE.search(diagnostic or "")
    if place is None:
        cell = None
    elif (at := source.find(place["file"])) >= 0:
        # A picture; it is named where it stands.
        cell = cell_at(source, source.count("\n", 0, at) + 1)
    else:
        cell = cell_at(source, int(place["line"]))
    hint = f" ({'; '.join(hints)})" if hints else ""
    return TypesettingError(f"Typst could not typeset it: {message}{hint}", cell=cell)


def cell_at(source: str, line: int) -> int | None:
    """The cell from which a line (from 1) of the source comes; None: it comes from none."""
    before = "\n".join(source.split("\n")[:line])
    marks = _MARK.findall(before)
    return int(marks[-1]) if marks and marks[-1] else None
