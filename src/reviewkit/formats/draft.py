"""A paper while its record is read: what the importers fill in.

They know the syntax of their format and put what they find here under common names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reviewkit.bibtex.names import Name

_EXTRA = re.compile(r"(?P<name>[A-Za-z][A-Za-z ._-]{1,30}):\s*(?P<value>\S.*)")
_EXTRA_FIELDS = {
    "doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "issn": "serial", "isbn": "serial",
    "arxiv": "arxiv", "eprint": "arxiv", "genre": "genre", "version": "version",
}  # fmt: skip
_BEFORE_KEY = re.compile(
    r"\s+(?=(?:Citation Key|bibtex|DOI|PMID|PMCID|ISSN|ISBN|arXiv|version): ?\S)"
)


@dataclass(slots=True)
class Draft:
    """One record of a file.

    `values` holds text by BibTeX's names, and `container` (journal or book), `publisher`,
    `place`, `serial` (ISSN or ISBN), `arxiv`, `start`, `end`. `kind` and `genre` are the
    format's own words. Nothing need be there.
    """

    line: int
    kind: str = ""
    genre: str = ""
    citekey: str = ""
    values: dict[str, str] = field(default_factory=dict)
    authors: list[Name] = field(default_factory=list)
    editors: list[Name] = field(default_factory=list)
    translators: list[Name] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    month: str = ""
    urls: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def put(self, name: str, text: str | None) -> None:
        """Keep this text under the name, if there is any and none is there yet."""
        if text and text.strip():
            self.values.setdefault(name, text)

    def take_extra(self, text: str) -> None:
        """Take Zotero's *Extra*: lines "Key: value" that are fields, the rest is a note."""
        rest: list[str] = []
        # In CSV the line ends have become blanks.
        for line in _BEFORE_KEY.sub("\n", text.replace("\r", "\n")).split("\n"):
            found = _EXTRA.fullmatch(line.strip())
            name = found["name"].strip().casefold() if found else ""
            if found and name in ("citation key", "bibtex"):
                self.citekey, *words = found["value"].split(maxsplit=1)
                rest += words
            elif found and name in _EXTRA_FIELDS:
                self.put(_EXTRA_FIELDS[name], found["value"])
            elif line.strip():
                rest.append(line.strip())
        self.put("note", "\n".join(rest))
