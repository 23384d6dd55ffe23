"""Citations of the tree: those of the library, references to figures, and words like them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewkit.citations.found import Use, is_meant, readings
from reviewkit.publishing.tree import Node, Nodes, attr, changed, node

#: How Quarto and pandoc-crossref begin the labels of figures, tables, sections and equations.
_LABEL = re.compile(r"(?:fig|tbl|tab|sec|eq)[-:]")


@dataclass(slots=True)
class Uses:
    """Which keys are cited, resolved piece by piece.

    Parameters
    ----------
    keys
        The library's citekeys, and former keys with the citekey that they mean now.
    labels
        The labels that figures and tables have, with the words of a reference to them.
    """

    keys: Mapping[str, str]
    labels: Mapping[str, str]
    cited: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, int | None] = field(default_factory=dict)
    dangling: list[tuple[int | None, str]] = field(default_factory=list)

    def resolve(self, blocks: Nodes, cell: int | None) -> Nodes:
        """The blocks with each citation as it is meant; what is no citation as its words."""

        def change(each: Node) -> Node | Nodes:
            return self._citation(each, cell) if each["t"] == "Cite" else each

        made: Nodes = changed(blocks, change)
        return made

    def _citation(self, each: Node, cell: int | None) -> Node | Nodes:
        cited, shown = each["c"]
        kept = []
        for one in cited:
            bare = one["citationMode"]["t"] == "AuthorInText"
            use = Use(one["citationId"], 0, "bare" if bare else "certain")
            key = next((self.keys[name] for name in readings(use) if name in self.keys), None)
            if key is not None:
                self.cited[key] = None
                kept.append({**one, "citationId": key})
            elif use.key in self.labels:
                return self._references(cited)
            elif is_meant(use):
                self.unknown.setdefault(use.key, cell)
            elif use.kind == "certain" or _LABEL.match(use.key):
                self.dangling.append((cell, use.key))
        return node("Cite", [kept, shown]) if kept else list(shown)

    def _references(self, cited: Nodes) -> Nodes:
        """Links to figures and tables, as `[@fig-a; @fig-b]` asks for."""
        made: Nodes = []
        for one in cited:
            label = one["citationId"]
            if label in self.labels:
                text = self.labels[label]
                link = node("Link", [attr(classes=["cross-reference"]), [node("Str", text)],
                                     [f"#{label}", ""]])  # fmt: skip
                made += [node("Str", ","), node("Space"), link] if made else [link]
        return made
