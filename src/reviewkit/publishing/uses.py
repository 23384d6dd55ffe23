"""Citations of the tree: those of the library, references to figures, and words like them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewkit.citations.found import Use, is_meant, readings
from reviewkit.publishing.captions import number_in
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
        The labels that figures, tables, formulas and sections have, with the words of a reference
        to them.
    """

    keys: Mapping[str, str]
    labels: Mapping[str, str]
    cited: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, int | None] = field(default_factory=dict)
    dangling: list[tuple[int | None, str]] = field(default_factory=list)

    def resolve(self, blocks: Nodes, cell: int | None) -> Nodes:
        """The blocks with each citation as it is meant; what is no citation as its words."""

        def change(each: Node) -> Node | Nodes:
            if each["t"] == "Link":
                return self._link(each, cell)
            return self._citation(each, cell) if each["t"] == "Cite" else each

        made: Nodes = changed(blocks, change)
        return made

    def _citation(self, each: Node, cell: int | None) -> Node | Nodes:
        cited, shown = each["c"]
        kept, referred = [], []
        for one in cited:
            bare = one["citationMode"]["t"] == "AuthorInText"
            use = Use(one["citationId"], 0, "bare" if bare else "certain")
            key = next((self.keys[name] for name in readings(use) if name in self.keys), None)
            if key is not None:
                self.cited[key] = None
                kept.append({**one, "citationId": key})
            elif one["citationId"] in self.labels:
                referred.append(one)
            elif is_meant(use):
                self.unknown.setdefault(use.key, cell)
            elif use.kind == "certain" or _LABEL.match(use.key):
                self.dangling.append((cell, use.key))
        cite = [node("Cite", [kept, shown])] if kept else []
        if referred:
            return self._references(referred, cite)
        return cite or list(shown)

    def _references(self, cited: Nodes, before: Nodes) -> Nodes:
        """Links to what has labels, as `[@fig-a; @fig-b]`, `[-@fig-a]`, `[Fig. @fig-a]` ask."""
        made = list(before)
        for one in cited:
            made += [node("Str", ","), node("Space")] if made else []
            prefix, suffix = one["citationPrefix"], one["citationSuffix"]
            alone = one["citationMode"]["t"] == "SuppressAuthor" or bool(prefix)
            made += [*prefix, node("Str", "\u00a0")] if prefix else []
            made += [self._reference(one["citationId"], "number" if alone else ""), *suffix]
        return made

    def _reference(self, label: str, kind: str) -> Node:
        """A link by the words of the reference; "number", "bracketed": by its number alone."""
        text = self.labels[label]
        number = number_in(text)
        if not number:
            kind = ""
        shown = {"number": number, "bracketed": f"({number})"}.get(kind, text)
        classes = ["cross-reference", *([kind] if kind else [])]
        return node("Link", [attr(classes=classes), [node("Str", shown)], [f"#{label}", ""]])

    def _link(self, each: Node, cell: int | None) -> Node | Nodes:
        r"""A link to a label by what stands there, if it has no words of its own.

        Those of LaTeX (`\ref`) and of MyST's roles say by what.
        """
        (_, _, pairs), inlines, (address, _) = each["c"]
        kind = dict(pairs).get("reference-type", "")
        label = address.removeprefix("#")
        if not address.startswith("#") or (inlines and not kind):
            return each
        if label not in self.labels:
            if kind:
                self.dangling.append((cell, label))
                return list(inlines) or [node("Str", f"[{label}]")]
            return each
        return self._reference(label, {"ref": "number", "eqref": "bracketed"}.get(kind, ""))
