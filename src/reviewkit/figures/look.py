"""How figures look: colours that differ in print, for the colour-blind, and on any page."""

from __future__ import annotations

import re

#: Inches; the width of a text on A4.
WIDTH = 6.6
INK = "#222222"
GRID = "#c8c8c8"
MAIN = "#004573"
#: After Okabe and Ito (2008), "Color Universal Design", the dark ones first.
COLOURS = ("#004573", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8a8a8a", "#F0E442",
           "#000000")  # fmt: skip
HATCHES = ("", "", "///", "", "...", "xxx", "", "\\\\\\", "")


def shown(text: str, longest: int = 60) -> str:
    """A text of a library as it may be drawn: one line, printable, no formula."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(plain) > longest:
        # What people call a long name stands at its end: "(NeurIPS)".
        known = re.search(r" \([^()]{2,15}\)\Z", plain)
        end = known[0] if known else ""
        plain = plain[: longest - 1 - len(end)].rstrip() + "\u2026" + end
    return plain.replace("$", r"\$")
