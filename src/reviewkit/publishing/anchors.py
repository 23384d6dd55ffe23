"""Places that links lead to: each name once, and no link that leads nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from reviewkit.publishing.tree import Node, Nodes, changed, node, plain_text

_AT = {"Header": 1, "Div": 0, "Span": 0, "Figure": 0, "Table": 0, "CodeBlock": 0, "Code": 0,
       "Link": 0, "Image": 0}  # fmt: skip


@dataclass(slots=True)
class Anchors:
    """The names of places; headings without one get one of their words."""

    taken: set[str] = field(default_factory=set)
    _means: dict[str, str] = field(default_factory=dict)

    def named(self, blocks: Nodes) -> Nodes:
        """The blocks with each name at one place only."""
        made: Nodes = changed(blocks, self._name)
        return made

    def linked(self, blocks: Nodes, dangling: Callable[[str], None]) -> Nodes:
        """The blocks whose links lead to places that there are; others become their words."""

        def change(each: Node) -> Node | Nodes:
            if each["t"] != "Link" or not each["c"][2][0].startswith("#"):
                return each
            attributes, inlines, (address, title) = each["c"]
            place = self._place(address[1:])
            if place is None:
                dangling(address[1:])
                return list(inlines)
            return node("Link", [attributes, inlines, [f"#{place}", title]])

        made: Nodes = changed(blocks, change)
        return made

    def _name(self, each: Node) -> Node:
        at = _AT.get(each["t"])
        if at is None:
            return each
        content = list(each["c"])
        name, *rest = content[at]
        # The references' own names begin so.
        if (
            name in self.taken
            or name.startswith("ref-")
            or (name == "refs" and each["t"] != "Div")
        ):
            name = ""
        if each["t"] == "Header":
            words = slug(plain_text(content[2]))
            name = name or self._free(words or "section")
            self._means.setdefault(words, name)
        if name:
            self.taken.add(name)
        content[at] = [name, *rest]
        return node(each["t"], content)

    def _free(self, words: str) -> str:
        name, number = words, 1
        while name in self.taken:
            number += 1
            name = f"{words}-{number}"
        return name

    def _place(self, name: str) -> str | None:
        return name if name in self.taken else self._means.get(slug(name.replace("%20", " ")))


def slug(text: str) -> str:
    """Words as a name of letters, digits and `-`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    return f"s-{found}" if found[:1].isdigit() else found
