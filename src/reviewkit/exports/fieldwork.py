"""Changes that several BibTeX exports make to entries."""

from __future__ import annotations

import re
from codecs import BOM_UTF8 as BOM
from collections.abc import Callable
from itertools import pairwise

from reviewkit.bibtex import BibDocument, Entry, decode_value, encode_value
from reviewkit.bibtex.encoding import Codec
from reviewkit.bibtex.grammar import pieces
from reviewkit.bibtex.ourfields import COMMENT, CRITERIA, MARK, RATINGS, THEIRS
from reviewkit.errors import BibtexError
from reviewkit.records import Paper, Problem

#: The paper that has a citekey, with everybody's opinions; None if there is none.
PaperOf = Callable[[str], Paper | None]

_OURS = re.compile(rb"(?i)\breviewkit|\bcomment-")


def change_each(
    document: BibDocument,
    change: Callable[[Entry], None],
    concerns: Callable[[bytes], bool] = lambda raw: True,
) -> tuple[BibDocument, tuple[Problem, ...]]:
    """Change the entries whose bytes are concerned; those that cannot be, are left out.

    The fields of a broken entry cannot be told apart: rather than to hand on what was to
    stay at home, it is left out whole, and told.
    """
    left_out: list[tuple[Entry, str]] = []
    for entry in document.entries:
        if not concerns(entry.raw):
            continue
        if entry.problem is not None:
            left_out.append((entry, entry.problem))
            continue
        try:
            change(entry)
        except BibtexError as error:
            left_out.append((entry, error.message))
    if not left_out:
        return document, ()
    data, parts, last = document.to_bytes(), [], 0
    for entry, _ in left_out:
        start, end = entry.span
        parts.append(data[last:start])
        last = end
    problems = tuple(
        Problem(None, f"{entry.citekey or 'an entry'} was left out: {reason}", entry.citekey)
        for entry, reason in left_out
    )
    return BibDocument.from_bytes(b"".join([*parts, data[last:]])), problems


def raw_fields(document: BibDocument, entry: Entry) -> list[tuple[str, str]]:
    """Name in lower case and right-hand side of every field, repeated ones too.

    `Entry.fields` gives the place of each as well, for which the whole file would have to be
    measured after every edit.
    """
    text, read = entry.raw, document.codec.read
    return [
        (read(text[place[0] : place[1]]).lower(), read(text[place[2] : place[3]]))
        for place in entry.parsed.scan.fields
    ]


def drop(document: BibDocument, entry: Entry, unwanted: Callable[[str], bool]) -> None:
    """Take out all fields of these names (in lower case), repeated ones too."""
    names = [name for name, _ in raw_fields(document, entry)]
    for number in reversed(range(len(names))):
        if unwanted(names[number]):
            document.remove_field(entry, names[number], names[:number].count(names[number]))


def is_ours(name: str) -> bool:
    """Whether a field holds opinions in reviewkit's form."""
    return name in (MARK, RATINGS, CRITERIA, THEIRS) or name.startswith(COMMENT)


def holds_ours(raw: bytes) -> bool:
    """Whether an entry's text may hold opinions in reviewkit's form."""
    return _OURS.search(raw) is not None


def strip_opinions(document: BibDocument, entry: Entry, paper: Paper | None) -> None:
    """Take out what people said: our fields, the group's stars, the tags in `keywords`."""
    rated = RATINGS in entry.fields
    drop(document, entry, lambda name: is_ours(name) or (name == "ranking" and rated))
    if paper is not None and paper.tags and "keywords" in entry.fields:
        _keep_keywords(document, entry, paper.keywords)


def _keep_keywords(document: BibDocument, entry: Entry, own: tuple[str, ...]) -> None:
    """Leave the authors' keywords, in their own spelling where that can be cut out."""
    raw = dict(reversed(raw_fields(document, entry)))["keywords"]
    if not own:
        drop(document, entry, lambda name: name == "keywords")
    elif len(pieces(raw.encode("utf-8", "replace"))) == 1 and raw[:1] in ("{", '"'):
        parts = split_outside(raw[1:-1])
        kept = [
            part
            for part in parts
            if " ".join(decode_value("keywords", f"{{{part.strip(',;')}}}").split()) in own
        ]
        document.set_raw(entry, "keywords", raw[0] + "".join(kept).strip(" \t\r\n,;") + raw[-1])
    else:
        document.set_raw(entry, "keywords", encode_value("keywords", ", ".join(own)))


def split_outside(text: str) -> list[str]:
    """The words of a list with the comma or semicolon before each, as far as no brace holds it."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign in ",;" and depth == 0:
            parts.append(text[start:at])
            start = at
    return [*parts, text[start:]]


def as_utf8(document: BibDocument, codec: Codec) -> BibDocument:
    """The document in UTF-8 without mark; `codec` reads the library that it is a part of."""
    data = document.to_bytes()
    if is_utf8(data):
        return document if not data.startswith(BOM) else BibDocument.from_bytes(data[len(BOM) :])
    cuts = {0, len(data)}
    for entry in document.entries:
        start, _ = entry.span
        for place in entry.parsed.scan.fields:
            # A value is in one encoding, its neighbour may be in another.
            cuts |= {start + place[2], start + place[3]}
    places = sorted(cuts)
    lines = (
        codec.read(line)
        for start, end in pairwise(places)
        for line in data[start:end].splitlines(keepends=True)
    )
    return BibDocument.from_bytes("".join(lines).encode("utf-8", "replace"))


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
