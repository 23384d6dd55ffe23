"""Ratings of single criteria in entries: taken in, or held, apart from all else they say."""

from __future__ import annotations

import itertools

from reviewkit.bibtex import Entry
from reviewkit.bibtex.ourfields import CRITERIA
from reviewkit.files import bibcriteria
from reviewkit.files.bibcriteria import Criteria
from reviewkit.files.difference import Comparison, Difference
from reviewkit.files.held import UNKNOWN, VALUE, HeldChanges, Why
from reviewkit.files.tracing import of_criteria, traced
from reviewkit.files.watched import TakenIn
from reviewkit.ops.criteria import PREFIX
from reviewkit.ops.fold import FieldKey, Fold
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import Snapshot, moments
from reviewkit.store.recorder import Edit

_UNKNOWN_STATE = (
    "the ratings of criteria are from a state that is not known here (yet): edits of others may "
    "still be on their way"
)


class CriteriaField:
    """The field `reviewkit-criteria` of entries, in whatever file they stand."""

    def __init__(self, fold: Fold, held: HeldChanges) -> None:
        self._fold = fold
        self._held = held

    def take_in(
        self, citekey: str, paper: str, file: str, text: str, *, again: bool = False
    ) -> TakenIn:
        """Edits that somebody made to the field, which says `text`."""
        shown = bibcriteria.read(text)
        content = content_of(citekey, text)
        if self._held.decided(paper, file, content):
            return TakenIn()
        held = self._held.find(paper, file, content)
        released = [] if held is None else [self._held.release(held)]
        if shown.clean:
            return TakenIn(released)
        base = self._base(paper, shown)
        if shown.rev and base is None and not self._fold.has_erased(paper):
            if again and not self._compare(paper, None, shown, "").something:
                # All that could explain it has arrived, and it says nothing new.
                return TakenIn(released)
            why = Why(UNKNOWN, _UNKNOWN_STATE)
            return TakenIn(self._held.hold(paper, file, content, why), 1)
        rev = f"{CRITERIA} {shown.rev}" if shown.rev else f"{CRITERIA}, no hash"
        origin = f"{file} {citekey}, {rev}"
        found = self._compare(paper, base, shown, origin)
        if found.refused:
            why = Why(VALUE, " ".join(found.refused))
            return TakenIn(self._held.hold(paper, file, content, why), 1)
        edits = list(found.edits)
        if edits and not self._fold.current(paper, None, "citekey"):
            edits.insert(0, Edit(paper, None, "citekey", citekey, (), True, origin))
        return TakenIn(edits + released)

    def is_held(self, entry: Entry, paper: str, file: str) -> bool:
        """Whether the entry's field waits, so that it stays as it stands."""
        there = entry.fields.get(CRITERIA)
        if there is None:
            return False
        content = content_of(entry.citekey, there.value)
        return self._held.find(paper, file, content) is not None

    def _compare(
        self, paper: str, base: Snapshot | None, shown: Criteria, origin: str
    ) -> Difference:
        return Comparison(self._fold, paper, base, origin).criteria(shown.given, shown.unclear)

    def _base(self, paper: str, shown: Criteria) -> Snapshot | None:
        if not shown.rev:
            return None
        said: dict[FieldKey, str] = {
            (reviewer, f"{PREFIX}{name}"): text
            for reviewer, ratings in shown.given.items()
            for name, text in ratings.items()
        }
        return traced(
            self._fold,
            paper,
            lambda past: itertools.chain(
                of_criteria(past, paper, said), moments(past, paper, criteria=True)
            ),
            lambda state: bibcriteria.criteria_rev(state) == shown.rev,
        )


def content_of(citekey: str, text: str) -> dict[str, str]:
    """What a held field says, as it is kept; `entry` is there for readers that look for one."""
    return {"key": citekey, "entry": "", CRITERIA: " ".join(text.split())}


def held_text(op: Op) -> str | None:
    """What the field of a held change says; None where another thing is held."""
    text = op.value["content"].get(CRITERIA)
    return text if isinstance(text, str) else None
