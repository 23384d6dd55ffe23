"""What a person changed in a row or entry, told from what was there when it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reviewkit.bibtex import decode_value, encode_value
from reviewkit.bibtex.ourfields import CRITERIA
from reviewkit.errors import ValueRefusedError
from reviewkit.files.bibentry import Shown, keywords, split_keywords
from reviewkit.ops import values
from reviewkit.ops.anchors import field_of
from reviewkit.ops.criteria import PREFIX, is_criterion
from reviewkit.ops.fold import FieldKey, Fold
from reviewkit.ops.ids import erased_tag, note_id
from reviewkit.ops.snapshot import Snapshot
from reviewkit.store.recorder import Edit
from reviewkit.tables import VALUE_COLUMNS, Row, WrittenNote, normal_text, split_notes, split_tags

_CHECKS: Mapping[str, Callable[[object], Any]] = {
    "rating": values.rating,
    "status": values.status,
    "decision": values.decision,
}


#: Fields of the entry that are made of ratings alone.
_MADE = ("bib:ranking", f"bib:{CRITERIA}")


@dataclass
class Difference:
    """Edits found in one row or entry, and values that cannot be taken as they stand."""

    edits: list[Edit] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def something(self) -> bool:
        """Whether anything was found."""
        return bool(self.edits or self.refused)


class Comparison:
    """Compares one paper's values in a file with a base.

    Parameters
    ----------
    base
        The snapshot that the file's row or entry was written from; None where the file
        does not say: then only values that the field never had count as edits, and what
        is absent is not cleared.
    """

    def __init__(self, fold: Fold, paper: str, base: Snapshot | None, origin: str) -> None:
        self._fold = fold
        self._paper = paper
        self._base = base
        self._origin = origin
        self.found = Difference()

    def row(self, row: Row, reviewer: str, columns: Sequence[str] = VALUE_COLUMNS) -> Difference:
        """Compare these columns of a row of reviews.csv."""
        for name, check in _CHECKS.items():
            if name in columns:
                self._single(reviewer, name, row.cells.get(name), check)
        for name in columns:
            if is_criterion(name):
                self._single(reviewer, name, row.criteria.get(name), values.rating)
        if "tags" in columns:
            self._tags(reviewer, split_tags(row.cells.get("tags", "")))
        if "notes" in columns:
            self._notes(reviewer, split_notes(row.cells.get("notes", "")))
        return self.found

    def entry(self, shown: Shown) -> Difference:
        """Compare an entry of references.bib."""
        known = set(self._base.reviewers()) if self._base else set()
        for part in shown.unclear:
            self.found.refused.append(f"{part[:80]!r} is not understood: write name=4 read.")
        for reviewer in sorted(known | set(shown.ratings)):
            rating, status = shown.ratings.get(reviewer, (None, None))
            self._single(reviewer, "rating", rating, values.rating)
            self._single(reviewer, "status", status, values.status)
        for reviewer in sorted(known | set(shown.notes)):
            self._notes(reviewer, shown.notes.get(reviewer, ()))
        if self._base is None or (None, "citekey") in self._base.values:
            self._edit((None, "citekey"), shown.citekey)
        self._keywords(shown.keywords)
        self._fields(shown.fields)
        if self._base is not None:
            made = {(None, "bib:keywords")} if self._base.all_tags() else set()
            for key, value, seen in typed_since(self._fold, self._paper, shown):
                if key not in self._base.ids.keys() | made:
                    self._add(key, value, seen)
        return self.found

    def criteria(
        self, given: Mapping[str, Mapping[str, str]], unclear: Sequence[str] = ()
    ) -> Difference:
        """Compare everybody's ratings of single criteria (name to text) in an entry."""
        for part in unclear:
            reason = f"{part[:80]!r} is not understood: write name: novelty=4, soundness=3."
            self.found.refused.append(reason)
        known = set(self._base.reviewers()) if self._base else set()
        for reviewer in sorted(known | set(given)):
            texts = given.get(reviewer, {})
            before = self._base.criteria_of(reviewer) if self._base else {}
            for name in sorted({*texts, *before}):
                self._single(reviewer, f"{PREFIX}{name}", texts.get(name), values.rating)
        return self.found

    def _single(
        self, reviewer: str, name: str, text: str | None, check: Callable[[object], Any]
    ) -> None:
        try:
            value = check(text or None)
        except ValueRefusedError as error:
            self.found.refused.append(error.message)
            return
        self._edit((reviewer, name), value)

    def _edit(self, key: FieldKey, value: Any) -> None:
        if self._base is None:
            if self._fold.erased(self._paper, *key):
                # Nobody can tell any more whether that is what was erased.
                return
            had = {op.value for op in self._fold.history(self._paper, *key)}
            if value is not None and value not in had:
                self._add(key, value, ())
        elif value != self._base.values.get(key):
            self._add(key, value, self._base.seen(key))

    def _add(self, key: FieldKey, value: Any, seen: Sequence[str]) -> None:
        self.found.edits.append(
            Edit(self._paper, *key, value, tuple(seen), taken_in=True, origin=self._origin)
        )

    def _tags(self, reviewer: str, given: Iterable[str]) -> None:
        before = set(self._base.tags_of(reviewer)) if self._base else set()
        try:
            now = {word for word in map(values.tag, given) if not self._is_erased(reviewer, word)}
        except ValueRefusedError as error:
            self.found.refused.append(error.message)
            return
        for word in sorted(now - before):
            self._edit((reviewer, f"tag:{word}"), True)
        for word in sorted(before - now):
            self._edit((reviewer, f"tag:{word}"), None)

    def _notes(self, reviewer: str, given: Iterable[WrittenNote]) -> None:
        before = self._base.notes_of(reviewer) if self._base else {}
        ever = self._texts_ever(reviewer)
        left = set(before)
        for note in given:
            name, text = note.id, note.text
            if self._is_erased_note(reviewer, name, text, ever):
                continue
            if name is None or (name not in ever and name not in before):
                # Typed without an id: the same text is the same note, wherever it is typed.
                same = [n for n, texts in ever.items() if normal_text(text) in texts]
                if same:
                    left -= {n for n, t in before.items() if normal_text(t) == text}
                    if note.anchor is not None:
                        self._edit((reviewer, field_of(same[0])), note.anchor)
                    continue
                name = note_id(self._paper, reviewer, text, tuple(ever))
                self._add((reviewer, f"note:{name}.text"), text, ())
                if note.anchor is not None:
                    self._add((reviewer, field_of(name)), note.anchor, ())
                continue
            left.discard(name)
            if self._base is None:
                if text not in ever[name]:
                    self._add((reviewer, f"note:{name}.text"), text, ())
            elif text != normal_text(before.get(name, "")):
                key = (reviewer, f"note:{name}.text")
                self._add(key, text, self._base.seen(key))
            if self._base is None or name in before or note.anchor is not None:
                self._edit((reviewer, field_of(name)), note.anchor)
        for name in sorted(left):
            key = (reviewer, f"note:{name}.text")
            self._add(key, None, self._base.seen(key) if self._base else ())

    def _is_erased(self, reviewer: str, word: str) -> bool:
        """Whether this tag was erased, so that whatever still has it is a copy from before."""
        name = erased_tag(self._paper, reviewer, word)
        return self._fold.erased(self._paper, reviewer, f"tag:{name}") and not (
            self._fold.history(self._paper, reviewer, f"tag:{word}")
        )

    def _is_erased_note(
        self, reviewer: str, name: str | None, text: str, ever: Mapping[str, object]
    ) -> bool:
        """Whether a note was erased: it has its name, or is what was first said under it."""
        if not self._fold.has_erased(self._paper, reviewer):
            return False
        names = [name] if name is not None else []
        while name is None and (not names or names[-1] in ever):
            names.append(note_id(self._paper, reviewer, text, names))
        return any(self._fold.erased(self._paper, reviewer, f"note:{n}.text") for n in names)

    def _texts_ever(self, reviewer: str) -> dict[str, set[str]]:
        ever: dict[str, set[str]] = {}
        for owner, name in self._fold.fields(self._paper):
            if owner == reviewer and name.startswith("note:") and name.endswith(".text"):
                ops = self._fold.history(self._paper, owner, name)
                ever[name[5:-5]] = {normal_text(op.value) for op in ops if op.value}
        return ever

    def _keywords(self, given: Sequence[str]) -> None:
        key = (None, "bib:keywords")
        if self._base is None or not (self._base.all_tags() or key in self._base.ids):
            return
        before = keywords(self._base)
        if sorted(before) == sorted(given):
            return
        tags = set(self._base.all_tags())
        raw = self._base.bib_fields().get("keywords", "")
        own = split_keywords(decode_value("keywords", raw))
        for word in tags - set(given) - set(own):
            for owner in self._base.reviewers():
                if (owner, f"tag:{word}") in self._base.values:
                    self._edit((owner, f"tag:{word}"), None)
        now = [word for word in given if word in own or word not in tags]
        if now != own:
            value = encode_value("keywords", ", ".join(now)) if now else None
            self._add(key, value, self._base.seen(key))

    def _fields(self, given: Mapping[str, str]) -> None:
        """Fields of the paper that were edited before, so that a base for them is known."""
        if self._base is None:
            return
        for owner, name in list(self._base.ids):
            if owner is None and name.startswith("bib:") and name not in (*_MADE, "bib:keywords"):
                raw = given.get(name[4:])
                before = self._base.values.get((owner, name))
                if " ".join((raw or "").split()) != " ".join((before or "").split()):
                    self._add((owner, name), raw, self._base.seen((owner, name)))


def typed_since(
    fold: Fold, paper: str, shown: Shown
) -> Iterator[tuple[FieldKey, str, tuple[str, ...]]]:
    """New values of fields that the log may have come to know after an entry was written.

    What such a field was before its first edit, if anything, was noted then: that is what the
    new value replaces. A value that the field ever had is no edit, nor is one that is absent.
    """
    fields = list(fold.fields(paper))
    tags = {name[4:] for owner, name in fields if owner is not None and name.startswith("tag:")}
    for key in fields:
        owner, name = key
        if owner is not None or not name.startswith("bib:") or name in _MADE:
            continue
        history = fold.history(paper, *key)
        if all(op.paper != paper for op in history):
            # Of a paper that was merged into it: what stands here is noted then.
            continue
        noted = [op for op in history if op.is_noted]
        had = [decode_value(name[4:], op.value) for op in history if isinstance(op.value, str)]
        value = shown.fields.get(name[4:])
        if name == "bib:keywords":
            own = {word for text in had for word in split_keywords(text)}
            words = [word for word in shown.keywords if word in own or word not in tags]
            new = words and all(set(words) - tags != set(split_keywords(t)) - tags for t in had)
            value = encode_value("keywords", ", ".join(words)) if new else None
        elif value is not None and _plain(decode_value(name[4:], value)) in map(_plain, had):
            value = None
        if value:
            yield key, value, tuple(op.id for op in noted)


def _plain(text: str) -> str:
    return " ".join(text.split())
