import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewkit.formats import Identifier, Understood
from reviewkit.project import open_project
from tests.cli.conftest import Answer
from tests.lookup.asked import allow
from tests.lookup.samples import CROSSREF_ARTICLE, crossref_answer
from tests.lookup.service import Answer as Given
from tests.lookup.service import Service, SetClock

Run = Callable[..., Answer]
DOI = CROSSREF_ARTICLE["DOI"].lower()


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(SetClock())
    allow(running.base, on=False)
    running.says(f"/works/{DOI}", crossref_answer(CROSSREF_ARTICLE))
    yield running
    running.close()


@pytest.fixture
def queue(library: Path) -> tuple[str, ...]:
    """Two papers that are only named."""
    names = (Identifier("doi", DOI, 1), Identifier("pmid", "12", 2))
    with open_project(library, reviewer="ana", watch=False) as project:
        done = project.add_understood(Understood("ids", (), identifiers=names), lookup=False)
    return done.queued


def test_off_says_what_would_be_sent_where_and_sends_nothing(
    run: Run, queue: tuple[str, ...], service: Service
) -> None:
    answer = run("lookup")
    assert answer.code == 2
    for word in ("Crossref", "arXiv", "OpenAlex", "e-mail", "--on --mailto"):
        assert word in answer.err
    assert run("lookup", "--complete").code == 2
    assert service.asked == []


def test_on_off_and_whom_to_write_to(run: Run, library: Path) -> None:
    assert "--mailto" in run("lookup", "--on").out
    assert run("lookup", "--on", "--mailto", "ana@example.org").out == (
        "Look-ups are on, with the address ana@example.org.\n"
    )
    assert run("lookup", "--off").out == "Look-ups are off: nothing is sent to anybody.\n"
    assert run("lookup", "--on", "--mailto", "nobody").code == 2
    assert run("lookup", "--mailto", "ana@example.org").code == 2


def test_the_queue_is_listed_looked_up_and_dropped(
    run: Run, queue: tuple[str, ...], service: Service, library: Path
) -> None:
    listed = run("lookup", "--list")
    assert f"doi:{DOI}" in listed.out
    assert "not looked up yet" in listed.out
    assert "2 papers wait for a look-up: `reviewkit lookup`" in run("status").out
    done = run("lookup", "--once")
    assert done.code == 1
    assert done.out.splitlines()[0] == "1 added, 1 still queued"
    assert "Steeping of CO₂-free tea" in done.out
    assert "pmid:12: not found" in done.err
    assert "Steeping" in (library / "references.bib").read_text(encoding="utf-8")
    assert [item["id"] for item in run("lookup", "--list", "--json").json] == ["pmid:12"]
    assert run("lookup", "--drop", "pmid:12").out == "Nothing is queued.\n"
    assert run("lookup", "--drop", "pmid:12").code == 2
    log = run("log").out
    assert f"wanted: doi {DOI}" in log
    assert "not found: is it right? (cli)" in log


def test_an_id_may_stand_in_place_of_a_file(run: Run, service: Service, library: Path) -> None:
    queued = run("add", f"https://doi.org/{DOI}", "arXiv:2101.00001")
    assert queued.code == 1
    assert queued.out.count("1 queued for a look-up; look-ups are off") == 2
    assert service.asked == []
    done = run("add", "--lookup", DOI)
    assert (done.code, "1 added" in done.out) == (0, True)
    assert [item["id"] for item in run("lookup", "--list", "--json").json] == ["arxiv:2101.00001"]
    assert run("add", "no-such-file.bib").code == 2


def test_gaps_are_filled(run: Run, service: Service, library: Path) -> None:
    text = f"@article{{x, title={{Steeping of CO2-free tea}}, doi={{{DOI}}}}}"
    (library / "references.bib").write_text(text, encoding="utf-8")
    answer = run("lookup", "--once", "--complete", "x", "--json")
    assert answer.code == 0
    assert "abstract" in json.loads(answer.out)["completed"]["x"]
    assert run("lookup", "x").code == 2


def test_ctrl_c_keeps_the_rest(
    run: Run, queue: tuple[str, ...], service: Service, library: Path
) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    over = threading.Event()

    def press() -> None:
        # A signal that comes just before the process begins to wait does not wake it up.
        while begun[0].poll() is None:
            begun[0].send_signal(signal.SIGINT)
            if over.wait(10):
                return

    service.says("/works/pmid:12", Given(b"{}", before=press))
    command = [sys.executable, "-m", "reviewkit.cli", "lookup", "--once"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    begun.append(
        subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            env=environment,
            # Of a shell's background job it would inherit that Ctrl-C is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
    )
    _, err = begun[0].communicate(timeout=60)
    over.set()
    assert b"Stopped. What was found is added; 1 stay queued." in err
    assert begun[0].returncode == 1
    assert "Steeping" in (library / "references.bib").read_text(encoding="utf-8")
    assert [item["id"] for item in run("lookup", "--list", "--json").json] == ["pmid:12"]
