"""What stands above a text: title, authors, abstract, keywords."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from reviewkit.citations.blocks import front_matter
from reviewkit.publishing.piece import Author, Matter
from reviewkit.publishing.plainyaml import read_mapping

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_EMAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[\w.-]+")


def split_front(text: str) -> tuple[Matter | None, str]:
    """The front matter that opens a text (None: it has none), and the rest of the text.

    What begins like front matter and is none stays text.
    """
    length = front_matter(text)
    if not length:
        return None, text
    lines = text[:length].strip().splitlines()
    said = read_mapping("\n".join(lines[1:-1]))
    return (None, text) if said is None else (matter_of(said), text[length:].lstrip("\n"))


def matter_of(said: Mapping[str, Any]) -> Matter:
    """Front matter as pandoc, Quarto and MyST have it, or a notebook's own metadata."""
    authors = said.get("authors", said.get("author"))
    keywords = said.get("keywords", said.get("tags"))
    numbered = said.get("number-sections", said.get("numbersections"))
    language = _line(said.get("lang", said.get("language")))
    return Matter(
        title=_line(said.get("title")),
        subtitle=_line(said.get("subtitle")),
        authors=_authors(authors, _affiliations(said)),
        abstract=_text(said.get("abstract")),
        keywords=_words(keywords),
        date=_line(said.get("date")),
        language=language if _LANGUAGE.fullmatch(language) else "",
        toc=said["toc"] if isinstance(said.get("toc"), bool) else None,
        numbered=numbered if isinstance(numbered, bool) else None,
    )


def merged(first: Matter, second: Matter) -> Matter:
    """The first, with what it lacks taken from the second."""
    names = ("title", "subtitle", "authors", "abstract", "keywords", "date", "language")
    texts: dict[str, Any] = {name: getattr(first, name) or getattr(second, name) for name in names}
    flags = {
        name: getattr(second if getattr(first, name) is None else first, name)
        for name in ("toc", "numbered")
    }
    return Matter(**texts, **flags)


def _affiliations(said: Mapping[str, Any]) -> dict[str, str]:
    """The names of affiliations by the ids under which authors name them."""
    listed = said.get("affiliations")
    found = {}
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict) and "id" in each:
            found[str(each["id"])] = _named(each)
    return found


def _authors(value: Any, affiliations: Mapping[str, str]) -> tuple[Author, ...]:
    values = value if isinstance(value, list) else [value]
    authors = (_author(each, affiliations) for each in values)
    return tuple(author for author in authors if author.name)


def _author(value: Any, known: Mapping[str, str]) -> Author:
    if not isinstance(value, dict):
        return Author(_line(value))
    listed = value.get("affiliations", value.get("affiliation"))
    places = listed if isinstance(listed, list) else [listed]
    names = [_named(each) if isinstance(each, dict) else _line(each) for each in places]
    orcid = _ORCID.fullmatch(_line(value.get("orcid")))
    email = _line(value.get("email"))
    return Author(
        _named(value),
        tuple(known.get(name, name) for name in names if name),
        email if _EMAIL.fullmatch(email) else "",
        orcid[1] if orcid else "",
    )


def _named(value: Mapping[str, Any]) -> str:
    """The name of a person or place, which may itself be in parts."""
    name = value.get("name", value.get("ref"))
    if isinstance(name, dict):
        parts = (_line(name.get(part)) for part in ("given", "family", "literal"))
        return " ".join(part for part in parts if part)
    return _line(name)


def _words(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else re.split("[,;]", _line(value))
    return tuple(word for word in map(_line, values) if word)


def _line(value: Any) -> str:
    return " ".join(_text(value).split())


def _text(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    known = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value).strip() if known else ""
