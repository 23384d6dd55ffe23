"""Whether nobody touched our fields of an entry since reviewkit wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reviewkit.files import bibentry
from reviewkit.ops.fold import Fold


def is_clean(fold: Fold, paper: str, shown: bibentry.Shown, rev: str) -> bool:
    """Whether the entry of a paper is as it was written, from whatever state."""
    history = fold.history(paper, None, "citekey")
    keys = list(dict.fromkeys(op.value for op in history if isinstance(op.value, str)))
    return any(rev in bibentry.clean_revs(shown, names, keys) for names in _tracked(fold, paper))


def has_our_keywords(fold: Fold, paper: str, shown: bibentry.Shown, rev: str) -> bool:
    """Whether the keywords of an entry that is as it was written were made from tags."""
    others = replace(shown, keywords=(*shown.keywords, ""))
    return is_clean(fold, paper, shown, rev) and not is_clean(fold, paper, others, rev)


def _tracked(fold: Fold, paper: str) -> Iterator[list[str]]:
    """The paper's own fields that the log knows, in the order it came to know them.

    Then with those last of which it was only noted what they were, as of a paper that was taken
    out and came back: whoever wrote the entry may have known nothing of that.
    """
    fields = [f for owner, f in fold.fields(paper) if owner is None and f.startswith("bib:")]
    names = [f for f in fields if f[4:] not in ("keywords", "ranking")]
    known = sorted(names, key=lambda f: fold.begun(paper, None, f))
    yield [f[4:] for f in known]
    noted = {f for f in known if all(op.is_noted for op in fold.history(paper, None, f))}
    if noted:
        yield [f[4:] for f in sorted(known, key=noted.__contains__)]
