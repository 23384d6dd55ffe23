"""JSON of Hugging Face's daily papers: a list of days' papers, or one paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reviewkit.formats.draft import Draft
from reviewkit.formats.gathering import Gathering
from reviewkit.formats.importer import Understood
from reviewkit.formats.jsonrecords import records
from reviewkit.formats.people import person
from reviewkit.matching import normal_arxiv
from reviewkit.records import Problem

_BEGINNING = re.compile(r"\s*[\[{]")
_SIGN = re.compile(r'"(?:paper|upvotes|dailyPapers)"\s*:')
_SUMMARY = re.compile(r'"(?:summary|publishedAt)"\s*:')
_LOOKED_AT = 50_000


class DailyPapersImporter:
    """Reads the answers of the daily papers' interface, saved or pasted."""

    name = "daily papers (JSON)"

    def recognises(self, text: str) -> bool:
        """Whether the text is JSON with the keys of a daily paper."""
        head = text[:_LOOKED_AT]
        return bool(_BEGINNING.match(head) and _SIGN.search(head) and _SUMMARY.search(head))

    def read(self, text: str) -> Understood:
        """Papers with their abstracts; what the page adds (votes, comments) is left."""
        gathering = Gathering()
        for line, item in records(text, _is_paper):
            if isinstance(item, Problem):
                gathering.problems.append(item)
            else:
                gathering.take(_draft(item, line))
        return gathering.understood("daily-papers")


def _is_paper(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("paper"), dict) or ("summary" in value and "id" in value)


def _draft(item: Mapping[str, Any], line: int) -> Draft:
    paper = item.get("paper")
    paper = paper if isinstance(paper, dict) else item
    draft = Draft(line, kind="preprint")
    for name, field in (("title", "title"), ("summary", "abstract")):
        draft.put(field, _text(paper.get(name)) or _text(item.get(name)))
    arxiv = normal_arxiv(_text(paper.get("id")))
    if arxiv:
        draft.put("arxiv", arxiv)
        draft.urls = [f"https://arxiv.org/abs/{arxiv}"]
    authors = paper.get("authors")
    for author in authors if isinstance(authors, list) else []:
        found = person(_text(author.get("name") if isinstance(author, dict) else author))
        if found:
            draft.authors.append(found)
    draft.dates = [_text(paper.get("publishedAt")) or _text(item.get("publishedAt"))]
    draft.put("code", _text(paper.get("githubRepo")))
    return draft


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
