"""Records of one paper are found however they are written, and others are kept apart."""

from __future__ import annotations

import csv
import random
import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import copies
from reviewkit.duplicates import Finder, Pair, Record, find, groups

LABELLED = Path(__file__).parents[1] / "corpus" / "duplicates" / "labelled.csv"


def labelled() -> list[dict[str, str]]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def record_of(row: dict[str, str]) -> Record:
    others = {"case", "id", "same", "why"}
    return Record(row["id"], {name: text for name, text in row.items() if name not in others})


CASES = defaultdict(list)
for _row in labelled():
    CASES[_row["case"]].append(_row)


@pytest.mark.parametrize("case", CASES)
def test_the_labelled_cases(case: str) -> None:
    """`same` says how a record stands to the first of its case: sure, maybe, versions or no."""
    first, *others = CASES[case]
    for row in others:
        pairs = find([record_of(first), record_of(row)])
        found = "no" if not pairs else "sure" if pairs[0].sure else "maybe"
        if pairs and pairs[0].versions:
            found = "versions" if pairs[0].sure else "maybe"
        assert found in row["same"].split("|"), (row["why"], pairs)


def test_in_one_library_the_labelled_cases_stay_as_they_are() -> None:
    rows = labelled()
    case = {row["id"]: row["case"] for row in rows}
    wrong = [pair for pair in find(map(record_of, rows)) if case[pair.a] != case[pair.b]]
    assert [pair for pair in wrong if pair.sure] == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_made_copies_nearly_all_are_found_and_no_lookalike(seed: int) -> None:
    records = list(copies.records(2000, seed))
    papers = defaultdict(list)
    for record in records:
        papers[copies.paper_of(record.id)].append(record.id)
    found = groups(find(records))
    assert [group for group in found if len({copies.paper_of(name) for name in group}) > 1] == []
    removable = sum(len(names) - 1 for names in papers.values())
    assert sum(len(group) - 1 for group in found) >= 0.96 * removable


def test_a_newcomer_is_compared_as_two_records_of_a_library_are() -> None:
    records = list(copies.records(300, 5))
    library, newcomers = records[::2], records[1::2]
    finder = Finder(library)
    like = [pair for new in newcomers for pair in finder.like(new)]
    new = {record.id for record in newcomers}
    pairs = [pair for pair in find([*library, *newcomers]) if pair.a not in new and pair.b in new]
    assert len(pairs) > 20
    assert {(p.a, p.b, p.reasons) for p in like} == {(p.a, p.b, p.reasons) for p in pairs}


def test_the_best_comes_first() -> None:
    title = "A long enough title of one more invented paper"
    fields = {"title": title, "author": "Rossi, Ana", "year": "2020"}
    finder = Finder([Record("a", fields | {"year": "2021"}), Record("b", fields)])
    assert [pair.a for pair in finder.like(Record("new", fields))] == ["b", "a"]
    finder.add(Record("c", fields | {"doi": "10.5555/c"}))
    assert finder.like(Record("new", fields | {"doi": "10.5555/C"}))[0].a == "c"


def test_what_somebody_said_is_another_paper_is_left_out() -> None:
    one, other = (
        {"title": "Of tea and of time and of toast", "year": "2020", "author": "Li, Bo"},
        {},
    )
    other = one | {"pages": "3-9"}
    records = [Record("a", one), Record("b", other)]
    assert [pair.sure for pair in find(records)] == [True]
    assert find(records, apart=[frozenset("ab")]) == []


def test_one_record_does_not_join_two_papers() -> None:
    """The preprint is like both, but these have their publishers' DOIs."""
    same = {"title": "Of tea and of time and of toast", "author": "Li, Bo and Rossi, Ana"}
    records = [
        Record("talk", same | {"year": "2020", "doi": "10.5555/talk", "booktitle": "Tea"}),
        Record("pre", same | {"year": "2020", "eprint": "2001.00001", "archiveprefix": "arXiv"}),
        Record("article", same | {"year": "2021", "doi": "10.5555/article", "journal": "Toast"}),
    ]
    pairs = find(records)
    assert {(pair.a, pair.b) for pair in pairs} == {("talk", "pre"), ("pre", "article")}
    assert sorted(pair.sure for pair in pairs) == [False, True]
    assert len(groups(pairs)) == 1


def test_reasons_are_words_for_people() -> None:
    fields = {"title": "Of tea and of time and of toast", "author": "Li, Bo", "year": "2020"}
    (pair,) = find([
        Record("a", fields | {"doi": "10.5555/x", "volume": "3"}),
        Record("b", fields | {"doi": "https://doi.org/10.5555/X", "volume": "4", "year": "2021"}),
    ])  # fmt: skip
    assert pair.reasons[:3] == ("same DOI 10.5555/x", "titles equal", "authors equal")
    assert {"years 2020 and 2021", "volumes 3 and 4"} <= set(pair.reasons)


def test_numbers_that_count_records_of_a_database_say_nothing_of_an_issue() -> None:
    def record(number: int, copy: int) -> Record:
        title = f"Of {'tea' * (number % 7 + 1)} and {number * 7919} other things one drinks"
        fields = {"title": title, "author": "Li, Bo", "journal": "Tea", "volume": "1"}
        return Record(
            f"{number}-{copy}", fields | {"year": "2020", "number": str(2 * number + copy)}
        )

    records = [record(number, copy) for number in range(40) for copy in (0, 1)]
    assert sum(pair.sure for pair in find(records)) == 40
    assert not any(pair.sure for pair in find(records[:4]))


TEXT = st.text(max_size=40)
NAMES = (
    "title author year journal booktitle volume number pages doi eprint archiveprefix url "
    "abstract entrytype pmid"
).split()
PIECES = st.one_of(
    TEXT,
    st.sampled_from(
        "Tea|Of tea and of time and of toast|Of tea and of time|Editorial|Li, Bo|Li B, Wu C, Xu D|"
        "2020|2021|1-9|1|123-9|10.5555/a|10.48550/arXiv.2001.00001|2001.00001|article|phdthesis|"
        "Reply|[Of tea] Über Tee|999999999999999999999|²|\u0661|<original>|and| and |;|[[[|".split(
            "|"
        )
    ),
)
FIELDS = st.dictionaries(st.sampled_from(NAMES), PIECES)


def named(texts: list[dict[str, str]]) -> list[Record]:
    return [Record(f"r{place}", fields) for place, fields in enumerate(texts)]


def said(pairs: list[Pair]) -> set[tuple[frozenset[str], float, bool, bool]]:
    return {(frozenset((p.a, p.b)), p.probability, p.sure, p.versions) for p in pairs}


@settings(deadline=None)
@given(st.lists(FIELDS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(
    texts: list[dict[str, str]], chance: random.Random
) -> None:
    records = named(texts)
    shuffled = chance.sample(records, len(records))
    pairs = find(records)
    assert said(pairs) == said(find(shuffled))
    assert all(0 <= pair.probability <= 1 and pair.a != pair.b for pair in pairs)
    assert all(int(pair.a[1:]) < int(pair.b[1:]) for pair in pairs)


@settings(deadline=None)
@given(st.lists(FIELDS, min_size=2, max_size=8), st.data())
def test_groups_of_found_pairs_hold_no_two_that_are_apart(
    texts: list[dict[str, str]], data: st.DataObject
) -> None:
    records = named(texts)
    two = st.lists(st.sampled_from([r.id for r in records]), min_size=2, max_size=2, unique=True)
    apart = [frozenset(pair) for pair in data.draw(st.lists(two, max_size=3))]
    pairs = find(records, apart=apart)
    found = groups(pairs)
    assert not any(pair <= set(group) for pair in apart for group in found)
    # What is sure is so together: joining needs nobody to be told what is apart.
    assert not any(frozenset((p.a, p.b)) in apart for p in pairs)
    together = {name: group for group in found for name in group}
    assert all(together[p.a] is together[p.b] for p in pairs if p.sure)


@pytest.mark.parametrize(
    "text", ["[" * 5000, "a " * 5000, "- reply" * 999, "1-" * 5000, "(" * 5000]
)
@pytest.mark.parametrize("name", ["title", "author", "pages", "journal", "abstract", "doi"])
def test_hostile_texts_take_no_time(name: str, text: str) -> None:
    begin = time.process_time()
    records = [Record(str(n), {"title": "Tea", name: text + str(n)}) for n in range(3)]
    find(records)
    assert time.process_time() - begin < 2


def test_many_copies_of_one_record_are_one_group_in_no_time() -> None:
    fields = copies.paper(random.Random(1), 1)
    records = [Record(str(n), fields) for n in range(3000)]
    begin = time.process_time()
    (group,) = groups(find(records))
    assert len(group) == 3000
    assert Finder(records).like(Record("new", fields))[0].sure
    assert time.process_time() - begin < 10


def test_many_papers_of_one_title_take_no_time() -> None:
    records = [
        Record(
            str(n), {"title": "Editorial", "year": str(n), "author": f"Li, Bo{n}", "pages": str(n)}
        )
        for n in range(3000)
    ]
    begin = time.process_time()
    assert find(records) == []
    assert time.process_time() - begin < 10
