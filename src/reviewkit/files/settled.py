"""The state in which log and files said the same, so that opening it again compares nothing.

Disposable, and only a hash: of the bytes of all logs and of both files, when nothing was left
to take in and nothing to write. Whoever finds just these bytes knows that they agree, as what
is written is made of the operations alone. Anything else, and everything is compared.
"""

from __future__ import annotations

import hashlib

from reviewkit.files.bibfile import BibFile
from reviewkit.files.csvfile import CsvFile
from reviewkit.files.remembered import Remembered
from reviewkit.store.folder import FolderStore

_NAME = "settled"

#: A hash of the log and the bytes of both files, when they say the same.
Agreed = tuple[bytes, bytes, bytes]

#: Grows whenever the same operations are written to the files in another way.
_WRITING = b"2"


class Settled:
    """The hash in this user's cache folder."""

    def __init__(
        self, store: FolderStore, remembered: Remembered, bib: BibFile, csv: CsvFile
    ) -> None:
        self._store = store
        self._remembered = remembered
        self._bib = bib
        self._csv = csv
        self._noted = b""

    def agreed(self) -> Agreed | None:
        """The log, as far as it was read, and the files, which must say the same; or None."""
        bib, csv = self._bib.last, self._csv.last
        # What waits for somebody is not made of the operations alone.
        if bib is None or csv is None or not (self._bib.is_plain and self._csv.is_plain):
            return None
        log = self._store.operations.fingerprint()
        return None if log is None else (log, bib, csv)

    def note(self, agreed: Agreed) -> None:
        """Remember that these say the same."""
        found = _hash(*agreed)
        if found != self._noted:
            self._remembered.put(_NAME, found)
            self._noted = found

    def restore(self) -> bool:
        """Take both files for seen, if they and the log are what was noted; whether they are."""
        noted = self._remembered.get(_NAME)
        bib, csv = (self._bib.look(), self._csv.look()) if noted else (None, None)
        log = self._store.operations.fingerprint()
        if bib is None or csv is None or log is None or _hash(log, bib[1], csv[1]) != noted:
            return False
        self._noted = noted or b""
        self._bib.restore(*bib)
        self._csv.restore(*csv)
        return True


def _hash(log: bytes, bib: bytes, csv: bytes) -> bytes:
    """Of all that must be equal."""
    parts = (_WRITING, log, hashlib.sha256(bib).digest(), hashlib.sha256(csv).digest())
    return hashlib.sha256(b"".join(parts)).hexdigest().encode("ascii")
