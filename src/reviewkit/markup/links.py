"""What the notebooks of a group say of a paper's claims."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.markup import parts
from reviewkit.records import CellLink

# Readable on white and on black.
_COLOURS = {
    "reproduced": "#2e9e5b",
    "refuted": "#d1434b",
    "failed": "#d1434b",
    "stale": "#b7791f",
    "gone": "#b7791f",
    "not run": "inherit",
}


def state_words(link: CellLink) -> str:
    """The state in words: "reproduced by ci, 2026-03-01", "stale: the code has changed since"."""
    when = f", {link.at[:10]}" if link.at else ""
    if link.state == "stale":
        return f"stale: the code has changed since {link.by} ran it{when}"
    if link.state == "gone":
        return "gone: the cell is not in the notebook any more"
    if link.state == "not run":
        relation = "refute" if link.relation == "refutes" else "reproduce"
        return f"not run yet: the cell is to {relation} it"
    return f"{link.state} by {link.by}{when}"


def links_html(links: Sequence[CellLink]) -> str:
    """List of linked claims for a card; "" if there are none."""
    items = []
    for link in links:
        colour = _COLOURS.get(link.state, "inherit")
        items.append(
            f'<li style="margin:.2em 0">“{parts.escaped(link.quote)}” '
            f'<b style="color:{colour}">{parts.escaped(state_words(link))}</b> '
            f'<span style="{parts.FAINT}">{parts.escaped(_place(link))}</span></li>'
        )
    if not items:
        return ""
    return f'<ul style="margin:.5em 0;padding-left:1.2em">{"".join(items)}</ul>'


def links_text(links: Sequence[CellLink]) -> list[str]:
    """One line a linked claim."""
    return [
        parts.line(f"Claim: “{link.quote}” {state_words(link)} ({_place(link)})") for link in links
    ]


def _place(link: CellLink) -> str:
    return f"{link.notebook}, cell {link.cell}, linked by {link.reviewer}"
