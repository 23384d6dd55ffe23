"""The numbers of figures and tables, and the words of references to them."""

from __future__ import annotations

from collections import Counter

from reviewkit.publishing.tree import Node, Nodes, changed, found, node, plain_text, words

_NAMES = {"Figure": "Figure", "Table": "Table"}


def labels_of(blocks: Nodes) -> dict[str, str]:
    """For each label of a figure, table or heading, the words of a reference to it."""
    labels: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for each in _numbered(blocks):
        counted[each["t"]] += 1
        if each["c"][0][0]:
            # A no-break space, as a number is not to stand alone in a line.
            labels[each["c"][0][0]] = f"{_NAMES[each['t']]}\u00a0{counted[each['t']]}"
    for each in found(blocks, "Header"):
        if each["c"][1][0]:
            labels.setdefault(each["c"][1][0], f"“{plain_text(each['c'][2]).strip()}”")
    return labels


def with_numbers(blocks: Nodes) -> Nodes:
    """The blocks whose captions begin with their number, for formats that do not count."""
    counted: Counter[str] = Counter()

    def change(each: Node) -> Node:
        if each["t"] not in _NAMES or not _caption(each):
            return each
        counted[each["t"]] += 1
        number = words(f"{_NAMES[each['t']]} {counted[each['t']]}.")
        attributes, (short, (first, *rest)), *content = each["c"]
        begun = node(first["t"], [node("Strong", number), node("Space"), *first["c"]])
        return node(each["t"], [attributes, [short, [begun, *rest]], *content])

    made: Nodes = changed(blocks, change)
    return made


def _numbered(blocks: Nodes) -> list[Node]:
    """Figures and tables with captions, in the order in which `changed` comes to them."""
    seen: Nodes = []

    def change(each: Node) -> Node:
        if each["t"] in _NAMES and _caption(each):
            seen.append(each)
        return each

    changed(blocks, change)
    return seen


def _caption(each: Node) -> Nodes:
    blocks: Nodes = each["c"][1][1]
    return blocks if blocks and blocks[0]["t"] in ("Plain", "Para") else []
