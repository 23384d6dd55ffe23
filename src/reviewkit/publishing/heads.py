"""What a text itself says in its first heading and its abstract, taken above the text."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from reviewkit.publishing.tree import Node, Nodes, node, plain_text

Part = tuple[int | None, Nodes]


def lifted(parts: list[Part], above: dict[str, Nodes]) -> tuple[list[Part], dict[str, Nodes]]:
    """The parts without title and abstract, their headings from level 1, and what is above.

    What the front matter says counts more than what the text says: then the text keeps it,
    but for a heading that only says the title again.
    """
    above = dict(above)
    rest, title = _without_title(parts)
    said = above.get("title")
    if title and (not said or _same(said[0]["c"], title)):
        parts = _without_authors(rest, above)
        above["title"] = said or [node("Plain", title)]
    if not above.get("abstract"):
        parts, abstract = _without_abstract(parts)
        if abstract:
            above["abstract"] = abstract
    return _from_first_level(parts), above


def _without_title(parts: list[Part]) -> tuple[list[Part], Nodes]:
    """The first heading of level 1, if nothing but pictures or remarks stands before it."""
    for at, (cell, blocks) in enumerate(parts):
        if not blocks:
            continue
        first = blocks[0]
        if first["t"] == "Header" and first["c"][0] == 1:
            return [*parts[:at], (cell, blocks[1:]), *parts[at + 1 :]], first["c"][2]
        break
    return parts, []


def _without_authors(parts: list[Part], above: dict[str, Nodes]) -> list[Part]:
    """The parts without a line under the title that only names the authors again."""
    named = (each for field, each in above.items() if field.startswith("author "))
    names = [plain_text(each).strip() for each in named]
    for at, (cell, blocks) in enumerate(parts):
        if blocks:
            line = plain_text(blocks[0]["c"]) if blocks[0]["t"] == "Para" else ""
            if names and [word.strip() for word in line.split("·")] == names:
                return [*parts[:at], (cell, blocks[1:]), *parts[at + 1 :]]
            break
    return parts


def _same(one: Nodes, other: Nodes) -> bool:
    return plain_text(one).split() == plain_text(other).split()


def _without_abstract(parts: list[Part]) -> tuple[list[Part], Nodes]:
    """What stands under the first heading "Abstract", to the next heading."""
    kept: list[Part] = []
    abstract: Nodes = []
    inside = done = False
    for cell, blocks in parts:
        row: Nodes = []
        for each in blocks:
            heading = each["t"] == "Header"
            if heading and inside:
                inside, done = False, True
            if heading and not done and plain_text(each["c"][2]).strip().lower() == "abstract":
                inside = True
            elif inside:
                abstract.append(each)
            else:
                row.append(each)
        kept.append((cell, row))
    return kept, abstract


def _from_first_level(parts: list[Part]) -> list[Part]:
    levels = [each["c"][0] for _, blocks in parts for each in blocks if each["t"] == "Header"]
    up = min(levels, default=1) - 1
    closing = _closing([each for _, blocks in parts for each in blocks])
    return [
        (cell, [_raised(each, up, closing=any(each is one for one in closing)) for each in blocks])
        for cell, blocks in parts
    ]


def _closing(blocks: Nodes) -> Nodes:
    """The headings right above a place of the bibliography, be it in another cell."""
    pairs = pairwise(blocks)
    return [one for one, after in pairs if one["t"] == "Header" and is_references(after)]


def is_references(each: Node) -> bool:
    """Whether this is the place of the bibliography."""
    return bool(each["t"] == "Div" and each["c"][0][0] == "refs")


def _raised(each: Node, up: int, *, closing: bool) -> Node:
    """The heading so many levels higher; the bibliography's is of the first and has no number."""
    if each["t"] != "Header":
        return each
    level, (identifier, classes, pairs), inlines = each["c"]
    classes = [*classes, "unnumbered"] if closing and "unnumbered" not in classes else classes
    content: list[Any] = [1 if closing else level - up, [identifier, classes, pairs], inlines]
    return node("Header", content)
