"""Parts of a manuscript's text replaced, every other byte left as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from reviewkit.citations.manuscript import decoded, encoding_of, language_of
from reviewkit.citations.notebook import notebook_cells, source_of
from reviewkit.citations.sources import character_end, source_places
from reviewkit.errors import FormatError, ValueRefusedError
from reviewkit.records import TextEdit


def edited(name: str, data: bytes, edits: Iterable[TextEdit]) -> bytes:
    """The manuscript's bytes with these parts of its text replaced.

    Parameters
    ----------
    name
        The file's name; its suffix says how it is read.
    edits
        Where, in the text as `decoded` gives it, or in a cell's source. They must not meet.

    Raises
    ------
    FormatError
        The file cannot be read, has no such place, or two edits meet.
    ValueRefusedError
        The file's encoding cannot hold the new text.
    """
    encoding = encoding_of(name, data)
    raw = data.decode(encoding)
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    raw = raw[len(mark) :]
    spans = sorted(_spans(name, decoded(name, data), raw, edits))
    parts: list[str] = []
    last = 0
    for start, end, written in spans:
        if start < last:
            raise FormatError(f"{name} is to be changed twice in one place. Do it one by one.")
        parts += (raw[last:start], written)
        last = end
    try:
        return (mark + "".join(parts) + raw[last:]).encode(encoding)
    except UnicodeEncodeError:
        raise ValueRefusedError(
            f"{name} is not in UTF-8 and cannot hold the new text. Save it as UTF-8 first.",
            field="path",
            value=name,
        ) from None


def _spans(
    name: str, text: str, raw: str, edits: Iterable[TextEdit]
) -> list[tuple[int, int, str]]:
    if language_of(name) != "notebook":
        places = _line_ends(raw)
        return [(*_span(name, places, raw, edit, text), edit.text) for edit in edits]
    cells = notebook_cells(name, text)
    found = []
    at = source_places(raw)
    for edit in edits:
        if edit.cell is None or not 1 <= edit.cell <= len(cells):
            raise FormatError(f"{name} has no cell {edit.cell}. Check it anew.")
        source = source_of(name, edit.cell, cells[edit.cell - 1])
        where = _span(name, at[edit.cell - 1], raw, edit, source)
        found.append((*where, json.dumps(edit.text, ensure_ascii=False)[1:-1]))
    return found


def _span(
    name: str, places: Sequence[int], raw: str, edit: TextEdit, text: str
) -> tuple[int, int]:
    """Where in the raw text an edit is to be made."""
    if not 0 <= edit.start <= edit.end <= len(text) or len(places) != len(text) or not text:
        raise FormatError(f"{name} has changed, or is too unusual to be edited. Check it anew.")
    notebook = edit.cell is not None
    if edit.start == edit.end:
        if edit.start < len(text):
            return places[edit.start], places[edit.start]
        end = character_end(raw, places[-1]) if notebook else len(raw)
        return end, end
    last = places[edit.end - 1]
    return places[edit.start], character_end(raw, last) if notebook else last + 1


def _line_ends(raw: str) -> Sequence[int]:
    """Place in `raw` of each character that is left when line ends are one each."""
    if "\r" not in raw:
        return range(len(raw))
    return [at for at in range(len(raw)) if raw[at] != "\n" or raw[at - 1 : at] != "\r"]
