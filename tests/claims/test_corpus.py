"""Labelled texts of eleven fields: what is found stays found, and the measure measures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.claims import compared, measured, same
from benchmarks.labelled import CORPUS, corpus
from reviewkit.claims import extract

FILES = sorted(CORPUS.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_precision_and_recall_stay(path: Path) -> None:
    texts = corpus(path)
    pairs, missed, wrong = compared(texts, [extract(text) for text, _ in texts])
    assert len(pairs) / (len(pairs) + len(wrong)) >= 0.97
    assert len(pairs) / (len(pairs) + len(missed)) >= 0.93
    assert sum(same("kind", *pair) for pair in pairs) / len(pairs) >= 0.85
    said = [pair for pair in pairs if pair[0].context]
    assert sum(same("context", *pair) for pair in said) / len(said) >= 0.7


def test_there_are_texts() -> None:
    assert sum(len(corpus(path)) for path in FILES) >= 80


def test_a_claim_is_wrong_or_missed_if_its_value_or_place_is_another() -> None:
    text = "It is 3x faster and 4x smaller."
    claims = extract(text)
    labels = corpus(CORPUS / "unseen.txt")[0][1]
    assert compared([(text, [])], [claims]) == ([], [], claims)
    one = replace(labels[0], start=claims[0].start, end=claims[0].end, value=3.0)
    pairs, missed, wrong = compared([(text, [one])], [claims])
    assert (pairs, missed, wrong) == ([(claims[0], one)], [], [claims[1]])
    assert compared([(text, [replace(one, value=5.0)])], [claims])[1:] == (
        [replace(one, value=5.0)],
        claims,
    )
    assert compared([(text, [replace(one, optional=True)])], [claims])[2] == [claims[1]]


def test_the_figures_count_what_is_said() -> None:
    figures = {figure.what: figure.value for figure in measured("c", corpus(FILES[0])[:3])}
    assert any("baseline, precision" in what for what in figures)
    assert all(0 <= value <= 100 for value in figures.values())
