"""Paragraphs that state things and cite nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewkit.checks.look import Look, Rule
from reviewkit.checks.manuscript import Part
from reviewkit.records.findings import Finding

UNCITED_PARAGRAPH = Rule(
    "RK202", "uncited-paragraph", "hint", "a long paragraph without a citation"
)

_HEADING = re.compile(
    r"^ {0,3}#{1,6}[ \t]+(?P<atx>.+?)[ \t#]*(?:\{[^}]*\})?$"
    r"|^(?P<setext>\S.*)\n(?:=+|-+)[ \t]*$"
    r"|\\(?:part|chapter|(?:sub)*section|paragraph)\*?\s*(?:\[[^\]]*\])?\{(?P<tex>[^{}]*)\}"
    r"|\\begin\{(?P<abstract>abstract)\}",
    re.MULTILINE,
)
# Tables, quotes, pictures, raw HTML, divisions, definitions and notes are no statements.
_NO_STATEMENT = re.compile(r"\s*(?:[>|#<:!]|\[\^|\+[-=]|\\begin|\\end|\\item\b|\\caption)")
_OWN = re.compile(
    r"\b(?:we|our|ours|us|I|my|this (?:survey|paper|review|section|chapter|notebook|report)|"
    r"the (?:next|following) section|the (?:rest|remainder) of)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def uncited_paragraph(look: Look) -> Iterator[Finding]:
    """Paragraphs of many words without a citation, outside what is in one's own words."""
    if not look.manuscript.cites:
        return
    own = {heading.casefold() for heading in look.settings.own_words}
    heading: str | None = None
    for part in look.manuscript.parts:
        if part.language == "code" or part.role:
            heading = _last_heading(part, len(part.text), heading)
            continue
        cited = [use.at for use in part.uses]
        for start, end in part.paragraphs():
            above = _last_heading(part, start, heading)
            inside = _HEADING.match(part.prose, start)
            # What stands before the first heading is a title page.
            if above is None or inside or _plain(above) in own:
                continue
            text = part.prose[start:end]
            if any(start <= at < end for at in cited) or _NO_STATEMENT.match(text):
                continue
            words = len(_WORD.findall(text))
            if words >= look.settings.words and not _OWN.search(text):
                yield look.tell(
                    UNCITED_PARAGRAPH,
                    f"{words} words under {above!r} cite nobody: cite what they rest on, or mark"
                    " the cell with an ignoring comment if the words are your own.",
                    part,
                    _trimmed(part.text, start, end),
                )
        heading = _last_heading(part, len(part.text), heading)


def _last_heading(part: Part, end: int, before: str | None) -> str | None:
    found = before
    for match in _HEADING.finditer(part.prose, 0, end):
        found = next(text for text in match.groups() if text is not None)
    return found


def _plain(heading: str) -> str:
    """A heading without number, emphasis and case."""
    text = re.sub(r"[*_`]", "", heading)
    return re.sub(r"^[\d.]+\s+", "", text).strip().rstrip(":").casefold()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())
