"""Ratings of single criteria: said, taken back, erased, and given in two places at once."""

import csv
import io
import json
from pathlib import Path

import pytest

from reviewkit.api import handle
from reviewkit.cli import main
from reviewkit.errors import FormatError, ReviewkitError, ValueRefusedError
from reviewkit.exports.said import opinions_json, opinions_markdown
from reviewkit.files.bibmerge import merge_bib
from reviewkit.project import Project
from reviewkit.records import Me
from reviewkit.store.settings import read_settings
from tests.files.hands import bib, copy_ops, edit_bib, row, save, settle, start
from tests.project.test_conflicts import meet, two  # noqa: F401
from tests.test_second_reader import alike

KEY, OTHER = "smith2021", "zhang2020"
FIELD = "reviewkit-criteria"


def mine(project: Project, key: str = KEY, reviewer: str = "ana") -> dict[str, float]:
    return dict(project[key].review_of(reviewer).criteria)


def test_what_is_not_named_stays(project: Project) -> None:
    said = project.review(KEY, criteria={"novelty": 4, "Clarity of text": 2.5})
    assert said.criteria == {"clarity-of-text": 2.5, "novelty": 4}
    assert said.rating is None
    project.review(KEY, criteria={"novelty": None, "soundness": 5}, rating=3)
    assert mine(project) == {"clarity-of-text": 2.5, "soundness": 5}
    before = len(project.log())
    project.review(KEY, criteria={"soundness": 5, "novelty": None})
    project.review(KEY, criteria={})
    assert len(project.log()) == before
    assert project[KEY].score == 3


@pytest.mark.parametrize(
    "given", [{"novelty": 6}, {"novelty": "good"}, {"": 3}, {"a;b": 3}, {"é": 3}, {"n" * 41: 3},
              ["novelty"], 4, {3: 3}]
)  # fmt: skip
def test_what_cannot_be_changes_nothing(project: Project, given: object) -> None:
    project.review(KEY, criteria={"novelty": 4})
    with pytest.raises(ValueRefusedError):
        project.review(KEY, criteria=given, rating=1)
    assert (mine(project), project[KEY].score) == ({"novelty": 4}, None)
    with pytest.raises(ValueRefusedError):
        project.review(KEY, criteria={"novelty": 1}, private=True)


def test_undo_takes_back_all_of_one_call(project: Project) -> None:
    project.review(KEY, criteria={"novelty": 4})
    project.flush()
    files = bib(project), project.csv_path.read_bytes()
    project.review(KEY, criteria={"novelty": 2, "soundness": 3})
    done = project.undo()
    assert done.undone == f"rating of novelty, rating of soundness of {KEY}"
    assert mine(project) == {"novelty": 4}
    project.flush()
    assert (bib(project), project.csv_path.read_bytes()[:200]) == (files[0], files[1][:200])
    project.undo(done.action)
    assert mine(project) == {"novelty": 2, "soundness": 3}
    assert [(c.field, c.value) for c in project.history(KEY)][-1][0].startswith("rating:")
    settle(project)


def test_the_first_overall_rating_keeps_the_stars_that_were_there(tmp_path: Path) -> None:
    """With criteria alone they are nobody's yet."""
    text = "@misc{a,\n  title = {A},\n  ranking = {rank2}\n}\n"
    with start(tmp_path / "p", text) as project:
        project.review("a", criteria={"novelty": 5})
        project.flush()
        assert "ranking = {rank2}" in bib(project)
        project.review("a", rating=4)
        project.flush()
        assert "ranking = {rank4}" in bib(project)
        project.undo()
        project.flush()
        assert "ranking = {rank2}" in bib(project)
        settle(project)


def test_two_who_rate_at_the_same_time(two: tuple[Project, Project]) -> None:  # noqa: F811
    one, other = two
    one.review(KEY, criteria={"novelty": 5, "soundness": 2})
    other.review(KEY, criteria={"novelty": 1, "clarity": 3})
    other.review(KEY, criteria={"novelty": 4}, reviewer="bob")
    for project in two:
        project.flush()
    meet(one, other)
    (conflict,) = one.conflicts()
    assert other.conflicts() == [conflict]
    assert (conflict.reviewer, conflict.field) == ("ana", "rating:novelty")
    assert {value.value for value in conflict.values} == {5, 1}
    assert mine(one) == {"clarity": 3, "novelty": 1, "soundness": 2}
    other.resolve(KEY, "ana", "rating:novelty", conflict.values[1].id)
    meet(one, other)
    assert one.conflicts() == other.conflicts() == []
    assert mine(one) == mine(other) == {"clarity": 3, "novelty": 5, "soundness": 2}
    assert (bib(one), one.csv_path.read_bytes()) == (bib(other), other.csv_path.read_bytes())
    for project in two:
        settle(project)


def test_their_owner_can_erase_them(project: Project) -> None:
    project.review(KEY, rating=3, criteria={"novelty": 4, "soundness": 2})
    project.review(KEY, criteria={"novelty": 1}, reviewer="bob")
    project.flush()
    table, text = project.csv_path.read_bytes(), bib(project)
    result = project.purge(KEY, kinds=["criteria"])
    assert sorted(e.field for e in result.erased) == ["rating:novelty", "rating:soundness"]
    assert mine(project) == {}
    assert mine(project, reviewer="bob") == {"novelty": 1}
    assert project[KEY].review_of("ana").rating == 3
    assert row(project, KEY)["rating:novelty"] == ""
    assert f"{FIELD} = {{bob: novelty=1 | " in bib(project)
    logs = [log.read_bytes() for log in project.root.glob(".reviewkit/ops/*/*.jsonl")]
    alike(logs, project._sync.fold)
    # Old files bring nothing back, edited or not.
    for name, data in (("reviews.csv", table), ("references.bib", text.encode())):
        save(project.root / name, data)
        settle(project)
        save(project.root / name, data.replace(b"soundness=2", b"soundness=3"))
        settle(project)
    assert mine(project) == {}
    assert mine(project, reviewer="bob") == {"novelty": 1}
    assert not project.info().held


def test_views_say_them_as_everything_else(project: Project) -> None:
    me = Me("ana", "Ana", "given", False)

    def ask(method: str, **given: object) -> dict[str, object]:
        return handle(project, method, given, me=me, via="panel")

    paper = ask("review", citekey=KEY, criteria={"novelty": 4, "soundness": 2})
    assert paper["reviews"][0]["criteria"] == {"novelty": 4, "soundness": 2}
    paper = ask("review", citekey=KEY, criteria={"novelty": None})
    assert paper["reviews"][0]["criteria"] == {"soundness": 2}
    assert ask("project")["criteria"] == ["soundness"]
    for wrong in (4, [4], {"novelty": "4"}, {"novelty": True}, {"novelty": 9}, {"nov=elty": 3}):
        with pytest.raises(ReviewkitError):
            ask("review", citekey=KEY, criteria=wrong)
    assert mine(project) == {"soundness": 2}


def test_a_group_says_what_it_rates(project: Project) -> None:
    assert project.info().criteria == ()
    project.review(KEY, criteria={"soundness": 2, "clarity": 3})
    assert project.info().criteria == ("clarity", "soundness")
    place = project.root / "reviewkit.toml"
    place.write_text('criteria = ["novelty", "clarity"]\n')
    assert project.info().criteria == ("novelty", "clarity")
    place.write_text('criteria = ["Novelty!"]\n')
    with pytest.raises(FormatError, match="Novelty!"):
        read_settings(project.root)
    assert project.info().criteria == ("clarity", "soundness")


def test_frames_and_exports_show_them(project: Project) -> None:
    assert "rating:novelty" not in project.reviews_frame().columns
    project.review(KEY, criteria={"novelty": 4}, rating=3)
    project.review(OTHER, criteria={"soundness": 2}, reviewer="bob")
    frame = project.reviews_frame()
    assert list(frame.columns)[3:7] == ["status", "rating", "rating:novelty", "rating:soundness"]
    assert frame["rating:novelty"].tolist()[0] == 4
    assert frame["rating:novelty"].isna().tolist() == [False, True]
    paper = project[KEY]
    assert opinions_json(paper)["reviews"][0]["criteria"] == {"novelty": 4}
    assert "3/5; novelty 4" in opinions_markdown(paper)
    assert "novelty 4" in paper._repr_html_()
    out = project.root / "plain.bib"
    project.export(out, opinions=False)
    assert "reviewkit" not in out.read_text()
    project.export(project.root / "said.bib", opinions=True)
    assert "novelty=4" in (project.root / "said.bib").read_text()


def test_the_command_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--project", str(project.root)]

    def run(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main([*words, *place])
        assert ended.value.code == 0, capsys.readouterr()
        return capsys.readouterr().out

    shown = run(
        "review", KEY, "--reviewer", "ana", "--rate", "novelty=4", "--rate", "soundness=2.5"
    )
    assert "novelty 4, soundness 2.5" in shown
    run("review", KEY, "--reviewer", "ana", "--rate", "novelty=none")
    assert "soundness 2.5" in run("show", KEY)
    log = run("log")
    assert "rating:novelty: 4" in log and "rating:novelty: (nothing)" in log
    reviews = json.loads(run("show", KEY, "--json"))["reviews"]
    assert reviews[0]["criteria"] == {"soundness": 2.5}


def test_merging_two_papers_brings_them_together(project: Project) -> None:
    project.review(KEY, criteria={"novelty": 4})
    project.review(OTHER, criteria={"soundness": 3})
    project.review(OTHER, criteria={"soundness": 1}, reviewer="bob")
    project.merge(KEY, OTHER)
    assert mine(project) == {"novelty": 4, "soundness": 3}
    assert mine(project, reviewer="bob") == {"soundness": 1}
    project.flush()
    assert "ana: novelty=4, soundness=3; bob: soundness=1 | " in bib(project)
    settle(project)


@pytest.mark.parametrize("way", [False, True])
def test_a_merge_of_the_bib_loses_no_rating(tmp_path: Path, way: bool) -> None:
    """Clean copies are in the log; what was typed on one side stays, on both sides both."""
    with start(tmp_path / "one") as project:
        project.review(KEY, rating=3, criteria={"novelty": 4})
        project.flush()
        base = bib(project)
        edit = base.replace("novelty=4", "novelty=2")
        project.review(KEY, criteria={"soundness": 5})
        project.flush()
        clean = bib(project)
        sides = (clean, edit) if way else (edit, clean)
        save(project.bib_path, merge_bib(base.encode(), *(side.encode() for side in sides)))
        project.sync()
        assert mine(project) == {"novelty": 2, "soundness": 5}
        settle(project)
        base = bib(project)
        ours = base.replace("novelty=2", "novelty=1")
        theirs = base.replace("soundness=5", "soundness=4")
        sides = (ours, theirs) if way else (theirs, ours)
        merged = merge_bib(base.encode(), *(side.encode() for side in sides))
        assert b"reviewkit-theirs" in merged
        save(project.bib_path, merged)
        project.sync()
        assert mine(project) == {"novelty": 1, "soundness": 4}
        assert "reviewkit-theirs" not in bib(project)
        settle(project)
        gone = "\n".join(line for line in bib(project).split("\n") if FIELD not in line)
        base = bib(project)
        edit = base.replace("novelty=1", "novelty=3")
        sides = (gone, edit) if way else (edit, gone)
        save(project.bib_path, merge_bib(base.encode(), *(side.encode() for side in sides)))
        project.sync()
        assert mine(project) == {"novelty": 3, "soundness": 4}
        settle(project)


def test_the_table_is_merged_by_lines(tmp_path: Path) -> None:
    """A column more changes every line: rows of both sides stay, under one first line or two."""
    with start(tmp_path / "one") as one:
        one.review(KEY, rating=3, note="First.\n\nSecond\nline.", status="read")
        one.review(OTHER, rating=2, status="reading")
        one.flush()
        before = one.csv_path.read_text(encoding="utf-8-sig")
        one.review(KEY, criteria={"novelty": 4})
        one.flush()
        novelty = one.csv_path.read_text(encoding="utf-8-sig")
        one.review(KEY, criteria={"soundness": 1, "novelty": None})
        one.flush()
        soundness = one.csv_path.read_text(encoding="utf-8-sig")
        one.review(KEY, criteria={"novelty": 2})
        one.flush()
        log = len(one.log())
        body = {t: t.split("\n", 1) for t in (before, novelty, soundness)}
        for first in body:
            for other in body:
                if first == other:
                    continue
                (head, rows), (second, more) = body[first], body[other]
                texts = [f"{head}\n{rows}{second}\n{more}", f"{head}\n{second}\n{rows}{more}"]
                if other == before:
                    # Theirs changed one line only; the first line is ours alone.
                    texts.append(f"{head}\n{rows}{more}")
                texts += list(map(padded, texts))
                for text in texts:
                    save(one.csv_path, text)
                    one.sync()
                    assert len(one.log()) == log, text
                    assert not one.info().held, text
                    settle(one)


def padded(text: str) -> str:
    """The table as a spreadsheet saves it: all rows have as many cells."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    out = io.StringIO()
    most = max(map(len, rows))
    csv.writer(out).writerows([*row, *[""] * (most - len(row))] for row in rows)
    return out.getvalue()


def test_generated_mode_keeps_them_beside(project: Project) -> None:
    project.set_mode("generated")
    project.review(KEY, criteria={"novelty": 4})
    project.flush()
    assert FIELD not in bib(project)
    beside = project.generated_path.read_text()
    assert f"{FIELD} = {{ana: novelty=4 | " in beside
    save(project.generated_path, beside.replace("novelty=4", "novelty=4, soundness=2"))
    project.sync()
    assert mine(project) == {"novelty": 4, "soundness": 2}
    settle(project)


def test_a_replica_learns_them_from_the_log_alone(project: Project, tmp_path: Path) -> None:
    project.review(KEY, criteria={"novelty": 4})
    project.flush()
    other = start(tmp_path / "other")
    copy_ops(project.root, other.root)
    other.sync()
    assert mine(other) == {"novelty": 4}
    assert bib(other) == bib(project)
    edit_bib(other, "novelty=4", "novelty=3")
    other.sync()
    copy_ops(other.root, project.root)
    project.sync()
    assert mine(project) == {"novelty": 3}
    other.close()
