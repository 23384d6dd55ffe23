"""The state that a row or an entry was written from, found by what it still says.

Whoever edits a file changes little of a row: nearly all of it still says what was written. So
the state is looked for among those that differ from the row in a few fields, each put back to
a value that it once had, until one has the row's `rev`. That needs no knowledge of which edits
of whom had reached the writer, of which there may be thousands of combinations.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from reviewkit.files.bibentry import Shown
from reviewkit.ops.anchors import field_of
from reviewkit.ops.criteria import is_criterion
from reviewkit.ops.fold import FieldKey, Fold
from reviewkit.ops.snapshot import BESIDE_FILES, Said, Snapshot, now, states
from reviewkit.ops.together import of_it_alone, together
from reviewkit.tables import Row, WrittenNote, normal_text, split_notes, split_tags

#: So many states are tried.
_MOST = 5000

#: So many fields, of those that may be as they were written, are put back at the same time.
_MOST_BACK = 3

_State = tuple[Any, tuple[str, ...]]


def traced(
    fold: Fold,
    paper: str,
    near: Callable[[Said], Iterator[Snapshot]],
    fits: Callable[[Snapshot], bool],
) -> Snapshot | None:
    """The paper's state that fits: the present one, one of those `near` gives; None if none does.

    Where papers were merged into it and that was undone, it may be one from between.
    """
    present = now(fold, paper)
    if fits(present):
        return present
    for state in near(fold):
        if fits(state):
            return state
    merged = together(fold, paper)
    found = next(filter(fits, near(merged)), None) if merged is not None else None
    return of_it_alone(found, fold, paper) if found is not None else None


def of_row(fold: Said, paper: str, reviewer: str, row: Row) -> Iterator[Snapshot]:
    """States of one reviewer's fields that the row may have been written from."""
    said: dict[FieldKey, Any] = {}
    for name in ("rating", "status", "decision"):
        if name in row.cells:
            said[reviewer, name] = _value(name, row.cells[name])
    for tag in split_tags(row.cells.get("tags", "")):
        said[reviewer, f"tag:{tag}"] = True
    said |= _notes(reviewer, split_notes(row.cells.get("notes", "")))
    keys = [
        key
        for key in fold.fields(paper)
        if key[0] == reviewer and not key[1].startswith(BESIDE_FILES) and not is_criterion(key[1])
    ]
    return _near(fold, paper, keys, said)


def of_criteria(
    fold: Said,
    paper: str,
    given: Mapping[FieldKey, str],
    reviewers: Collection[str] | None = None,
) -> Iterator[Snapshot]:
    """States of ratings of single criteria, of these reviewers or all, near what is given."""
    said = {key: _value("rating", text) for key, text in given.items()}
    keys = [
        (owner, name)
        for owner, name in fold.fields(paper)
        if owner is not None and is_criterion(name) and (reviewers is None or owner in reviewers)
    ]
    return _near(fold, paper, keys, said)


def of_entry(fold: Said, paper: str, shown: Shown) -> Iterator[Snapshot]:
    """States of a paper that an entry of the .bib may have been written from."""
    said: dict[FieldKey, Any] = {(None, "citekey"): shown.citekey}
    for reviewer, (rating, status) in shown.ratings.items():
        said |= {} if rating is None else {(reviewer, "rating"): _value("rating", rating)}
        said |= {} if status is None else {(reviewer, "status"): status}
    for reviewer, notes in shown.notes.items():
        said |= _notes(reviewer, notes)
    keys = [key for key in fold.fields(paper) if _is_shown(key)]
    for owner, name in keys:
        if owner is None and name.startswith("bib:") and name[4:] in shown.fields:
            said[owner, name] = shown.fields[name[4:]]
    said |= _tags(fold, paper, keys, shown.keywords)
    return _near(fold, paper, keys, said)


def _is_shown(key: FieldKey) -> bool:
    owner, name = key
    if owner is None:
        return name == "citekey" or name.startswith("bib:")
    return name in ("rating", "status") or name.startswith(("tag:", "note:"))


def _tags(
    fold: Said, paper: str, keys: Sequence[FieldKey], words: Sequence[str]
) -> dict[FieldKey, Any]:
    """Whose tags the words of an entry are: of those who have them now, else of all who had."""
    said: dict[FieldKey, Any] = {}
    own = (None, "bib:keywords")
    if own in keys:
        said[own] = states(fold, paper, own)[0][0]
    for word in words:
        having = [key for key in keys if key[0] is not None and key[1] == f"tag:{word}"]
        now = [key for key in having if states(fold, paper, key)[0][0]]
        said |= dict.fromkeys(now or having, True)
    return said


def _notes(reviewer: str, notes: Sequence[WrittenNote]) -> dict[FieldKey, Any]:
    # A note without an id was typed: it was not written.
    written = [note for note in notes if note.id is not None]
    said: dict[FieldKey, Any] = {}
    for note in written:
        said[reviewer, f"note:{note.id}.text"] = note.text
        said[reviewer, field_of(note.id or "")] = note.anchor
    return said


def _value(name: str, text: str) -> Any:
    if name != "rating":
        return text
    try:
        return float(text)
    except ValueError:
        return text


def _near(
    fold: Said, paper: str, keys: Sequence[FieldKey], said: Mapping[FieldKey, Any]
) -> Iterator[Snapshot]:
    """Snapshots that differ from what is said in as few fields as can be.

    Fields of the entry that say what was noted of them, as of a paper that was taken out for a
    while, count as one: whoever wrote the entry before that knew nothing of any of them.
    """
    as_said: dict[FieldKey, _State] = {}
    others: dict[FieldKey, list[_State]] = {}
    typed = []
    for key in keys:
        value = said.get(key)
        known = states(fold, paper, key)
        same = [state for state in known if _says(state[0], value)]
        others[key] = [state for state in known if state not in same[:1]]
        if same:
            as_said[key] = same[0]
        else:
            # The field never was so: somebody typed it.
            typed.append(key)
    noted = tuple(key for key in as_said if key[0] is None and _is_noted(fold, as_said[key][1]))
    units = [*((key,) for key in as_said), *([noted] if len(noted) > 1 else [])]
    found = (
        _snapshot(fold, {**as_said, **dict(zip((*typed, *back), chosen, strict=True))})
        for number in range(_MOST_BACK + 1)
        for some in itertools.combinations(units, number)
        for back in (tuple(dict.fromkeys(itertools.chain(*some))),)
        for chosen in itertools.product(*(others[key] for key in (*typed, *back)))
    )
    return itertools.islice(found, _MOST)


def _is_noted(fold: Said, ids: Sequence[str]) -> bool:
    ops = list(filter(None, map(fold.get, ids)))
    return bool(ops) and all(op.is_noted for op in ops)


def _says(value: Any, said: Any) -> bool:
    if isinstance(value, str) and isinstance(said, str):
        return normal_text(value) == normal_text(said)
    return bool(value == said)


def _snapshot(fold: Said, chosen: Mapping[FieldKey, _State]) -> Snapshot:
    values = {key: value for key, (value, _) in chosen.items() if value is not None}
    ids = {key: ids for key, (_, ids) in chosen.items() if ids}
    keys = map(fold.get, ids.get((None, "citekey"), ()))
    return Snapshot(values, ids, any(op is not None and op.seen for op in keys))
