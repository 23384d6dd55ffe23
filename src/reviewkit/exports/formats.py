"""The formats by name, and which one a file's name asks for."""

from __future__ import annotations

from reviewkit.errors import ValueRefusedError
from reviewkit.near import near

#: What each format is for.
FORMATS = {
    "bibtex": "the entries as they are",
    "clean": "BibTeX for a journal or co-author: only what is printed",
    "zotero": "BibTeX for Zotero: opinions as one note and as tags",
    "jabref": "BibTeX for JabRef: stars, read status, a comment for each reviewer, groups",
    "ris": "RIS, for every reference manager",
    "csl-json": "CSL-JSON, for pandoc and other citation processors",
    "csv": "a table of papers",
    "asreview": "a table for ASReview; with opinions, labelled",
}
#: Formats that never hold opinions.
OPINIONLESS = ("clean",)

_SUFFIXES = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json", ".csv": "csv"}


def format_of(name: str, asked: str | None) -> str:
    """The format that was asked for; None: the one of the file name's suffix.

    Raises
    ------
    ValueRefusedError
        There is no such format, or the suffix belongs to none.
    """
    if asked is not None:
        if asked in FORMATS:
            return asked
        likely = near(asked, FORMATS)
        hint = f" Did you mean {' or '.join(likely)}?" if likely else ""
        raise ValueRefusedError(
            f"There is no export format {asked!r}.{hint} Formats: {', '.join(FORMATS)}.",
            field="format",
            value=asked,
        )
    _, dot, suffix = name.rpartition(".")
    found = _SUFFIXES.get(dot + suffix.lower())
    if found is None:
        suffixes = ", ".join(f"{suffix} ({made})" for suffix, made in _SUFFIXES.items())
        raise ValueRefusedError(
            f"{name!r} does not say which format to write: end it in {suffixes}, or name one "
            f"of {', '.join(FORMATS)}. A document (.pdf...) is made of a manuscript.",
            field="format",
            value=name,
        )
    return found
