"""The Markdown of a note as a tree: what the panel shows of it, and citations as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import mistune

#: A part of a note: its type, and what it holds, as mistune has them.
Token = Mapping[str, Any]

#: As the panel has them (extension/src/views/maths.ts): prices are no formulas. None is longer
#: than a page, so that what is never closed is not looked for to the end again and again.
_MATHS = (
    r"\$\$[^$]{1,2000}\$\$|\$(?![\s$])(?:\\.|[^$\\]){0,2000}?(?:\\.|[^$\\\s])\$(?!\d)"
    r"|\\\([\s\S]{1,2000}?\\\)|\\\[[\s\S]{1,2000}?\\\]"
)
#: A key as pandoc reads it.
KEY = r"(?:\{[^{}\s]+\}|\w(?:\w|[:.#$%&\-+?~/](?=\w))*)"
_GROUP = rf"\[[^\[\]@\n]{{0,200}}@{KEY}[^\[\]\n]{{0,500}}\](?![\[({{:])"
_NAMED = rf"(?<![\w@.])@{KEY}(?:[ ]\[[^\[\]@;\n]{{1,100}}\](?![\[({{:]))?"


def read(text: str) -> list[Token]:
    """The blocks of a note."""
    tokens: Any = _parser()(text)
    return list(tokens)


@cache
def _parser() -> mistune.Markdown:
    made = mistune.create_markdown(
        renderer="ast", hard_wrap=True, plugins=["table", "strikethrough", "url", "task_lists"]
    )
    inline = made.inline
    inline.register("maths", _MATHS, _as("maths"), before="escape")
    inline.register("group", _GROUP, _as("group"), before="link")
    inline.register("named", _NAMED, _as("named"), before="link")
    return made


def _as(kind: str) -> Any:
    """What makes a token of all that a pattern matched."""

    def parse(_: object, match: re.Match[str], state: Any) -> int:
        state.append_token({"type": kind, "raw": match[0]})
        return match.end()

    return parse
