"""Lists of papers in Markdown: "awesome" lists, reading lists, tables with links.

An item is a paper if it has a title and a link to a paper. Badges and links that are called
"paper" or "code" are no titles. The heading above becomes a keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewkit.formats.cleaning import cut, one_line
from reviewkit.formats.dates import year_of
from reviewkit.formats.draft import Draft
from reviewkit.formats.gathering import Gathering
from reviewkit.formats.identifiers import Kind, identified
from reviewkit.formats.importer import Understood
from reviewkit.formats.markdown import Link, links_of, plain, without_links
from reviewkit.records import Problem

_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,4}[.)])[ \t]+(\S.*)")
_ROW = re.compile(r"\s*\|(.+)\|\s*")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t#]*")
_FREE = re.compile(r"(?:\*\*|\[|\")\S.*")
_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+[ ]?\{[^\s{}(),=]+,", re.MULTILINE)
_LINK = re.compile(r"\]\((?:https?://|www\.)", re.IGNORECASE)
_LONGEST_LINE = 20_000
_LOOKED_AT = 2_000_000

#: What links are called that are no titles.
_LABEL = re.compile(
    r"[\W_]*(?:(?:the |official |full |arxiv |project |home ?|web|paper |our |hf |hugging ?face )?"
    r"(?:papers?|pdf|code|arxiv|link|github|website|site|demo|videos?|blogs?(?: ?post)?|slides|"
    r"poster|page|project|homepage|models?|data(?:set)?s?|bibtex|bib|star|stars|openreview|acl|"
    r"doi|here|html|abs|abstract|colab|hf|weights|talk|tutorial|notebook|docs?|api|post|repo|"
    r"repository|implementation|pytorch|tensorflow|jax|official|unofficial|publication|journal|"
    r"supp(?:lementary)?|appendix|twitter|x|youtube|medium|source|download|checkpoints?|\d+|"
    r"arxiv[: ]*[\d.v]+|webpage|hugging ?face|ieee|acm|springer|url|read|view|back to top|top)"
    r"[\W_]*)+",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"[\W_]*(?:[A-Z][A-Za-z&]{1,12}[ '’-]{0,2})?(?:19|20)?\d\d(?:[./-]\d{1,2}){0,2}[\W_]*"
)
_PREFIX = re.compile(r"^(?:\s|[-–:,.]|\[[^\[\]]{0,40}\]|\([^()]{0,40}\)|`[^`]{0,40}`)+")
_STRONG = re.compile(
    r"\*\*(.{4,400}?)\*\*|__(.{4,400}?)__|[\"“](.{4,400}?)[\"”]|(?<!\*)\*([^*]{4,400})\*(?!\*)"
)
_TITLE_END = re.compile(
    r"\s*(?:<br\s*/?>|\s[-–—|]\s|\.\s|\s\(|\s\[|,\s(?=[A-Z]\w+ ?['’]?\d\d)).*", re.DOTALL
)
_CODE = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/[\w.-]+", re.IGNORECASE)
_PAPER_LABEL = re.compile(r"\b(?:paper|pdf|arxiv|abs|abstract|doi|openreview|publication)\b", re.I)
_NO_SECTION = re.compile(
    r"(?:papers?|contents?|table of contents|list|awesome.*|overview|toc)", re.I
)


@dataclass(slots=True)
class _Item:
    line: int
    indent: int
    section: str
    text: str
    title: str = ""
    links: list[Link] = field(default_factory=list)


class AwesomeImporter:
    """Reads the papers that a Markdown list links to."""

    name = "a Markdown list with links"

    def recognises(self, text: str) -> bool:
        """Whether there are items with links, and more of them than BibTeX entries."""
        head = text[:_LOOKED_AT]
        if head.lstrip()[:1] in ("{", "@", "<") and not _HEADING.match(head):
            return False
        linked = sum(
            1
            for line in head.split("\n")
            if "](" in line and _LINK.search(line) and _is_item(line)
        )
        return linked > len(_ENTRY.findall(head))

    def read(self, text: str) -> Understood:
        """Items with a title and a link to a paper; one without a title is an identifier."""
        gathering = Gathering()
        others = 0
        for item in _joined(_items(text)):
            named = [(link, *identified(link.url)) for link in item.links]
            paper = [each for each in named if each[1] != "url" or _is_paper(each[0], item)]
            if not paper:
                others += 1
                gathering.ignored.append(
                    Problem(item.line, "no link to a paper", cut(plain(item.text)))
                )
                continue
            gathering.take(_draft(item, paper, [link.url for link in item.links]))
        entries = len(_ENTRY.findall(text))
        for count, what in (
            (others, "list items without a link to a paper"),
            (entries, "BibTeX entries within the list"),
        ):
            if count:
                gathering.remarks.append(f"passed over: {what} ({count})")
        return gathering.understood("markdown")


def _is_item(line: str) -> bool:
    return bool(_ITEM.match(line) or _ROW.fullmatch(line) or _FREE.match(line))


def _is_paper(link: Link, item: _Item) -> bool:
    if _CODE.match(link.url):
        return False
    return bool(_PAPER_LABEL.search(link.label)) or link.url.lower().endswith(".pdf")


def _items(text: str) -> Iterator[_Item]:
    section = ""
    current: _Item | None = None
    for number, whole in enumerate(text.split("\n"), 1):
        line = whole[:_LONGEST_LINE]
        heading = _HEADING.fullmatch(line.strip()) if line.startswith("#") else None
        found = _ITEM.match(line)
        row = _ROW.fullmatch(line)
        if heading or found or row or not line.strip() or _FREE.match(line):
            if current is not None:
                yield current
            current = None
        if heading:
            section = _section(heading[1])
        elif found:
            current = _Item(number, len(found[1].expandtabs(4)), section, found[2])
        elif row:
            yield _Item(number, 0, section, row[1])
        elif _FREE.match(line):
            current = _Item(number, 0, section, line)
        elif current is not None and line.strip():
            current.text += "\n" + line.strip()
    if current is not None:
        yield current


def _joined(items: Iterator[_Item]) -> Iterator[_Item]:
    """Items with the links of the items below them that have no title of their own."""
    last: _Item | None = None
    for item in items:
        item.links = links_of(item.text)
        item.title = _title(item)
        below = last is not None and item.indent > last.indent
        if last is not None and below and item.links and not _own_title(item):
            last.links += item.links
            continue
        if not item.links and below:
            continue
        if last is not None and last.links:
            yield last
        last = item
    if last is not None and last.links:
        yield last


def _own_title(item: _Item) -> bool:
    return any(not _is_label(link.label) for link in item.links) or len(item.title.split()) > 3


def _is_label(label: str) -> bool:
    label = plain(label)
    return not label or bool(_LABEL.fullmatch(label) or _VENUE.fullmatch(label))


def _title(item: _Item) -> str:
    """The text of a link that is none of the usual labels, else the item's first words."""
    for link in item.links:
        if not link.image and not _is_label(link.label) and len(link.label) > 5:
            return _tidy(link.label)
    rest = without_links(item.text)
    if "|" in rest:
        # Of a table's row the longest cell of words.
        rest = max(rest.split("|"), key=lambda cell: len(plain(cell)))
    for found in _STRONG.finditer(rest):
        words = next(group for group in found.groups() if group)
        if not _is_label(words):
            return _tidy(words)
    words = _tidy(_TITLE_END.sub("", _PREFIX.sub("", rest), count=1))
    return "" if _is_label(words) or len(words) < 6 else words


def _tidy(text: str) -> str:
    text = _PREFIX.sub("", plain(text)) if text.lstrip()[:1] in "[(" else plain(text)
    return text.strip(' \t\n-–—:;,|*_"“”').removesuffix(".")


def _section(text: str) -> str:
    text = one_line(re.sub(r"[^\w\s&/+,.:()'-]", "", plain(without_links(text) or text)))
    return "" if _NO_SECTION.fullmatch(text) else text.strip(" :-.")


def _draft(item: _Item, paper: list[tuple[Link, Kind, str]], urls: list[str]) -> Draft:
    draft = Draft(item.line)
    draft.put("title", item.title)
    for _, kind, value in paper:
        if kind in ("doi", "arxiv", "pmid"):
            draft.put(kind, value)
    draft.urls = [link.url for link, *_ in paper]
    code = next((url for url in urls if _CODE.match(url)), None)
    draft.put("code", code)
    year = year_of(plain(without_links(item.text)).replace(item.title, " "))
    arxiv = draft.values.get("arxiv", "")
    draft.dates = [year or (f"20{arxiv[:2]}" if re.match(r"\d{4}\.", arxiv) else "")]
    draft.keywords = [item.section.replace(",", " ")] if item.section else []
    return draft
