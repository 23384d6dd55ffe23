"""Edits of fields that only the file held so far, with what it held before them."""

from __future__ import annotations

from reviewkit.bibtex import Entry
from reviewkit.files import bibentry
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


def _id(edit: Edit) -> str:
    return taken_in_id(edit.paper, edit.reviewer, edit.field, edit.seen or (), edit.value)
