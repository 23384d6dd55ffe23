"""How right the claims are that are read out of labelled abstracts, and how long it takes.

The environment variable `CLAIMS` names a folder with `claims.csv` (columns n, value_start,
value_end, value, unit, kind, direction; offsets into the abstract) and, in it or in a folder
beside it, `trending-papers.txt` (abstract n on line 13 + 4 (n - 1), counted from 1).
"""

from __future__ import annotations

import csv
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Figure, seconds
from reviewkit.claims import Claim, extract

VARIABLE = "CLAIMS"
FIELDS = ("value", "unit", "kind", "direction", "baseline", "context", "qualifier")
_COLUMNS = {"context": "dataset_or_hardware"}
Row = dict[str, str]


def measure() -> Iterator[Figure]:
    """Precision and recall of the quantities, and how many of those found are right in all."""
    folder = os.environ.get(VARIABLE)
    if folder is None:
        print(f"Claims were not measured: {VARIABLE} names no folder.", file=sys.stderr)
        return
    abstracts, labels = read_labelled(Path(folder))
    found: dict[int, list[Claim]] = {}
    spent = seconds(lambda: found.update((n, extract(abstracts[n])) for n in labels))
    pairs = [pair for n in labels for pair in matched(found[n], labels[n])]
    claims = sum(len(some) for some in found.values())
    rows = sum(len(some) for some in labels.values())
    what = f"claims of {len(labels)} abstracts ({len(pairs)} of {rows} found, {claims} claimed)"
    yield Figure(f"{what}: precision", 100 * len(pairs) / max(1, claims), "%")
    yield Figure(f"{what}: recall", 100 * len(pairs) / max(1, rows), "%")
    for field in FIELDS:
        right = sum(same(field, *pair) for pair in pairs)
        yield Figure(f"claims found: {field} as labelled", 100 * right / max(1, len(pairs)), "%")
    yield Figure("claims of 1,000 abstracts", 1000 * spent / max(1, len(labels)), "CPU s")


def read_labelled(folder: Path) -> tuple[dict[int, str], dict[int, list[Row]]]:
    """The abstracts by their number, and the labels of those that have some."""
    labels: defaultdict[int, list[Row]] = defaultdict(list)
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels[int(row["n"])].append(row)
    path = next(iter([*folder.glob("*papers.txt"), *folder.parent.glob("*/*papers.txt")]))
    lines = path.read_text(encoding="utf-8").split("\n")
    return {n: lines[12 + 4 * (n - 1)] for n in labels}, dict(labels)


def matched(claims: list[Claim], rows: list[Row]) -> Iterator[tuple[Claim, Row]]:
    """Pair each labelled number with the claim that stands there and has its value."""
    left = list(claims)
    for row in rows:
        start, end = int(row["value_start"]), int(row["value_end"])
        for claim in left:
            if claim.start < end and start < claim.end and same("value", claim, row):
                left.remove(claim)
                yield claim, row
                break


def same(field: str, claim: Claim, row: Row) -> bool:
    """Whether the claim has what the label says."""
    mine, right = getattr(claim, field), row[_COLUMNS.get(field, field)]
    if field == "value":
        return abs(mine - float(right)) <= 1e-9 * abs(mine)
    return bool(mine == right)
