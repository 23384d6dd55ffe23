"""Repairing references.bib: what is wrong, what would mend it, and mending what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewkit.bibtex import BibDocument
from reviewkit.bibtex.consequences import CONSEQUENCES, KINDS
from reviewkit.bibtex.patches import unified
from reviewkit.bibtex.problems import findings, lines_of
from reviewkit.bibtex.repairs import Repair as Proposal
from reviewkit.bibtex.repairs import apply, propose
from reviewkit.errors import ProjectError, ValueRefusedError
from reviewkit.files.mending import mend
from reviewkit.project.curating.deciding import Deciding

#: A diff of a whole file, as after a change of its encoding, is said in words beyond this.
_LONGEST_DIFF = 20_000


@dataclass(frozen=True, slots=True)
class BibProblem:
    """A problem of the .bib: its kind, where it is, and what other programs do with it."""

    kind: str
    line: int
    reason: str
    consequence: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What would mend a problem.

    `diff` is a unified diff of the file; empty where it would be longer than is any use.
    One that is not `safe` is never made unless its kind is named.
    """

    kind: str
    line: int
    reason: str
    what: str
    safe: bool
    diff: str


@dataclass(frozen=True, slots=True)
class RepairResult:
    """The repairs that were made, and where the file as it was before is kept for 7 days."""

    repairs: tuple[Repair, ...]
    kept: Path | None


class Mending(Deciding):
    """The part of a project that mends the .bib file itself."""

    def bib_problems(self) -> list[BibProblem]:
        """Everything that is broken in the .bib, or that other programs would lose."""
        document = self._bib_on_disk()
        found = findings(document)
        lines = lines_of(document.to_bytes(), [finding.place for finding in found])
        return [
            BibProblem(finding.kind, line, finding.reason, CONSEQUENCES[finding.kind])
            for finding, line in zip(found, lines, strict=True)
        ]

    def repairs(self, *, kinds: Sequence[str] | None = None) -> list[Repair]:
        """Repairs of the .bib that could be made, in its order; nothing is changed.

        Parameters
        ----------
        kinds
            Only problems of these kinds; None: all.

        Raises
        ------
        ValueRefusedError
            There is no such kind of problem.
        """
        _checked(kinds)
        document = self._bib_on_disk()
        return self._repairs_of(document, kinds, safe_only=False)

    def repairs_diff(self, *, kinds: Sequence[str] | None = None) -> bytes:
        """What `repair` with these kinds would change, as one unified diff.

        Raises
        ------
        ValueRefusedError
            There is no such kind of problem.
        """
        _checked(kinds)
        document = self._bib_on_disk()
        chosen = _chosen(document, kinds)
        edits = [edit for repair in chosen for edit in repair.edits]
        return unified(document.to_bytes(), edits, self.bib_path.name)

    def repair(self, *, kinds: Sequence[str] | None = None) -> RepairResult:
        """Make repairs of the .bib: all safe ones, or all of the kinds that are named.

        What another program saves meanwhile is repaired instead of being overwritten. The
        file as it was stays in the project's trash.

        Raises
        ------
        ValueRefusedError
            There is no such kind of problem.
        ProjectError
            Another program makes the file: it is not ours to change.
        BibtexError
            The repairs together would change something else; nothing was changed.
        StaleError
            Another program saves the file all the time; nothing was changed.
        """
        _checked(kinds)
        if self._sync.bib.is_generated:
            raise ProjectError(
                f"Another program makes {self.bib_path.name}, which would undo repairs; "
                "mend it there."
            )
        self._write()
        made: list[Repair] = []

        def change(data: bytes) -> bytes:
            document = BibDocument.from_bytes(data)
            made[:] = self._repairs_of(document, kinds, safe_only=kinds is None)
            return apply(document, _chosen(document, kinds))

        with self._files, self._lock:
            bib, layout = self._sync.bib, self._sync.store.layout
            known = bib.data
            done = mend(layout.bib, change, layout.trash, self._sync.store.machine)
            if done.kept is not None and done.before == known:
                # Nobody edited anything: what reads anew is no edit of a field.
                bib.remember(done.after, self._sync.store.machine.wall_ms())
                bib.concerned |= set(self._sync.fold.papers())
            self._take_in_locked()
            self._searching.forget()
            self._tell(None)
        return RepairResult(tuple(made), done.kept)

    def _bib_on_disk(self) -> BibDocument:
        """The file with all edits so far written."""
        self._write()
        with self._files:
            self.take_in()
            return BibDocument.from_bytes(self._sync.bib.data)

    def _repairs_of(
        self, document: BibDocument, kinds: Sequence[str] | None, *, safe_only: bool
    ) -> list[Repair]:
        text = document.to_bytes()
        found = [
            repair
            for repair in propose(document)
            if (kinds is None or repair.kind in kinds) and (repair.safe or not safe_only)
        ]
        lines = lines_of(text, [repair.place for repair in found])
        told = []
        for repair, line in zip(found, lines, strict=True):
            diff = unified(text, repair.edits, self.bib_path.name)
            shown = document.codec.read(diff) if len(diff) <= _LONGEST_DIFF else ""
            told.append(Repair(repair.kind, line, repair.reason, repair.what, repair.safe, shown))
        return told


def _chosen(document: BibDocument, kinds: Sequence[str] | None) -> list[Proposal]:
    return [r for r in propose(document) if (r.safe if kinds is None else r.kind in kinds)]


def _checked(kinds: Sequence[str] | None) -> None:
    for kind in kinds or ():
        if kind not in KINDS:
            raise ValueRefusedError(
                f"There is no kind of problem {kind!r}; there are {', '.join(KINDS)}.",
                field="kind",
                value=kind,
            )
