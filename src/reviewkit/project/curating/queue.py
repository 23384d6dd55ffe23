"""Papers that are only named so far: they wait in the log until a look-up finds them.

Each is a paper of the log without a citekey, with the field `wanted` and, once somebody
looked it up in vain, `unfound`. So it survives, travels to the rest of the group and can be
undone like any other edit, and nothing shows it among the papers.
"""

from __future__ import annotations

from reviewkit.formats.importer import Identifier
from reviewkit.ops.clock import iso_time
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id
from reviewkit.ops.op import Op
from reviewkit.records import Wanted
from reviewkit.store.recorder import Edit

FIELD = "wanted"
REASON = "unfound"

#: Why an identifier waits that nobody has looked up yet.
NOT_YET = "not looked up yet"


def name_of(identifier: Identifier) -> str:
    """What people call it: "doi:10.1000/x"."""
    return f"{identifier.kind}:{identifier.value}"


def place_of(identifier: Identifier) -> str:
    """The id of the paper that stands for it, the same whoever wants it."""
    return paper_id(f"{FIELD}:{name_of(identifier)}")


def want(fold: Fold, identifier: Identifier) -> list[Edit]:
    """The edit that puts it into the queue; none if it is there."""
    if current(fold, identifier) is not None:
        return []
    value = {"kind": identifier.kind, "value": identifier.value}
    return [Edit(place_of(identifier), None, FIELD, value)]


def tell(fold: Fold, identifier: Identifier, reason: str) -> list[Edit]:
    """The edit that notes why it was not found; nobody's action, so nobody's to undo."""
    place = place_of(identifier)
    if _reason(fold, place) == reason:
        return []
    seen = tuple(op.id for op in fold.current(place, None, REASON))
    return [Edit(place, None, REASON, reason, seen, taken_in=True)]


def drop(identifier: Identifier) -> Edit:
    """The edit that takes it out of the queue."""
    return Edit(place_of(identifier), None, FIELD, None)


def current(fold: Fold, identifier: Identifier) -> Op | None:
    """The operation that wants it now; None if it is not in the queue."""
    return _current(fold, place_of(identifier))


def action_of(fold: Fold, identifier: Identifier) -> str | None:
    """The action that put it into the queue; None if it is not there."""
    op = current(fold, identifier)
    return None if op is None else op.group or op.id


def waiting(fold: Fold) -> list[tuple[Identifier, Wanted]]:
    """All that waits, oldest first."""
    places = (paper for paper in fold.papers() if (None, FIELD) in fold.fields(paper))
    found = [op for op in (_current(fold, place) for place in places) if op is not None]
    return [_item(fold, op) for op in sorted(found, key=lambda op: _begun(fold, op))]


def _current(fold: Fold, place: str) -> Op | None:
    ops = fold.current(place, None, FIELD)
    return ops[-1] if ops and ops[-1].value is not None else None


def _reason(fold: Fold, place: str) -> str:
    ops = fold.current(place, None, REASON)
    return str(ops[-1].value or NOT_YET) if ops else NOT_YET


def _begun(fold: Fold, op: Op) -> tuple[str, str]:
    return fold.begun(op.paper, None, FIELD)


def _item(fold: Fold, op: Op) -> tuple[Identifier, Wanted]:
    kind, value = op.value["kind"], op.value["value"]
    reason = _reason(fold, op.paper)
    first = min(fold.history(op.paper, None, FIELD), key=lambda one: one.order)
    identifier = Identifier(kind, value, 0)
    item = Wanted(name_of(identifier), kind, value, reason, first.by, iso_time(first.t))
    return identifier, item
