"""Finding duplicates, against bib-dedupe; and how right it is on labelled sets.

The environment variable `LABELLED` names a folder of labelled sets: each a folder with
`records_pre_merged.csv` (a column ID, the others fields) and `merged_record_ids.csv` (a column
merged_ids: the ids of one paper between semicolons), as bib-dedupe's benchmark has them.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pandas as pd

from benchmarks import copies
from benchmarks.report import Figure, seconds
from reviewkit.duplicates import Finder, Record, find, groups

VARIABLE = "LABELLED"
_COLUMNS = ("author", "title", "year", "journal", "booktitle", "volume", "number", "pages", "doi",
            "abstract")  # fmt: skip
Groups = Iterable[Sequence[str]]


def measure(size: int) -> Iterator[Figure]:
    """Time for made records, and precision and recall of the sure pairs."""
    records = list(copies.records(size))
    found: list[tuple[str, ...]] = []
    mine = seconds(lambda: found.extend(groups(find(records))))
    theirs = _theirs(records)
    rival = "bib-dedupe" if theirs is not None else "bib-dedupe: not installed"
    yield Figure(f"{size:,} records: find duplicates", mine, "CPU s", rival, theirs)
    finder = Finder(records[1:])
    once = seconds(lambda: [finder.like(records[0]) for _ in range(100)])
    yield Figure(f"{size:,} records: compare a newcomer", once * 10, "ms")
    papers: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        papers[copies.paper_of(record.id)].append(record.id)
    yield from _rightness("made records", found, papers.values())
    folder = os.environ.get(VARIABLE)
    if folder is None:
        print(f"Labelled sets were not measured: {VARIABLE} names no folder.", file=sys.stderr)
        return
    for path in sorted(Path(folder).iterdir()):
        if (path / "merged_record_ids.csv").is_file():
            labelled = read_labelled(path)
            yield from _rightness(path.name, groups(find(labelled[0])), labelled[1])


def read_labelled(folder: Path) -> tuple[list[Record], list[list[str]]]:
    """The records of a labelled set, and the ids of each paper that is there more than once."""
    csv.field_size_limit(1 << 24)
    with (folder / "records_pre_merged.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    records = [
        Record(row.pop("ID"), {name.lower(): text for name, text in row.items() if text})
        for row in rows
    ]
    with (folder / "merged_record_ids.csv").open(encoding="utf-8", newline="") as file:
        same = [row["merged_ids"].split(";") for row in csv.DictReader(file)]
    return records, same


def counts(found: Groups, right: Groups) -> tuple[int, int, int]:
    """Duplicates rightly found, wrongly found and missed.

    A group of n records has n - 1 duplicates: so many could be removed.
    """
    paper = {name: number for number, group in enumerate(right) for name in group}
    true = false = 0
    for group in found:
        of_one = Counter(paper.get(name, name) for name in group)
        true += sum(number - 1 for number in of_one.values())
        false += len(of_one) - 1
    return true, false, sum(len(group) - 1 for group in right) - true


def _rightness(name: str, found: Groups, right: Groups) -> Iterator[Figure]:
    true, false, missed = counts(found, right)
    what = f"duplicates in {name} ({true} right, {false} wrong, {missed} missed)"
    yield Figure(f"{what}: precision", 100 * true / max(1, true + false), "%")
    yield Figure(f"{what}: recall", 100 * true / max(1, true + missed), "%")


def _theirs(records: list[Record]) -> float | None:
    """Seconds of bib-dedupe for the same records, in one process as ours; None without it."""
    try:
        rival = import_module("bib_dedupe.bib_dedupe")
    except ImportError:
        return None
    table = pd.DataFrame(
        [
            {"ID": record.id, "ENTRYTYPE": "article"}
            | {name: record.fields.get(name, "") for name in _COLUMNS}
            for record in records
        ]
    )

    def dedupe() -> None:
        prepared = rival.prep(table, verbosity_level=0, cpu=1)
        pairs = rival.block(prepared, verbosity_level=0, cpu=1)
        rival.cluster(rival.match(pairs, verbosity_level=0, cpu=1), verbosity_level=0)

    return seconds(dedupe)
