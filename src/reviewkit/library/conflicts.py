"""Values in conflict as people read them, beside what stands in the file."""

from __future__ import annotations

from dataclasses import replace

from reviewkit.bibtex import decode_value
from reviewkit.bibtex.values import Macros
from reviewkit.ops import opinions
from reviewkit.records import Conflict, ConflictValue

_FIELD = "bib:"


def readable(conflict: Conflict, macros: Macros) -> Conflict:
    """The conflict with the text of each value that is BibTeX; `value` stays as it was.

    What became of a text is compared anew in that text: braces that were moved are no words.
    """
    if not conflict.field.startswith(_FIELD):
        return conflict
    name = conflict.field.removeprefix(_FIELD)
    return replace(conflict, values=tuple(_read(each, name, macros) for each in conflict.values))


def _read(value: ConflictValue, name: str, macros: Macros) -> ConflictValue:
    if not isinstance(value.value, str):
        return value
    text = decode_value(name, value.value, macros)
    if not value.pieces:
        return replace(value, text=text)
    before = "".join(piece.text for piece in value.pieces if piece.kind != "added")
    pieces = opinions.pieces(decode_value(name, before, macros), text)
    return replace(value, text=text, pieces=pieces)
