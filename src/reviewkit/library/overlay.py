"""A paper's fields as the log has them, over those of its entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reviewkit.bibtex import BibDocument, Entry, decode_value
from reviewkit.bibtex.values import Macros, resolve
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import now

#: TeX text (macros resolved) and Unicode text of each field.
Fields = dict[str, tuple[str, str]]

#: Made from opinions, so never taken from the log's own values.
_SHARED = ("keywords", "ranking")


def remembered(fold: Fold, paper: str) -> Op | None:
    """The operation that keeps the entry of a paper that was taken out of the file."""
    current = fold.current(paper, None, "entry")
    return current[-1] if current else None


def remembered_entry(fold: Fold, paper: str) -> Entry | None:
    """The entry as it was when it was taken out; None if it never was."""
    kept = remembered(fold, paper)
    if kept is None:
        return None
    document = BibDocument.from_bytes(str(kept.value["text"]).encode("utf-8", "replace"))
    return document.entries[0] if len(document.entries) == 1 else None


def fields_of(
    fold: Fold,
    paper: str,
    entry: Entry | None,
    document: BibDocument,
    names: Iterable[str] | None = None,
) -> Fields:
    """The paper's own fields: the entry's, and over them what was edited.

    With `names`, of the entry's fields only these are read, which is quicker.
    """
    found: Fields = {}
    if entry is not None:
        read = ((name, entry.texts_of(name)) for name in names or entry.fields)
        found = {name: texts for name, texts in read if texts is not None}
    elif (kept := remembered_entry(fold, paper)) is not None:
        macros = macros_of(document)
        for name, field in kept.fields.items():
            found[name] = (resolve(field.raw, macros), decode_value(name, field.raw, macros))
    edited = sorted(f[4:] for owner, f in fold.fields(paper) if owner is None and _is_field(f))
    if edited:
        _lay(found, now(fold, paper).bib_fields(), edited, macros_of(document))
    return found


def is_edited(fold: Fold, paper: str) -> bool:
    """Whether anything was said of the paper's own fields or its type."""
    return any(o is None and (_is_field(f) or f == "type") for o, f in fold.fields(paper))


def macros_of(document: BibDocument) -> Macros:
    """The macros that stand anywhere in the document."""
    return document.macros_at(len(document.to_bytes()))


def _is_field(name: str) -> bool:
    return name.startswith("bib:") and name[4:] not in _SHARED


def _lay(found: Fields, values: Mapping[str, Any], edited: list[str], macros: Macros) -> None:
    for name in edited:
        raw = values.get(name)
        if raw is None:
            found.pop(name, None)
        else:
            found[name] = (resolve(raw, macros), decode_value(name, raw, macros))
