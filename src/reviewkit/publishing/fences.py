"""Fences of code, which Jupyter ends with the cell and pandoc does not."""

from __future__ import annotations

import re

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})(.*)")


def closed(text: str) -> str:
    """The text with a fence of code that is open at its end closed."""
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if match is None:
            continue
        if not fence:
            fence = match[1] if "`" not in match[2] or match[1][0] == "~" else ""
        elif match[1].startswith(fence) and not match[2].strip():
            fence = ""
    return f"{text}\n{fence}" if fence else text
