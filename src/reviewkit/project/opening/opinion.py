"""From what a person says of a paper to the edits that say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from reviewkit.errors import StaleError, ValueRefusedError
from reviewkit.ops import values
from reviewkit.ops.criteria import PREFIX
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import note_id
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
        if self.note is KEEP or self.note is None:
            return edits
        text = values.note(self.note)
        if self.note_id is None:
            if text in mine.values():
                return edits
            ever = [f[5:-5] for owner, f in fold.fields(paper) if f.startswith("note:")]
            name = note_id(paper, reviewer, text, ever)
            return [*edits, Edit(paper, reviewer, f"note:{name}.text", text)]
        self._must_have(fold, paper, reviewer, self.note_id)
        field = f"note:{self.note_id}.text"
        if text == mine.get(self.note_id) and len(fold.current(paper, reviewer, field)) < 2:
            return edits
        known = [i for i in self.seen or () if (op := fold.get(i)) and op.field == field]
        return [*edits, Edit(paper, reviewer, field, text, tuple(known) or None)]

    def _must_have(self, fold: Fold, paper: str, reviewer: str, name: str) -> None:
        if not fold.history(paper, reviewer, f"note:{name}.text"):
            raise StaleError(
                f"{reviewer} has no note {name!r} on this paper. Reload it, or save the text "
                "as a new note."
            )
