"""Who writes references.bib: people and reviewkit, or another program that makes it anew.

The mode is an operation of the project itself (`PROJECT` in place of a paper), so that all
copies of a project agree and it can be undone. It is found out when two whole rewrites lost
every field of ours, or one by a program that is known to keep its library elsewhere; once
anybody has said what it is, nothing is found out any more.
"""

from __future__ import annotations

import re

from reviewkit.bibtex import BibDocument
from reviewkit.dialects import program_of
from reviewkit.errors import ValueRefusedError
from reviewkit.files import bibentry
from reviewkit.ops.fold import PROJECT, Fold
from reviewkit.records import GENERATED, MODES, SHARED
from reviewkit.store.recorder import Edit

_MODE = "mode"
_REWRITTEN = "rewritten"

#: The project's field that tells of an import. Its values stand beside each other.
IMPORT = "import"

#: Fields of the project on which what is written depends.
PROJECT_FIELDS = (_MODE, _REWRITTEN)
_MARK = re.compile(rb"reviewkit\s*=\s*[{\"]\s*p\.[a-z2-7]{10}")
_OURS = re.compile(rb"reviewkit(?:-ratings)?\s*=\s*[{\"]")
# A header of JabRef's proves nothing against it: it keeps fields that it does not know.
_KEEPS_FIELDS = ("jabref", "bibdesk")


def mode_of(fold: Fold) -> str:
    """One of `MODES`."""
    current = fold.current(PROJECT, None, _MODE)
    value = current[-1].value if current else None
    return value if value in MODES else SHARED


def mode_edit(mode: str) -> Edit:
    """The edit by which a person sets the mode.

    Raises
    ------
    ValueRefusedError
        There is no such mode.
    """
    if mode not in MODES:
        raise ValueRefusedError(
            f"The mode is one of {' and '.join(MODES)}, not {mode!r}.", field="mode", value=mode
        )
    return Edit(PROJECT, None, _MODE, mode)


class Rewrites:
    """Tells a file that another program makes anew from one that people edit."""

    def __init__(self, fold: Fold, file: str) -> None:
        self._fold = fold
        self._file = file

    def judge(
        self, before: bytes, document: BibDocument, seen_ms: int, *, edited: bool
    ) -> list[Edit]:
        """Edits that say what a save of the file shows of who writes it.

        Parameters
        ----------
        before
            What the file held when it was last seen or written, at the time `seen_ms`
            (milliseconds since 1970).
        edited
            Whether the save holds edits of a person or program that kept our fields.
        """
        if self._fold.history(PROJECT, None, _MODE):
            return []
        current = self._fold.current(PROJECT, None, _REWRITTEN)
        once = current[-1] if current and current[-1].value else None
        after = document.splices.data
        if not _MARK.search(before) or _OURS.search(after) or not document.citekeys:
            # Not in a row any more: somebody saves the file who leaves our fields in it.
            broken = once is not None and edited and _MARK.search(after)
            return [self._edit(_REWRITTEN, None)] if broken else []
        program = program_of(document)
        if program.name in _KEEPS_FIELDS:
            return []
        if not (program.regenerates or _has_any(document, before)):
            return []
        # Another process may see the first rewrite late, when it is in the log already.
        again = once is not None and seen_ms > int(once.t[:12], 16)
        if program.regenerates or again:
            return [self._edit(_MODE, GENERATED)]
        return [self._edit(_REWRITTEN, True)] if once is None else []

    def _edit(self, field: str, value: object) -> Edit:
        seen = tuple(op.id for op in self._fold.current(PROJECT, None, field))
        return Edit(PROJECT, None, field, value, seen, taken_in=True, origin=self._file)


def _has_any(document: BibDocument, before: bytes) -> bool:
    """Whether an entry is still there that had a mark; one taken out or cut off lost none."""
    marked = BibDocument.from_bytes(before).holding(bibentry.MARK.encode())
    there = (document.entry(e.citekey) for e in marked if bibentry.read_mark(e) is not None)
    return any(entry is not None and entry.problem is None for entry in there)
