"""Which parts of a Markdown text are prose: code, comments and mathematics made blank."""

from __future__ import annotations

import re

from reviewkit.citations import latex

_FRONT = re.compile(r"\ufeff?---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)

_FENCE = re.compile(
    r"(?P<before>[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
    r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)"
)
_LIST_LIKE = re.compile(
    r" {0,3}(?:[-*+]|\(?(?:\d{1,9}|[A-Za-z]{1,4}|#)[.)]|\(@\w*\)|\[\^[^\]]+\]:|:)(?:[ \t]|$)"
)
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)")

# MyST directives whose content is prose; any other fence holds code.
_PROSE = re.compile(
    r"\{(?:attention|caution|danger|error|hint|important|note|tip|warning|seealso|admonition"
    r"|topic|sidebar|margin|aside|epigraph|pull-quote|blockquote|highlights|compound|container"
    r"|figure|table|list-table|csv-table|dropdown|details|definition|card|card-carousel"
    r"|grid|grid-item|grid-item-card|tab-set|tab-item|exercise|solution|div|rubric|abstract"
    r"|versionadded|versionchanged|deprecated|glossary|(?:prf|proof):\w+)\}"
)
_LATEX = re.compile(r"\{=(?:latex|tex|beamer)\}")

# What may reach beyond a paragraph; a code span is passed over, it may show any of them.
_OPENING = re.compile(
    r"(?P<ticks>`+)|(?P<comment><!--)|<(?P<tag>script|style|pre|textarea|code)\b"
    r"|\\begin\{(?P<env>(?:equation|align|alignat|flalign|gather|multline|eqnarray|math"
    r"|displaymath|verbatim|lstlisting|minted)\*?)\}"
    r"|(?P<escape>\\[^A-Za-z])",
    re.IGNORECASE,
)


def front_matter(text: str) -> int:
    """Length of the YAML block that opens the text; 0: there is none."""
    match = _FRONT.match(text)
    return match.end() if match else 0


def prose(text: str) -> str:
    """Text with everything that is not prose as spaces, of equal length."""
    text = _without_code(text)
    lower = text.lower()
    kept: list[str] = []
    missing: set[str] = set()
    done = at = 0
    while opening := _OPENING.search(text, at):
        at = opening.end()
        if opening["escape"]:
            continue
        if opening["ticks"]:
            at = _end_of_code_span(text, opening)
            continue
        closing = _closing(opening)
        # One that was not found is not looked for again: hostile text stays cheap.
        end = -1 if closing in missing else lower.find(closing, at)
        if end < 0:
            missing.add(closing)
            continue
        at = end + len(closing)
        kept += text[done : opening.start()], _spaces(text[opening.start() : at])
        done = at
    return "".join(kept) + text[done:]


def _closing(opening: re.Match[str]) -> str:
    if opening["comment"]:
        return "-->"
    if opening["tag"]:
        return f"</{opening['tag'].lower()}"
    return f"\\end{{{opening['env'].lower()}}}"


def _end_of_code_span(text: str, opening: re.Match[str]) -> int:
    ticks = opening["ticks"]
    paragraph = text.find("\n\n", opening.end())
    closing = re.compile(f"(?<!`){ticks}(?!`)").search(
        text, opening.end(), paragraph if paragraph >= 0 else len(text)
    )
    return closing.end() if closing else opening.end()


def _without_code(text: str) -> str:
    lines = text.split("\n")
    directives: list[str] = []
    after_blank, listing = True, False
    at = 0
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.fullmatch(line)
        end = at + 1
        if fence and directives and _closes(line, directives[-1]):
            directives.pop()
            lines[at] = _spaces(line)
        elif fence and _PROSE.match(fence["info"]):
            directives.append(fence["fence"])
            title = fence.start("info") + fence["info"].index("}") + 1
            lines[at] = " " * title + line[title:]
        elif fence:
            # Code that begins at the margin is in no list any more.
            listing = listing and fence["before"] != ""
            end = _end_of_fence(lines, at, fence)
            lines[at:end] = _code(lines[at:end], fence["info"])
        elif line.lstrip().startswith("<!--") and (
            listing or not after_blank or _INDENTED.match(line) is None
        ):
            end = _end_of_comment(lines, at)
            if end > at + 1:
                after = lines[end - 1].index("-->") + 3
                lines[at : end - 1] = [_spaces(line) for line in lines[at : end - 1]]
                lines[end - 1] = " " * after + lines[end - 1][after:]
        elif line and not line.isspace():
            indented = _INDENTED.match(line) is not None
            if not indented and (after_blank or _LIST_LIKE.match(line)):
                listing = _LIST_LIKE.match(line) is not None
            # Code goes on through blank lines until a line that is not indented.
            after_blank = indented and after_blank and not listing
            if after_blank:
                lines[at] = _spaces(line)
            at = end
            continue
        after_blank = True
        at = end
    return "\n".join(lines)


def _end_of_comment(lines: list[str], at: int) -> int:
    return next((end for end in range(at + 1, len(lines) + 1) if "-->" in lines[end - 1]), at + 1)


def _end_of_fence(lines: list[str], at: int, fence: re.Match[str]) -> int:
    quoted = ">" in fence["before"]
    for end in range(at + 1, len(lines)):
        if quoted and not lines[end].lstrip().startswith(">"):
            return end
        if _closes(lines[end], fence["fence"]):
            return end + 1
    return len(lines)


def _closes(line: str, fence: str) -> bool:
    rest = line.strip("> \t")
    return len(rest) >= len(fence) and rest == fence[0] * len(rest)


def _code(lines: list[str], info: str) -> list[str]:
    if _LATEX.match(info):
        # Raw LaTeX reaches LaTeX as it is, its citations with it.
        return [_spaces(lines[0]), *latex.blank("\n".join(lines[1:])).split("\n")]
    return [_spaces(line) for line in lines]


def _spaces(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
