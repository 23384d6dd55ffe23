"""From a paper's operations to its reviews and conflicts, as people see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from reviewkit.ops.anchors import field_of, is_anchor
from reviewkit.ops.clock import iso_time
from reviewkit.ops.criteria import criterion_of, is_criterion
from reviewkit.ops.fold import WHOLE, FieldKey, Fold
from reviewkit.ops.links import RUN
from reviewkit.ops.merged import ancestor, first_said, merged_text
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import BESIDE_FILES, choose
from reviewkit.ops.words import difference
from reviewkit.records import Change, Conflict, ConflictValue, Note, Piece, Review

#: Fields whose several values are a conflict; tags are not: present wins.
_SETTLED_BY_PEOPLE = ("rating", "status", "decision", "citekey", "type")


def reviews(fold: Fold, paper: str) -> tuple[Review, ...]:
    """Everybody's review of the paper, by reviewer; those cleared altogether are left out."""
    by_reviewer: defaultdict[str, dict[str, list[Op]]] = defaultdict(dict)
    for (reviewer, field), ops in fold.current_of_paper(paper).items():
        if reviewer is not None and not field.startswith(BESIDE_FILES):
            by_reviewer[reviewer][field] = ops
    found = (
        _review(fold, paper, reviewer, by_reviewer[reviewer]) for reviewer in sorted(by_reviewer)
    )
    return tuple(review for review in found if _says_something(review))


def review_of(fold: Fold, paper: str, reviewer: str) -> Review:
    """One person's review of the paper; an empty one if there is none."""
    fields = {
        field: ops
        for (owner, field), ops in fold.current_of_paper(paper).items()
        if owner == reviewer
    }
    return _review(fold, paper, reviewer, fields)


def _says_something(review: Review) -> bool:
    return bool(review.status or review.is_rated or review.tags or review.notes)


def _review(fold: Fold, paper: str, reviewer: str, fields: dict[str, list[Op]]) -> Review:
    shown = {field: choose(field, ops, fold.get) for field, ops in fields.items()}
    notes = [
        (
            fold.begun(paper, reviewer, field),
            _note(field[5:-5], shown, fields),
        )
        for field, ops in fields.items()
        if is_note_text(field) and shown[field]
    ]
    said = (ops for field, ops in fields.items() if not field.startswith(RUN))
    latest = max((op.t for ops in said for op in ops), default=None)
    return Review(
        reviewer,
        shown.get("status"),
        shown.get("rating"),
        tuple(sorted(f[4:] for f, value in shown.items() if f.startswith("tag:") and value)),
        tuple(note for _, note in sorted(notes, key=lambda pair: pair[0])),
        iso_time(latest) if latest else None,
        dict(
            sorted(
                (name, value)
                for field, value in shown.items()
                if (name := criterion_of(field)) is not None and value is not None
            )
        ),
    )


def _note(name: str, shown: dict[str, Any], fields: dict[str, list[Op]]) -> Note:
    field, place = f"note:{name}.text", field_of(name)
    ops = [*fields[field], *fields.get(place, ())]
    latest = max(op.t for op in ops)
    return Note(name, shown[field], iso_time(latest), _ids(ops), shown.get(place))


def conflicts(fold: Fold, paper: str, citekey: str) -> tuple[Conflict, ...]:
    """Fields with several different current values, by reviewer and field."""
    current = fold.current_of_paper(paper)
    found = [
        Conflict(citekey, reviewer, field, _conflict_values(fold, ops))
        for (reviewer, field), ops in current.items()
        if _is_conflict(fold, field, ops) and _is_there(current, reviewer, field)
    ]
    return tuple(sorted(found, key=lambda c: (c.reviewer or "", c.field)))


def _is_there(current: Mapping[FieldKey, Sequence[Op]], reviewer: str | None, field: str) -> bool:
    """Whether there is what the field is about: where a note belonged that is gone is not."""
    text = current.get((reviewer, f"{field[:-7]}.text"), ()) if is_anchor(field) else ()
    return not is_anchor(field) or any(op.value is not None for op in text)


def _is_conflict(fold: Fold, field: str, ops: Sequence[Op]) -> bool:
    if not can_conflict(field) or len({_comparable(op.value) for op in ops}) < 2:
        return False
    told = is_note_text(field) and all(op.value is not None for op in ops)
    return not told or merged_text(ops, fold.get) is None


def can_conflict(field: str) -> bool:
    """Whether two unseen values of the field are for people to settle."""
    settled = field in _SETTLED_BY_PEOPLE or field.startswith(("bib:", "cell:"))
    return settled or is_criterion(field) or is_note_text(field) or is_anchor(field)


def is_note_text(field: str) -> bool:
    """Whether the field is a note's text."""
    return field.startswith("note:") and field.endswith(".text")


def change(op: Op, citekey: str) -> Change:
    """An operation as people read it."""
    return Change(
        op.id,
        citekey,
        op.reviewer,
        op.field,
        op.value,
        op.by,
        iso_time(op.t),
        op.via,
        op.group,
        op.origin,
    )


def undoing(fold: Fold, group: Sequence[Op]) -> list[tuple[str, FieldKey, list[Op]]]:
    """What a group of operations replaced.

    Returns
    -------
    list
        Paper, field and the operations whose values the field had: none, one, or all that
        were in conflict.
    """
    made = {op.id for op in group}
    back: dict[tuple[str, FieldKey], list[Op]] = {}
    for op in group:
        back.setdefault((op.paper, (op.reviewer, op.field)), [])
        for seen in op.seen:
            former = fold.get(seen)
            hidden = op.field in WHOLE and former is not None and former.field != op.field
            if former is not None and former.id not in made and not hidden:
                key = (former.paper, (former.reviewer, former.field))
                others = back.get(key, []) if can_conflict(former.field) else []
                unlike = [other for other in others if other.value != former.value]
                back[key] = [*unlike, former]
    return [(paper, key, former) for (paper, key), former in back.items()]


def _conflict_values(fold: Fold, ops: Sequence[Op]) -> tuple[ConflictValue, ...]:
    """The values, latest first, each with what became in it of what its authors all had."""
    before = ancestor(ops, fold.get)
    was = before.value if before is not None else None
    return tuple(
        ConflictValue(op.id, op.value, said.by, iso_time(said.t), said.via, pieces(was, op.value))
        for op in reversed(ops)
        for said in (first_said(op, fold.get),)
    )


def pieces(before: Any, after: Any) -> tuple[Piece, ...]:
    """What became of a text, word by word; empty where one of both is no text."""
    if not isinstance(before, str) or not isinstance(after, str):
        return ()
    return tuple(Piece(kind, text) for kind, text in difference(before, after))


def _ids(ops: Sequence[Op]) -> tuple[str, ...]:
    return tuple(op.id for op in ops)


def _comparable(value: Any) -> tuple[bool, str]:
    if isinstance(value, dict):
        # A cell of the matrix: another quote for the same value is no conflict.
        value = f"{value.get('value')!r} {value.get('unit')!r}"
    text = isinstance(value, str)
    return text, value.strip() if text else repr(value)
