"""Identifiers of papers in any text: DOIs, arXiv ids, and the addresses that hold them."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import unquote

from reviewkit.formats.importer import Identifier
from reviewkit.matching import normal_arxiv, normal_doi

Kind = Literal["doi", "arxiv", "pmid", "openreview", "acl", "isbn", "url"]

#: Lines longer than this are looked at in parts.
_LONGEST_LINE = 100_000

#: A line without any of these names nothing.
_HINT = re.compile(
    r"://|www\.|10\.\d{4}|\d{4}\.\d{4}|[a-z]/\d{7}|PMID|ISBN|[A-Z]\d\d-\d{4}|\d{4}\.[a-z]",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'`{}|\\^\u00ab\u00bb\u201c\u201d]{3,2000}", re.I)
_DOI = re.compile(r"(?<![\w/.])10\.\d{4,9}/[^\s\"'`{}|\\^]{1,300}")
# What addresses put after a DOI.
_DOI_TAIL = re.compile(
    r"(?:\.full(?:\.pdf)?|\.pdf|/(?:pdf|full|abstract|summary|epdf|meta|html)|\.abstract"
    r"|\.supplementary-material|v\d+(?:\.full)?)(?=$|[/?#.])\S*$|[?#].*$",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?<![\w./-])(?:arxiv:\s{0,2}(?P<named>\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})"
    r"|(?P<bare>\d\d(?:0[1-9]|1[0-2])\.\d{5}|(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}))"
    r"(?:v\d{1,2})?(?![\w/]|[.-]\d)",
    re.IGNORECASE,
)
_PMID = re.compile(r"\bPMID:?\s{0,2}(\d{4,8})\b", re.IGNORECASE)
_ISBN = re.compile(r"\bISBN(?:-?1[03])?:?\s{0,2}((?:97[89][- ]?)?(?:\d[- ]?){9}[\dX])\b", re.I)
_ACL_ID = r"[A-Z]\d{2}-\d{4}|(?:19|20)\d\d\.[a-z0-9_]+-[a-z0-9_]+\.\d{1,4}"
_ACL = re.compile(rf"(?<![\w./-])(?:{_ACL_ID})(?![\w/-])")
_PLACES: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(r"openreview\.net/(?:forum|pdf|attachment)\?(?:[^#]*&)?id=([\w-]{6,20})"),
        "openreview",
    ),
    (
        re.compile(rf"(?:aclanthology\.org|aclweb\.org/anthology)/(?:papers/\w/\w+/)?({_ACL_ID})"),
        "acl",
    ),
    (re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,8})"), "pmid"),
)


def identified(url: str) -> tuple[Kind, str]:
    """Kind and value of what an address names; the address itself if nothing is known of it."""
    url = html.unescape(url) if "&" in url else url
    arxiv = normal_arxiv(url) if re.search(r"arxiv|huggingface\.co/papers/", url, re.I) else None
    if arxiv:
        return "arxiv", arxiv
    for pattern, kind in _PLACES:
        found = pattern.search(url)
        if found:
            return kind, found[1]
    plain = unquote(url)
    found = re.search(r"(?<=[/=:])10\.\d{4,9}/\S+", plain)
    doi = _doi(found[0]) if found else None
    return ("doi", doi) if doi else ("url", url)


def isbn_of(text: str) -> str | None:
    """ISBN of 10 or 13 digits without hyphens, if its check digit is right."""
    digits = re.sub(r"[- ]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if sign == "X" else int(sign) for sign in digits]
        right = sum(value * (10 - n) for n, value in enumerate(values)) % 11 == 0
        return digits if right else None
    if re.fullmatch(r"97[89]\d{10}", digits):
        right = sum(int(sign) * (3 if n % 2 else 1) for n, sign in enumerate(digits)) % 10 == 0
        return digits if right else None
    return None


def identifiers_in(text: str) -> Iterator[tuple[Identifier, bool]]:
    """Every identifier with its line, and whether the line holds nothing else.

    An address of which nothing is known is an identifier of the kind "url".
    """
    for number, whole in enumerate(text.split("\n"), 1):
        for start in range(0, len(whole), _LONGEST_LINE):
            yield from _in_line(whole[start : start + _LONGEST_LINE], number)


def _in_line(line: str, number: int) -> Iterator[tuple[Identifier, bool]]:
    if _HINT.search(line) is None:
        return
    found: list[tuple[int, int, Kind, str]] = []
    for match in _URL.finditer(line):
        url = _trimmed(match[0])
        found.append((match.start(), match.start() + len(url), *identified(url)))
    _add(found, line, _DOI, _kind_of_doi)
    _add(found, line, _ARXIV, lambda m: ("arxiv", normal_arxiv(m["named"] or m["bare"])))
    _add(found, line, _PMID, lambda m: ("pmid", m[1]))
    _add(found, line, _ISBN, lambda m: ("isbn", isbn_of(m[1])))
    if len(line.strip(" -*•\t")) < 30:
        _add(found, line, _ACL, lambda m: ("acl", m[0]))
    found.sort()
    rest, last = "", 0
    for start, end, *_ in found:
        rest += line[last:start]
        last = max(last, end)
    rest += line[last:]
    alone = re.search(r"[^\W\d_]{2}", re.sub(r"(?i)doi|arxiv|pmid|isbn|https?", "", rest)) is None
    for _, _, kind, value in found:
        yield Identifier(kind, value, number), alone


def _add(
    found: list[tuple[int, int, Kind, str]],
    line: str,
    pattern: re.Pattern[str],
    read: Callable[[re.Match[str]], tuple[Kind, str | None]],
) -> None:
    taken = sorted((start, end) for start, end, *_ in found)
    for match in pattern.finditer(line):
        before = bisect_right(taken, (match.start(), len(line) + 1)) - 1
        if before >= 0 and match.start() < taken[before][1]:
            continue
        kind, value = read(match)
        if value:
            found.append((match.start(), match.end(), kind, value))


def _kind_of_doi(match: re.Match[str]) -> tuple[Kind, str | None]:
    text = match[0]
    # Old DOIs of one publisher hold "<" and ">"; elsewhere a tag begins there.
    text = _trimmed(text if "SICI" in text.upper() else text.split("<")[0])
    arxiv = normal_arxiv(text) if "arxiv" in text.casefold() else None
    return ("arxiv", arxiv) if arxiv else ("doi", _doi(text))


def _doi(text: str) -> str | None:
    doi = normal_doi(_trimmed(_DOI_TAIL.sub("", _trimmed(text))))
    return doi.rstrip("/") if doi else None


def _trimmed(text: str) -> str:
    """Without the punctuation of the sentence around it; brackets stay where they pair up."""
    text = re.split(r"&(?:quot|gt|lt|#\d+);", text)[0]
    while text:
        last = text[-1]
        if last in ".,;:!?'\"*_~…" or (
            last in ")]>" and text.count(last) > text.count("([<"[")]>".index(last)])
        ):
            text = text[:-1]
        else:
            break
    for opening, closing in ("()", "[]"):
        at = text.find(closing)
        # "[text](address)[more]": the address ends where a bracket closes that it did not open.
        while at >= 0 and text.count(opening, 0, at) >= text.count(closing, 0, at + 1):
            at = text.find(closing, at + 1)
        if at >= 0:
            text = text[:at]
    return text
