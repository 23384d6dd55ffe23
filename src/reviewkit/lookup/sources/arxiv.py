"""arXiv: preprints by id, many in one request (export.arxiv.org, Atom feed).

The feed has an entry for each id that arXiv knows, in any order; its own titles, names and
abstracts are TeX. What is wrong with a request is an entry titled "Error".
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from reviewkit import matching
from reviewkit.errors import SourceError
from reviewkit.formats.draft import Draft
from reviewkit.formats.importer import Candidate
from reviewkit.lookup.candidates import finished, named
from reviewkit.lookup.hosts import ARXIV
from reviewkit.lookup.shapes import ATOM, read_xml
from reviewkit.lookup.web import Web

#: Ids that go into one request: the address stays short, and the answer below a megabyte.
AT_ONCE = 50

_ATOM = "{http://www.w3.org/2005/Atom}"
_OWN = "{http://arxiv.org/schemas/atom}"


def by_ids(web: Web, ids: Sequence[str]) -> dict[str, Candidate]:
    """The preprints that arXiv knows, by id without version.

    Raises
    ------
    SourceError
        No answer, or one that says what is wrong with the request.
    """
    params = {"id_list": ",".join(ids), "max_results": str(len(ids))}
    feed = web.get(ARXIV, "/api/query", params, ATOM, _feed)
    entries = [] if feed is None else feed.findall(f"{_ATOM}entry")
    for entry in entries:
        if _text(entry, f"{_ATOM}title") == "Error" and "/api/errors" in _text(
            entry, f"{_ATOM}id"
        ):
            reason = _text(entry, f"{_ATOM}summary")[:120]
            raise SourceError(
                f"arXiv does not take {', '.join(ids)[:60]}: {reason}", source="arXiv"
            )
    found = {}
    for entry in entries:
        name = matching.normal_arxiv(_text(entry, f"{_ATOM}id"))
        paper = _paper(entry, name) if name is not None else None
        if name is not None and paper is not None:
            found[name] = paper
    return found


def _feed(data: bytes) -> Element:
    if data.strip() == b"Rate exceeded.":
        raise ValueError("Rate exceeded")
    root = read_xml(data)
    if root.tag != f"{_ATOM}feed":
        raise ValueError("XML, but no Atom feed")
    return root


def _paper(entry: Element, name: str) -> Candidate | None:
    category = entry.find(f"{_OWN}primary_category")
    draft = Draft(0, kind="preprint", urls=[f"https://arxiv.org/abs/{name}"])
    draft.values = {
        "title": _text(entry, f"{_ATOM}title"),
        "arxiv": name,
        "primaryclass": category.get("term", "") if category is not None else "",
        "doi": _text(entry, f"{_OWN}doi"),
        "note": _text(entry, f"{_OWN}journal_ref"),
        "abstract": _text(entry, f"{_ATOM}summary"),
    }
    draft.dates = [_text(entry, f"{_ATOM}published")]
    draft.authors = named(_text(who, f"{_ATOM}name") for who in entry.findall(f"{_ATOM}author"))
    return finished(draft, tex=("title", "abstract", "note"))


def _text(entry: Element, name: str) -> str:
    return " ".join((entry.findtext(name) or "").split())
