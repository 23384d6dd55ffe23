"""Counts, from the log and the library, how papers were found and chosen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from reviewkit.exports.sheets import excluding, votes
from reviewkit.files.mode import IMPORT
from reviewkit.files.sync import Sync
from reviewkit.flow import Flow, Source
from reviewkit.ops.fold import PROJECT
from reviewkit.ops.op import Op
from reviewkit.project.curating.imports import imports
from reviewkit.project.history.actions import gather, is_new, undone
from reviewkit.records import Paper

#: What somebody who has read a paper says of it.
READ = frozenset({"skimmed", "read", "done"})


def is_read(paper: Paper) -> bool:
    """Whether any reviewer has read the paper: says so, or rated it."""
    return any(r.status in READ or r.is_rated for r in paper.reviews)


def decisions(sync: Sync, paper: str) -> list[str]:
    """What the reviewers decided on a paper, in their words."""
    current = sync.fold.current_of_paper(paper).items()
    latest = [ops[-1].value for (owner, field), ops in current if owner and field == "decision"]
    return [words for words in latest if isinstance(words, str) and words.strip()]


def is_excluded(sync: Sync, paper: str) -> bool:
    """Whether a decision excludes the paper and none includes it."""
    return votes(decisions(sync, paper)) == {False}


def flow(sync: Sync, papers: Collection[Paper], included: Collection[str]) -> Flow:
    """The counts; `papers` is the whole library, `included` the survey's citekeys."""
    library, fold = sync.library, sync.fold
    there = {paper.id: paper for paper in papers}
    brought, dropped = _brought(list(fold))
    merged, removed = set(), set()
    for paper in list(fold.papers()):
        if paper == PROJECT or paper in there or not fold.history(paper, None, "citekey"):
            continue
        if fold.root(paper) != paper:
            merged.add(paper)
        elif paper not in dropped:
            removed.add(paper)
    ever = there.keys() | merged | removed
    others = len(ever - brought)
    sources = [
        Source(each.name or f"pasted {each.format}", each.records, (each.at or "")[:10], each.by)
        for each in imports(fold)
    ]
    if others:
        sources.insert(0, Source(sync.bib.name, others))
    excluded = {paper for paper in there if is_excluded(sync, paper)}
    kept = [paper for key, paper in there.items() if key not in excluded]
    read = {paper.citekey for paper in kept if is_read(paper)}
    survey = {key for key in included if key in library}
    return Flow(
        sources=tuple(sources),
        known=max(0, sum(source.records for source in sources) - len(ever)),
        merged=len(merged),
        removed=len(removed),
        screened=len(there),
        excluded=len(excluded),
        reasons=_reasons([words for paper in excluded for words in decisions(sync, paper)]),
        unread=len(kept) - len(read),
        read=len(read),
        included=len(survey),
        included_read=len(survey & read),
    )


def _brought(ops: list[Op]) -> tuple[set[str], set[str]]:
    """Papers that an import brought that is noted, and those whose adding was undone."""
    acts = gather(ops)
    back = undone(acts)
    brought: set[str] = set()
    dropped: set[str] = set()
    for name, act in acts.items():
        made = {op.paper for op in act.ops if is_new(op)}
        if name in back:
            dropped |= made
        elif any(op.field == IMPORT for op in act.ops):
            brought |= made
    return brought, dropped - brought


def _reasons(words: list[str]) -> tuple[tuple[str, int], ...]:
    found = Counter(
        reason
        for said in words
        if (reason := re.sub(r"^[\s:;,.\u2013\u2014-]+", "", excluding(said)).strip().casefold())
    )
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
