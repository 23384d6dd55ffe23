"""Numbers of citing sentences that the cited papers do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reviewkit.checks.amounts import (
    BARE,
    FACTOR,
    PERCENT,
    Amount,
    agree,
    amounts,
    bare_amounts,
    differences,
)
from reviewkit.checks.look import Look, Rule, shortened
from reviewkit.checks.manuscript import Part
from reviewkit.claims.sentences import sentences
from reviewkit.records import Paper
from reviewkit.records.findings import Finding

NUMBER = Rule("RK201", "number", "warning", "a number that the cited papers do not give")

# Cells of a draft that hold the papers' own words.
_QUOTED = ("papers", "bibliography", "table", "matrix")
_CLUSTER = re.compile(
    r"\[[^\[\]]*@[^\[\]]*\]|@\{[^{}]*\}|(?<!\w)-?@[\w:.#$%&+?<>~/-]+|\{[\w:]*cite[\w:]*\}`[^`]*`"
    r"|\\[A-Za-z]*cite[A-Za-z]*\*?(?:\[[^\]]*\])*\{[^{}]*\}|<cite\b[^>]*>|^[ \t]*>.*$"
    r"|\\(?:ref|label|eqref|cref|autoref)\{[^{}]*\}",
    re.MULTILINE | re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
# What is measured. Of other things ("12 data sets") an abstract tells only some.
_MEASURED = (PERCENT, FACTOR, "time", "bytes", "parameters")


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a paper's numbers, and in whose words."""

    measured: tuple[Amount, ...]
    bare: tuple[Amount, ...]
    text: str

    def gives(self, said: Amount) -> bool:
        """Whether the number can come from here."""
        known = (*self.measured, *self.bare, *differences(self.measured))
        return any(agree(said, one) for one in known)

    def instead(self, said: Amount) -> Amount | None:
        """The likeliest number of the same kind; None if nothing of the kind is known."""
        alike = [one for one in self.measured if _comparable(said, one)]
        return min(alike, key=lambda one: abs(one.base - said.base), default=None)


def number(look: Look) -> Iterator[Finding]:
    """Quantities of sentences all of whose cited papers are known and give none like it."""

    @cache
    def source(citekey: str) -> Source | None:
        paper = look.facts.papers.get(citekey)
        return source_of(paper, look.facts.evidence.get(citekey, ())) if paper else None

    for part in look.manuscript.parts:
        if part.language == "code" or part.role in _QUOTED:
            continue
        text = _CLUSTER.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), part.prose)
        for start, end in _sentences(part):
            keys = _cited(look, part, start, end)
            if not keys or _OURS.search(part.prose, start, end):
                continue
            sources = {key: source(key) for key in keys}
            known = {key: one for key, one in sources.items() if one is not None}
            # Of a paper without abstract and notes nobody can say what it does not give.
            if len(known) == len(sources):
                for said in amounts(text[start:end]):
                    found = _missing(look, part, said, start, known)
                    if found is not None:
                        yield found


def _sentences(part: Part) -> Iterator[tuple[int, int]]:
    for start, end in part.paragraphs():
        if part.prose[start:end].lstrip().startswith("|"):
            # Each row of a table speaks for itself.
            at = start
            for line in part.prose[start:end].splitlines(keepends=True):
                yield at, at + len(line)
                at += len(line)
            continue
        for first, last in sentences(part.prose[start:end]):
            yield start + first, start + last


def _cited(look: Look, part: Part, start: int, end: int) -> list[str]:
    """Citekeys of the sentence; empty where one of its keys is unknown."""
    keys: list[str] = []
    for use in part.uses:
        if start <= use.at < end:
            key = look.facts.key_of(use)
            if key is None:
                return []
            keys.append(key)
    return list(dict.fromkeys(keys))


def _missing(
    look: Look, part: Part, said: Amount, offset: int, known: dict[str, Source]
) -> Finding | None:
    if any(source.gives(said) for source in known.values()):
        return None
    others = {key: source.instead(said) for key, source in known.items()}
    given = {key: one for key, one in others.items() if one is not None}
    if not given and said.family not in _MEASURED:
        return None
    words = f"{said.written} {said.unit}".strip()
    if given:
        key, one = min(given.items(), key=lambda pair: abs(pair[1].base - said.base))
        quote = shortened(_around(known[key].text, one), 160)
        has = "which has" if len(known) == 1 else f"of which {key} has"
        message = (
            f"{words} is not what is known of {' and '.join(known)}, {has} {one.written}"
            f" {one.unit}: “{quote}”. Correct it, or note where the paper says it."
        )
    else:
        key = next(iter(known))
        message = (
            f"{words} is in no abstract or note of {' and '.join(known)}: note on the paper"
            " where it says so, or correct it."
        )
    return look.tell(
        NUMBER,
        message,
        part,
        (offset + said.start, offset + said.end),
        citekey=key,
        severity=None if given else "hint",
        quote=words,
    )


def _around(text: str, amount: Amount) -> str:
    for start, end in sentences(text):
        if start <= amount.start < end:
            return text[start:end]
    return amount.written


def _comparable(said: Amount, other: Amount) -> bool:
    # A gain in percent and a factor are often said of quite different things.
    return said.family == other.family != BARE


def source_of(paper: Paper, evidence: tuple[str, ...] = ()) -> Source | None:
    """What abstract, notes and evidence of a paper give; None if there are none of them."""
    notes = [note.text for review in paper.reviews for note in review.notes]
    texts = [paper.abstract or "", *notes, *(link.quote for link in paper.cells), *evidence]
    if not any(text.strip() for text in texts):
        return None
    # Sentences of different people do not run into each other.
    text = "\n\n".join([paper.title, *texts])
    measured = tuple(amounts(text))
    taken = {one.start for one in measured}
    bare = tuple(one for one in bare_amounts(text) if one.start not in taken)
    return Source(measured, bare, text)
