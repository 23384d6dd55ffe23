"""Edits of fields that only the file held so far, with what it held before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.files import bibentry
from reviewkit.library import Library
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import taken_in_id
from reviewkit.store.recorder import Edit


class Grounding:
    """Makes history whole: the log learns of a field when it first changes."""

    def __init__(self, fold: Fold, file: str) -> None:
        self._fold = fold
        self._file = file

    def ground(self, paper: str, citekey: str, field: str, raw: str | None) -> list[Edit]:
        """The edits that note a paper's key and a field's value as the file had them.

        Every replica gives them the same ids, so grounding twice is harmless.
        """
        edits = []
        origin = f"{self._file} {citekey}, as it was"
        if not self._fold.history(paper, None, "citekey"):
            edits.append(Edit(paper, None, "citekey", citekey, (), True, origin))
        if raw is not None and field and not self._fold.history(paper, None, field):
            edits.append(Edit(paper, None, field, raw, (), True, origin))
        return edits

    def edits(self, paper: str, before: Entry, entry: Entry) -> list[Edit]:
        """What differs between two states of an entry in fields that the log does not know."""
        found: list[Edit] = []
        key = entry.citekey
        was = {n: f for n, f in before.fields.items() if not bibentry.is_ours(n)}
        now_is = {n: f for n, f in entry.fields.items() if not bibentry.is_ours(n)}
        for name in sorted(was.keys() | now_is.keys()):
            field = f"bib:{name}"
            one, two = was.get(name), now_is.get(name)
            same = one is not None and two is not None and one.value == two.value
            if same or self._fold.history(paper, None, field):
                continue
            found += self.ground(paper, key, field, one.raw if one is not None else None)
            seen = (_id(found[-1]),) if one is not None else ()
            value = two.raw if two is not None else None
            found.append(Edit(paper, None, field, value, seen, True, f"{self._file} {key}"))
        return found

    def returned(self, library: Library) -> list[Edit]:
        """What stands in the file, and is new, of papers that were taken out of it.

        An old file, or one of somebody who did not know, has their entries again. What the
        paper had is no edit; anything else somebody typed, and it must not go with them.
        """
        found: list[Edit] = []
        for paper in list(self._fold.papers()):
            entry = library.entry_of(paper) if library.is_deleted(paper) else None
            kept = self._fold.history(paper, None, "entry")
            if entry is None or entry.problem is not None or not kept:
                continue
            had: defaultdict[str, set[str]] = defaultdict(set)
            for op in kept:
                document = BibDocument.from_bytes(op.value["text"].encode("utf-8", "replace"))
                for was in document.entries:
                    for name, field in was.fields.items():
                        had[name].add(_text(field.raw))
            for name, field in entry.fields.items():
                said = self._fold.history(paper, None, f"bib:{name}")
                had[name] |= {_text(op.value) for op in said if op.value is not None}
                if not bibentry.is_ours(name) and _text(field.raw) not in had[name]:
                    origin = f"{self._file} {entry.citekey}, taken out meanwhile"
                    found.append(Edit(paper, None, f"bib:{name}", field.raw, (), True, origin))
        return found

    def reached(self, library: Library, papers: Iterable[str]) -> dict[str, list[Edit]]:
        """What the file has of fields that an edit of a merged paper is about to change.

        Returns
        -------
        dict
            By whose edit that was: with the file's value beside it, both are in conflict.
        """
        found: dict[str, list[Edit]] = {}
        for paper in papers:
            key, entry = library.key_of(paper), library.entry_of(paper)
            if not self._fold.members(paper) or key is None or entry is None:
                continue
            for owner, name in list(self._fold.fields(paper)):
                last = self._fold.history(paper, owner, name)[-1]
                # With the other paper's tags and ratings two of the file's fields are ours.
                field = {"tag": "bib:keywords", "rating": "bib:ranking"}.get(
                    name.partition(":")[0] if owner else "", name
                )
                there = entry.fields.get(field[4:]) if field.startswith("bib:") else None
                known = any(
                    op.paper == paper
                    for who, said in ((owner, name), (None, field))
                    for op in self._fold.history(paper, who, said)
                )
                if there is not None and last.paper != paper and not known:
                    origin = f"{self._file} {key}, as it was"
                    edit = Edit(paper, None, field, there.raw, (), True, origin)
                    found.setdefault(last.by, []).append(edit)
        return found


def _text(raw: str) -> str:
    return " ".join(raw.split())


def _id(edit: Edit) -> str:
    return taken_in_id(edit.paper, edit.reviewer, edit.field, edit.seen or (), edit.value)
