"""Erasing for good what a person said, for privacy: the one thing that cannot be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reviewkit.errors import ValueRefusedError
from reviewkit.ops.criteria import is_criterion
from reviewkit.ops.erasing import erased
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.project.history.healing import Healed
from reviewkit.records import Note, Paper
from reviewkit.store.git import work_tree

#: What can be named besides single notes and tags: all of a person's of that kind.
KINDS = ("rating", "criteria", "status", "decision", "tags", "notes", "cells")

#: Shorter words stand in other places by chance.
_TELLING = 12


@dataclass(frozen=True, slots=True)
class Erased:
    """One thing that is erased, with all that it ever said, the latest first."""

    citekey: str
    field: str
    values: tuple[Any, ...]
    private: bool = False


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """What is erased, or was where `done`.

    `edits` counts the edits in the log, `copies` the former states of both files in the trash.
    `beyond` says in words where it may still be, as reviewkit does not reach it or leaves it.
    """

    reviewer: str
    erased: tuple[Erased, ...]
    edits: int
    copies: int
    beyond: tuple[str, ...]
    done: bool


class Purged(Healed):
    """The part of a project that can erase."""

    def purge(
        self,
        paper: str | Paper | None,
        *,
        note: str | Note | None = None,
        tag: str | None = None,
        kinds: Sequence[str] = (),
        reviewer: str | None = None,
        dry_run: bool = False,
    ) -> PurgeResult:
        """Erase for good what a reviewer said; nothing brings it back, `undo` does not either.

        The values are taken out of the log of every copy of the project that gets this log,
        with all that they were before, out of both files, the trash, and this user's journal,
        cache and private notes. That there was an edit, when and by whom, stays.

        Parameters
        ----------
        paper
            Of which paper; None: of all.
        note, tag
            Only this note (its id) or tag.
        kinds
            Only these of `KINDS`. Without `note`, `tag` and `kinds`: all that the reviewer
            said.
        reviewer
            Whose; None: the project's reviewer.
        dry_run
            Only say what would be erased, and where it would still be.

        Raises
        ------
        ValueRefusedError
            There is no such kind, or the reviewer has said nothing of that.
        NotDurableError
            Not all was erased; call again.
        """
        unknown = [kind for kind in kinds if kind not in KINDS]
        if unknown:
            raise ValueRefusedError(
                f"{unknown[0]!r} cannot be erased; {', '.join(KINDS)} can.",
                field="kinds",
                value=unknown[0],
            )
        name = note.id if isinstance(note, Note) else note
        wanted = _Wanted(name, tag, frozenset(kinds))
        with self._files:
            if not dry_run:
                # What stands in the files and is not known yet is not to come back later.
                self.sync()
            with self._lock:
                who = self._who(reviewer)
                papers = None if paper is None else self._family(paper)
                shared = wanted.of(self._sync.fold, papers, who)
                private = wanted.of(self._private.fold, papers, who)
                if not (shared or private or self._has_erased(papers, who)):
                    raise ValueRefusedError(
                        f"{who} has said nothing of that, so there is nothing to erase.",
                        field="paper",
                        value=paper if isinstance(paper, str) else None,
                    )
                found = [*self._erasing(shared), *self._erasing(private, private=True)]
                if not dry_run:
                    self._private.erase([erased(op) for op in private], who)
                    self._tell(self._sync.fold.concerned(self._sync.erase(shared, who)))
                    self._searching.forget()
            copies = self._clear(dry_run=dry_run)
            with self._lock:
                beyond = tuple(self._beyond(shared + private))
        return PurgeResult(who, tuple(found), len(shared + private), copies, beyond, not dry_run)

    def _family(self, paper: str | Paper) -> set[str]:
        _, identifier = self._identify(paper)
        return {identifier, *self._sync.fold.members(identifier)}

    def _has_erased(self, papers: Iterable[str] | None, who: str) -> bool:
        """Whether something was erased before, perhaps by a call that broke off."""
        fold = self._sync.fold
        return any(
            fold.has_erased(one, who)
            for one in (fold.erased_papers() if papers is None else papers)
        )

    def _erasing(self, ops: Iterable[Op], *, private: bool = False) -> Iterator[Erased]:
        said: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
        for op in sorted(ops, key=lambda op: op.order, reverse=True):
            value = op.field[4:] if op.field.startswith("tag:") else op.value
            values = said[self._key_of(op.paper) or op.paper, op.field]
            if value not in values:
                values.append(value)
        for (key, field), values in sorted(said.items()):
            yield Erased(key, field, tuple(values), private)

    def _clear(self, *, dry_run: bool) -> int:
        layout, fs = self._store.layout, self._store.fs
        if dry_run:
            names = fs.scan(layout.trash) if fs.is_folder(layout.trash) else []
            ours = tuple(f"-{p.name}" for p in (layout.bib, layout.csv, layout.generated))
            return sum(name.endswith(ours) for name, _ in names)
        self._write()
        with self._lock:
            return self._sync.purging.clear(self._sync.bib.data)

    def _beyond(self, ops: Sequence[Op]) -> Iterator[str]:
        """Where the words may still be."""
        layout, fs = self._store.layout, self._store.fs
        texts = {op.value for op in ops if isinstance(op.value, str) and len(op.value) >= _TELLING}
        gone = {op.id for op in ops}
        for op in self._sync.fold:
            quotes = isinstance(op.value, str) and any(text in op.value for text in texts)
            if quotes and op.id not in gone:
                key = self._key_of(op.paper) or op.paper
                yield f"{op.field} of {key} by {op.by} has the same words: erase that as well"
        for reason in self._sync.waiting:
            yield f"the file is not rewritten yet: {reason}"
        for path in (layout.bib, layout.csv, layout.generated):
            data = fs.read(path) if fs.exists(path) else b""
            if ops and any(text.encode() in data for text in texts):
                yield f"{path.name} has the same words; what is still there was not from here"
        if work_tree(layout.root, fs) is not None:
            yield (
                "git keeps what was committed: commit the change, and rewrite the history "
                "(git filter-repo) and its copies on servers where that matters"
            )
        yield (
            "other copies of the folder erase it when they get this log and reviewkit opens "
            "them; backups, exports, drafts and what people copied stay as they are"
        )


@dataclass(frozen=True)
class _Wanted:
    """What of a reviewer's words is meant."""

    note: str | None
    tag: str | None
    kinds: frozenset[str]

    def of(self, fold: Fold, papers: Iterable[str] | None, reviewer: str) -> list[Op]:
        """The operations that say it, whoever made them."""
        chosen = None if papers is None else set(papers)
        return [
            op
            for op in fold
            if op.reviewer == reviewer
            and not op.erased
            and (chosen is None or op.paper in chosen)
            and (op.value is not None or op.field.startswith("tag:"))
            and self._means(op.field)
        ]

    def _means(self, field: str) -> bool:
        kind = field.partition(":")[0]
        if self.note is None and self.tag is None and not self.kinds:
            return True
        if kind == "note":
            return "notes" in self.kinds or field.startswith(f"note:{self.note}.")
        if is_criterion(field):
            return "criteria" in self.kinds
        if kind == "tag":
            return "tags" in self.kinds or field == f"tag:{self.tag}"
        if kind in ("cell", "unfit"):
            return "cells" in self.kinds
        return kind in self.kinds
