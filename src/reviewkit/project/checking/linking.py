"""Claims linked to the cells that reproduce or refute them, and what came of running these."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewkit.checks.code import CellCode
from reviewkit.checks.look import shortened
from reviewkit.claims import Claim, extract
from reviewkit.claims.sentences import sentences
from reviewkit.claims.wording import is_worded, nearest
from reviewkit.errors import ProjectError, StaleError, ValueRefusedError
from reviewkit.ops import values
from reviewkit.ops.ids import link_id
from reviewkit.ops.links import LINK, RUN, cell_links
from reviewkit.project.history.healing import Healed
from reviewkit.project.manuscripts.here import here
from reviewkit.records import RELATIONS, CellLink, Claimed, Paper
from reviewkit.store.recorder import Edit

_QUOTE_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one cell of a notebook: its code, and whether it passed."""

    notebook: str
    cell: str
    passed: bool
    code: CellCode


class Linking(Healed):
    """The part of a project that ties claims to notebook cells."""

    def link(
        self,
        paper: str | Paper,
        claim: str | Claim,
        notebook: str | os.PathLike[str] | None = None,
        cell: str | int | None = None,
        relation: str = "reproduces",
        *,
        anyway: bool = False,
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> CellLink:
        """Say that a notebook cell reproduces, or refutes, what a paper claims.

        Parameters
        ----------
        claim
            The paper's words, or a claim that `reviewkit.claims.extract` found.
        notebook, cell
            A notebook of the project's folder, and the cell's id or its number among all
            cells from 1. Without both: the cell in which this call stands.
        relation
            "reproduces", or "refutes" for a cell that passes when the claim does not hold.
        anyway
            Link also words that neither title, abstract nor notes of the paper have, as those
            from its full text.

        Returns
        -------
        CellLink
            The link, with what is known of a run. Linking the same again changes nothing.

        Raises
        ------
        UnknownPaperError, ValueRefusedError, ProjectError, ReviewerError
            Nothing was changed.
        """
        quote = _quote(claim.quote if isinstance(claim, Claim) else claim)
        if relation not in RELATIONS:
            raise ValueRefusedError(
                f"A cell {' or '.join(RELATIONS)} a claim, not {relation!r}.",
                field="relation",
                value=relation,
            )
        if notebook is None and cell is None:
            notebook, cell = here(self.root)
        if notebook is None or cell is None:
            raise ValueRefusedError(
                "Name both the notebook and the cell, or inside a notebook neither.",
                field="cell",
                value=cell,
            )
        place = self._notebooks.name(notebook)
        name = self._cell_id(place, cell)
        value = {"quote": quote, "notebook": place, "cell": name, "relation": relation}
        with self._lock:
            who = self._who(reviewer)
            key, identifier = self._identify(paper)
            if not anyway:
                self._refuse_others_words(key, identifier, quote, who)
            field = f"{LINK}{link_id(place, name, quote)}"
            current = self._sync.fold.current(identifier, who, field)
            if [op.value for op in current] != [value]:
                grounds = self._sync.bib.grounding.ground(identifier, key, "", None)
                self._record([*grounds, Edit(identifier, who, field, value)], who, via)
            return next(
                link for link in self[key].cells if (link.id, link.reviewer) == (field[5:], who)
            )

    def _refuse_others_words(self, key: str, identifier: str, quote: str, who: str) -> None:
        """Raise ValueRefusedError if the paper is known, and nothing of it has these words."""
        found = self.as_seen_by(key, who)
        if not found.abstract:
            # Nobody can say what it does not say.
            return
        mine = (found.private,) if found.private is not None else ()
        notes = (note.text for review in (*found.reviews, *mine) for note in review.notes)
        kept = self._sync.fold.current_of_paper(identifier).values()
        said = (op.value["quote"] for ops in kept for op in ops if _quotes(op.value))
        texts = (found.title, found.abstract, found.abstract_display or "", *notes, *said)
        if is_worded(quote, texts):
            return
        near = nearest(quote, self.claimed(key).quotes)
        has = f" Its abstract has: “{shortened(near, 160)}”" if near else ""
        words = shortened(quote.rstrip("."), 80)
        raise ValueRefusedError(
            f"Neither title, abstract nor notes of {key} say “{words}”.{has} "
            "Correct the words, or link them anyway (`anyway`) if they are from "
            "its full text.",
            field="anyway",
            value=False,
        )

    def unlink(
        self,
        paper: str | Paper,
        link: str | CellLink,
        *,
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> None:
        """Take a link of the reviewer's away; `undo` brings it back.

        Raises
        ------
        StaleError
            The reviewer has no such link on the paper.
        """
        name = link if isinstance(link, str) else link.id
        with self._lock:
            who = self._who(reviewer)
            key, identifier = self._identify(paper)
            field = f"{LINK}{name}"
            current = self._sync.fold.current(identifier, who, field)
            if not any(op.value for op in current):
                raise StaleError(f"{who} has no link {name[:40]!r} on {key}. Look at it again.")
            self._record([Edit(identifier, who, field, None)], who, via)

    def links(self, paper: str | Paper) -> tuple[CellLink, ...]:
        """The links of a paper's claims to cells, everybody's, as the notebooks are now."""
        return self[paper.citekey if isinstance(paper, Paper) else paper].cells

    def claimed(self, paper: str | Paper) -> Claimed:
        """The sentences of a paper's abstract, those with quantities first."""
        found = self[paper.citekey if isinstance(paper, Paper) else paper]
        text = found.abstract or ""
        stated = [" ".join(claim.quote.split()) for claim in extract(text)]
        others = [" ".join(text[start:end].split()) for start, end in sentences(text)]
        quotes = dict.fromkeys(quote for quote in (*stated, *others) if quote)
        return Claimed(found.citekey, found.title, tuple(quotes))

    def record_runs(self, runs: Iterable[Run], *, by: str | None = None) -> int:
        """Note what came of running cells, for those that are linked; how many changed.

        What is known already, of the same code and person, is not written again. It is no
        action of a person: `undo` passes it over.
        """
        ran = {(run.notebook, run.cell): run for run in runs}
        with self._lock:
            who = self._who(by)
            edits: dict[tuple[str, str], Edit] = {}
            for paper, link in self._linked():
                run = ran.get((link.notebook, link.cell))
                if run is None:
                    continue
                field, code = f"{RUN}{link.id}", run.code
                value = {"passed": run.passed, "code": code.code, "before": code.before}
                current = self._sync.fold.current(paper, who, field)
                if [op.value for op in current] != [value]:
                    edits[paper, field] = Edit(paper, who, field, value)
            self._record(list(edits.values()), who, "run")
            return len(edits)

    def linked_cells(self) -> frozenset[tuple[str, str]]:
        """The notebooks and ids of all cells that a claim is linked to."""
        with self._lock:
            return frozenset((link.notebook, link.cell) for _, link in self._linked())

    def _linked(self) -> Iterator[tuple[str, CellLink]]:
        fold = self._sync.fold
        for paper in list(fold.papers()):
            if fold.root(paper) == paper and not fold.is_deleted(paper):
                yield from ((paper, link) for link in cell_links(fold, paper))

    def _cell_id(self, notebook: str, cell: str | int) -> str:
        codes = self._notebooks.codes(notebook)
        if isinstance(cell, str):
            if cell in codes:
                return cell
            raise ProjectError(
                f"{notebook} has no code cell with the id {cell[:40]!r}, as it is saved. Save "
                "it, and name a code cell."
            )
        name = self._notebooks.id_at(notebook, cell)
        if name is None:
            raise ProjectError(
                f"Cell {cell} of {notebook} is no code cell, or it has no id (notebooks before "
                "format 4.5 have none: save it once in JupyterLab)."
            )
        return name


def _quotes(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("quote"), str)


def _quote(text: object) -> str:
    words = " ".join(values.text(text, "claim").split())
    if not words or len(words) > _QUOTE_LENGTH:
        raise ValueRefusedError(
            f"A claim is a quote of 1 to {_QUOTE_LENGTH} characters.", field="quote", value=words
        )
    return words
