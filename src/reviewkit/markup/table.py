"""A list of papers."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.markup import parts
from reviewkit.records import PaperRow

_TITLE_WIDTH = 60


def papers_table_html(rows: Sequence[PaperRow], total: int) -> str:
    """Table of papers as HTML that needs no script, style sheet or network.

    Parameters
    ----------
    rows
        The papers to show, in their order. Their texts may hold anything.
    total
        How many papers there are; a line below the table says so if it shows fewer.
    """
    if not rows:
        return f"<div>{_count(0, total)}</div>"
    heads = ["Citekey", "Title", "Authors", "Year", "Score", "Readers", "Mine", "Tags"]
    body = "".join(
        parts.row(
            [
                f'<code style="font-size:.85em">{parts.escaped(row.citekey)}</code>',
                _title(row),
                parts.escaped(row.authors),
                str(row.year or ""),
                parts.escaped(_score(row)),
                str(row.readers or ""),
                _mine(row),
                parts.chips(row.tags),
            ]
        )
        for row in rows
    )
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse">'
        f"<thead>{parts.row(heads, head=True)}</thead><tbody>{body}</tbody></table></div>"
        f'<div style="{parts.FAINT};margin-top:.4em">{_count(len(rows), total)}</div>'
    )


def papers_table_text(rows: Sequence[PaperRow], total: int) -> str:
    """Table of papers as plain text, without control characters; ends without a newline."""
    table = [("citekey", "year", "score", "readers", "title")]
    for row in rows:
        title = parts.line(row.title)
        if len(title) > _TITLE_WIDTH:
            title = title[: _TITLE_WIDTH - 1].rstrip() + "…"
        year, readers = str(row.year or ""), str(row.readers or "")
        table.append((parts.line(row.citekey), year, _score(row), readers, title))
    widths = [max(len(cells[column]) for cells in table) for column in range(4)]
    out = []
    if rows:
        for citekey, *numbers, title in table:
            aligned = [cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True)]
            out.append("  ".join([citekey.ljust(widths[0]), *aligned, title]).rstrip())
    return "\n".join([*out, _count(len(rows), total)])


def _title(row: PaperRow) -> str:
    conflict = ' <b title="conflict">(conflict)</b>' if row.conflicts else ""
    # Long citekeys must not leave a column of single words.
    return f'<div style="min-width:14em">{parts.escaped(row.title)}{conflict}</div>'


def _count(shown: int, total: int) -> str:
    papers = f"{total} paper{'s' * (total != 1)}"
    return papers if shown >= total else f"{shown} of {papers}"


def _score(row: PaperRow) -> str:
    return parts.number(row.score) if row.score is not None else ""


def _mine(row: PaperRow) -> str:
    rating = parts.stars_html(row.rating) if row.rating is not None else ""
    return " ".join(piece for piece in (rating, parts.escaped(row.status or "")) if piece)
