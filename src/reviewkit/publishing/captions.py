"""The numbers of figures, tables, formulas and sections, and the words of references to them."""

from __future__ import annotations

import re
from collections import Counter

from reviewkit.publishing import equations
from reviewkit.publishing.tree import Node, Nodes, changed, found, node, plain_text, words

_NAMES = {"Figure": "Figure", "Table": "Table"}
_NUMBERED = re.compile("(?:Figure|Table|Equation|Section)\u00a0([0-9.]+)")


def labels_of(blocks: Nodes, *, sections: bool = False) -> dict[str, str]:
    """For each label of a figure, table, formula or heading, the words of a reference to it.

    `sections`: whether sections have numbers; without them a section is named by its heading.
    """
    labels: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for each in _numbered(blocks):
        for label in equations.names_of(each) if each["t"] == "Span" else [each["c"][0][0]]:
            counted[each["t"]] += 1
            if label:
                name = _NAMES.get(each["t"], "Equation")
                # A no-break space, as a number is not to stand alone in a line.
                labels[label] = f"{name}\u00a0{counted[each['t']]}"
    numbers: list[int] = []
    for each in found(blocks, "Header"):
        level, (label, classes, _), inlines = each["c"]
        words_of = f"“{plain_text(inlines).strip()}”"
        if sections and "unnumbered" not in classes:
            numbers = [*numbers, *[0] * level][:level]
            numbers[-1] += 1
            words_of = f"Section\u00a0{'.'.join(map(str, numbers))}"
        if label:
            labels.setdefault(label, words_of)
    return labels


def number_in(reference: str) -> str:
    """The number in the words of a reference; empty: what is referred to has none."""
    match = _NUMBERED.fullmatch(reference)
    return match[1] if match else ""


def with_numbers(blocks: Nodes, form: str = "html") -> Nodes:
    """The blocks with numbers of captions and formulas, for formats that do not count."""
    counted: Counter[str] = Counter()

    def change(each: Node) -> Node | Nodes:
        if equations.is_equation(each):
            numbers = []
            for _ in equations.names_of(each):
                counted["Span"] += 1
                numbers.append(str(counted["Span"]))
            return equations.shown(each, numbers, form)
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
    """Formulas, and figures and tables with captions, in the order in which `changed` comes."""
    seen: Nodes = []

    def change(each: Node) -> Node:
        if equations.is_equation(each) or (each["t"] in _NAMES and _caption(each)):
            seen.append(each)
        return each

    changed(blocks, change)
    return seen


def _caption(each: Node) -> Nodes:
    blocks: Nodes = each["c"][1][1]
    return blocks if blocks and blocks[0]["t"] in ("Plain", "Para") else []
