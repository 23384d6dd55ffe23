"""MyST's directives for formulas and figures, as pandoc's Markdown has them."""

from __future__ import annotations

import re

_BEGIN = re.compile(r"[ ]{0,3}(`{3,}|:{3,})[ ]?\{(math|figure|image)\}[ \t]*(.*)")
_OPTION = re.compile(r"[ \t]*:([a-z-]+):[ \t]*(.*)")
_LABEL = re.compile(r"[A-Za-z][\w.:-]*")
_WIDTH = re.compile(r"\d{1,5}(?:\.\d+)?(?:%|px|cm|mm|in|pt|em)")


def without_directives(text: str) -> str:
    """The text whose directives of formulas and figures say the same without them.

    One that is not closed stays as it is.
    """
    lines = text.split("\n")
    made: list[str] = []
    fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        begin = None if fence else _BEGIN.fullmatch(line)
        end = _end(lines, at, begin[1]) if begin else None
        if begin is None or end is None:
            fence = _fence(line, fence)
            made.append(line)
            at += 1
            continue
        options, body = _split(lines[at + 1 : end])
        made += ["", *_written(begin[2], begin[3].strip(), options, body), ""]
        at = end + 1
    return "\n".join(made)


def _fence(line: str, fence: str) -> str:
    """The fence of code that is open behind the line."""
    marks = re.match(r"[ ]{0,3}(`{3,}|~{3,})", line)
    if marks is None:
        return fence
    if not fence:
        return marks[1]
    return "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence


def _end(lines: list[str], begin: int, fence: str) -> int | None:
    close = (n for n in range(begin + 1, len(lines)) if lines[n].strip() == fence)
    return next(close, None)


def _split(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    for number, line in enumerate(lines):
        said = _OPTION.fullmatch(line)
        if said is None:
            return options, lines[number:]
        options[said[1]] = said[2].strip()
    return options, []


def _written(kind: str, first: str, options: dict[str, str], body: list[str]) -> list[str]:
    label = options.get("label") or options.get("name") or ""
    name = f"#{label}" if _LABEL.fullmatch(label) else ""
    if kind == "math":
        # No formula of pandoc's goes over an empty line.
        tex = [line for line in [first, *body] if line.strip()]
        return ["$$", *tex, f"$$ {{{name}}}" if name else "$$"]
    width = options.get("width", "")
    size = f"width={width}" if _WIDTH.fullmatch(width) else ""
    said = " ".join(filter(None, (name, size)))
    # The caption is the first paragraph.
    text = " ".join(line.strip() for line in body).strip() if kind == "figure" else ""
    text = text or options.get("alt", "")
    return [f"![{text}](<{first}>){{{said}}}" if said else f"![{text}](<{first}>)"]
