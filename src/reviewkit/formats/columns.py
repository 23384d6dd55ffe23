"""What the columns of bibliographic spreadsheets are called, and what they hold.

Zotero, ASReview, Rayyan, Scopus, Web of Science, IEEE Xplore, PubMed, Covidence and people
each have their own words.
"""

from __future__ import annotations

import re

_NAMES = {
    "title": "title primarytitle documenttitle articletitle papertitle paper papername ti "
    "titel titre itemtitle titleofpaper",
    "author": "author authors firstauthors authornames authorfullnames au af authorsfull "
    "authorlist authorsfullnames creator creators autor autoren auteurs",
    "editor": "editor editors bookeditors be",
    "year": "year publicationyear pubyear py publishedyear yearpublished jahr annee anno "
    "yearofpublication",
    "date": "date publicationdate pd issued published dateofpublication coverdate onlinedate",
    "month": "month publishedmonth",
    "container": "publicationtitle journal sourcetitle source so journalbook journaltitle "
    "publicationname containertitle secondarytitle booktitle venue conferencename conference "
    "journalname fulljournalname proceedings proceedingstitle "
    "zeitschrift revue revista",
    "container2": "journalabbreviation ji j9 abbreviatedsourcetitle",
    "series": "series se seriestitle",
    "volume": "volume vl vol",
    "number": "issue is number issuenumber num no",
    "pages": "pages pagerange page pagenumbers seiten",
    "start": "pagestart startpage bp firstpage beginningpage",
    "end": "pageend endpage ep lastpage endingpage",
    "eid": "artno articlenumber ar",
    "doi": "doi di doilink digitalobjectidentifier doinumber doiurl",
    "arxiv": "arxiv arxivid eprint arxivnumber",
    "pmid": "pmid pubmedid pm pubmed",
    "pmcid": "pmcid pmcidnumber",
    "url": "url urls link links pdflink href web website address doilinkurl paperurl",
    "code": "code github codeurl repository githublink",
    "abstract": "abstract abstractnote notesabstract ab summary zusammenfassung resume",
    "keywords": "keywords authorkeywords manualtags automatictags de indexkeywords keyword tags "
    "ieeeterms keywordsplus subjects labels",
    "publisher": "publisher pu",
    "place": "place placepublished location pi publisherlocation",
    "isbn": "isbn isbns bn",
    "issn": "issn sn ei eissn issnisbn",
    "language": "language la languageoforiginaldocument sprache",
    "kind": "itemtype documenttype type publicationtype typeofreference dt referencetype "
    "entrytype pt",
    "edition": "edition et",
    "shorttitle": "shorttitle",
    "urldate": "accessdate",
    "extra": "extra",
    "annote": "notes note asreviewnote usernotes comments comment n1 annote",
    "citekey": "citekey citationkey bibtexkey bibkey id key",
}  # fmt: skip
_FIELDS = {name.casefold(): field for field, names in _NAMES.items() for name in names.split()}
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
#: A screening's own columns: kept with the paper as notes.
_SCREENING = re.compile(
    r"asreview_\w+|included|final_included|label_included|included_label|included_final"
    r"|included_flag|include",
    re.IGNORECASE,
)


def field_of(header: str) -> str | None:
    """What a column of this name holds; None if it is not known."""
    return _FIELDS.get(_NOT_LETTERS.sub("", header.casefold()))


def is_screening(header: str) -> bool:
    """Whether the column says what a screening decided."""
    return _SCREENING.fullmatch(header.strip()) is not None
