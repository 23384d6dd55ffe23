"""A list of topics with some of their papers."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.markup import parts

#: Label, number of papers, further words, titles of some papers.
TopicRow = tuple[str, int, str, Sequence[str]]

_TITLE_WIDTH = 90
_NONE = "No topics: too few papers share words."


def topics_html(rows: Sequence[TopicRow]) -> str:
    """Table of topics as HTML that needs no script, style sheet or network."""
    if not rows:
        return f"<div>{_NONE}</div>"
    body = "".join(
        parts.row(
            [
                f"<b>{parts.escaped(label)}</b>"
                + (f'<div style="{parts.FAINT}">{parts.escaped(words)}</div>' if words else ""),
                str(number),
                "".join(f"<div>{parts.escaped(title)}</div>" for title in titles)
                + (f'<div style="{parts.FAINT}">…</div>' if number > len(titles) else ""),
            ]
        )
        for label, number, words, titles in rows
    )
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse">'
        f"<thead>{parts.row(['Topic', 'Papers', 'Among them'], head=True)}</thead>"
        f"<tbody>{body}</tbody></table></div>"
        f'<div style="{parts.FAINT};margin-top:.4em">Suggested from the words of titles and '
        "abstracts: rename, merge, move and remove as you see fit.</div>"
    )


def topics_text(rows: Sequence[TopicRow]) -> str:
    """Table of topics as plain text, without control characters; ends without a newline."""
    lines = []
    for label, number, words, titles in rows:
        more = f" ({parts.line(words)})" if words else ""
        lines.append(f"{number:>5}  {parts.line(label)}{more}")
        lines += [f"       - {_cut(parts.line(title))}" for title in titles]
    return "\n".join(lines or [_NONE])


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE_WIDTH else title[: _TITLE_WIDTH - 1].rstrip() + "…"
