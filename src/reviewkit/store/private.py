"""The private layer: notes and tags that only their author sees.

They are operations like any other, but have a log and a fold of their own: what is made
from the shared fold (both files, exports, drafts, other people's views) cannot hold them.
The log lies in the user's private folder, never in the project's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewkit.errors import FormatError, NewerFormatError, ReviewkitError, StaleError
from reviewkit.ops import opinions
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op, encode
from reviewkit.records import Note, Review
from reviewkit.store.card import library_id
from reviewkit.store.folder import FolderStore
from reviewkit.store.fs import FS
from reviewkit.store.layout import Layout
from reviewkit.store.logs import LogOperations
from reviewkit.store.recorder import Edit, Recorder
from reviewkit.store.writer import Writer

#: The folder of the private logs, beside the journal.
NAME = "private"


@dataclass(frozen=True)
class _Place(Layout):
    """The user's private folder for a project, laid out as the project's own log is."""

    def is_gone(self, fs: FS) -> bool:
        # It is made with the first private edit.
        return False

    @property
    def meta(self) -> Path:
        return self.root

    @property
    def ops(self) -> Path:
        return self.root / NAME


class _PrivateStore:
    """The operations in this user's private folder; as `FolderStore`, without a journal."""

    def __init__(self, shared: FolderStore) -> None:
        self.machine = shared.machine
        self._shared = shared
        self._known: tuple[Path, LogOperations] | None = None
        self._writers: dict[str, Writer] = {}

    @property
    def folder(self) -> Path | None:
        """Where the logs are; None before the project's first edit gave it an id."""
        known = self._operations()
        return None if known is None else known[0]

    def _operations(self) -> tuple[Path, LogOperations] | None:
        if self._known is None:
            try:
                library = library_id(self._shared.layout, self.machine.fs)
            except (FormatError, NewerFormatError):
                # Whoever opens the project is told.
                return None
            if library is not None:
                self._know(library)
        return self._known

    def _know(self, library: str) -> tuple[Path, LogOperations]:
        layout = _Place(self.machine.private_folder(library))
        self._known = layout.ops, LogOperations(layout, self.machine)
        return self._known

    def writer(self, slug: str) -> Writer:
        """Who gives this process's private operations of a person their ids."""
        if slug not in self._writers:
            self._writers[slug] = Writer(self.machine, slug)
        return self._writers[slug]

    def append(self, ops: Sequence[Op], writer: Writer) -> None:
        """Return when the operations are durable; see `Operations.append` for errors."""
        try:
            folder, operations = self._operations() or self._know(self._shared.library())
            operations.append(b"".join(encode(op) for op in ops), writer)
        except ReviewkitError:
            writer.rename()
            raise
        self.machine.fs.keep_to_user(folder)

    def read(self) -> list[Op]:
        """Operations that are new since the last call, of any process of this user."""
        known = self._operations()
        return [] if known is None else known[1].read()

    def erase(self, ids: Collection[str]) -> None:
        """See `FolderStore.erase`; of the private logs only."""
        known = self._operations()
        if known is not None:
            known[1].erase(ids)

    def close(self) -> None:
        """Give the files back."""
        if self._known is not None:
            self._known[1].close()


class PrivateLayer:
    """What this user's private log says of a project's papers.

    Several people may share the account, as on one server: `reviewer` tells whose it is,
    and only that is shown.
    """

    def __init__(self, shared: FolderStore, recorder: Recorder) -> None:
        self._store = _PrivateStore(shared)
        self.fold = Fold()
        self._recorder = Recorder(self._store, self.fold, recorder.clock)

    @property
    def folder(self) -> Path | None:
        """Where the private logs are; None before the project's first edit."""
        return self._store.folder

    def receive(self) -> set[str]:
        """Fold what other processes of this user wrote; the papers concerned."""
        papers = {op.paper for op in self._recorder.receive()}
        self._recorder.take_out()
        return papers

    def record(
        self, edits: Sequence[Edit], *, by: str, via: str,
        origin: str | None = None, group: str | None = None,
    ) -> set[str]:  # fmt: skip
        """Make edits durable, in the private log only; the papers concerned."""
        ops = self._recorder.record(edits, by=by, via=via, origin=origin, group=group)
        return {op.paper for op in ops}

    def erase(self, ops: Sequence[Op], by: str) -> None:
        """Put erased operations in place of those with their values; see `Recorder.erase`."""
        self._recorder.erase(ops, by)
        self._recorder.take_out()

    def ops_of(self, reviewer: str | None) -> Iterable[Op]:
        """All private operations of a person; none of nobody's."""
        return (op for op in self.fold if reviewer and op.reviewer == reviewer)

    def review(self, papers: Iterable[str], reviewer: str | None) -> Review | None:
        """A person's private tags and notes on a paper and those merged into it; or None."""
        found: Review | None = None
        for paper in papers:
            reviews = opinions.reviews(self.fold, paper) if reviewer else ()
            for review in (one for one in reviews if one.reviewer == reviewer):
                found = review if found is None else _both(found, review)
        return found

    def key_of(self, paper: str) -> str | None:
        """The citekey that a paper had when something private was first said of it."""
        keys = self.fold.current(paper, None, "citekey")
        return str(keys[-1].value) if keys else None

    def note(self, papers: Iterable[str], reviewer: str, name: str) -> tuple[str, Note]:
        """The paper that a private note is kept with, and the note.

        Raises
        ------
        StaleError
            The reviewer has no such private note.
        """
        for paper in papers:
            review = self.review([paper], reviewer)
            for note in review.notes if review is not None else ():
                if note.id == name:
                    return paper, note
        raise StaleError(
            f"{reviewer} has no private note {name[:40]!r} on this paper. Look at it again."
        )

    def papers(self, reviewer: str | None) -> dict[str, str]:
        """Papers on which a person has private words, each with the citekey of the time."""
        found: dict[str, str] = {}
        for paper in {op.paper for op in self.ops_of(reviewer)}:
            if self.review([paper], reviewer) is not None:
                found[paper] = self.key_of(paper) or paper
        return found

    def close(self) -> None:
        """Give the files back."""
        self._store.close()


def _both(one: Review, other: Review) -> Review:
    tags = tuple(sorted({*one.tags, *other.tags}))
    latest = max(filter(None, (one.updated, other.updated)), default=None)
    return replace(one, tags=tags, notes=(*one.notes, *other.notes), updated=latest)
