"""How right the claims are that are read out of labelled texts, and how long it takes.

The texts of tests/corpus/claims ship; the environment variable `CLAIMS` names a folder with
others (`labelled.tables` says how they are kept).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.labelled import CORPUS, Label, Labelled, corpus, tables, words
from benchmarks.report import Figure, seconds
from reviewkit.claims import Claim, extract

VARIABLE = "CLAIMS"
# What every claim has, and what is only sometimes said.
ALWAYS = ("unit", "kind", "direction")
SOMETIMES = ("baseline", "context", "qualifier")
Pair = tuple[Claim, Label]


def measure() -> Iterator[Figure]:
    """Precision and recall of the quantities, and of what is said of those that are found."""
    for path in sorted(CORPUS.glob("*.txt")):
        yield from measured(f"claims, {path.stem} texts", corpus(path))
    folder = os.environ.get(VARIABLE)
    if folder is None:
        print(f"Other claims were not measured: {VARIABLE} names no folder.", file=sys.stderr)
        return
    yield from measured("claims, labelled folder", tables(Path(folder)))


def measured(what: str, texts: Sequence[Labelled]) -> Iterator[Figure]:
    """The figures of some labelled texts."""
    found: list[list[Claim]] = []
    spent = seconds(lambda: found.extend(extract(text) for text, _ in texts))
    pairs, missed, wrong = compared(texts, found)
    right, claims, labels = len(pairs), len(pairs) + len(wrong), len(pairs) + len(missed)
    yield _share(f"{what}: precision ({len(texts)} texts)", right, claims)
    yield _share(f"{what}: recall", right, labels)
    for field in ALWAYS:
        yield _share(f"{what}: {field} right", sum(same(field, *pair) for pair in pairs), right)
    for field in SOMETIMES:
        said = sum(bool(getattr(claim, field)) for claim, _ in pairs)
        labelled = sum(bool(getattr(label, field)) for _, label in pairs)
        as_said = [pair for pair in pairs if getattr(pair[1], field) and same(field, *pair)]
        yield _share(f"{what}: {field}, precision", len(as_said), said)
        yield _share(f"{what}: {field}, recall", len(as_said), labelled)
    yield Figure(f"{what}: 1,000 texts", 1000 * spent / len(texts), "CPU s")


def _share(what: str, part: int, whole: int) -> Figure:
    return Figure(f"{what}, {part} of {whole}", 100 * part / max(1, whole), "%")


def compared(
    texts: Sequence[Labelled], found: Sequence[Sequence[Claim]]
) -> tuple[list[Pair], list[Label], list[Claim]]:
    """The claims with their labels, the labels without a claim, the claims without a label."""
    pairs: list[Pair] = []
    missed: list[Label] = []
    wrong: list[Claim] = []
    for (_, labels), claims in zip(texts, found, strict=True):
        left = list(claims)
        for label in sorted(labels, key=lambda label: label.optional):
            claim = next((claim for claim in left if stands_for(claim, label)), None)
            if claim:
                left.remove(claim)
            if not label.optional:
                if claim:
                    pairs.append((claim, label))
                else:
                    missed.append(label)
        wrong += left
    return pairs, missed, wrong


def stands_for(claim: Claim, label: Label) -> bool:
    """Whether a claim is of the labelled number; one that can be read both ways has no value."""
    there = claim.start < label.end and label.start < claim.end
    return there and (label.optional or same("value", claim, label))


def same(field: str, claim: Claim, label: Label) -> bool:
    """Whether the claim has what the label says."""
    mine, right = getattr(claim, field), getattr(label, field)
    if field == "value":
        return bool(abs(mine - right) <= 1e-6 * abs(right))
    if field in ("baseline", "context"):
        return list(words(mine)) == list(words(right))
    return bool(mine == right)
