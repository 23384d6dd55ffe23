"""What its owner erased stays erased, whatever arrives or is found later.

An erased operation has no value in the fold. Its words may still come along: in an edit of the
same note that was made elsewhere, in a held change, in an entry that was taken out, in copies
of the two files. Every replica takes them out of what it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from reviewkit.bibtex import BibDocument
from reviewkit.errors import BibtexError, NotDurableError
from reviewkit.files import bibentry
from reviewkit.files.remembered import Remembered
from reviewkit.files.replace import Replaced
from reviewkit.ops.erasing import belonging, erased, marks, quoting
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.store.folder import FolderStore
from reviewkit.store.fs import FS
from reviewkit.store.journal import DECIDED
from reviewkit.store.recorder import Recorder


class Purging:
    """Erases operations and all that quotes them.

    Parameters
    ----------
    record
        Makes what a held change says, apart from what was erased, edits.
    """

    def __init__(
        self,
        store: FolderStore,
        recorder: Recorder,
        fold: Fold,
        record: Callable[[Op], None],
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._fold = fold
        self._record = record

    def purge(self, ops: Iterable[Op], by: str) -> list[Op]:
        """Erase these operations and what quotes them; all that was erased.

        Raises
        ------
        NotDurableError
            Not all of them were.
        """
        done = [erased(op) for op in ops if not op.erased]
        self._recorder.erase(done, by)
        done += self._follow(done, by)
        self._take_out()
        return done

    def open(self, by: str) -> None:
        """Erase what belongs to something erased, in all that was read."""
        self.follow(self._fold, by)
        self.sweep()

    def follow(self, ops: Iterable[Op], by: str) -> list[Op]:
        """Erase what belongs to something erased, as operations arrive; all that was.

        A folder that cannot be written now is tried again with the next opening.
        """
        found: list[Op] = []
        with suppress(NotDurableError):
            found = self._follow(ops, by)
        self._take_out()
        return found

    def _take_out(self) -> None:
        if self._fold.copies and self._recorder.take_out():
            self.sweep()

    def _follow(self, ops: Iterable[Op], by: str) -> list[Op]:
        fold, found = self._fold, list[Op]()
        touched = {op.paper for op in ops} if fold.erased_papers() else set()
        for paper in sorted(fold.erased_papers()):
            family = {paper, fold.root(paper)}
            if not family & touched:
                continue
            done = [erased(op) for op in belonging(fold, paper)]
            self._recorder.erase(done, by)
            names = marks(fold.erased_fields(paper))
            for op in (op for one in sorted(family) for op in quoting(fold, one, names)):
                found += self._let_go(op, names, by)
            found += done
        return found

    def _let_go(self, op: Op, names: frozenset[str], by: str) -> list[Op]:
        """Erase an operation that quotes notes, once what else it says is safe."""
        if op.field == "entry":
            text = _without(op.value["text"], names)
            done = erased(op, {**op.value, "text": text})
        else:
            done = erased(op)
            self._record(op)
        self._recorder.erase([done], by)
        return [done]

    def clear(self, data: bytes) -> int:
        """Take all former states of the files out of the trash and this machine's cache.

        Parameters
        ----------
        data
            What the .bib holds now.

        Returns
        -------
        int
            How many files that were.
        """
        store = self._store
        layout, fs, number = store.layout, store.fs, 0
        ours = tuple(f"-{path.name}" for path in (layout.bib, layout.csv, layout.generated))
        for name, is_folder in fs.scan(layout.trash) if fs.is_folder(layout.trash) else ():
            if not is_folder and name.endswith(ours):
                fs.remove(layout.trash / name)
                number += 1
        _empty(store.machine.cache_folder(store.library(), ""), fs)
        Remembered(store).write(data)
        return number

    def _marks(self) -> list[bytes]:
        papers = self._fold.erased_papers()
        fields = (field for paper in papers for field in self._fold.erased_fields(paper))
        return [name.encode() for name in marks(fields)]

    def let_go(self, done: Iterable[tuple[Path, bytes, Replaced]]) -> None:
        """Keep nothing of files that came out of their places with an erased note."""
        names = self._marks()
        for _, _, out in done:
            if out.kept is not None and any(name in (out.came_out or b"") for name in names):
                with suppress(OSError):
                    self._store.fs.remove(out.kept)

    def sweep(self) -> None:
        """Take copies of the files that have an erased note out of the trash."""
        fs, trash, names = self._store.fs, self._store.layout.trash, self._marks()
        if not (names and fs.is_folder(trash)):
            return
        for name, is_folder in fs.scan(trash):
            with suppress(OSError):
                if not is_folder and any(mark in fs.read(trash / name) for mark in names):
                    fs.remove(trash / name)


def _empty(folder: Path, fs: FS) -> None:
    """Remove the disposable copies of a project, of all its clones on this machine."""
    with suppress(FileNotFoundError):
        for place in (folder / name for name, is_folder in fs.scan(folder) if is_folder):
            for name, is_folder in fs.scan(place):
                # Where both are one folder, what must not be lost is beside them.
                if not is_folder and name != DECIDED:
                    fs.remove(place / name)


def _without(text: str, names: frozenset[str]) -> str:
    """The text of an entry without the fields of ours that have one of these notes."""
    document = BibDocument.from_bytes(text.encode("utf-8", "surrogatepass"))
    for entry in document.entries:
        for name, field in list(entry.fields.items()):
            if bibentry.is_ours(name) and any(mark in field.raw for mark in names):
                with suppress(BibtexError):
                    document.remove_field(entry, name)
    found = document.to_bytes().decode("utf-8", "surrogatepass")
    # An entry that cannot be taken apart goes with its words.
    return "" if any(mark in found for mark in names) else found
