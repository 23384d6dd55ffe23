"""What the commands print: JSON for programs, tables and cards for people."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from typing import Any

import click

from reviewkit.markup import links_text
from reviewkit.ops.anchors import is_anchor
from reviewkit.records import Paper, Review, as_json

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[@-_]")


def print_json(value: Any) -> None:
    """The JSON form of a record or of a list of them, on stdout."""
    content = as_json(value)
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False, default=os.fspath)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(content, indent=2, allow_nan=False, default=os.fspath)
    click.echo(text)


def clean(text: str, *, lines: bool = False) -> str:
    """The text without anything that moves a terminal's cursor or changes its colours.

    Line ends become blanks unless `lines`; tabs always do.
    """
    kept = []
    for character in _ESCAPES.sub("", text):
        if character == "\n" and lines:
            kept.append(character)
        elif character in "\n\r\t":
            kept.append(" ")
        elif unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTIONS:
            continue
        else:
            kept.append(character)
    return "".join(kept)


# Marks that let a text turn round the reading of what stands after it.
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def width() -> int:
    """Columns of the terminal; 100 if there is none."""
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def columns_of(text: str) -> int:
    """Columns that a terminal gives the text: two for wide characters, none for marks."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def shortened(text: str, columns: int) -> str:
    """The text in at most so many columns, ending in `…` if something was cut."""
    if columns_of(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += columns_of(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, flexible: int) -> str:
    """Rows under a head, in columns as wide as needed; `flexible` takes what is left."""
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(columns_of(row[i]) for row in [list(head), *cells]) for i in range(len(head))]
    others = sum(widths) - widths[flexible] + 2 * (len(head) - 1)
    widths[flexible] = max(10, min(widths[flexible], width() - others))
    return "\n".join(_row(row, widths) for row in [list(head), *cells])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    parts = []
    for cell, columns in zip(cells, widths, strict=True):
        text = shortened(cell, columns)
        parts.append(text + " " * (columns - columns_of(text)))
    return "  ".join(parts).rstrip()


def papers_table(papers: Sequence[Paper]) -> str:
    """One line a paper: key, title, year, readers, mean rating, tags."""
    rows = [
        (
            paper.citekey,
            paper.title,
            str(paper.year or ""),
            str(sum(1 for review in paper.reviews if _has_opinion(review)) or ""),
            number(paper.score),
            ", ".join(paper.tags),
        )
        for paper in papers
    ]
    rows = [(*row[:5], shortened(row[5], 30)) for row in rows]
    return table(("KEY", "TITLE", "YEAR", "READERS", "SCORE", "TAGS"), rows, flexible=1)


def paper_card(paper: Paper) -> str:
    """A paper with its abstract and everybody's opinions, for a terminal."""
    head = [
        clean(paper.citekey),
        clean(paper.title),
        clean("; ".join(paper.authors)),
        clean(" · ".join(str(fact) for fact in (paper.venue, paper.year) if fact)),
        *(clean(url) for url in paper.urls),
    ]
    parts = ["\n".join(line for line in head if line)]
    abstract = paper.abstract_display or paper.abstract
    if abstract:
        parts.append(textwrap.fill(clean(abstract), min(width(), 100)))
    if paper.cells:
        parts.append("\n".join(clean(line) for line in links_text(paper.cells)))
    parts.extend(review_lines(review) for review in paper.reviews if _has_opinion(review))
    if paper.private is not None:
        parts.append(review_lines(paper.private, private=True))
    if paper.conflicts:
        parts.append(
            f"{len(paper.conflicts)} conflicts: `reviewkit resolve {clean(paper.citekey)}`"
        )
    return "\n\n".join(parts)


def review_lines(review: Review, *, private: bool = False) -> str:
    """One reviewer's opinion, the notes indented below it; of private ones with their ids."""
    facts = [
        clean(review.reviewer) + (" (only you see this)" if private else ""),
        f"{number(review.rating)}/5" if review.rating is not None else "",
        clean(review.criteria_text),
        review.status or "",
        clean(", ".join(review.tags)),
    ]
    lines = ["  ".join(fact for fact in facts if fact)]
    for note in review.notes:
        text = note.placed
        text = f"[{note.id}] {text}" if private else text
        lines.append(textwrap.indent(clean(text, lines=True), "    "))
    return "\n".join(lines)


def field_name(field: str) -> str:
    """A field of the log as people call it: `bib:title` is the title, `note:x.text` a note."""
    if field.startswith("note:"):
        return "page of a note" if is_anchor(field) else "note"
    kind, _, name = field.partition(":")
    if kind in ("cell", "column", "place", "unfit"):
        return f"{kind} {name.partition('.')[0].rpartition('-')[0]}"
    return field.removeprefix("bib:")


def value_text(value: Any) -> str:
    """A value of the log on one line."""
    if isinstance(value, dict):
        # A cell of the matrix, or one of its columns.
        known = (value.get(name) for name in ("value", "name", "unit"))
        return shortened(clean(" ".join(str(part) for part in known if part is not None)), width())
    if isinstance(value, list | tuple):
        return clean(", ".join(map(str, value)))
    if isinstance(value, dict) and isinstance(value.get("quote"), str):
        # A link: its quote and where it leads.
        value = f"“{value['quote']}” {value.get('notebook')} {value.get('cell')}"
    return "(nothing)" if value is None else shortened(clean(str(value)), width())


def number(value: float | None) -> str:
    """The number with at most two decimals; empty for None."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _has_opinion(review: Review) -> bool:
    return bool(review.status or review.tags or review.notes or review.is_rated)
