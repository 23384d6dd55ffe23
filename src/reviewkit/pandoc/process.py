"""One pandoc process, from text to bytes."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, TemporaryFile

from reviewkit.errors import PandocError, StoppedError
from reviewkit.pandoc.program import installed

#: How long a stop may go unnoticed, in seconds.
_LOOK = 0.05
#: Nothing listens there: what would be fetched fails at once and is left out.
_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
_NO_NETWORK = dict.fromkeys(_PROXIES, _NOWHERE) | {"no_proxy": "", "NO_PROXY": ""}
_MOST_TOLD = 1500


def run(
    text: str,
    reading: str,
    writing: str,
    *options: str,
    files: Mapping[str, bytes] | None = None,
    folder: Path | None = None,
    stop: threading.Event | None = None,
    seconds: float = 120,
) -> bytes:
    """What pandoc makes of a text.

    It runs in a temporary folder and sees nothing of the user's own settings of pandoc.
    Nothing is fetched from a network: a picture that lies there is left out.

    Parameters
    ----------
    text
        What to convert.
    reading, writing
        Formats with their extensions as pandoc names them: ``markdown+smart``, ``docx``.
    options
        More options, which name files of `files` by their names there.
    files
        Bibliography, style, template, pictures: contents by relative name.
    folder
        A folder whose files the text may name as well. Without it pandoc runs in its sandbox and
        can read nothing but `files`; with it, it can read whatever the text names, so that the
        caller vouches for the text.
    stop
        Ends the process when it is set, from any thread.
    seconds
        How long it may take.

    Raises
    ------
    MissingProgramError
        No pandoc is installed.
    PandocError
        It did not do it; with its own words.
    StoppedError
        `stop` was set.
    """
    found = installed()
    with TemporaryDirectory(prefix="reviewkit-", ignore_cleanup_errors=True) as name:
        here = Path(name)
        command = [str(found.path), *found.options, "--from", reading, "--to", writing]
        command += ["--output", "-", "--data-dir", str(here), *options]
        for inner, data in (files or {}).items():
            path = _inside(here, inner)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if folder is None:
            # The sandbox holds just the files that options name. Fonts to embed are for EPUB
            # alone, so that for all other formats this only puts the file in.
            command += ["--sandbox", *(f"--epub-embed-font={inner}" for inner in files or {})]
        else:
            command += ["--resource-path", os.pathsep.join([str(here), str(folder.absolute())])]
        return _finished(command, text.encode("utf-8", "replace"), here, stop, seconds)


def _inside(folder: Path, name: str) -> Path:
    inner = PurePosixPath(name)
    if inner.is_absolute() or ".." in inner.parts or name.startswith("-") or "\\" in name:
        raise ValueError(f"no name for a file within a folder: {name!r}")
    return folder / inner


def _finished(
    command: list[str], text: bytes, here: Path, stop: threading.Event | None, seconds: float
) -> bytes:
    end = time.monotonic() + seconds
    # A pipe is written to only while `communicate` is called the first time: the rest of a long
    # text would not arrive if one looked meanwhile whether to stop, and pandoc would wait for it.
    with TemporaryFile() as given:
        given.write(text)
        given.seek(0)
        process = subprocess.Popen(
            command,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=here,
            env={**os.environ, **_NO_NETWORK},
        )
    with process:
        try:
            while True:
                left = end - time.monotonic()
                if stop is not None and stop.is_set():
                    raise StoppedError("Stopped before pandoc was done; nothing was written.")
                if left <= 0:
                    raise PandocError(
                        f"pandoc was not done after {seconds:g} s and was ended. Try with fewer "
                        "papers or a part of the text, or another style."
                    )
                try:
                    wait = left if stop is None else min(left, _LOOK)
                    made, told = process.communicate(timeout=wait)
                    break
                except subprocess.TimeoutExpired:
                    pass
        finally:
            if process.poll() is None:
                process.kill()
    if process.returncode != 0:
        raise _error(told.decode("utf-8", "replace"), process.returncode)
    return made


def _error(told: str, returned: int) -> PandocError:
    """What pandoc said, without its warnings."""
    words = re.sub(r"^\[(?:WARNING|INFO)\].*(?:\n[ \t].*)*\n?", "", told, flags=re.M).strip()
    if "Heap exhausted" in words:
        words = "it needs more memory than it may take; try with a part of the text"
    words = words.removeprefix("pandoc: ") or f"it ended with status {returned}"
    return PandocError(f"pandoc could not convert the text: {words[:_MOST_TOLD]}")
