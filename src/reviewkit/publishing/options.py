"""What a code cell asks for: `#|` lines as Quarto has them, and tags as Jupyter Book has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from reviewkit.publishing.cells import Cell
from reviewkit.publishing.plainyaml import read_mapping

_LINES = re.compile(r"(?:[ \t]*\n)*((?:#\|[^\n]*(?:\n|\Z))+)")
_LABEL = re.compile(r"[A-Za-z][\w.:-]{0,99}")


@dataclass(frozen=True, slots=True)
class Options:
    """How a code cell is shown.

    `label` names its figure or table for references (`@fig-speed`); captions are Markdown.
    `width` is a CSS width in per cent or empty. `code` and `output`: whether they are shown;
    `code` None: as the whole document has it.
    """

    label: str = ""
    captions: tuple[str, ...] = ()
    table_caption: str = ""
    alt: str = ""
    width: str = ""
    code: bool | None = None
    output: bool = True


def options_of(cell: Cell) -> tuple[Options, str]:
    """The options of a code cell, and its source without the lines that say them."""
    match = _LINES.match(cell.source)
    said: Mapping[str, Any] = {}
    source = cell.source
    if match:
        lines = [line[2:].removeprefix(" ") for line in match[1].splitlines()]
        said = read_mapping("\n".join(lines)) or _line_by_line(lines)
        source = source[match.end() :]
    options = Options(
        label=_label(said.get("label")),
        captions=_texts(said.get("fig-cap")),
        table_caption="".join(_texts(said.get("tbl-cap"))[:1]),
        alt="".join(_texts(said.get("fig-alt"))[:1]),
        width=_width(said.get("out-width")),
        code=said["echo"] if isinstance(said.get("echo"), bool) else None,
        output=said.get("output") is not False and said.get("include") is not False,
    )
    return _by_tags(options, cell.tags, said), source


def _by_tags(options: Options, tags: frozenset[str], said: Mapping[str, Any]) -> Options:
    if tags & {"remove-cell", "hide-cell"} or said.get("include") is False:
        return replace(options, code=False, output=False)
    if tags & {"remove-input", "hide-input"}:
        options = replace(options, code=False)
    elif "show-input" in tags:
        options = replace(options, code=True)
    if tags & {"remove-output", "hide-output"}:
        options = replace(options, output=False)
    return options


def _line_by_line(lines: list[str]) -> Mapping[str, Any]:
    """What lines say that are no YAML as a whole, as a caption with a colon in it."""
    pairs = (line.partition(":") for line in lines)
    words = {"true": True, "false": False}
    return {
        name.strip(): words.get(text.strip(), text.strip())
        for name, colon, text in pairs
        if colon and not name.startswith(" ")
    }


def _label(value: Any) -> str:
    return value if isinstance(value, str) and _LABEL.fullmatch(value) else ""


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(
        str(each) for each in values if isinstance(each, str | int | float) and each != ""
    )


def _width(value: Any) -> str:
    return value if isinstance(value, str) and re.fullmatch(r"\d{1,3}%", value) else ""
