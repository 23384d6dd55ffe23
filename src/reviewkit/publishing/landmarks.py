"""MyST's `(label)=`, a line of its own that names what follows it."""

from __future__ import annotations

import re

from reviewkit.publishing.tree import Node, Nodes, attr, node

Part = tuple[int | None, Nodes]

_LINE = re.compile(r"\(([A-Za-z][\w.:-]*)\)=")
_AT = {"Header": 1, "Figure": 0, "Table": 0, "CodeBlock": 0, "Div": 0}


def landmarked(parts: list[Part]) -> list[Part]:
    """The parts with the names where they belong, and without the lines that say them."""
    waiting: list[str] = []
    made: list[Part] = []
    for cell, blocks in parts:
        row: Nodes = []
        for each in blocks:
            name, rest = _said(each)
            if name:
                waiting.append(name)
            if rest is not None:
                for one in reversed(waiting):
                    rest = _named(rest, one)
                waiting = []
                row.append(rest)
        made.append((cell, row))
    return made


def _said(each: Node) -> tuple[str, Node | None]:
    """The name that a paragraph begins with, and what is left of the paragraph."""
    if each["t"] not in ("Para", "Plain") or not each["c"] or each["c"][0]["t"] != "Str":
        return "", each
    line = _LINE.fullmatch(each["c"][0]["c"])
    if line is None or (len(each["c"]) > 1 and each["c"][1]["t"] != "SoftBreak"):
        return "", each
    rest = each["c"][2:]
    return line[1], node(each["t"], rest) if rest else None


def _named(each: Node, name: str) -> Node:
    at = _AT.get(each["t"])
    if at is None or each["c"][at][0]:
        return node("Div", [attr(name), [each]])
    content = list(each["c"])
    content[at] = [name, *content[at][1:]]
    return node(each["t"], content)
