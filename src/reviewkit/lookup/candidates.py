"""A paper out of what a service said: only whole, clean and bounded values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reviewkit.bibtex import decode_value, encode_value
from reviewkit.formats.importer import Candidate
from reviewkit.lookup.people import Person, as_raw, as_text
from reviewkit.ops import values

_LONGEST = {"title": 3_000, "abstract": 60_000}
_OTHERS = 1_000
_RANGE = re.compile(r"\s*(?:--?|[\u2010-\u2015])\s*")


def candidate(
    kind: str,
    fields: Mapping[str, str],
    *,
    authors: Sequence[Person] = (),
    editors: Sequence[Person] = (),
    tex: Sequence[str] = (),
) -> Candidate | None:
    """The paper; None if the service gave it no title.

    Parameters
    ----------
    fields
        BibTeX names to plain text; empty ones are left out.
    tex
        Names of fields whose text is TeX already, formulas and accents.
    """
    text: dict[str, str] = {}
    raw: dict[str, str] = {}
    title = fields.get("title", "")
    for name, people in (("author", authors), ("editor", editors)):
        if people:
            text[name], raw[name] = as_text(people), as_raw(people)
    for name, value in fields.items():
        clean = values.text(value[: _LONGEST.get(name, _OTHERS)], name).strip()
        if not clean:
            continue
        if name in tex and ("\\" in clean or "$" in clean):
            raw[name] = _as_tex(name, clean)
            clean = decode_value(name, raw[name])
        text[name] = clean
    if not title.strip() or "title" not in text:
        return None
    ordered = sorted(text, key=lambda name: name != "title")
    return Candidate(0, kind, None, {name: text[name] for name in ordered}, raw)


def _as_tex(name: str, text: str) -> str:
    """The TeX as a right-hand side, with what would end or empty it escaped."""
    if not _pairs_up(text):
        return encode_value(name, text)
    return "{" + re.sub(r"(?<!\\)([%#&])", r"\\\1", text) + "}"


def _pairs_up(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0 and not text.endswith("\\")


def pages(text: str) -> str:
    """A range of pages as BibTeX writes it: two hyphens."""
    return _RANGE.sub("--", text.strip())


def year(text: str) -> str:
    """The four digits of a year that a date begins with; empty if it does not."""
    found = re.match(r"\s*(1[5-9]\d\d|20\d\d)(?!\d)", text)
    return found[1] if found else ""
