"""Papers that are only named, with real services on this computer."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewkit import api
from reviewkit.errors import FormatError, LookupOffError, ValueRefusedError
from reviewkit.formats import Candidate, Identifier, Understood
from reviewkit.lookup.stop import Stop
from reviewkit.project import Project
from reviewkit.records import AddResult, Me
from tests.files.hands import bib, settle
from tests.lookup.asked import allow
from tests.lookup.samples import ATOM, CROSSREF_ARTICLE, crossref_answer
from tests.lookup.service import Answer, Service, SetClock

DOI = CROSSREF_ARTICLE["DOI"].lower()
PLACE = f"/works/{DOI}"


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(SetClock())
    allow(running.base)
    yield running
    running.close()


def quiet(done: int, total: int, what: str) -> None:
    """No progress on the screen."""


def add(project: Project, *names: tuple[Any, str], **options: Any) -> AddResult:
    understood = Understood(
        "ids", (), identifiers=tuple(Identifier(kind, value, 7) for kind, value in names)
    )
    return project.add_understood(understood, **({"progress": quiet} | options))


def queued(project: Project) -> list[str]:
    return [item.id for item in project.queue()]


def test_nothing_is_sent_while_look_ups_are_off(project: Project, service: Service) -> None:
    allow(service.base, on=False)
    done = add(project, ("doi", DOI), ("pmid", "123"))
    assert done.queued == (f"doi:{DOI}", "pmid:123")
    assert "2 queued for a look-up; look-ups are off" in done.message
    with pytest.raises(LookupOffError):
        project.lookup()
    with pytest.raises(LookupOffError):
        project.complete()
    allow(service.base)
    add(project, ("doi", "10.5555/second"), lookup=False)
    assert service.asked == []
    assert [(item.id, item.by, item.reason) for item in project.queue()] == [
        (f"doi:{DOI}", "ana", "not looked up yet"),
        ("pmid:123", "ana", "not looked up yet"),
        ("doi:10.5555/second", "ana", "not looked up yet"),
    ]


def test_what_is_named_is_looked_up_at_once_where_that_is_allowed(
    project: Project, service: Service
) -> None:
    service.says(PLACE, crossref_answer(CROSSREF_ARTICLE))
    told: list[tuple[int, int, str]] = []
    before = len(project)
    done = add(project, ("doi", DOI), ("doi", "10.5555/no"), progress=lambda *it: told.append(it))
    assert len(done.added) == 1
    assert done.queued == ("doi:10.5555/no",)
    assert done.message == "looked up: 1 added, 1 still queued"
    assert [(p.text, p.reason) for p in done.problems] == [
        ("doi:10.5555/no", "not found: is it right?")
    ]
    assert told == [(1, 2, f"doi:{DOI}"), (2, 2, "doi:10.5555/no")]
    paper = project[done.added[0]]
    assert (paper.doi, paper.year, paper.venue) == (DOI, 2021, "Journal of Small Drinks")
    assert paper.authors == ("Anna van der Blatt", "John Kanne, Jr.", "Tea Working Group")
    assert [item.reason for item in project.queue()] == ["not found: is it right?"]
    project.flush()
    assert "{Tea Working Group}" in bib(project)
    settle(project)
    assert len(project) == before + 1


def test_a_line_that_is_no_file_may_name_a_paper(project: Project, service: Service) -> None:
    service.says(PLACE, crossref_answer(CROSSREF_ARTICLE))
    assert len(project.add(f"doi:{DOI}", progress=quiet).added) == 1
    assert project.add("arXiv:2101.00001", lookup=False).queued == ("arxiv:2101.00001",)
    with pytest.raises(FormatError, match="cannot be read"):
        project.add("papers.bib")


def test_per_call_it_may_be_allowed_although_it_is_off(project: Project, service: Service) -> None:
    allow(service.base, on=False)
    service.says(PLACE, crossref_answer(CROSSREF_ARTICLE))
    assert len(add(project, ("doi", DOI), lookup=True).added) == 1


def test_one_undo_takes_back_the_paper_and_the_name(project: Project, service: Service) -> None:
    service.says(PLACE, crossref_answer(CROSSREF_ARTICLE))
    before = list(project)
    text = Candidate(3, "misc", "milk1999", {"title": "Milk", "year": "1999"})
    both = Understood("ids", (text,), identifiers=(Identifier("doi", DOI, 4),))
    assert len(project.add_understood(both, progress=quiet).added) == 2
    assert project.undo().undone == "adding 2 papers"
    assert list(project) == before
    assert queued(project) == []
    assert project.undo().undone is None


def test_a_later_look_up_is_an_action_of_its_own(project: Project, service: Service) -> None:
    add(project, ("doi", DOI), lookup=False)
    service.says(PLACE, crossref_answer(CROSSREF_ARTICLE))
    done = project.lookup(progress=quiet)
    assert len(done.added) == 1
    assert queued(project) == []
    assert project.lookup(progress=quiet).message == "nothing is queued"
    assert project.undo().undone == "adding 1 paper"
    assert queued(project) == [f"doi:{DOI}"]
    assert project.undo().undone == "naming 1 paper to look up"
    assert queued(project) == []


def test_what_failed_for_now_stays_with_its_reason_which_is_nobodys_action(
    project: Project, service: Service
) -> None:
    add(project, ("doi", DOI), lookup=False)
    for path in (PLACE, f"/{DOI}", f"/works/doi:{DOI}"):
        service.says(path, Answer(status=429, headers={"Retry-After": "3600"}))
    done = project.lookup(progress=quiet)
    assert done.queued == (f"doi:{DOI}",)
    assert "asks to wait 60 minutes" in project.queue()[0].reason
    project.lookup(progress=quiet)
    assert project.undo().undone == "naming 1 paper to look up"


def test_a_paper_that_is_there_is_not_asked_for(project: Project, service: Service) -> None:
    project.add("@misc{tea2020, title={Tea}, author={Lee, An}, eprint={2001.00001}}")
    assert add(project, ("arxiv", "2001.00001")).matched == ("tea2020",)
    assert service.asked == []
    assert queued(project) == []


def test_what_is_found_may_be_there_under_another_name(project: Project, service: Service) -> None:
    key = project.add("@article{tea, title={X}, author={Blatt, A}, doi={10.5555/tea.1}}").added[0]
    service.says("/api/query", ATOM.encode())
    done = add(project, ("arxiv", "2101.00001"))
    assert (done.added, done.matched) == ((), (key,))
    assert project[key].arxiv == "2101.00001"
    assert queued(project) == []


def test_the_queue_is_the_groups(
    open_: Callable[..., Project], service: Service, folder: Path
) -> None:
    ana, ben = open_(), open_(reviewer="ben")
    add(ana, ("doi", DOI), lookup=False)
    ben.look()
    assert [item.by for item in ben.queue()] == ["ana"]
    service.says(PLACE, crossref_answer(CROSSREF_ARTICLE))
    (key,) = ben.lookup(progress=quiet).added
    # Ana looks it up at the same time, and learns afterwards that it is there.
    ana.look()
    assert (queued(ana), key in ana) == ([], True)
    ana.close()
    assert queued(open_()) == []


def test_two_who_look_up_the_same_add_it_once(
    open_: Callable[..., Project], service: Service
) -> None:
    ana, ben = open_(), open_(reviewer="ben")
    add(ana, ("doi", DOI), lookup=False)
    ben.look()
    service.says(PLACE, crossref_answer(CROSSREF_ARTICLE))
    done: list[AddResult] = []
    # Told when the answer is there, and before it is recorded.
    mine = ana.lookup(progress=lambda *_: done.append(ben.lookup(progress=quiet)))
    assert mine.added == ()
    assert len(done[0].added) == 1
    assert done[0].added[0] in ana
    assert ana.conflicts() == []


def test_edits_go_on_while_a_service_is_asked(project: Project, service: Service) -> None:
    rated = threading.Event()

    def rate() -> None:
        project.review(next(iter(project)), rating=5, reviewer="ben")
        rated.set()

    def meanwhile() -> None:
        threading.Thread(target=rate).start()
        assert rated.wait(10)

    service.says(PLACE, Answer(crossref_answer(CROSSREF_ARTICLE), before=meanwhile))
    assert len(add(project, ("doi", DOI)).added) == 1
    assert rated.is_set()


def test_interrupted_what_was_found_is_added_and_the_rest_waits(
    project: Project, service: Service
) -> None:
    service.says(PLACE, crossref_answer(CROSSREF_ARTICLE))

    def interrupt(done: int, total: int, what: str) -> None:
        raise KeyboardInterrupt

    before = len(project)
    with pytest.raises(KeyboardInterrupt):
        add(project, ("doi", DOI), ("doi", "10.5555/rest"), progress=interrupt)
    assert len(project) == before + 1
    assert queued(project) == ["doi:10.5555/rest"]


def test_when_its_time_is_up_the_rest_waits(project: Project, service: Service) -> None:
    done = add(project, ("doi", DOI), ("pmid", "1"), stop=Stop(0))
    assert len(done.queued) == 2
    assert all("stopped" in item.reason for item in project.queue())
    assert service.asked == []


KILLED = """
import os, sys
from reviewkit.formats import Identifier, Understood
from reviewkit.project import Project
names = tuple(Identifier("doi", f"10.5555/{n}", n) for n in range(40))
project = Project(sys.argv[1], reviewer="ana", watch=False)
project.add_understood(Understood("ids", (), identifiers=names),
                       progress=lambda *_: os.kill(os.getpid(), 9))
"""


def test_killed_in_the_middle_nothing_named_is_lost(
    folder: Path, service: Service, open_: Callable[..., Project]
) -> None:
    source = str(Path(__file__).parents[2] / "src")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder)], cwd=source, timeout=60, capture_output=True
    )
    assert done.returncode == -9, done.stderr.decode()
    assert queued(open_()) == [f"doi:10.5555/{n}" for n in range(40)]


def test_dropping_and_undoing_it(project: Project, service: Service) -> None:
    add(project, ("doi", DOI), ("pmid", "1"), lookup=False)
    with pytest.raises(ValueRefusedError, match=r"not in the queue\. Did you mean pmid:1\?"):
        project.drop("pmid:1", "pmid:12")
    assert len(queued(project)) == 2
    assert [item.id for item in project.drop("pmid:1")] == ["pmid:1"]
    assert queued(project) == [f"doi:{DOI}"]
    assert project.undo().undone == "dismissing 1 paper to look up"
    assert sorted(queued(project)) == [f"doi:{DOI}", "pmid:1"]


def test_naming_it_twice_is_naming_it_once(project: Project, service: Service) -> None:
    add(project, ("doi", DOI), lookup=False)
    count = len(project.log())
    assert add(project, ("doi", DOI), lookup=False).queued == (f"doi:{DOI}",)
    assert len(project.log()) == count


def test_the_queue_is_told_and_is_not_among_the_papers(project: Project, service: Service) -> None:
    before = (len(project), bib(project))
    add(project, ("url", "https://example.org/\x1b[31m"), lookup=False)
    project.flush()
    assert (len(project), bib(project)) == before
    assert project.info().wanted == 1
    assert project.sync().message == "everything was in step already"


def test_progress_is_one_line_that_no_text_can_break(
    project: Project, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    understood = Understood("ids", (), identifiers=(Identifier("url", "a\x1b[31m\nb", 1),))
    project.add_understood(understood)
    err = capsys.readouterr().err
    assert "looked up 1 of 1: url:a?[31m?b" in err
    assert err.count("\n") == 1


def test_what_somebody_types_in_is_not_looked_up_any_more(project: Project) -> None:
    project.add("10.1000/wanted and arXiv:2301.00001", lookup=False)
    assert len(project.queue()) == 2
    project.add("@article{own, title={Typed in}, doi={https://doi.org/10.1000/WANTED}}")
    assert [item.kind for item in project.queue()] == ["arxiv"]
    project.undo()
    assert len(project.queue()) == 2
    assert "own" not in project


def test_the_panel_switches_look_ups_on_and_looks_up(project: Project, service: Service) -> None:
    allow(service.base, on=False)
    service.says(PLACE, crossref_answer(CROSSREF_ARTICLE))
    add(project, ("doi", DOI))
    ana = Me("ana", "Ana", "settings", False)
    done = api.handle(
        project, "lookup", {"on": True, "mailto": "ana@example.org"}, me=ana, via="panel"
    )
    assert len(done["added"]) == 1 and queued(project) == []
    assert api.handle(project, "queue", {}, me=ana, via="panel")["on"]
