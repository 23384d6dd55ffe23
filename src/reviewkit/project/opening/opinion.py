"""From what a person says of a paper to the edits that say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from reviewkit.errors import StaleError, ValueRefusedError
from reviewkit.ops import values
from reviewkit.ops.anchors import field_of, is_anchor
from reviewkit.ops.criteria import PREFIX
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import note_id
from reviewkit.ops.opinions import is_note_text
from reviewkit.ops.snapshot import Snapshot, now
from reviewkit.store.recorder import Edit


class Keep(Enum):
    """Says that a value is to stay as it is, where None would clear it."""

    KEEP = "keep"

    def __repr__(self) -> str:
        return "KEEP"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True)
class Opinion:
    """What one call of `Project.review` says; see there."""

    rating: Any = KEEP
    status: Any = KEEP
    tags: Any = KEEP
    add_tags: Iterable[str] = ()
    remove_tags: Iterable[str] = ()
    note: Any = KEEP
    note_id: str | None = None
    seen: Sequence[str] | None = None
    delete_note: str | None = None
    private: bool = False
    criteria: Any = KEEP
    anchor: Any = KEEP

    def edits(self, fold: Fold, paper: str, reviewer: str) -> list[Edit]:
        """The edits; empty where everything is so already.

        Raises
        ------
        ValueRefusedError
            A value that cannot be, or what cannot be private; nothing of the opinion is
            recorded then.
        StaleError
            The note to be changed is not there.
        """
        if self.private and (self.rating, self.status, self.criteria) != (KEEP, KEEP, KEEP):
            raise ValueRefusedError(
                "Notes and tags can be private; a rating or status is the group's. Give it in "
                "a call without private.",
                field="private",
                value=True,
            )
        snapshot = now(fold, paper)
        edits = self._single(fold, snapshot, paper, reviewer)
        edits += self._tag_edits(snapshot, paper, reviewer)
        edits += self._note_edits(fold, snapshot, paper, reviewer)
        return edits

    def _single(self, fold: Fold, snapshot: Snapshot, paper: str, reviewer: str) -> list[Edit]:
        edits = []
        said: dict[str, Any] = {}
        if self.rating is not KEEP:
            said["rating"] = values.rating(self.rating)
        if self.criteria is not KEEP:
            given = values.criteria(self.criteria)
            said |= {f"{PREFIX}{name}": value for name, value in given.items()}
        if self.status is not KEEP:
            said["status"] = values.status(self.status)
        for name, value in said.items():
            several = len(fold.current(paper, reviewer, name)) > 1
            if several or value != snapshot.values.get((reviewer, name)):
                edits.append(Edit(paper, reviewer, name, value))
        return edits

    def _tag_edits(self, snapshot: Snapshot, paper: str, reviewer: str) -> list[Edit]:
        mine = set(snapshot.tags_of(reviewer))
        wanted = mine if self.tags is KEEP else set(values.tags(self.tags))
        wanted = (wanted | set(values.tags(self.add_tags))) - set(values.tags(self.remove_tags))
        return [
            Edit(paper, reviewer, f"tag:{tag}", True if tag in wanted else None)
            for tag in sorted(mine ^ wanted)
        ]

    def _note_edits(self, fold: Fold, snapshot: Snapshot, paper: str, reviewer: str) -> list[Edit]:
        edits = []
        mine = snapshot.notes_of(reviewer)
        if self.delete_note is not None:
            self._must_have(fold, paper, reviewer, self.delete_note)
            if self.delete_note in mine:
                edits.append(Edit(paper, reviewer, f"note:{self.delete_note}.text", None))
        if self.note_id is not None:
            return edits + self._changed(fold, snapshot, paper, reviewer, self.note_id)
        where = KEEP if self.anchor is KEEP else values.anchor(self.anchor)
        if self.note is KEEP or self.note is None:
            if where is not KEEP:
                raise ValueRefusedError(
                    "Say which note belongs there: give a new note, or note_id.",
                    field="anchor",
                    value=where,
                )
            return edits
        text = values.note(self.note)
        places = snapshot.anchors_of(reviewer)
        same = [name for name, said in mine.items() if said == text]
        if same and where in (KEEP, *map(places.get, same)):
            return edits
        unplaced = [name for name in same if name not in places]
        if unplaced:
            return [*edits, Edit(paper, reviewer, field_of(unplaced[0]), where)]
        ever = [f[5:-5] for _, f in fold.fields(paper) if is_note_text(f)]
        name = note_id(paper, reviewer, text, ever)
        edits.append(Edit(paper, reviewer, f"note:{name}.text", text))
        if where not in (KEEP, None):
            edits.append(Edit(paper, reviewer, field_of(name), where))
        return edits

    def _changed(
        self, fold: Fold, snapshot: Snapshot, paper: str, reviewer: str, name: str
    ) -> list[Edit]:
        """Edits of a note that is there: of its text, and of where it belongs."""
        self._must_have(fold, paper, reviewer, name)
        said: dict[str, Any] = {}
        if self.note is not KEEP and self.note is not None:
            said[f"note:{name}.text"] = values.note(self.note)
        if self.anchor is not KEEP:
            said[field_of(name)] = values.anchor(self.anchor)
        edits = []
        for field, value in said.items():
            several = len(fold.current(paper, reviewer, field)) > 1
            if several or value != snapshot.values.get((reviewer, field)):
                edits.append(Edit(paper, reviewer, field, value, self._seen(fold, field)))
        return edits

    def _seen(self, fold: Fold, field: str) -> tuple[str, ...] | None:
        """What of a field's values the author saw; None: all that are known here."""
        known = [op for name in self.seen or () if (op := fold.get(name))]
        if not known:
            return None
        found = tuple(op.id for op in known if op.field == field)
        # A note that said nothing of where it belongs was seen to say nothing.
        return found if found or is_anchor(field) else None

    def _must_have(self, fold: Fold, paper: str, reviewer: str, name: str) -> None:
        if not fold.history(paper, reviewer, f"note:{name}.text"):
            raise StaleError(
                f"{reviewer} has no note {name!r} on this paper. Reload it, or save the text "
                "as a new note."
            )
