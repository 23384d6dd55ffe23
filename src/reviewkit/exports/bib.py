"""BibTeX of some papers: as it is, clean, for Zotero, for JabRef.

Each function takes a part of the library (`BibDocument.subset`: the entries' own text with
the definitions and parents that they need; in UTF-8, but for the first) and gives the file's
bytes and what was left out of it.
"""

from __future__ import annotations

from collections.abc import Callable

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.errors import BibtexError
from reviewkit.exports import clean, jabref, zotero
from reviewkit.exports.fieldwork import PaperOf, change_each, holds_ours, strip_opinions
from reviewkit.records import Paper, Problem

Written = tuple[bytes, tuple[Problem, ...]]


def write_bibtex(document: BibDocument, paper_of: PaperOf, opinions: bool) -> Written:
    """The entries' own text, byte for byte; only what people said is taken out."""
    document, problems = _without_opinions(document, paper_of, opinions)
    return document.to_bytes(), problems


def write_clean(document: BibDocument, paper_of: PaperOf) -> Written:
    """What is printed, for a journal or a co-author: see `clean.is_private`."""

    def tidy(entry: Entry) -> None:
        if holds_ours(entry.raw):
            strip_opinions(document, entry, paper_of(entry.citekey))
        clean.tidy(document, entry)

    sound, problems = change_each(document, tidy)
    # Macros that only the fields that are gone have used are not needed any more.
    return sound.subset(sound.citekeys), problems


def write_zotero(document: BibDocument, paper_of: PaperOf, opinions: bool) -> Written:
    """For Zotero's import, in UTF-8; see `zotero.fold`."""
    return _changed(document, paper_of, opinions, zotero.fold)


def write_jabref(
    document: BibDocument, paper_of: PaperOf, opinions: bool, comments: bytes
) -> Written:
    """For JabRef, in UTF-8; `comments` are the library's own blocks for it, or nothing."""
    data, problems = _changed(document, paper_of, opinions, jabref.mark)
    return jabref.ENCODING + data + comments, problems


def _changed(
    document: BibDocument,
    paper_of: PaperOf,
    opinions: bool,
    change: Callable[[BibDocument, Entry, Paper, bool], None],
) -> Written:
    document, problems = _without_opinions(document, paper_of, opinions)
    for entry in document.entries:
        paper = paper_of(entry.citekey)
        if entry.problem is not None or paper is None:
            continue
        try:
            change(document, entry, paper, opinions)
        except BibtexError as error:
            problems += (Problem(None, f"{entry.citekey} goes as it is: {error.message}"),)
    return document.to_bytes(), problems


def _without_opinions(
    document: BibDocument, paper_of: PaperOf, opinions: bool
) -> tuple[BibDocument, tuple[Problem, ...]]:
    if opinions:
        return document, ()

    def strip(entry: Entry) -> None:
        strip_opinions(document, entry, paper_of(entry.citekey))

    return change_each(document, strip, holds_ours)
