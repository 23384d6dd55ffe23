"""A row or entry tells what it was written from, whatever mixture of edits its writer knew."""

from __future__ import annotations

import random
from typing import Any

import pytest

from reviewkit import tables
from reviewkit.bibtex import BibDocument
from reviewkit.files import bibentry
from reviewkit.files.tracing import of_entry, of_row
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import now
from reviewkit.tables import Row

PAPER = "p.aaaaaaaaaa"
NOTES = ("aaaaaa", "bbbbbb", "cccccc")


class Writers:
    """Processes of two people that hear of each other's edits late, if at all."""

    def __init__(self, seed: int, count: int = 5) -> None:
        self.rng = random.Random(seed)
        self.everything = Fold()
        self._logs: list[list[Op]] = [[] for _ in range(count)]
        self._known = [[0] * count for _ in range(count)]
        self._time = 0
        self._add(0, Op("k.1", "0", "ana", PAPER, None, "citekey", "a2020", (), "bib"))

    def _add(self, writer: int, op: Op) -> None:
        self._logs[writer].append(op)
        self._known[writer][writer] += 1
        self.everything.add(op)

    def fold(self, writer: int) -> Fold:
        """What one of them knows."""
        known = self._known[writer]
        return Fold(op for log, n in zip(self._logs, known, strict=True) for op in log[:n])

    def step(self) -> None:
        """One of them edits, or hears of some edits."""
        writer = self.rng.randrange(len(self._logs))
        if self.rng.random() < 0.3:
            other = self.rng.randrange(len(self._logs))
            upto = self.rng.randint(self._known[writer][other], len(self._logs[other]))
            self._known[writer][other] = upto
            return
        self._time += 1
        who = self.rng.choice(["ana", "bob"])
        field, value = self._edit()
        fold = self.fold(writer)
        seen = tuple(op.id for op in fold.current(PAPER, who, field))
        name = f"w{writer}.{len(self._logs[writer]) + 1}"
        t = f"{self._time:016x}"
        self._add(writer, Op(name, t, who, PAPER, who, field, value, seen, "kernel"))

    def _edit(self) -> tuple[str, Any]:
        rng = self.rng
        kind = rng.choice(["rating", "status", "decision", "tag", "note"])
        gone = rng.random() < 0.2
        match kind:
            case "rating":
                return kind, None if gone else rng.randrange(1, 6)
            case "status":
                return kind, None if gone else rng.choice(["read", "done"])
            case "decision":
                return kind, None if gone else f"in {rng.randrange(3)}"
            case "tag":
                return f"tag:{rng.choice(['x', 'y', 'z'])}", None if gone else True
        text = f"One {rng.randrange(9)} two {rng.randrange(9)} three"
        return f"note:{rng.choice(NOTES)}.text", None if gone else text


def _writers(seed: int) -> Writers:
    writers = Writers(seed)
    for _ in range(80):
        writers.step()
    return writers


@pytest.mark.parametrize("seed", range(12))
def test_the_state_of_a_row_with_one_cell_changed_is_found(seed: int) -> None:
    writers = _writers(seed)
    for writer in range(5):
        cells = tables.cells_of(now(writers.fold(writer), PAPER), "ana")
        rev = tables.row_rev(cells)
        for column in tables.VALUE_COLUMNS:
            changed = dict(cells)
            if column == "notes":
                changed["notes"] = f"{cells.get('notes', '')}\n\nTyped.".strip()
            else:
                changed[column] = "typed"
            row = Row("a2020", "ana", changed, rev=rev)
            found = (
                tables.cells_of(state, "ana")
                for state in of_row(writers.everything, PAPER, "ana", row)
            )
            first = next((state for state in found if tables.row_rev(state) == rev), None)
            assert first is not None, (writer, column)
            assert first.keys() == cells.keys()


@pytest.mark.parametrize("seed", range(12))
def test_the_state_of_an_entry_with_one_rating_changed_is_found(seed: int) -> None:
    writers = _writers(seed)
    for writer in range(5):
        snapshot = now(writers.fold(writer), PAPER)
        fields = bibentry.rendering(snapshot, PAPER, set())
        if "ana=" not in (fields.get(bibentry.RATINGS) or ""):
            continue
        rev = bibentry.entry_rev(snapshot)
        text = "".join(f",\n {name} = {raw}" for name, raw in fields.items() if raw)
        entry = BibDocument.from_bytes(f"@misc{{a2020{text}\n}}\n".encode()).entries[0]
        shown = bibentry.shown(entry)
        (_, status) = shown.ratings["ana"]
        typed = bibentry.Shown(
            shown.citekey, shown.keywords, {**shown.ratings, "ana": ("1.5", status)},
            shown.notes, shown.fields,
        )  # fmt: skip
        found = of_entry(writers.everything, PAPER, typed)
        assert any(bibentry.entry_rev(state) == rev for state in found), writer
