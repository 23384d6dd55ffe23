"""Pieces of markup that card and table share; all text that comes in is hostile."""

from __future__ import annotations

import html
import re

from reviewkit.records import RATING_SCALE

FAINT = "opacity:.7"
LINE = "1px solid rgba(128,128,128,.35)"
CELL = f"text-align:left;vertical-align:top;padding:4px 10px 4px 0;border-bottom:{LINE}"
CHIP = (
    f"display:inline-block;border:{LINE};border-radius:9px;padding:0 7px;margin:0 4px 2px 0;"
    "font-size:.9em;white-space:nowrap"
)

# All control characters but tab and line feed, and those that turn the direction of
# text around: neither a terminal nor a page shows them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)


def lines(text: str) -> str:
    """Text without unseen characters, its line breaks as they are."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """Text without unseen characters, on one line."""
    return " ".join(lines(text).split())


def escaped(text: str) -> str:
    """One line of text for HTML, inside an element or a quoted attribute."""
    return html.escape(line(text))


def escaped_lines(text: str) -> str:
    """Text for HTML with its line breaks."""
    return html.escape(lines(text).strip()).replace("\n", "<br>")


def link(url: str, label: str) -> str:
    """Link for HTML; an address that is not http or https is shown as text only."""
    if not _ADDRESS.fullmatch(url) or _UNSEEN.search(url):
        return escaped(f"{label}: {url}" if label != url else url)
    # A browser's own blue cannot be read on a dark page that does not set another.
    style = "color:inherit;text-decoration:underline"
    return (
        f'<a href="{html.escape(url)}" rel="noopener" target="_blank" style="{style}">'
        f"{escaped(label)}</a>"
    )


def number(value: float) -> str:
    """Decimal number with at most two decimals."""
    return f"{round(value, 2):g}"


def stars(rating: float) -> str:
    """Rating in stars, to the nearest half."""
    best = RATING_SCALE[1]
    halves = min(max(round(rating * 2), 0), best * 2)
    full, half = divmod(halves, 2)
    return "★" * full + "½" * half + "☆" * (best - full - half)


def stars_html(rating: float) -> str:
    """Stars that a screen reader reads as a number."""
    label = f"{number(rating)} of {RATING_SCALE[1]}"
    return (
        f'<span role="img" aria-label="{label}" title="{label}" '
        f'style="white-space:nowrap">{stars(rating)}</span>'
    )


def chips(tags: tuple[str, ...]) -> str:
    """Tags for HTML, each in a frame."""
    return " ".join(f'<span style="{CHIP}">{escaped(tag)}</span>' for tag in tags)


def row(cells: list[str], *, head: bool = False, mark: bool = False) -> str:
    """Row of a table; `cells` are HTML already, `mark` sets the row off."""
    tag, scope = ("th", ' scope="col"') if head else ("td", "")
    style = CELL + (";font-weight:600" if mark else "")
    return "<tr>" + "".join(f'<{tag}{scope} style="{style}">{c}</{tag}>' for c in cells) + "</tr>"
