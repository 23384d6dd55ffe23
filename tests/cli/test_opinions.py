import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from reviewkit.project import open_project

Run = Callable[..., Any]


def test_a_review_is_printed_and_in_both_files(library: Path, call: Run) -> None:
    answer = call(
        *("review", "smith2021", "--reviewer", "r1", "--rating", "4", "--tag", "split computing"),
        *("--tag", "edge", "--note", "Table 3, \u201cthe result\u201d", "--status", "read"),
        "--json",
    )
    assert answer.code == 0, answer.err
    review = answer.json
    assert (review["reviewer"], review["rating"], review["status"]) == ("r1", 4, "read")
    assert review["tags"] == ["edge", "split computing"] or review["tags"] == [
        "split computing",
        "edge",
    ]
    assert [note["text"] for note in review["notes"]] == ["Table 3, “the result”"]
    assert review["updated"]
    text = (library / "references.bib").read_text(encoding="utf-8")
    assert "split computing" in text and "@string{venue" in text
    with (library / "reviews.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any("Table 3" in str(row) for row in rows)


def test_what_is_not_named_stays(library: Path, run: Run) -> None:
    who = ("review", "smith2021", "--reviewer", "ana", "--json")
    run(*who, "--rating", "4", "--tag", "a", "--tag", "b", "--status", "reading")
    review = run(*who, "--untag", "a").json
    assert (review["rating"], review["status"], review["tags"]) == (4, "reading", ["b"])
    review = run(*who, "--rating", "none", "--status", "none").json
    assert (review["rating"], review["status"], review["tags"]) == (None, None, ["b"])
    assert run(*who, "--rating", "3.5").json["rating"] == 3.5


def test_people_read_the_review(library: Path, run: Run) -> None:
    answer = run("review", "smith2021", "--reviewer", "Zoë Smith", "--rating", "4")
    assert answer.out == "smith2021\nzoe-smith  4/5\n"


def test_wrong_reviews_are_refused(library: Path, run: Run) -> None:
    before = (library / "references.bib").read_bytes()
    who = ("--reviewer", "ana")
    for arguments in (
        ("smith2021", *who),
        ("smith2021", *who, "--rating", "6"),
        ("smith2021", *who, "--rating", "good"),
        ("smith2021", *who, "--rating", "nan"),
        ("smith2021", *who, "--status", "seen"),
        ("smith2012", *who, "--rating", "4"),
        ("smith2021", "--rating", "4"),
    ):
        answer = run("review", *arguments)
        assert answer.code == 2, arguments
        assert answer.err and not answer.out
    assert "smith2021" in run("review", "smith2012", *who, "--rating", "4").err
    assert "--reviewer" in run("review", "smith2021", "--rating", "4").err
    assert run("undo").code == 2
    assert (library / "references.bib").read_bytes() == before


def test_the_environment_names_the_reviewer(library: Path, call: Run) -> None:
    answer = call("review", "smith2021", "--rating", "2", "--json", REVIEWKIT_REVIEWER="Ben")
    assert (answer.code, answer.json["reviewer"]) == (0, "ben")
    hub = call("review", "smith2021", "--rating", "2", "--json", JUPYTERHUB_USER="ana")
    assert hub.json["reviewer"] == "ana"


def test_processes_at_the_same_time_lose_nothing(library: Path, call: Run) -> None:
    def one(number: int) -> int:
        who = f"r{number}"
        return int(call("review", "smith2021", "--reviewer", who, "--rating", "3").code)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(8))) == [0] * 8
    with open_project(library, watch=False) as project:
        people = {review.reviewer for review in project["smith2021"].reviews}
    assert people == {f"r{number}" for number in range(8)}


def test_the_last_change_is_undone(library: Path, run: Run) -> None:
    assert "nothing to undo" in run("undo", "--reviewer", "ana").out
    run("review", "smith2021", "--reviewer", "ana", "--rating", "4")
    run("review", "smith2021", "--reviewer", "ben", "--rating", "1")
    answer = run("undo", "--reviewer", "ana", "--json")
    assert (answer.code, answer.json["citekey"]) == (0, "smith2021")
    paper = run("show", "smith2021", "--json").json
    assert [(r["reviewer"], r["rating"]) for r in paper["reviews"] if r["rating"]] == [("ben", 1)]


def disputed(library: Path) -> None:
    """Two values of one field whose authors had not seen each other's."""
    with (
        open_project(library, reviewer="ana", watch=False) as one,
        open_project(library, reviewer="ana", watch=False) as other,
    ):
        # Both are open before either writes, and neither looks in between.
        assert one["smith2021"].title == other["smith2021"].title
        one.edit("smith2021", {"title": "On Tiny Things"}, reviewer="ana")
        other.edit("smith2021", {"title": "On Little Things"}, reviewer="ben")


def test_a_conflict_is_shown_and_settled(library: Path, run: Run) -> None:
    assert (run("resolve").code, run("status").code) == (0, 0)
    disputed(library)
    assert run("status").code == 1
    shown = run("resolve", "smith2021")
    assert shown.code == 1
    assert "On Tiny Things" in shown.out and "On Little Things" in shown.out
    (conflict,) = run("resolve", "--json").json
    ours = next(v for v in conflict["values"] if "On Tiny Things" in v["value"])
    assert run("resolve", "smith2021", "--keep", "zzz", "--as", "ana").code == 2
    settled = run("resolve", "smith2021", "title", "--keep", ours["id"], "--as", "ana", "--json")
    assert (settled.code, settled.json["title"]) == (0, "On Tiny Things")
    assert (run("resolve").code, run("status").code) == (0, 0)


def test_private_words_are_shown_to_me_and_published(library: Path, run: Run) -> None:
    key = "smith2021"
    said = ("review", key, "--reviewer", "ana", "--private", "--note", "Weak?", "--tag", "later")
    assert "only you see this" in run(*said).out
    assert "Weak?" not in run("show", key, "--json").out
    assert "Weak?" not in run("log", "--json").out
    refused = run("review", key, "--reviewer", "ana", "--private", "--rating", "4")
    assert refused.code == 2
    name = run(*said, "--json").json["notes"][0]["id"]
    assert run("publish", key, name, "--reviewer", "ana").code == 0
    assert "Weak?" in run("show", key).out


def test_a_note_is_put_on_a_page(library: Path, call: Run) -> None:
    who = ("review", "smith2021", "--reviewer", "ana", "--note", "Why?")
    answer = call(*who, "--page", "4-6")
    assert answer.code == 0 and "(pp. 4–6) Why?" in answer.out
    found = call(*who, "--anchor", "page 9", "--json").json["notes"]
    assert [note["anchor"] for note in found] == ["p4-6", "p9"]
    assert " p4-6] Why?" in (library / "references.bib").read_text(encoding="utf-8")
    refused = call("review", "smith2021", "--reviewer", "ana", "--page", "4")
    assert refused.code == 2 and "--note" in refused.err
    assert "put" not in refused.out
    told = call("log", "--json")
    assert any(".anchor" in str(line) for line in told.out.splitlines())
