"""Manuscripts and libraries for the checks, in few words."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from reviewkit import checks
from reviewkit.checks import CheckSettings, Facts
from reviewkit.records import Finding, Note, Paper, Review


def paper(citekey: str, **facts: Any) -> Paper:
    return Paper(citekey, f"p.{citekey}", "misc", facts.pop("title", f"On {citekey}"), **facts)


def review(reviewer: str, *notes: str, **said: Any) -> Review:
    texts = tuple(Note(f"n{at}", text) for at, text in enumerate(notes))
    return Review(reviewer, notes=texts, **said)


READ = (review("ana", status="read"), review("bob", status="done"))


def facts(*papers: Paper, **more: Any) -> Facts:
    by_key = {one.citekey: one for one in papers}
    return Facts(frozenset(by_key), papers=by_key, **more)


def notebook(*cells: str | Mapping[str, Any]) -> bytes:
    made = []
    for number, cell in enumerate(cells, start=1):
        given = {"cell_type": "markdown", "source": cell} if isinstance(cell, str) else dict(cell)
        source = str(given.get("source", "")).splitlines(keepends=True)
        given = {"id": f"cell{number}", "metadata": {}, **given, "source": source}
        made.append(given)
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def code(source: str, *outputs: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs), **more}


def found(
    text: str | bytes, known: Facts, *rules: str, name: str = "x.md", **settings: Any
) -> list[Finding]:
    """The findings of these rules; of all without any."""
    data = text.encode() if isinstance(text, str) else text
    name = "x.ipynb" if isinstance(text, bytes) and name == "x.md" else name
    every = checks.check(checks.read(name, data), known, CheckSettings(**settings))
    return [one for one in every if not rules or one.rule in rules]


def quotes(findings: Sequence[Finding]) -> list[str]:
    return [one.quote for one in findings]
