"""The bytes of an export in any of the formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reviewkit.bibtex import BibDocument
from reviewkit.exports import bib, csl, ris, sheets
from reviewkit.exports.fieldwork import PaperOf, as_utf8, is_utf8
from reviewkit.exports.item import Item
from reviewkit.exports.jabref import own_blocks

ItemWriter = Callable[[Iterable[Item], bool], bytes]

#: Writers of formats that are made of values; the others are made of BibTeX text.
ITEM_WRITERS: dict[str, ItemWriter] = {
    "ris": ris.write,
    "csl-json": csl.write,
    "csv": sheets.write_csv,
    "asreview": sheets.write_asreview,
}


def write_bib(
    form: str,
    library: BibDocument,
    citekeys: Iterable[str] | None,
    paper_of: PaperOf,
    opinions: bool,
) -> bib.Written:
    """A .bib of these papers (None: of all) in one of its four forms, and what was left out."""
    keys = list(library.citekeys if citekeys is None else citekeys)
    data = library.subset(keys)
    if form == "bibtex":
        return bib.write_bibtex(_with_encoding(data, library), paper_of, opinions)
    part = as_utf8(BibDocument.from_bytes(data), library.codec)
    if form == "clean":
        return bib.write_clean(part, paper_of)
    if form == "zotero":
        return bib.write_zotero(part, paper_of, opinions)
    blocks = own_blocks(library) if citekeys is None else b""
    return bib.write_jabref(part, paper_of, opinions, blocks)


def _with_encoding(data: bytes, library: BibDocument) -> BibDocument:
    """The part with the line that says its encoding, if its bytes need one and there was one."""
    declared = library.codec.declared
    if declared is not None and not is_utf8(data):
        data = b"% Encoding: " + declared.encode("ascii") + library.newline * 2 + data
    return BibDocument.from_bytes(data)
