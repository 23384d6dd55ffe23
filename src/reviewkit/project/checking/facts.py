"""What the checks of a manuscript have to know, gathered from an open project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from reviewkit.checks import Facts, Manuscript, PrivateText
from reviewkit.files.sync import Sync
from reviewkit.library import Library
from reviewkit.records import Paper, Review

#: Fields in which people say that a paper was withdrawn.
_REMARKS = ("note", "annote", "annotation", "addendum", "pubstate", "howpublished", "titleaddon")
_EXCLUDED = re.compile(r"\b(?:exclu|reject|left? out|omit|drop|no\b|not\b)", re.IGNORECASE)


def facts_of(
    sync: Sync,
    manuscripts: Iterable[Manuscript],
    private: Mapping[str, Review],
    fresh: Callable[[Paper], Paper],
) -> Facts:
    """Everything that checking these manuscripts needs, of no more papers than that.

    Parameters
    ----------
    private
        The private reviews of who asks, by citekey.
    fresh
        Gives a paper with its links to cells as the notebooks are now.
    """
    library = sync.library
    base = Facts(frozenset(library.citekeys()), library.aliases())
    cited = {
        key
        for manuscript in manuscripts
        for part in manuscript.parts
        for use in part.uses
        if use.kind != "everything" and (key := base.key_of(use)) is not None
    }
    judged = {}
    for identifier in list(sync.fold.papers()):
        key = library.key_of(identifier)
        if key is not None and key in base.known:
            judged[key] = identifier
    wanted = cited | judged.keys()
    return Facts(
        known=base.known,
        aliases=base.aliases,
        papers={key: fresh(library.paper(key)) for key in sorted(wanted)},
        held={
            item.citekey: item.reason
            for item in sync.held.items({paper: key for key, paper in judged.items()})
            if item.citekey
        },
        remarks={key: _remarks(library, key) for key in cited},
        excluded=frozenset(key for key, paper in judged.items() if _is_excluded(sync, paper)),
        private=tuple(
            PrivateText(key, note.text) for key, review in private.items() for note in review.notes
        ),
    )


def _remarks(library: Library, citekey: str) -> str:
    fields = library.fields(citekey)
    return ". ".join(fields[name][1] for name in _REMARKS if name in fields)


def _is_excluded(sync: Sync, paper: str) -> bool:
    """Whether a decision on the paper says that it is to be left out."""
    current = sync.fold.current_of_paper(paper).items()
    latest = [ops[-1].value for (owner, field), ops in current if owner and field == "decision"]
    return any(isinstance(words, str) and _EXCLUDED.search(words) for words in latest)
