"""Texts whose quantities are labelled: those of tests/corpus/claims, and a folder of tables.

In a text of the corpus ⟦ and ⟧ stand around each number; below it a line for each says, between
bars, its value, unit, kind, direction, baseline, context and qualifier. "?>" in place of ">" says
that it can be read both ways, as a claim or as none.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "claims"


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader says of one number of a text."""

    start: int
    end: int
    value: float
    unit: str = ""
    kind: str = ""
    direction: str = ""
    baseline: str = ""
    context: str = ""
    qualifier: str = ""
    optional: bool = False


Labelled = tuple[str, list[Label]]


def corpus(path: Path) -> list[Labelled]:
    """The texts of a file and their labels, in order."""
    blocks = re.split(r"^== .*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_block(block.strip().split("\n")) for block in blocks if block.strip()]


def _block(lines: list[str]) -> Labelled:
    text, spans = "", []
    for at, part in enumerate(re.split("[⟦⟧]", lines[0])):
        if at % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, [_label(*span, line) for span, line in zip(spans, lines[1:], strict=True)]


def _label(start: int, end: int, line: str) -> Label:
    said = [*(part.strip() for part in line.lstrip("?>").split("|")), *[""] * 6][:7]
    value, unit, kind, direction, baseline, context, qualifier = said
    return Label(
        start,
        end,
        float(value),
        unit,
        kind,
        direction,
        baseline,
        context,
        qualifier,
        line.startswith("?"),
    )


def tables(folder: Path) -> list[Labelled]:
    """The abstracts of `trending-papers.txt` that `claims.csv` labels.

    Abstract n is on line 13 + 4 (n - 1), counted from 1; offsets are those into the abstract.
    """
    labels: defaultdict[int, list[Label]] = defaultdict(list)
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels[int(row["n"])].append(_row(row))
    path = next(iter([*folder.glob("*papers.txt"), *folder.parent.glob("*/*papers.txt")]))
    lines = path.read_text(encoding="utf-8").split("\n")
    return [(lines[12 + 4 * (n - 1)], rows) for n, rows in labels.items()]


def _row(row: dict[str, str]) -> Label:
    return Label(
        int(row["value_start"]),
        int(row["value_end"]),
        float(row["value"]),
        row["unit"],
        row["kind"],
        row["direction"],
        row["baseline"],
        row["dataset_or_hardware"],
        row["qualifier"],
    )


def words(text: str) -> Iterator[str]:
    """The words by which two phrases are compared."""
    return (word.lower() for word in re.findall(r"[^\s;,]+", text))
