"""Gaps of papers are filled from what services say, and nothing else is touched."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from reviewkit.errors import UnknownPaperError
from reviewkit.project import Project
from tests.files.hands import bib, settle
from tests.lookup.asked import allow
from tests.lookup.samples import ATOM, CROSSREF_ARTICLE, CROSSREF_CHAPTER, crossref_answer
from tests.lookup.service import Service, SetClock

DOI = CROSSREF_ARTICLE["DOI"].lower()
TITLE = "Steeping of CO2-free tea: A study in vivo & in vitro"


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(SetClock())
    allow(running.base)
    running.says(f"/works/{DOI}", crossref_answer(CROSSREF_ARTICLE))
    running.says("/works/10.5555/c1", crossref_answer(CROSSREF_CHAPTER))
    yield running
    running.close()


def complete(project: Project, *keys: str) -> Any:
    return project.complete(keys or None, progress=lambda *_: None)


def test_only_what_is_empty_is_filled_as_one_action(project: Project, service: Service) -> None:
    text = (
        f"@article{{steep,\n  title = {{{{Steeping}} of CO$_2$-free tea}},\n  doi = {{{DOI}}},\n"
        "  volume = {99}, % mine\n  Date = {2020-05},\n  journaltitle = {JSD},\n}\n\n"
        "@inproceedings{leaf, title={Leaves}, author={Blatt, A}, year={2020},\n"
        " doi={10.5555/c1}}\n"
    )
    project.bib_path.write_text(text, encoding="utf-8")
    project.take_in()
    done = complete(project)
    assert done.message == "2 of 2 papers completed"
    assert set(done.completed["steep"]) == {
        "author",
        "editor",
        "number",
        "pages",
        "publisher",
        "issn",
        "abstract",
    }
    assert set(done.completed["leaf"]) == {"booktitle", "series", "publisher", "isbn"}
    project.flush()
    written = bib(project)
    for line in text.splitlines()[:4]:
        assert line.rstrip("}").rstrip() in written
    assert "author = {van der Blatt, Anna and Kanne, Jr., John and {Tea Working Group}}" in written
    settle(project)
    assert complete(project, "steep").completed == {}
    assert project.undo().undone is not None
    project.flush()
    assert project["steep"].authors == ()
    assert project["leaf"].venue is None
    assert "Leaf" not in bib(project).split("@inproceedings")[1].replace("Leaves", "")


def test_a_wrong_id_is_a_problem_and_gives_nothing(project: Project, service: Service) -> None:
    project.add(f"@article{{x, title={{On something else altogether}}, doi={{{DOI}}}}}")
    done = complete(project, "x")
    assert done.completed == {}
    assert done.problems[0].text == "x"
    assert f"doi:{DOI} is that of another paper: 'Steeping of CO₂" in done.problems[0].reason


def test_whole_papers_are_not_asked_for(project: Project, service: Service) -> None:
    project.bib_path.write_text(
        "@article{x, title={T}, author={A, B}, year={2020}, journal={J}, abstract={A},"
        f" doi={{{DOI}}}}}",
        encoding="utf-8",
    )
    project.take_in()
    complete(project)
    assert service.asked == []


def test_a_preprint_gets_the_doi_of_what_was_published(project: Project, service: Service) -> None:
    service.says("/api/query", ATOM.encode())
    project.add(
        "@misc{p, title={Fast $\\epsilon$-steeping of tea and milk for Erd\\H{o}s},"
        " eprint={2101.00001}, archiveprefix={arXiv}}"
    )
    complete(project, "p")
    assert project["p"].doi == "10.5555/tea.1"
    assert project["p"].year == 2021


def test_by_title_only_with_an_author_and_a_year_that_fit(
    project: Project, service: Service
) -> None:
    answer = {"status": "ok", "message": {"items": [CROSSREF_ARTICLE]}}
    service.says("/works", json.dumps(answer).encode())
    for key, author, year in (("mine", "Blatt, Anna", 2021), ("no", "Other, O", 2021),
                              ("old", "Blatt, Anna", 1990)):  # fmt: skip
        entry = f"@article{{{key}, title={{{TITLE}}}, author={{{author}}}, year={{{year}}}}}"
        project.bib_path.write_text(entry.replace("&", "\\&"), encoding="utf-8")
        project.take_in()
        done = complete(project, key)
        assert bool(done.completed) == (key == "mine"), key
        assert bool(done.problems) != (key == "mine"), key
        if key == "mine":
            assert project[key].doi == DOI


def test_children_keep_what_their_parent_gives_them(project: Project, service: Service) -> None:
    project.bib_path.write_text(
        "@inproceedings{leaf, title={Leaves}, author={Blatt, A}, doi={10.5555/c1},"
        " crossref={tea20}}\n@proceedings{tea20, title={Tea}, booktitle={Tea}, year={2020}}\n",
        encoding="utf-8",
    )
    project.take_in()
    assert complete(project, "leaf").completed == {}


def test_unknown_keys_are_refused_before_anything_is_asked(
    project: Project, service: Service
) -> None:
    with pytest.raises(UnknownPaperError):
        complete(project, "nobody1999")
    assert service.asked == []
