"""What this machine remembers of a project's files between two openings."""

from __future__ import annotations

from reviewkit.files.bibfile import BibFile
from reviewkit.files.csvfile import CsvFile
from reviewkit.files.remembered import Remembered
from reviewkit.files.settled import Agreed, Settled
from reviewkit.files.sweeping import sweep
from reviewkit.store.folder import FolderStore

#: So many times the files are written before the trash is looked through.
_SWEEP_EVERY = 20


class Keeping:
    """The .bib as it was last seen, and the state in which log and files said the same.

    What is to be kept is noted under the project's lock and written without it: nobody need
    wait with an edit until megabytes are in the cache folder. Former states of both files are in
    the trash, of which now and then some are removed.
    """

    def __init__(self, store: FolderStore, bib: BibFile, csv: CsvFile) -> None:
        self._bib = bib
        self._remembered = Remembered(store)
        self._settled = Settled(store, self._remembered, bib, csv)
        self._kept: bytes | None = None
        self._to_keep: bytes | None = None
        self._agreed: Agreed | None = None
        self._store = store
        self._writings = 0

    def restore(self) -> bool:
        """Whether log and files are as they were left; else the .bib is known as it was seen."""
        settled = self._settled.restore()
        if not settled:
            remembered = self._remembered.read()
            if remembered is None:
                return False
            self._bib.remember(*remembered)
        self._kept = self._bib.data
        return settled

    def note(self, *, written: bool, settled: bool) -> None:
        """Take note of the files as they are now: `written` the .bib, `settled` all of it."""
        data = self._bib.data
        unlike = self._kept is None or (self._bib.is_generated and self._kept is not data)
        self._to_keep = data if written or unlike else None
        self._agreed = self._settled.agreed() if settled else None

    def write(self) -> None:
        """Write what was noted."""
        if self._to_keep is not None:
            self._remembered.write(self._to_keep)
            self._kept, self._to_keep = self._to_keep, None
        if self._agreed is not None:
            self._settled.note(self._agreed)
            self._agreed = None
        self._writings += 1
        if self._writings % _SWEEP_EVERY == 0:
            sweep(self._store.layout.trash, self._store.machine)
