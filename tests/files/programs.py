"""What other programs do to a .bib file when they open and save it, as far as it matters here.

Each is a function of the file's text (and, where they keep a library of their own, of that)
to the text that they save. JabRef writes entries that nobody changed as it read them and a
changed one whole, with its fields sorted; BibDesk keeps every field but formats all; Zotero and
Better BibTeX write what is in their own database and nothing else; biber drops fields that it
does not know; bibtexparser is the real one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import bibtexparser
from bibtexparser.model import Field

from reviewkit.bibtex import BibDocument, Entry

#: Fields that biblatex knows, of those that occur here.
BIBER_KNOWS = frozenset(
    "author title year date journal journaltitle doi eprint keywords abstract note annotation "
    "booktitle url volume".split()
)


def fields_of(entry: Entry) -> dict[str, str]:
    """Right-hand sides by lower-case name."""
    return {name: field.raw for name, field in entry.fields.items()}


def blocks(text: str) -> Iterator[tuple[str, Entry | None]]:
    """The file's text in pieces: entries, and what is between them."""
    document = BibDocument.from_bytes(text.encode())
    data, last = text.encode(), 0
    for entry in document.entries:
        start, end = entry.home
        yield data[last:start].decode(), None
        yield data[start:end].decode(), entry
        last = end
    yield data[last:].decode(), None


def jabref(text: str, edits: Mapping[str, Mapping[str, str]]) -> str:
    """JabRef 5: `edits` gives fields of entries by citekey; the others stay as they are."""
    out = []
    for piece, entry in blocks(text):
        if entry is None or entry.citekey not in edits:
            out.append(piece)
            continue
        fields = {**fields_of(entry), **edits[entry.citekey]}
        width = max(map(len, fields))
        lines = [f"  {name.ljust(width)} = {raw},\n" for name, raw in sorted(fields.items())]
        out.append(f"@{entry.type.title()}{{{entry.citekey},\n{''.join(lines)}}}")
    return "".join(out)


def bibdesk(text: str, edits: Mapping[str, Mapping[str, str]]) -> str:
    """BibDesk: all fields are kept and sorted; changed entries get a date."""
    out = ["%% This BibTeX bibliography file was created using BibDesk.\n\n"]
    for _, entry in blocks(text):
        if entry is not None:
            fields = {**fields_of(entry), **edits.get(entry.citekey, {})}
            if edits.get(entry.citekey):
                fields["date-modified"] = "{2026-01-01 10:00:00 +0000}"
            body = ",\n".join(f"\t{name} = {raw}" for name, raw in sorted(fields.items()))
            out.append(f"@{entry.type}{{{entry.citekey},\n{body}}}\n\n")
    return "".join(out)


def bibtex_tidy(text: str, edits: Mapping[str, Mapping[str, str]]) -> str:
    """bibtex-tidy with its usual options: another layout, every field kept."""
    out = []
    for _, entry in blocks(text):
        if entry is not None:
            fields = {**fields_of(entry), **edits.get(entry.citekey, {})}
            body = ",\n".join(f"  {name:<20} = {raw}" for name, raw in fields.items())
            out.append(f"@{entry.type}{{{entry.citekey},\n{body}\n}}\n")
    return "".join(out)


def bibtexparser_2(text: str, edits: Mapping[str, Mapping[str, str]]) -> str:
    """bibtexparser 2, really: parse without middleware, set fields, write."""
    library = bibtexparser.parse_string(text, parse_stack=[])
    for entry in library.entries:
        for name, raw in edits.get(entry.key, {}).items():
            entry.set_field(Field(name, raw))
    return bibtexparser.write_string(library, unparse_stack=[])


def biber_tool(text: str, edits: Mapping[str, Mapping[str, str]]) -> str:
    """biber --tool: names in upper case, fields that it does not know are gone."""
    out = []
    for _, entry in blocks(text):
        if entry is not None:
            fields = {**fields_of(entry), **edits.get(entry.citekey, {})}
            known = {name: raw for name, raw in fields.items() if name in BIBER_KNOWS}
            body = "".join(f"  {name.upper()} = {raw},\n" for name, raw in known.items())
            out.append(f"@{entry.type.upper()}{{{entry.citekey},\n{body}}}\n\n")
    return "".join(out)


#: Programs that open the file itself and keep what they do not know.
KEEPING: tuple[Callable[[str, Mapping[str, Mapping[str, str]]], str], ...] = (
    jabref,
    bibdesk,
    bibtex_tidy,
    bibtexparser_2,
)


@dataclass
class Item:
    """A paper in Zotero's own database."""

    title: str
    author: str
    year: str
    doi: str | None = None
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    key: str | None = None


@dataclass
class Zotero:
    """Zotero with its database; what it exports depends on nothing else.

    `better` is Better BibTeX: another layout, and keys that follow the title.
    """

    items: list[Item]
    better: bool = True

    def key(self, item: Item) -> str:
        """The item's citekey: pinned, else made of author, title and year."""
        if item.key is not None:
            return item.key
        family = item.author.split(",")[0].split()[-1].lower()
        words = [
            w.strip(",.") for w in item.title.split() if w.lower() not in ("a", "on", "the", "of")
        ]
        if self.better:
            return family + "".join(w[:1].upper() + w[1:] for w in words[:3]) + item.year
        return f"{family}_{words[0].lower()}_{item.year}"

    def export(self) -> str:
        """The whole .bib, in the order of the keys."""
        out = [self._entry(item) for item in sorted(self.items, key=self.key)]
        return ("" if self.better else "\n") + "\n\n".join(out) + "\n"

    def _entry(self, item: Item) -> str:
        lines = [f"title = {{{item.title}}}", f"author = {{{item.author}}}"]
        lines += [f"{'date' if self.better else 'year'} = {{{item.year}}}"]
        lines += [f"doi = {{{item.doi}}}"] if item.doi else []
        lines += ["langid = {english}"] if self.better else []
        separator = "," if self.better else ", "
        lines += [f"keywords = {{{separator.join(sorted(item.tags))}}}"] if item.tags else []
        lines += [f"annote = {{{note}}}" for note in item.notes]
        file = (
            "Zotero/storage/AB12CD34/paper.pdf"
            if self.better
            else "Full Text:files/12/paper.pdf:application/pdf"
        )
        lines += [f"file = {{{file}}}"]
        indent, last = ("  ", "\n") if self.better else ("\t", ",\n")
        body = ",\n".join(indent + line for line in lines)
        return f"@article{{{self.key(item)},\n{body}{last}}}"
