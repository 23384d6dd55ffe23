"""What people made of the cited papers: nobody read them, they disagree, it was withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewkit.checks.facts import readers
from reviewkit.checks.look import Look, Rule, span_of
from reviewkit.records import Paper
from reviewkit.records.findings import Finding

UNREAD = Rule("RK102", "unread", "warning", "a cited paper that nobody has read")
ONE_READER = Rule("RK103", "one-reader", "hint", "a cited paper with too few readers")
RETRACTED = Rule("RK104", "retracted", "error", "a cited paper that was retracted")
UNSETTLED = Rule("RK105", "unsettled", "warning", "a cited paper with conflicts or held changes")
UNCITED = Rule("RK107", "uncited", "hint", "a paper that is rated high and not cited")

_TITLE = re.compile(
    r"\s*[\[(]?(?i:(?:retracted|withdrawn|retraction)(?: (?:article|paper|chapter|note|notice))?)"
    r"\s*[:\])]|\s*[\[(]?RETRACTED\b"
)
_WITHDRAWN = re.compile(
    r"\b(?:this (?:paper|article|entry|work) )?(?:has been |was |is )?"
    r"(retracted|withdrawn by (?:the )?authors?|withdrawn|retraction of)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|nor|un)\s*$", re.IGNORECASE)


def unread(look: Look) -> Iterator[Finding]:
    """Cited papers without a reader."""
    for citekey, (part, use) in look.cited.items():
        paper = look.facts.papers.get(citekey)
        if paper is None or readers(paper):
            continue
        waiting = [review.reviewer for review in paper.reviews if review.status]
        whose = f" ({', '.join(waiting)} only begun or mean to)" if waiting else ""
        yield look.tell(
            UNREAD,
            f"Nobody has read {citekey}{whose}: read and rate it, or leave it out.",
            part,
            span_of(use),
            citekey=citekey,
        )


def one_reader(look: Look) -> Iterator[Finding]:
    """Cited papers with a reader, but fewer than the group wants."""
    wanted = look.settings.readers
    for citekey, (part, use) in look.cited.items():
        paper = look.facts.papers.get(citekey)
        who = readers(paper) if paper is not None else ()
        if who and len(who) < wanted:
            yield look.tell(
                ONE_READER,
                f"Only {' and '.join(who)} read {citekey} and {wanted} should: ask somebody else.",
                part,
                span_of(use),
                citekey=citekey,
            )


def retracted(look: Look) -> Iterator[Finding]:
    """Cited papers whose entry, tags or keywords say that they were withdrawn."""
    for citekey, (part, use) in look.cited.items():
        why = _retracted(look.facts.papers.get(citekey), look.facts.remarks.get(citekey, ""))
        if why:
            yield look.tell(
                RETRACTED,
                f"{citekey} was retracted ({why}): do not build on it, or say so where you cite.",
                part,
                span_of(use),
                citekey=citekey,
            )


def _retracted(paper: Paper | None, remark: str) -> str:
    if paper is not None and _TITLE.match(paper.title):
        return "so its title says"
    words = (*paper.tags, *paper.keywords) if paper is not None else ()
    if any(word.casefold() in ("retracted", "withdrawn") for word in words):
        return "so its tags or keywords say"
    found = _WITHDRAWN.search(remark)
    if found and not _NEGATED.search(remark[: found.start()]):
        return "so its entry says"
    return ""


def unsettled(look: Look) -> Iterator[Finding]:
    """Cited papers of which something waits for a person."""
    for citekey, (part, use) in look.cited.items():
        paper = look.facts.papers.get(citekey)
        fields = [c.field.removeprefix("bib:") for c in paper.conflicts] if paper else []
        what = [f"two values of {', '.join(dict.fromkeys(fields))}"] if fields else []
        what += (
            [f"a held change ({look.facts.held[citekey].removesuffix('.')})"]
            if citekey in look.facts.held
            else []
        )
        if what:
            yield look.tell(
                UNSETTLED,
                f"{citekey} has {' and '.join(what)}: settle that before it is cited.",
                part,
                span_of(use),
                citekey=citekey,
            )


def uncited(look: Look) -> Iterator[Finding]:
    """Papers with a high score that no manuscript of the check cites."""
    everything = any(u.kind == "everything" for p in look.manuscript.parts for u in p.uses)
    if not look.manuscript.cites or everything:
        return
    scored = [
        paper
        for citekey, paper in look.facts.papers.items()
        if paper.score is not None
        and paper.score >= look.settings.score
        and citekey not in look.cited
        and citekey not in look.facts.elsewhere
        and citekey not in look.facts.excluded
    ]
    for paper in sorted(scored, key=lambda paper: (-(paper.score or 0), paper.citekey)):
        yield look.tell(
            UNCITED,
            f"{paper.citekey} is rated {paper.score:.2g} and not cited: {paper.title}",
            citekey=paper.citekey,
        )
