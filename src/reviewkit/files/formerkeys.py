"""Citekeys that papers once had, as rows of an old copy of the table still have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection

from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id


def papers_once(fold: Fold) -> defaultdict[str, set[str]]:
    """The papers, as they are now, that have or ever had each citekey."""
    once: defaultdict[str, set[str]] = defaultdict(set)
    for paper in fold.papers():
        history = fold.history(paper, None, "citekey")
        for key in {op.value for op in history if isinstance(op.value, str)}:
            once[key].add(fold.root(paper))
    return once


def papers_of(
    keys: Collection[str], paper_of: Callable[[str], str | None], fold: Fold
) -> dict[str, str | None]:
    """The paper that has each citekey, or once had it where none has it now; None: no paper.

    `paper_of` gives the one that has it now.
    """
    found = {key: paper_of(key) for key in keys}
    unknown = [key for key, paper in found.items() if paper is None]
    if not unknown:
        return found
    once, papers = papers_once(fold), set(fold.papers())
    for key in unknown:
        # Its id tells which one had it first, also before the log of that came; of several
        # others nobody can tell.
        first, had = paper_id(key), once[key]
        if first in had or (first in papers and not had):
            found[key] = fold.root(first)
        else:
            found[key] = had.pop() if len(had) == 1 else None
    return found
