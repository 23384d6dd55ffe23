"""Cells that reviewkit keeps, and that are older than what they are made of."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.checks.look import Look, Rule
from reviewkit.records.findings import Finding, Fix, TextEdit

BIBLIOGRAPHY = Rule("RK301", "bibliography", "warning", "a bibliography that is out of date")
STALE = Rule("RK302", "stale", "warning", "a drafted cell that is older than the reviews")


def bibliography(look: Look) -> Iterator[Finding]:
    """Bibliography cells whose text is not what would be rendered now."""
    for part in look.manuscript.parts:
        wanted = look.facts.bibliography.get(part.number) if part.number is not None else None
        if wanted is None or wanted.strip() == part.text.strip():
            continue
        edit = TextEdit(part.number, 0, len(part.text), wanted)
        yield look.tell(
            BIBLIOGRAPHY,
            "The bibliography is out of date: refresh it.",
            part,
            (0, len(part.text)),
            quote="",
            fix=Fix("Refresh the bibliography", (edit,)) if part.text else None,
        )


def stale(look: Look) -> Iterator[Finding]:
    """Drafted cells that nobody edited and that drafting again would change."""
    for part in look.manuscript.parts:
        why = look.facts.stale.get(part.number) if part.number is not None else None
        if why is not None:
            yield look.tell(
                STALE,
                f"This drafted cell is older than the reviews ({why}): draft the survey"
                " again, with `reviewkit draft` or Draft a Survey… in JupyterLab.",
                part,
                (0, len(part.text)),
                quote="",
            )
