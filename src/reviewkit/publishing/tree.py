"""Pandoc's document tree, as its JSON has it: making elements and going through them.

An element is ``{"t": type, "c": content}``; the types are those of pandoc-types 1.23.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Node = dict[str, Any]
Nodes = list[Node]

#: Version of the tree that is written, as pandoc 3 has it.
API_VERSION = [1, 23, 1]

_INLINES = frozenset(
    "Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space "
    "SoftBreak LineBreak Math RawInline Link Image Note Span".split()
)


def node(kind: str, content: Any = None) -> Node:
    """An element."""
    return {"t": kind} if content is None else {"t": kind, "c": content}


def attr(identifier: str = "", classes: list[str] | None = None, **values: str) -> list[Any]:
    """Attributes of an element."""
    return [identifier, classes or [], [[name, text] for name, text in values.items() if text]]


def words(text: str) -> Nodes:
    """Text as inlines that show exactly it."""
    found: Nodes = []
    for word in text.split():
        found += [node("Space"), node("Str", word)]
    return found[1:]


def para(inlines: Nodes) -> Node:
    """A paragraph."""
    return node("Para", inlines)


def image(source: str, alt: Nodes, width: str = "") -> Node:
    """A picture of a file."""
    return node("Image", [attr(width=width), alt, [source, ""]])


def figure(identifier: str, caption: Nodes, content: Nodes) -> Node:
    """A figure; an empty caption is none."""
    blocks = [node("Plain", caption)] if caption else []
    return node("Figure", [attr(identifier), [None, blocks], content])


def is_inline(value: Any) -> bool:
    """Whether this is an inline element."""
    return isinstance(value, dict) and value.get("t") in _INLINES


def changed(
    value: Any,
    change: Callable[[Node], Node | Nodes],
    inlines: Callable[[Nodes], Nodes] | None = None,
) -> Any:
    """The tree with every element changed, those within it before it.

    Parameters
    ----------
    change
        Gives the element to stand there, or several or none.
    inlines
        Gives what is to stand for a whole row of inlines, after each was changed.
    """
    if isinstance(value, list):
        row: list[Any] = []
        for each in value:
            new = changed(each, change, inlines)
            if isinstance(each, dict) and "t" in each and isinstance(new, list):
                row += new
            else:
                row.append(new)
        return inlines(row) if inlines is not None and any(map(is_inline, row)) else row
    if isinstance(value, dict):
        new = {name: changed(each, change, inlines) for name, each in value.items()}
        return change(new) if isinstance(new.get("t"), str) else new
    return value


def found(value: Any, kind: str) -> Iterator[Node]:
    """All elements of a type, in reading order; not those within one that was found."""
    if isinstance(value, list):
        for each in value:
            yield from found(each, kind)
    elif isinstance(value, dict):
        if value.get("t") == kind:
            yield value
        else:
            for each in value.values():
                yield from found(each, kind)


def plain_text(value: Any) -> str:
    """The words of a tree, without its markup."""
    if isinstance(value, list):
        return "".join(map(plain_text, value))
    if not isinstance(value, dict):
        return ""
    kind, content = value.get("t"), value.get("c")
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Str":
        return str(content)
    if kind in ("Code", "Math", "CodeBlock"):
        return str((content or ["", ""])[1])
    if kind in ("RawInline", "RawBlock", "Note"):
        return ""
    text = plain_text(content if content is not None else [])
    return text + " " if kind in ("Para", "Plain", "Header") else text
