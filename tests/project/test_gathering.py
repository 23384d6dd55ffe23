"""What is counted once and kept up must be what is counted anew."""

import random
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reviewkit
from reviewkit.errors import StaleError
from reviewkit.ops.fold import Fold
from reviewkit.ops.tally import Tally
from reviewkit.project import Project
from reviewkit.project.history.actions import gather
from reviewkit.project.history.gathering import Gathering
from reviewkit.search.index import SearchIndex

BIB = "\n".join(
    f"@article{{{key},\n  title = {{Of {key}}},\n  author = {{Ruiz, Ana}},\n  year = 2020\n}}\n"
    for key in "abcd"
)


def _edit(project: Project, number: int, seed: random.Random) -> None:
    key = seed.choice([*project])
    who = seed.choice(("ana", "ben"))
    match number % 9:
        case 0 | 1:
            project.review(key, rating=seed.randint(1, 5), criteria={"novelty": 3}, reviewer=who)
        case 2:
            project.review(key, note=f"Note {number}", reviewer=who)
        case 3:
            project.review(key, add_tags=[f"t{number % 3}"], reviewer=who)
        case 4:
            project.review(key, note=f"Mine {number}", private=True, reviewer=who)
        case 5:
            project.edit(key, {"title": f"Title {number}"}, reviewer=who)
        case 6 if len(project) > 2:
            project.merge(*seed.sample([*project], 2), by=who)
        case 7 if len(project) > 2:
            project.remove(key, by=who)
        case _:
            with suppress(StaleError):
                project.undo(by=who)


@settings(max_examples=8)
@given(st.integers(0, 10**6))
def test_after_any_edits(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("project")
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    chance = random.Random(seed)
    with reviewkit.open(folder, reviewer="ana", watch=False) as project:
        for number in chance.choices(range(90), k=9):
            _edit(project, number, chance)
            _same(project)


def _same(project: Project) -> None:
    fold: Fold = project._sync.fold
    assert project._acts("ana") == gather((*fold, *project._private.ops_of("ana")))
    kept = project._sync.library.tally
    assert dict(kept.papers()) == dict(Tally(fold).papers())
    assert kept.missing() == Tally(fold).missing()
    info, papers = project.info(), project.papers()
    judged = Counter(review.reviewer for paper in papers for review in paper.reviews)
    assert {person.reviewer: person.papers for person in info.people} == judged
    tags = Counter(tag for paper in papers for tag in paper.tags)
    assert {count.tag: count.papers for count in info.tags} == tags
    found, wanted = SearchIndex(project._sync.library.searchable()), SearchIndex(papers)
    for key, row in wanted._rows.items():
        for name in row.__slots__:
            assert getattr(found._rows[key], name) == getattr(row, name), (key, name)


def test_edits_that_have_not_come_are_counted_by_person(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    with reviewkit.open(tmp_path, reviewer="ana", watch=False) as project:
        for rating in (1, 2, 3, 4):
            project.review("a", rating=rating)
        ops = [op for op in project._sync.fold if op.field == "rating"]
    fold = Fold([ops[0], ops[3]])
    tally = Tally(fold)
    assert tally.missing() == {"ana": 2 + int(ops[0].id.partition(".")[2]) - 1}
    fold.add(ops[1])
    before = tally.missing()["ana"]
    fold.add(ops[2])
    assert (before, tally.missing()["ana"]) == (
        int(ops[0].id.partition(".")[2]),
        int(ops[0].id.partition(".")[2]) - 1,
    )


def test_an_erased_operation_is_none_of_an_action_any_more(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    with reviewkit.open(tmp_path, reviewer="ana", watch=False) as project:
        project.review("a", note="Secret")
        gathering = Gathering(project._sync.fold)
        assert gathering.acts() == gather(project._sync.fold)
        note = project["a"].review_of("ana").notes[0]
        project.purge("a", note=note)
        assert gathering.acts() == gather(project._sync.fold)
