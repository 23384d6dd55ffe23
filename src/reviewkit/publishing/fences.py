"""Where Jupyter's Markdown and pandoc's differ in lines: open fences, and headings in lists."""

from __future__ import annotations

import re

from reviewkit.publishing.directives import without_directives

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r"#{1,6}[ \t]")


def for_pandoc(text: str) -> str:
    """A cell's text as pandoc has to get it, to read what Jupyter shows.

    Directives of MyST for formulas and figures become pandoc's. A fence of code that is open
    at its end is closed, and a heading has an empty line before it: pandoc would take one
    right after a list for a part of its last item.
    """
    lines: list[str] = []
    fence = ""
    for line in without_directives(text).split("\n"):
        match = _FENCE.match(line)
        if not fence and _HEADING.match(line) and lines and lines[-1].strip():
            lines.append("")
        lines.append(line)
        if match is None:
            continue
        if not fence:
            fence = match[1] if "`" not in match[2] or match[1][0] == "~" else ""
        elif match[1].startswith(fence) and not match[2].strip():
            fence = ""
    return "\n".join([*lines, fence] if fence else lines)
