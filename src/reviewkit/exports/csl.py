"""CSL-JSON, the form in which citation processors take papers.

Follows the schema of CSL 1.0.2 (`csl-data.json`), which allows no property that it does not
name: `id` is the citekey, and what reviewkit adds stands in `custom`. Titles are as they
were typed, without TeX, names have their particles: pandoc's own reading of BibTeX gets
both wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from reviewkit.exports import facts
from reviewkit.exports.dates import issued, of_date
from reviewkit.exports.item import Fields, Item, Texts
from reviewkit.exports.kinds import CSL_TYPES, LANGUAGES, SUBTYPES
from reviewkit.exports.people import csl_names
from reviewkit.exports.plain import sound, sound_values
from reviewkit.exports.said import opinions_json

#: CSL's variable of each name field.
_PEOPLE = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
    "origauthor": "original-author",
    "director": "director",
}
#: CSL's variable of each field that is taken as it is.
_PLAIN = {
    "volume": "volume",
    "edition": "edition",
    "chapter": "chapter-number",
    "pagetotal": "number-of-pages",
    "volumes": "number-of-volumes",
    "series": "collection-title",
    "shortjournal": "container-title-short",
    "shorttitle": "title-short",
    "eventtitle": "event",
    "venue": "event-place",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "version": "version",
    "pubstate": "status",
    "origtitle": "original-title",
    "origpublisher": "original-publisher",
}
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def write(items: Iterable[Item], opinions: bool) -> bytes:
    """The file's bytes: an array of CSL items, one a paragraph."""
    found = []
    for item in items:
        paper = item.paper
        value = csl_item(paper.citekey, paper.type, item.fields, item.keywords(opinions))
        said = opinions_json(paper) if opinions else {}
        if opinions and (annote := item.texts.prose("annotation") or item.texts.prose("annote")):
            value["annote"] = annote
        if said:
            value["custom"] = {"reviewkit": said}
        found.append(sound_values(value))
    return (json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def csl_item(
    citekey: str, kind: str, fields: Fields, keywords: Sequence[str] = ()
) -> dict[str, Any]:
    """One CSL item.

    Parameters
    ----------
    citekey
        Becomes the item's `id`.
    kind
        Entry type in lower case; one that CSL does not know becomes a `document`.
    fields
        TeX (macros resolved) and Unicode text by name in lower case, what is inherited
        included: see `item.with_inherited`.
    keywords
        Become the one text `keyword`.

    Returns
    -------
    dict
        JSON values; a variable that is not known is left out. Pages and dates as
        `facts.pages` and `dates.issued` give them.
    """
    texts = Texts(fields)
    preprint = facts.is_preprint(kind, texts)
    item: dict[str, Any] = {"id": sound(citekey), "type": _type(kind, texts, preprint)}
    for name, variable in _PEOPLE.items():
        if name in fields:
            item[variable] = csl_names(texts.tex(name))
    item |= {variable: texts.line(name) for name, variable in _PLAIN.items()}
    item |= {
        "title": facts.title(texts),
        "container-title": facts.container(kind, texts),
        "issued": issued(texts),
        "accessed": of_date(texts.line("urldate")),
        "original-date": of_date(texts.line("origdate")),
        "page": facts.pages(texts),
        "issue": facts.issue(kind, texts),
        "genre": facts.genre(kind, texts),
        "publisher": facts.publisher(texts),
        "publisher-place": texts.line("location", "address"),
        "DOI": facts.doi(texts),
        "URL": next(iter(facts.addresses(texts)), ""),
        "language": _language(texts),
        "note": "\n".join(filter(None, (texts.prose("note"), texts.prose("addendum")))),
        "abstract": texts.prose("abstract"),
        "keyword": ", ".join(keywords),
    }
    if kind in facts.NUMBERED:
        item["number"] = texts.line("number")
    elif kind in facts.PARTS or "series" in fields:
        item["collection-number"] = texts.line("number")
        if kind not in ("article", "periodical"):
            item.pop("issue")
    if preprint:
        _as_preprint(item, facts.arxiv(texts))
    elif not item["URL"] and (published := texts.line("howpublished")):
        item["medium"] = published
    known = {variable: value for variable, value in item.items() if value not in ("", None, [])}
    return {"id": item["id"], **known}


def _type(kind: str, texts: Texts, preprint: bool) -> str:
    if preprint:
        return "article"
    subtype = SUBTYPES.get(texts.line("entrysubtype").lower())
    if kind == "article" and subtype is not None:
        return subtype[0]
    return CSL_TYPES.get(kind, "document")


def _as_preprint(item: dict[str, Any], arxiv: str) -> None:
    """As Zotero has them: a number of the archive, which is the publisher."""
    item["number"] = f"arXiv:{arxiv}"
    item["publisher"] = item["publisher"] or "arXiv"
    item["URL"] = item["URL"] or f"https://arxiv.org/abs/{arxiv}"
    for variable in ("container-title", "volume", "page"):
        # Google Scholar and DBLP put the id there: "arXiv preprint arXiv:...", "abs/...".
        item.pop(variable)


def _language(texts: Texts) -> str:
    word = texts.line("langid", "language")
    known = LANGUAGES.get(word.lower())
    return known or (word if _LANGUAGE_TAG.fullmatch(word) and len(word) != 3 else "")
