"""Entries for Zotero, which drops every field that it does not know.

Its import makes notes of `annote` and tags of `keywords`: everybody's opinions go into one
`annote`, after what stands there already, and into tags. Files are named the way Zotero
names them.
"""

from __future__ import annotations

import re

from reviewkit.bibtex import BibDocument, Entry, decode_value, encode_value
from reviewkit.exports.fieldwork import drop, is_ours, raw_fields
from reviewkit.exports.plain import sound
from reviewkit.exports.said import opinions_markdown
from reviewkit.records import Paper

_LINE_ENDS = re.compile(r"\s*\n\s*")
_FILES = re.compile(r"(?:[^;\\]|\\.)+", re.DOTALL)
#: MIME type of JabRef's and Mendeley's words for a file's type.
_TYPES = {
    "pdf": "application/pdf",
    "html": "text/html",
    "url": "text/html",
    "text": "text/plain",
    "txt": "text/plain",
    "epub": "application/epub+zip",
    "ps": "application/postscript",
    "postscript": "application/postscript",
    "djvu": "image/vnd.djvu",
    "djv": "image/vnd.djvu",
    "word": "application/msword",
}


def fold(document: BibDocument, entry: Entry, paper: Paper, opinions: bool) -> None:
    """Say what people said in Zotero's own fields, and name files its way."""
    _name_files(document, entry)
    if not opinions:
        return
    ours = [name for name in entry.fields if is_ours(name)]
    if not paper.reviews and not ours:
        return
    text = _LINE_ENDS.sub("\n\n", sound(opinions_markdown(paper)))
    if text:
        _annotate(document, entry, text)
        _tag(document, entry, paper)
    drop(document, entry, lambda name: is_ours(name) or (name == "ranking" and bool(ours)))


def _annotate(document: BibDocument, entry: Entry, text: str) -> None:
    """One `annote`: there may be one already, and other programs lose a second."""
    macros = document.macros_at(entry.home[0])
    fields = raw_fields(document, entry)
    earlier = [decode_value(name, raw, macros) for name, raw in fields if name == "annote"]
    if len(earlier) > 1:
        drop(document, entry, lambda name: name == "annote")
    whole = "\n\n".join(part for part in (*earlier, text) if part)
    document.set_field(entry, "annote", whole)


def _tag(document: BibDocument, entry: Entry, paper: Paper) -> None:
    """Rating and statuses as tags after the keywords, which hold the reviewers' tags."""
    tags = [f"rating/{round(paper.score)}"] if paper.score is not None else []
    tags += [f"status/{word}" for word in sorted({r.status for r in paper.reviews if r.status})]
    if not tags:
        return
    added = ", ".join(tags)
    if "keywords" not in entry.fields:
        document.set_field(entry, "keywords", added)
        return
    raw = dict(reversed(raw_fields(document, entry)))["keywords"]
    if raw[:1] == "{" and raw[-1:] == "}" and "#" not in raw:
        glue = "; " if ";" in raw and "," not in raw else ", "
        document.set_raw(entry, "keywords", f"{raw[:-1]}{glue}{glue.join(tags)}}}")
    else:
        document.set_raw(entry, "keywords", f"{raw} # {encode_value('keywords', ', ' + added)}")


def _name_files(document: BibDocument, entry: Entry) -> None:
    value = entry.value_of("file")
    if value is not None:
        named = file_names(value)
        if named != value:
            document.set_field(entry, "file", named)


def file_names(value: str) -> str:
    r"""JabRef's and Mendeley's `description:path:PDF;...` as Zotero's `title:path:mimetype`.

    What is in neither form, such as a bare path, stays as it is.
    """
    return ";".join(_file_name(part) for part in _FILES.findall(value))


def _file_name(part: str) -> str:
    fields = re.split(r"(?<!\\):", part)
    if len(fields) != 3 or "/" in fields[2] or not fields[1]:
        return part
    kind = _TYPES.get(fields[2].strip().lower())
    if kind is None:
        return part
    title = fields[0] or re.split(r"[/\\]", fields[1])[-1]
    return f"{title}:{fields[1]}:{kind}"
