"""One test, or a part of the simulation, run against a copy of the package with a bug in it.

Each runs in a process of its own, forked from one that has the libraries loaded already, as
loading them takes longer than most tests. This module imports nothing of reviewkit, so that a
fork finds the copy.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Whatever takes longer does not end: that is noticed as well.
LONGEST_SECONDS = 240

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(
    ["pytest", "pytest_timeout", "hypothesis", "hypothesis.strategies", "watchfiles"]
)


def failing(check: str, source: Path) -> str | None:
    """What of the check fails against the package in `source`; None if all is well.

    Raises
    ------
    RuntimeError
        It could not be run.
    """
    ours, theirs = _context.Pipe(duplex=False)
    process = _context.Process(target=_run, args=(check, str(source), theirs))
    process.start()
    theirs.close()
    begun = False
    try:
        # A process that never ran the check has not caught anything.
        begun = ours.recv()
        if not ours.poll(LONGEST_SECONDS):
            return f"{check} (it does not end)"
        found: tuple[str | None, str] = ours.recv()
    except EOFError as error:
        if not begun:
            raise RuntimeError(f"{check} could not be begun") from error
        return f"{check} (it ends the process)"
    finally:
        # With all that the tests started.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid or 0, signal.SIGKILL)
        process.kill()
        process.join()
    name, trouble = found
    if trouble:
        raise RuntimeError(f"{check} could not be run: {trouble}")
    return name


def _run(check: str, source: str, answer: Connection) -> None:
    os.setsid()
    os.chdir(ROOT)
    sys.path[:0] = [source, str(ROOT)]
    os.environ.update(
        PYTHONPATH=f"{source}{os.pathsep}{ROOT}",
        PYTHONDONTWRITEBYTECODE="1",
        # Those of Jupyter take longer to load than most tests, and none of these needs them.
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
    )
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory(dir=_quick_disk()) as folder:
        os.environ["TMPDIR"] = folder
        tempfile.tempdir = folder
        with Path(folder, "said").open("w+", encoding="utf-8") as said:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            answer.send(True)
            answer.send(_outcome(check, Path(folder)))
    answer.close()
    os._exit(0)


def _outcome(check: str, folder: Path) -> tuple[str | None, str]:
    kind, _, argument = check.partition(" ")
    if kind == "simulation":
        from tests.simulation.run import numbers, play

        return (check if play(numbers(argument), first_only=True) else None), ""
    if kind == "every":
        from tests.simulation import every

        return (check if every.run([int(argument)], first=True)[1] else None), ""
    first = _First()
    options = ["-q", "-x", "-p", "pytest_timeout", "-p", "no:cacheprovider"]
    code = pytest.main([*options, f"--basetemp={folder / 'tests'}", check], [first])
    if code not in (0, 1, 2):
        return None, f"pytest ends with {code}"
    return first.failed or (check if code else None), ""


class _First:
    """Remembers which test failed first."""

    failed: str | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """See pytest."""
        if report.failed and self.failed is None:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """See pytest."""
        if report.failed and self.failed is None:
            self.failed = report.nodeid


def _quick_disk() -> str | None:
    """A folder in memory, where there is one: what is tried here is not the disk."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None


def first_failing(checks: Sequence[str], source: Path) -> str | None:
    """The first of the checks to fail; None if none does."""
    return next(filter(None, (failing(check, source) for check in checks)), None)
