"""Duplicates: finding them, merging two papers into one, or keeping them apart."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reviewkit.bibtex import BibDocument
from reviewkit.duplicates import Pair, Record
from reviewkit.errors import ValueRefusedError
from reviewkit.library.sides import choices, in_order
from reviewkit.ops import opinions
from reviewkit.project.curating.finding import APART, Search, kept_apart, plain_records, records_of
from reviewkit.project.curating.mending import Mending
from reviewkit.project.curating.merging import checked, merge_edits, side
from reviewkit.records import ChangedEvent, Duplicate, Duplicates, FieldChoice, Paper, Settled
from reviewkit.store.recorder import Edit

#: So many papers are looked at before others may edit.
_SLICE = 200


class Joining(Mending):
    """What a project does about papers that it has twice. Nothing is merged unasked."""

    def __init__(self, path: str | os.PathLike[str] = ".", **options: Any) -> None:
        self._search = Search(self._found_duplicates)
        self._plain: tuple[object, dict[str, Record]] | None = None
        super().__init__(path, **options)

    def close(self) -> None:
        """See `Opened.close`."""
        self._search.close()
        super().close()

    def duplicates(
        self, *, offset: int = 0, limit: int | None = None, wait: bool = True
    ) -> Duplicates:
        """Pairs of papers that are or may be one, the sure ones first.

        Parameters
        ----------
        offset, limit
            Which of the pairs are told in full; None: all from `offset` on.
        wait
            Look through the library now. Otherwise that is done in the background, listeners
            are called when it is, and the answer has what was found before.
        """
        if wait:
            pairs, searching = self._search.now(self._wording, self._records), False
        else:
            pairs, searching = self._search.latest(self._wording, self._records)
        with self._lock:
            library = self._sync.library
            apart = kept_apart(self._sync.fold, library)
            kept = [
                pair
                for pair in pairs
                if pair.a in library
                and pair.b in library
                and frozenset((pair.a, pair.b)) not in apart
            ]
            kept.sort(key=lambda pair: (not pair.sure, -pair.probability))
            sure = sum(pair.sure for pair in kept)
            end = len(kept) if limit is None else offset + limit
            told = tuple(map(self._told, kept[offset:end]))
            return Duplicates(sure, len(kept) - sure, offset, told, searching, self.revision)

    def _wording(self) -> object:
        """What is another one when the papers say something else than before."""
        document, version = self._present()
        return document.words, version

    def _present(self) -> tuple[BibDocument, int]:
        with self._lock:
            document = self._sync.library.document
            return document, self._sync.wording_version

    def _records(self) -> list[Record]:
        with self._lock:
            document, _ = self._present()
            data = document.to_bytes()
        if self._plain is None or self._plain[0] is not document.words:
            # A document of its own, so that nobody is kept from editing meanwhile.
            self._plain = (document.words, plain_records(BibDocument.from_bytes(data)))
        keys, found = list(self), []
        for place in range(0, len(keys), _SLICE):
            with self._lock:
                found += records_of(
                    self._sync.library, self._plain[1], keys[place : place + _SLICE]
                )
        return found

    def _found_duplicates(self) -> None:
        self.listeners.tell(ChangedEvent(str(self.root), (), self.revision))

    def _told(self, pair: Pair) -> Duplicate:
        keep, other = in_order(side(self._sync, pair.a), side(self._sync, pair.b))
        paper = self._sync.library.paper
        return Duplicate(
            keep=keep.citekey,
            other=other.citekey,
            probability=pair.probability,
            sure=pair.sure,
            versions=pair.versions,
            reasons=pair.reasons,
            keep_type=paper(keep.citekey).type,
            other_type=paper(other.citekey).type,
            keep_reviewers=keep.reviewers,
            other_reviewers=other.reviewers,
            fields=choices(keep, other),
        )

    def compared(
        self, keep: str | Paper, other: str | Paper, fields: Mapping[str, str] | None = None
    ) -> tuple[FieldChoice, ...]:
        """Both papers' fields side by side, as `merge` with these `fields` would take them."""
        with self._lock:
            (key, _), (former, _) = self._two(keep, other)
            one, two = side(self._sync, key), side(self._sync, former)
            given = checked(one, two, fields or {})
            return tuple(
                replace(choice, take=given[choice.name])
                if given.get(choice.name) in ("keep", "other")
                else choice
                for choice in choices(one, two)
            )

    def merge(
        self,
        keep: str | Paper,
        other: str | Paper,
        fields: Mapping[str, str] | None = None,
        *,
        by: str | None = None,
        via: str = "kernel",
    ) -> Settled:
        """Make two papers one; `undo` makes them two again.

        All opinions of both stay; where one person rated both differently, that is a
        conflict to settle. The other paper's citekey still leads to the one that is kept.

        Parameters
        ----------
        keep
            The paper that stays, with its citekey.
        other
            The paper whose entry goes.
        fields
            Per BibTeX field "keep" or "other", whose it is to be, or a text. Of the rest the
            kept paper's are taken, and the other's where that has none.

        Raises
        ------
        UnknownPaperError, ValueRefusedError, ReviewerError
            Nothing was changed.
        """
        with self._lock:
            (key, kept), (former, _) = self._two(keep, other)
            who = self._who(by)
            grounds, edits = merge_edits(self._sync, key, former, fields or {})
            before = len(opinions.conflicts(self._sync.fold, kept, key))
            self._record(grounds, who, via)
            self._record(edits, who, via)
            conflicts = len(opinions.conflicts(self._sync.fold, kept, key))
            message = f"{former} is merged into {key}"
            if conflicts > before:
                message += "; they differ in what one person said: see its conflicts"
            return Settled(key, former, message, conflicts)

    def keep_apart(
        self, one: str | Paper, other: str | Paper, *, by: str | None = None, via: str = "kernel"
    ) -> Settled:
        """Say that two papers are not the same; the pair is shown no more, to nobody."""
        with self._lock:
            (key, first), (second_key, second) = self._two(one, other)
            paper, name = sorted((first, second))
            ground = self._sync.bib.grounding.ground
            grounds = [*ground(first, key, "", None), *ground(second, second_key, "", None)]
            edit = Edit(paper, None, APART + name, True)
            self._record([*grounds, edit], self._who(by), via)
            return Settled(key, second_key, f"{key} and {second_key} are kept apart")

    def _two(self, one: str | Paper, other: str | Paper) -> tuple[tuple[str, str], ...]:
        first, second = self._identify(one), self._identify(other)
        if first == second:
            raise ValueRefusedError(
                f"{first[0]} is one paper already; name two.", field="other", value=second[0]
            )
        return first, second
