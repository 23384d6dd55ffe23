import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewkit import api
from reviewkit.errors import (
    FormatError,
    LookupOffError,
    ReviewerError,
    ReviewkitError,
    ValueRefusedError,
)
from reviewkit.project import Project, open_project
from reviewkit.records import Me

ANA = Me("ana", "Ana", "settings", False)
NOBODY = Me(None, None, None, False)


@pytest.fixture
def project(tmp_path: Path, private_home: Path) -> Iterator[Project]:
    folder = tmp_path / "group"
    folder.mkdir()
    (folder / "references.bib").write_text(
        "@article{smith2021,\n  title = {On Small Things},\n  year = {2021}\n}\n"
        "@article{li2020,\n  title = {Another},\n  year = {2020}\n}\n",
        encoding="utf-8",
    )
    with open_project(folder, watch=False) as opened:
        yield opened


def ask(project: Project, method: str, params: Any = None, me: Me = ANA) -> Any:
    answer = api.handle(project, method, params or {}, me=me, via="panel")
    return json.loads(json.dumps(answer, allow_nan=False))


def test_every_request_is_known_to_the_table() -> None:
    table = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    for method in api.KNOWN:
        assert f"| `{method}` |" in table


def test_reading_needs_nobody(project: Project) -> None:
    assert ask(project, "project", {"path": "group"}, NOBODY)["path"] == "group"
    page = ask(project, "papers", {"sort": "year", "limit": "1"}, NOBODY)
    assert (page["total"], [row["citekey"] for row in page["rows"]]) == (2, ["smith2021"])
    page = ask(project, "papers", {"text": "", "tag": "", "status": "", "offset": 1}, NOBODY)
    assert (page["offset"], len(page["rows"])) == (1, 1)
    assert ask(project, "paper", {"citekey": "li2020"}, NOBODY)["title"] == "Another"


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("review", {"citekey": "smith2021", "rating": 4}),
        ("edit", {"citekey": "smith2021", "fields": {}}),
        ("resolve", {"citekey": "smith2021", "field": "bib:title", "id": "x"}),
        ("undo", {}),
        ("merge", {"keep": "smith2021", "other": "li2020"}),
        ("keep_apart", {"citekey": "smith2021", "other": "li2020"}),
        ("accept", {"ids": []}),
        ("dismiss", {"ids": []}),
    ],
)
def test_opinions_and_edits_need_a_person(
    project: Project, method: str, params: dict[str, Any]
) -> None:
    with pytest.raises(ReviewerError):
        ask(project, method, params, NOBODY)


def test_duplicates_are_found_merged_and_kept_apart(project: Project) -> None:
    with project.bib_path.open("a", encoding="utf-8") as file:
        file.write("@article{twin, title = {On Small Things}, doi = {10.1000/small}}\n")
    project.sync()
    project.edit("smith2021", {"doi": "10.1000/small"}, reviewer="ana")
    assert ask(project, "duplicates", {"limit": 0}, NOBODY)["pairs"] == []
    assert project.duplicates().pairs
    (pair,) = ask(project, "duplicates", {}, NOBODY)["pairs"]
    chosen = {"keep": "smith2021", "other": "twin", "fields": {"year": "2022", "title": "keep"}}
    settled = ask(project, "merge", chosen)
    assert {pair["keep"], pair["other"]} == {settled["keep"], settled["other"]}
    merged = ask(project, "paper", {"citekey": "twin"})
    assert (merged["citekey"], merged["year"]) == ("smith2021", 2022)
    one = {"citekey": "smith2021", "other": "li2020"}
    assert ask(project, "keep_apart", one)["keep"] == "smith2021"
    with pytest.raises(ValueRefusedError):
        ask(project, "merge", {"keep": "smith2021", "other": "smith2021"})
    with pytest.raises(ValueRefusedError):
        ask(project, "merge", {"keep": "smith2021", "other": "li2020", "fields": {"x": 3}})


def test_held_changes_are_shown_accepted_and_dismissed(project: Project) -> None:
    for key in ("smith2021", "li2020"):
        ask(project, "review", {"citekey": key, "tags": ["1-2"]})
    project.flush()
    text = project.csv_path.read_text(encoding="utf-8")
    project.csv_path.write_text(text.replace(",1-2,", ",01-Feb,"), encoding="utf-8")
    project.sync()
    one, other = ask(project, "project", {})["held"]
    assert (one["kind"], one["field"], one["was"], one["now"], one["acceptable"]) == (
        "spreadsheet", "tags", "1-2", "01-Feb", True)  # fmt: skip
    assert ask(project, "accept", {"ids": [one["id"]]}) == {"decided": 1, "refused": []}
    assert ask(project, "dismiss", {"ids": [other["id"]]}) == {"decided": 1, "refused": []}
    assert ask(project, "project", {})["held"] == []
    tags = [ask(project, "paper", {"citekey": item["citekey"]})["tags"] for item in (one, other)]
    assert tags == [["01-Feb"], ["1-2"]]


def test_adding_needs_no_person(project: Project) -> None:
    data = base64.b64encode(b"@misc{new2024, title = {Something New}}").decode()
    assert ask(project, "add", {"data": data}, NOBODY)["added"] == ["new2024"]


def test_a_review_changes_only_what_it_names(project: Project) -> None:
    who = {"citekey": "smith2021"}
    ask(project, "review", {**who, "rating": 4, "status": "read", "tags": ["a", "b"]})
    ask(project, "review", {**who, "add_tags": ["c"], "remove_tags": ["a"]})
    paper = ask(project, "review", {**who, "rating": None})
    (review,) = paper["reviews"]
    assert (review["rating"], review["status"], sorted(review["tags"])) == (
        None,
        "read",
        ["b", "c"],
    )
    with pytest.raises(ValueRefusedError):
        ask(project, "review", {**who, "status": "seen", "rating": 2})
    assert project["smith2021"].review_of("ana").rating is None


def test_a_page_is_not_endless(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST_ROWS", 1)
    page = ask(project, "papers", {"limit": 10**9})
    assert (page["total"], len(page["rows"])) == (2, 1)


def test_a_large_file_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "ADD_BYTES", 10)
    with pytest.raises(ValueRefusedError):
        ask(project, "add", {"data": base64.b64encode(b"@misc{long2024}").decode()})


def test_an_error_is_json_with_its_own_fields() -> None:
    error = FormatError("Not understood.", [{"line": 3, "reason": "no title", "text": "x"}])
    assert api.error_json(error) == {
        "code": "format",
        "message": "Not understood.",
        "detail": {"problems": [{"line": 3, "reason": "no title", "text": "x"}]},
    }


values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
names = st.sampled_from(sorted({name for known in api.KNOWN.values() for name in known} | {"x"}))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(method=st.sampled_from([*api.KNOWN, "x", ""]), params=st.dictionaries(names, values))
def test_whatever_is_asked_is_answered_or_refused(
    project: Project, method: str, params: dict[str, Any]
) -> None:
    given_key = {"citekey": "smith2021"} if "citekey" in api.KNOWN.get(method, ()) else {}
    try:
        ask(project, method, {**params, **given_key})
    except ReviewkitError as error:
        json.dumps(api.error_json(error), allow_nan=False)


def test_any_action_is_listed_undone_and_done_again(project: Project) -> None:
    ask(project, "review", {"citekey": "smith2021", "rating": 4})
    ask(project, "review", {"citekey": "li2020", "rating": 2})
    first = ask(project, "actions", {"by": "ana", "limit": "10"})["actions"][1]
    assert (first["what"], first["can_undo"]) == ("rating of smith2021", True)
    undo = ask(project, "undo", {"action": first["id"]})
    assert (undo["citekey"], undo["left"]) == ("smith2021", [])
    assert ask(project, "paper", {"citekey": "smith2021"})["reviews"] == []
    ask(project, "undo", {"action": undo["action"]})
    assert ask(project, "paper", {"citekey": "smith2021"})["reviews"][0]["rating"] == 4
    assert ask(project, "actions", {"by": "ben"}, NOBODY)["actions"] == []


def test_a_papers_history_is_told_without_what_was_only_noted(project: Project) -> None:
    ask(project, "review", {"citekey": "smith2021", "rating": 4, "add_tags": ["split"]})
    ask(project, "review", {"citekey": "smith2021", "rating": 2})
    ask(project, "review", {"citekey": "li2020", "rating": 1})
    found = ask(project, "history", {"citekey": "smith2021"}, NOBODY)["changes"]
    assert [(c["field"], c["value"]) for c in found] == [
        ("rating", 2), ("tag:split", True), ("rating", 4)
    ]  # fmt: skip
    assert {(c["citekey"], c["by"], c["via"]) for c in found} == {("smith2021", "ana", "panel")}
    latest = ask(project, "history", {"citekey": "smith2021", "limit": "1"}, NOBODY)["changes"]
    assert latest == found[:1]
    ask(project, "undo", {"action": latest[0]["id"]})
    assert ask(project, "paper", {"citekey": "smith2021"})["score"] == 4


def test_opinions_of_another_program_are_found_and_adopted_as_mine(project: Project) -> None:
    assert ask(project, "found", {}, NOBODY)["papers"] == 0
    with project.bib_path.open("a", encoding="utf-8") as file:
        file.write("@comment{jabref-meta: databaseType:bibtex;}\n")
        file.write("@misc{jab2020, title = {T}, ranking = {rank4}, readstatus = {read}}\n")
    project.sync()
    found = ask(project, "found", {}, NOBODY)
    assert (found["papers"], found["program"]) == (1, "JabRef")
    with pytest.raises(ReviewerError):
        ask(project, "adopt", {}, NOBODY)
    assert ask(project, "adopt")["message"] == found["message"]
    (review,) = ask(project, "paper", {"citekey": "jab2020"})["reviews"]
    assert (review["reviewer"], review["rating"]) == ("ana", 4)
    assert ask(project, "found", {}, NOBODY)["papers"] == 0


def test_what_is_private_is_answered_to_its_author_alone(project: Project) -> None:
    said = {"citekey": "smith2021", "note": {"id": None, "text": "Geheim", "seen": []}}
    paper = ask(project, "review", {**said, "private": True, "add_tags": ["later"]})
    assert (paper["reviews"], paper["tags"], paper["private"]["tags"]) == ([], [], ["later"])
    ben = Me("ben", "Ben", "browser", False)
    for who in (ben, NOBODY):
        asked = [
            ask(project, "paper", {"citekey": "smith2021"}, who),
            ask(project, "papers", {"text": "geheim"}, who),
            ask(project, "papers", {"tag": "later"}, who),
            ask(project, "actions", {}, who),
            ask(project, "project", {}, who),
        ]
        assert "Geheim" not in json.dumps(asked) and '"later"' not in json.dumps(asked)
        assert asked[1]["total"] == asked[2]["total"] == 0
    assert ask(project, "papers", {"text": "geheim"})["total"] == 1
    (note,) = paper["private"]["notes"]
    with pytest.raises(ReviewkitError):
        ask(project, "publish", {"citekey": "smith2021", "note": note["id"]}, ben)
    paper = ask(project, "publish", {"citekey": "smith2021", "note": note["id"]})
    assert paper["reviews"][0]["notes"][0]["text"] == "Geheim"
    with pytest.raises(ValueRefusedError):
        ask(project, "review", {"citekey": "smith2021", "rating": 4, "private": True})
    with pytest.raises(ValueRefusedError):
        ask(project, "review", {"citekey": "smith2021", "private": "yes"})


def test_edits_that_are_not_missing_are_neither_brought_back_nor_left_out(
    project: Project,
) -> None:
    ask(project, "review", {"citekey": "li2020", "rating": 1})
    assert ask(project, "project")["missing"] == 0
    for method in ("bring_back", "leave"):
        assert ask(project, method) == {"decided": 0, "refused": []}
    assert ask(project, "paper", {"citekey": "li2020"})["score"] == 1


def test_a_survey_is_drafted_and_exported_within_the_project(project: Project) -> None:
    ask(project, "review", {"citekey": "smith2021", "rating": 4, "tags": ["small"]})
    drafted = ask(project, "draft", {"path": "survey.ipynb", "by": "tag", "title": "Small"})
    assert (drafted["path"], drafted["notes"]) == ("survey.ipynb", [])
    assert "1 section" in drafted["message"]
    written = ask(project, "export", {"path": "survey.ipynb", "format": "html"})
    assert written["path"] == "survey.html"
    assert written["message"].startswith("survey.html: survey.ipynb as one web page")
    assert "On Small Things" in (project.root / "survey.html").read_text(encoding="utf-8")
    for method in ("draft", "export"):
        with pytest.raises(ReviewkitError, match="not in the project"):
            ask(project, method, {"path": "../elsewhere.ipynb"})
    with pytest.raises(ValueRefusedError, match="not in the project"):
        ask(project, "export", {"path": "survey.ipynb", "style": "../../x.csl"})


def test_papers_that_are_only_named_are_told_and_let_go(project: Project) -> None:
    data = base64.b64encode(b"10.1000/x and arXiv:2301.00001").decode()
    added = ask(project, "add", {"name": "pasted text", "data": data})
    assert added["message"].endswith("2 queued for a look-up; look-ups are off")
    assert ask(project, "project")["wanted"] == 2
    known = ask(project, "queue")
    assert not known["on"] and "Crossref" in known["sends"]
    with pytest.raises(LookupOffError):
        ask(project, "lookup")
    with pytest.raises(ValueRefusedError, match="no e-mail address"):
        ask(project, "lookup", {"on": True, "mailto": "me"})
    assert not ask(project, "queue")["on"]
    first = known["wanted"][0]["id"]
    assert ask(project, "drop", {"ids": [first]})["decided"] == 1
    with pytest.raises(ValueRefusedError, match="not in the queue"):
        ask(project, "drop", {"ids": [first]})
    assert ask(project, "project")["wanted"] == 1
    ask(project, "undo")
    assert ask(project, "project")["wanted"] == 2
