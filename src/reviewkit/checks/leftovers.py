"""Marks that something is still to be written, and figures without a caption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewkit.checks.look import Look, Rule
from reviewkit.checks.manuscript import Part
from reviewkit.records.findings import Finding

# Put together, so that nobody takes this file for unfinished.
_MARKS = ("TO" + "DO", "FIX" + "ME", "X" + "XX", "TBD", "TBA")

UNFINISHED = Rule("RK304", "unfinished", "warning", "a mark that something is left to be written")
CAPTION = Rule("RK303", "caption", "hint", "a figure without a caption")

_UNFINISHED = re.compile(
    rf"\b(?:{'|'.join(_MARKS)})\b[^\n<]*"
    r"|\[\s*citation needed\s*\]|\(\s*citation needed\s*\)|\\todo\b[^\n]*"
    r"|(?<!\w)\[?@?\?\?+\]?(?![\w?])|\blorem ipsum\b[^\n]*"
)
# What a draft asks a person to write, until somebody did.
_PLACEHOLDER = re.compile(r"^\*(?:Write|Describe|Say|Add|Summarise|Explain)\b[^*]{5,400}\*", re.M)
_CODE = re.compile(r"`[^`\n]*`")
_COMMENT = re.compile(r"<!--.*?-->|(?<!\\)%[^\n]*", re.DOTALL)

_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\([^)\n]+\)")
_HTML = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"[^\"]*\w|'[^']*\w)", re.IGNORECASE)
_FLOAT = re.compile(r"\\begin\{(figure\*?)\}(?P<inside>.*?)\\end\{\1\}", re.DOTALL)
_CAPTIONED = re.compile(r"^\s*#\|\s*(?:fig-cap|fig-subcap|label:\s*tbl-|echo-only)", re.MULTILINE)


def unfinished(look: Look) -> Iterator[Finding]:
    """Marks in prose and comments; those in code are a programmer's own."""
    for part in look.manuscript.parts:
        if part.language == "code":
            continue
        for start, end in _marks(part):
            words = part.text[start:end]
            what = "still stands here" if words.startswith("*") else "is a mark"
            yield look.tell(
                UNFINISHED,
                f"“{_short(words.strip('*'))}” {what}: write it, or take it out.",
                part,
                (start, end),
            )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 50 else line[:49] + "…"


def _marks(part: Part) -> list[tuple[int, int]]:
    prose = _CODE.sub(lambda match: " " * len(match[0]), part.prose)
    matches = _UNFINISHED.finditer(prose)
    found = [(match.start(), match.start() + len(match[0].rstrip())) for match in matches]
    found += [match.span() for match in _PLACEHOLDER.finditer(prose)]
    for comment in _COMMENT.finditer(part.text):
        if part.language == "markdown" and comment[0].startswith("%"):
            continue
        match = _UNFINISHED.search(part.text, *comment.span())
        if match and prose[match.start() : match.end()].isspace():
            inner = match[0].split("-->")[0].rstrip()
            found.append((match.start(), match.start() + len(inner)))
    return sorted(set(found))


def caption(look: Look) -> Iterator[Finding]:
    """Pictures without words that say what they show."""
    if not look.manuscript.cites:
        return
    for part in look.manuscript.parts:
        for span in _bare_pictures(part):
            yield look.tell(
                CAPTION,
                "A figure has no caption: say between the square brackets what it shows."
                if part.language == "markdown"
                else "A figure has no caption: add \\caption{...}.",
                part,
                span,
            )
        if part.pictures and not _CAPTIONED.search(part.text):
            yield look.tell(
                CAPTION,
                "The cell draws a figure without a caption: put `#| fig-cap: ...` at its top.",
                part,
                (0, min(len(part.text), 1)),
                quote="",
            )


def _bare_pictures(part: Part) -> list[tuple[int, int]]:
    if part.language == "markdown":
        found = [m.span() for m in _PICTURE.finditer(part.prose) if not m["alt"].strip()]
        inside = "<figcaption" in part.text
        tags = [] if inside else _HTML.finditer(part.prose)
        return found + [match.span() for match in tags if not _ALT.search(match[0])]
    if part.language == "latex":
        floats = _FLOAT.finditer(part.prose)
        return [(m.start(), m.start() + 14) for m in floats if "\\caption" not in m["inside"]]
    return []
