"""Tags of HTML in a note: pairs that mean what Markdown can say, and others, which go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from reviewkit.drafts.reading import Token

_MEANING = {
    "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis",
    "s": "strikethrough", "del": "strikethrough", "sub": "sub", "sup": "sup",
}  # fmt: skip
_PAIR = re.compile(rf"<(/?)({'|'.join(_MEANING)})\s*>", re.IGNORECASE)
_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)
#: The tags that the panel knows (extension/src/views/markdown.ts), and comments.
_KNOWN = re.compile(
    r"</?(?:p|br|hr|h[1-6]|strong|em|b|i|del|s|code|pre|blockquote|[uo]l|li|a|table|thead|tbody"
    r"|t[rhd]|sup|sub|kbd|mark|span|input|img)(?=[\s/>])[^<>]*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)


def paired(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with what stands between two tags of a style as one token of that style."""
    made: list[Token] = []
    open_: list[tuple[str, int]] = []
    for token in tokens:
        match = _PAIR.fullmatch(token["raw"]) if token["type"] == "inline_html" else None
        made.append(token)
        if match is None:
            continue
        kind = _MEANING[match[2].lower()]
        if not match[1]:
            open_.append((kind, len(made) - 1))
        elif kind in (waiting := [name for name, _ in open_]):
            at = len(waiting) - 1 - waiting[::-1].index(kind)
            start = open_[at][1]
            open_ = open_[:at]
            made[start:] = _styled(kind, made[start + 1 : -1])
    return made


def without_tags(text: str) -> str:
    """The text without the tags that the panel knows; what else looks like one stays."""
    return _KNOWN.sub("", _LINE.sub("\n", text))


def _styled(kind: str, inner: list[Token]) -> list[Token]:
    """The tokens in that style; as they are where its marks would not be read as such."""
    if kind in ("sub", "sup") or (inner and _is_word(inner[0], 0) and _is_word(inner[-1], -1)):
        styled: dict[str, Any] = {"type": kind, "children": inner}
        return [styled]
    return inner


def _is_word(token: Token, at: int) -> bool:
    text: str = token["raw"] if token["type"] == "text" else ""
    return text != "" and text[at].isalnum()
