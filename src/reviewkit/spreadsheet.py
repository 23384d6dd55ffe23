"""Cells that a spreadsheet shows as text, whatever they begin with."""

from __future__ import annotations

import re

# A spreadsheet runs a cell that begins so; a leading ' keeps it text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BEGINNINGS = frozenset("'=+-@\t\r")


def guard(text: str) -> str:
    """The cell's text, with a `'` before it if a spreadsheet would run it as a formula."""
    return f"'{text}" if text[:1] in _BEGINNINGS and _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
