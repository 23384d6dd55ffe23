"""Formulas that pandoc cannot read: they would be shown as TeX."""

from __future__ import annotations

import json
import re
import threading

from reviewkit import pandoc
from reviewkit.publishing.document import Document
from reviewkit.publishing.piece import Told
from reviewkit.publishing.tree import API_VERSION, attr, found, node

_PART = re.compile(r'<div id="formula-(\d+)">')


def unreadable(document: Document, stop: threading.Event | None = None) -> tuple[Told, ...]:
    """What to tell of formulas that come out as their source, with the cells they are in."""
    cells: dict[str, int | None] = {}
    for cell, blocks in document.parts:
        for each in found(blocks, "Math"):
            cells.setdefault(each["c"][1], cell)
    if not cells:
        return ()
    formulas = list(cells)
    blocks = [
        node("Div", [attr(f"formula-{n}"), [node("Para", [node("Math", [node("InlineMath"), tex]
        )])]]) for n, tex in enumerate(formulas)
    ]  # fmt: skip
    tree = json.dumps({"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks})
    html = pandoc.run(tree, "json", "html5", "--mathml", stop=stop).decode("utf-8", "replace")
    parts = _PART.split(html)[1:]
    shown = zip(parts[::2], parts[1::2], strict=True)
    failed = [formulas[int(number)] for number, part in shown if "<math" not in part]
    return tuple(
        Told(cells[tex], f"has a formula that is not understood and shown as TeX: {tex[:80]!r}")
        for tex in failed
    )
