r"""Keywords as each program separates them.

JabRef's separator is the library's own (`keywordSeparator`, a comma if it does not say) and
is escaped inside a keyword with `\`; others use commas or semicolons.
"""

from __future__ import annotations

import re

from reviewkit.bibtex.values import tex_to_value

#: Between the levels of one keyword ("Methods > Statistics").
HIERARCHY = ">"


def split(tex: str, separator: str | None = None) -> tuple[str, ...]:
    r"""The keywords of a field, each once, in its order.

    Parameters
    ----------
    tex
        The field's text before TeX is decoded: `\,` is an escaped comma here.
    separator
        The library's own; None: a comma, and a semicolon too.
    """
    parts: list[str] = [""]
    signs = separator or ",;"
    at = 0
    while at < len(tex):
        if tex[at] == "\\" and tex[at + 1 : at + 2] in tuple(signs):
            parts[-1] += tex[at + 1]
            at += 2
        elif tex[at] in signs:
            parts.append("")
            at += 1
        else:
            parts[-1] += tex[at]
            at += 1
    words = (" ".join(tex_to_value("keywords", part).split()) for part in parts)
    return tuple(dict.fromkeys(word for word in words if word))


def levels(keyword: str) -> tuple[str, ...]:
    """A keyword's place in the hierarchy, outermost first."""
    found = (part.strip() for part in re.split(rf"\s*{HIERARCHY}\s*", keyword))
    return tuple(part for part in found if part)
