"""Look-ups of a project: what is only named becomes papers, and gaps of papers are filled.

The network is asked without the project's lock, so that edits go on meanwhile; what was
found is recorded afterwards, where it is still wanted.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewkit.errors import ValueRefusedError
from reviewkit.formats.importer import Candidate, Identifier, Understood
from reviewkit.lookup import settings
from reviewkit.lookup.settings import LookupSettings
from reviewkit.lookup.stop import Stop
from reviewkit.near import near
from reviewkit.project.curating import completing, queue
from reviewkit.project.curating.adding import add_understood, joined, raws
from reviewkit.project.curating.completing import Gap
from reviewkit.project.curating.editing import edit_fields
from reviewkit.project.curating.joining import Joining
from reviewkit.project.curating.source import read_source
from reviewkit.project.opening.optional import load
from reviewkit.project.opening.progress import Progress, say
from reviewkit.records import AddResult, Problem, Wanted
from reviewkit.store.recorder import Edit

if TYPE_CHECKING:
    from reviewkit.lookup.resolver import Outcome, Resolver


class LookingUp(Joining):
    """The part of a project that asks bibliographic services, if its user allows it."""

    def add(
        self,
        source: str | os.PathLike[str] | bytes,
        *,
        name: str = "",
        by: str | None = None,
        via: str = "import",
        lookup: bool | None = None,
        progress: Progress = say,
        stop: Stop | None = None,
    ) -> AddResult:
        """Add papers from a file or pasted text; those there already are completed.

        Papers that are only named (a DOI, an arXiv id) are queued, and looked up at once if
        look-ups are on. They are queued first: whatever happens meanwhile, none is lost.

        Parameters
        ----------
        source
            A path, or the text itself (BibTeX, a pasted digest...), recognised by content.
        name
            What to call a text in messages.
        lookup
            Whether to look up what is only named; None: as the user's settings say.
        progress, stop
            Told of every paper that was looked up; ends the look-up before it is done.

        Raises
        ------
        FormatError
            The text was not understood; nothing was added. The message has line numbers.
        """
        understood = read_source(source, name)
        return self.add_understood(
            understood, by=by, via=via, lookup=lookup, progress=progress, stop=stop
        )

    def add_understood(
        self,
        understood: Understood,
        *,
        by: str | None = None,
        via: str = "import",
        lookup: bool | None = None,
        progress: Progress = say,
        stop: Stop | None = None,
    ) -> AddResult:
        """Add what a text was understood to say (`reviewkit.formats.read`); see `add`."""
        allowed = settings.read()
        before = {item.id for item in self.queue()}
        # Adding says nothing of a paper, so a newcomer need not give a name for it.
        who = by or self._author()
        queued = self._bring_in(understood, who, via)
        on = allowed.on if lookup is None else lookup
        if not queued.queued:
            return queued
        if not on:
            more = " (`reviewkit lookup` says more)" if via != "panel" else ""
            off = f"; look-ups are off{more}" if lookup is None else ""
            return replace(queued, message=f"{queued.message}{off}")
        names = [one for one, item in self._waiting() if item.id in queued.queued]
        new = [one for one in names if queue.name_of(one) not in before]
        action = queue.action_of(self._sync.fold, new[0]) if new else None
        found = self._look_up(names, allowed, who, via, progress, stop, action)
        return joined(queued, found)

    def queue(self) -> tuple[Wanted, ...]:
        """Papers that are only named and wait for a look-up, oldest first."""
        return tuple(item for _, item in self._waiting())

    def lookup(
        self,
        *,
        once: bool = False,
        by: str | None = None,
        via: str = "import",
        progress: Progress = say,
        stop: Stop | None = None,
    ) -> AddResult:
        """Look up what is queued; what is found is added, the rest stays.

        Parameters
        ----------
        once
            Allow this look-up, though the user's settings say off.

        Raises
        ------
        LookupOffError
            Look-ups are off; the message says what they would send where.
        """
        allowed = settings.read() if once else settings.needed(settings.read())
        names = [one for one, _ in self._waiting()]
        return self._look_up(names, allowed, by or self._author(), via, progress, stop)

    def drop(self, *names: str, by: str | None = None, via: str = "import") -> tuple[Wanted, ...]:
        """Take these (ids of `queue`) out of the queue; `undo` brings them back.

        Raises
        ------
        ValueRefusedError
            One is not in the queue; nothing is taken out.
        """
        with self._lock:
            there = {item.id: one for one, item in self._waiting()}
            for name in names:
                if name not in there:
                    close = near(name, there)
                    hint = f" Did you mean {' or '.join(close)}?" if close else ""
                    raise ValueRefusedError(
                        f"{name!r} is not in the queue.{hint}", field="queue", value=name
                    )
            gone = tuple(item for _, item in self._waiting() if item.id in names)
            edits = [queue.drop(there[name]) for name in dict.fromkeys(names)]
            self._record(edits, by or self._author(), via)
            return gone

    def complete(
        self,
        citekeys: Iterable[str] | None = None,
        *,
        once: bool = False,
        by: str | None = None,
        via: str = "import",
        progress: Progress = say,
        stop: Stop | None = None,
    ) -> AddResult:
        """Fill empty fields of papers from what services say of them, as one action.

        Papers are found by their ids, else by their title and authors; a record of another
        paper is a problem and gives nothing.

        Parameters
        ----------
        citekeys
            Which papers; None: all that lack an author, year, abstract, venue or id.

        Raises
        ------
        LookupOffError
            Look-ups are off.
        UnknownPaperError
            A citekey is not the library's.
        """
        allowed = settings.read() if once else settings.needed(settings.read())
        with self._lock:
            chosen = list(self._sync.library.citekeys() if citekeys is None else citekeys)
            for key in chosen:
                self._identify(key)
            any_way = citekeys is not None
            gaps = [
                gap
                for key in chosen
                if (gap := completing.gap_of(self._sync.library, key, any_way=any_way))
            ]
        found: list[tuple[Gap, Candidate]] = []
        problems: list[Problem] = []
        try:
            with _asking(allowed, stop) as resolver:
                for number, (gap, paper, reason) in enumerate(completing.ask(gaps, resolver), 1):
                    if paper is not None:
                        found.append((gap, paper))
                    else:
                        problems.append(Problem(None, reason, gap.citekey))
                    progress(number, len(gaps), gap.citekey)
        finally:
            completed = self._fill(found, by or self._author(), via)
        abstracts = sum("abstract" in names for names in completed.values())
        message = f"{len(completed)} of {len(gaps)} papers completed"
        if problems:
            message += f", {len(problems)} not found"
        return AddResult("look-ups", (), (), completed, abstracts, tuple(problems), message)

    def _waiting(self) -> list[tuple[Identifier, Wanted]]:
        with self._lock:
            return queue.waiting(self._sync.fold)

    def _look_up(
        self,
        names: Sequence[Identifier],
        allowed: LookupSettings,
        by: str,
        via: str,
        progress: Progress,
        stop: Stop | None,
        action: str | None = None,
    ) -> AddResult:
        outcomes: list[Outcome] = []
        try:
            with _asking(allowed, stop) as resolver:
                for number, outcome in enumerate(resolver.find(names), 1):
                    outcomes.append(outcome)
                    progress(number, len(names), queue.name_of(outcome.identifier))
        finally:
            # Also when it was interrupted: what is found by then is not asked for again.
            result = self._take_found(outcomes, by, via, action)
        return result

    def _take_found(
        self, outcomes: Sequence[Outcome], by: str, via: str, action: str | None
    ) -> AddResult:
        with self._lock:
            self._tell(self._sync.receive())
            fold = self._sync.fold
            wanted = [one for one in outcomes if queue.current(fold, one.identifier) is not None]
            papers = [one for one in wanted if one.paper is not None]
            understood = Understood("look-ups", tuple(one.paper for one in papers if one.paper))
            edits, result = add_understood(self._sync.library, understood, self._naming())
            edits += [queue.drop(one.identifier) for one in papers]
            for one in wanted:
                if one.paper is None:
                    edits += queue.tell(fold, one.identifier, one.reason)
            self._record(edits, by, via, group=action)
            left = [one for one in wanted if one.paper is None]
        return replace(
            result,
            queued=tuple(queue.name_of(one.identifier) for one in left),
            problems=tuple(_problem(one) for one in left),
            message=_told(result, left),
        )

    def _fill(
        self, found: Sequence[tuple[Gap, Candidate]], by: str, via: str
    ) -> dict[str, tuple[str, ...]]:
        """Record what fills gaps that are still there; the names of the fields, by citekey."""
        completed: dict[str, tuple[str, ...]] = {}
        edits: list[Edit] = []
        with self._lock:
            for gap, paper in found:
                if gap.citekey not in self._sync.library:
                    continue
                names = completing.missing(self._sync.library, gap.citekey, paper)
                if not names:
                    continue
                key, identifier = self._identify(gap.citekey)
                absent = dict.fromkeys(names)
                edits += edit_fields(self._sync, key, identifier, absent, ground=True)
                given = raws(paper)
                edits += [Edit(identifier, None, f"bib:{name}", given[name]) for name in names]
                completed[key] = tuple(names)
            self._record(edits, by, via)
        return completed


def _asking(allowed: LookupSettings, stop: Stop | None) -> AbstractContextManager[Resolver]:
    asking: AbstractContextManager[Resolver] = load("reviewkit.lookup.resolver").asking(
        allowed, stop
    )
    return asking


def _problem(outcome: Outcome) -> Problem:
    return Problem(
        outcome.identifier.line or None, outcome.reason, queue.name_of(outcome.identifier)
    )


def _told(result: AddResult, left: Sequence[Outcome]) -> str:
    parts = [result.message] if result.added or result.matched else []
    if left:
        parts.append(f"{len(left)} still queued")
    return ", ".join(parts) or "nothing is queued"
