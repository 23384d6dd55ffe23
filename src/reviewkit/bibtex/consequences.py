"""What other programs do with each kind of problem: measured, or said by their makers.

BibTeX is 0.99d, biber 2.18, JabRef 3.8.2, bibtexparser 1.4.4 ("1") and 2.1.0 ("2").
"""

from __future__ import annotations

#: By kind of problem, in one sentence each.
CONSEQUENCES = {
    "broken-entry": (
        "BibTeX stops at the fault and skips the rest of the entry, or reads on into the next "
        "one; JabRef drops an entry that does not close; reviewkit shows it and never writes "
        "into it"
    ),
    "broken-block": (
        "BibTeX skips it with an error, and perhaps the entry after it; bibtexparser keeps its "
        "text as a failed block"
    ),
    "swallowed-entry": (
        "BibTeX reads it as text of the value; bibtexparser 2 ends the outer entry there and "
        "makes an entry of its own of it"
    ),
    "missing-comma": (
        "BibTeX skips every field after the place; bibtexparser 1 and pybtex drop or alter the "
        "entry, bibtexparser 2 reads the rest as part of the field before"
    ),
    "extra-comma": (
        "BibTeX misses a field name there and skips the rest of the entry; bibtexparser 2 "
        "takes the entry for failed"
    ),
    "percent-line": (
        "BibTeX knows no comments inside entries and skips the rest of the entry; bibtexparser "
        "2 makes the line a field whose name begins with %; pybtex stops at it"
    ),
    "empty-value": (
        "BibTeX misses a value and skips the rest of the entry; bibtexparser 1, bibtool and "
        "bibpy lose the entry"
    ),
    "bare-value": (
        "BibTeX reads the digits and skips the rest of the entry; bibtexparser 1 loses the value"
    ),
    "repeated-field": (
        "BibTeX and bibtexparser 1 keep the first, biber the last; bibtexparser 2 leaves the "
        "whole entry out of its entries; pybtex stops with an error; Zotero writes such "
        "`annote`s itself, one a note"
    ),
    "repeated-key": (
        "BibTeX keeps the first entry and reports the other; bibtexparser 2 leaves the second "
        "out of its entries; pybtex, biblib and bibtool lose one"
    ),
    "key-case": "BibTeX takes both for one entry and keeps the first; LaTeX tells them apart",
    "no-key": (
        "nobody can cite it; bibtexparser 1, pybtex, biblib and bibtool leave it out, and "
        "without its comma BibTeX takes the first field for the key"
    ),
    "odd-key": (
        "BibTeX ends the key at a blank and skips all fields; LaTeX cannot cite keys with "
        "# % ~ \\ { }"
    ),
    "commented": "BibTeX and bibtexparser read it as an entry, JabRef and biber do not",
    "percent-entry": "% is no comment between entries: BibTeX reads the entry all the same",
    "stray-at": (
        "BibTeX takes it for the beginning of an entry, and loses the entry after it where "
        "no brace follows in the line"
    ),
    "unknown-macro": "BibTeX warns and takes the field for empty; reviewkit shows the name",
    "late-macro": "BibTeX reads from top to bottom and has no text for it yet: the field is empty",
    "missing-parent": "BibTeX reports a bad cross reference; nothing is inherited",
    "early-parent": (
        "BibTeX lets an entry inherit only from one further down the file; biber does not mind"
    ),
    "parent-cycle": "BibTeX warns of nested cross references; reviewkit inherits nothing there",
    "utf-16": "BibTeX, biber and every Python reader see no entry at all",
    "not-utf-8": (
        "bibtexparser, pybtex and biblib cannot open the file; JabRef and refkit change the "
        "letters without a word; bibtex-tidy writes U+FFFD for them"
    ),
    "lone-cr": (
        "git, grep and diff see one single line; bibtexparser counts lines wrongly, and every "
        "Python reader writes other line ends"
    ),
    "nul": "BibTeX passes it on to LaTeX; grep and git take the file for binary",
}

KINDS = tuple(CONSEQUENCES)
