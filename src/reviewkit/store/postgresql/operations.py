"""Operations in a table, a row a line; see `Operations`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path

import psycopg

from reviewkit.errors import NotDurableError, UnreachableError
from reviewkit.ops.op import BadLineError, NewerLineError, Op
from reviewkit.records import Problem
from reviewkit.store.erasing import without
from reviewkit.store.lines import sound
from reviewkit.store.postgresql.listening import Listener
from reviewkit.store.postgresql.rows import Known, columns, joined, name, split
from reviewkit.store.postgresql.schema import TABLE
from reviewkit.store.postgresql.session import Session, connect, unreachable
from reviewkit.store.writer import Writer

_PUT = """
INSERT INTO reviewkit.op (lib, id, by, r, line)
SELECT %s, u.* FROM unnest(%s::text[], %s::text[], %s::text[], %s::bytea[]) AS u
ON CONFLICT DO NOTHING
"""
#: A snapshot, and all rows that it shows.
_ALL = """
SELECT pg_current_snapshot()::text, NULL::bytea UNION ALL
(SELECT NULL, line FROM reviewkit.op WHERE lib = %s ORDER BY seq)
"""
#: The same without what an earlier snapshot showed. Rows of another server, from which these
#: were restored, may have numbers of transactions that are still to come here.
_NEW = """
SELECT pg_current_snapshot()::text, NULL::bytea UNION ALL
(SELECT NULL, line FROM reviewkit.op
 WHERE lib = %s AND xid >= pg_snapshot_xmin(%s::pg_snapshot)
 AND xid < pg_snapshot_xmax(pg_current_snapshot())
 AND NOT pg_visible_in_snapshot(xid, %s::pg_snapshot) ORDER BY seq)
"""
#: As in logs, an erased operation's line is the one that ends so before its check sum.
_ERASE = """
DELETE FROM reviewkit.op WHERE lib = %s AND id = ANY(%s::text[])
AND substring(line FROM length(line) - 21 FOR 6) <> convert_to(',"z":1', 'UTF8')
"""


def prepare(address: str) -> None:
    """Make the table where it is missing.

    Raises
    ------
    UnreachableError
        The database does not answer, or this user may not.
    """
    with connect(address) as connection:
        try:
            connection.execute(TABLE.encode())
        except psycopg.Error as error:
            raise unreachable(address, error) from error


class DatabaseOperations:
    """The set of one library's lines; what the database has twice is there once.

    A new set is read by the snapshot that was last read: numbers of rows tell nothing, as
    transactions may end in another order.
    """

    def __init__(self, address: str, library: str) -> None:
        self._session = Session(address)
        self._library = library
        self._lock = threading.RLock()
        self._snapshot: str | None = None
        self._number = 0
        self._known = Known()
        #: All that this process was told is safe, for a server that went back in time.
        self._written: list[bytes] = []
        #: What it wrote and has not read.
        self._unread: set[bytes] = set()
        self._damaged: list[Problem] = []
        self._down: Problem | None = None
        self._again = 0.0
        self._listener: Listener | None = None
        self.newer = 0
        self.lost = False

    @property
    def where(self) -> str:
        """The database's address."""
        return self._session.address

    @property
    def problems(self) -> list[Problem]:
        """Lines that are not whole, and that the database does not answer."""
        return self._damaged + ([self._down] if self._down is not None else [])

    def sound_logs(self) -> dict[str, Path]:
        """None: there are no files."""
        return {}

    def append(self, lines: bytes, writer: Writer) -> str:
        """Return when the transaction is durable; where it may be or not, it is made again."""
        with self._lock:
            self._put(lines)
            self._written.append(lines)
            self._unread.update(split(lines))
        if self._listener is not None:
            self._listener.tell()
        return f"{writer.slug}-{writer.name}.jsonl"

    def write_again(self, lines: bytes) -> None:
        """Put lines that were safe once back."""
        with self._lock:
            self._put(lines)

    def _put(self, lines: bytes) -> None:
        try:
            try:
                self._insert(lines)
            except psycopg.Error:
                if not self._session.is_lost:
                    raise
                # Perhaps it was done. Lines are a set: once more does no harm.
                self._insert(lines)
        except UnreachableError as error:
            raise NotDurableError(0, error.message) from error
        except psycopg.Error as error:
            raise NotDurableError(0, unreachable(self.where, error).message) from error

    def _insert(self, lines: bytes) -> None:
        self._renew()
        self._session.execute(_PUT, (self._library, *columns(lines)))

    def _renew(self) -> None:
        """After the connection was lost: it may be a server restored from an old copy."""
        self._session.open()
        if self._number != self._session.number:
            if self._number and self._written:
                self._session.execute(_PUT, (self._library, *columns(b"".join(self._written))))
            self._snapshot, self._number = None, self._session.number

    def read(self) -> list[Op]:
        """What others' transactions wrote since the last call.

        Raises
        ------
        UnreachableError
            It is the first call, and there is no answer. Later that is a problem, told of until
            there is one.
        """
        with self._lock:
            begin = time.monotonic()
            if self._down is not None and begin < self._again:
                return []
            try:
                try:
                    lines = self._fetch()
                except psycopg.Error:
                    if not self._session.is_lost:
                        raise
                    lines = self._fetch()
            except UnreachableError as error:
                self._set_down(error, begin)
                return []
            except psycopg.Error as error:
                self._set_down(unreachable(self.where, error), begin)
                return []
            self._down = None
            return self._decode(lines)

    def _set_down(self, error: UnreachableError, begin: float) -> None:
        if not self._number:
            raise error
        # A server that lets everybody wait must not keep the project's lock most of the time.
        moment = time.monotonic()
        self._again = moment + 5 * (moment - begin)
        self._down = Problem(None, error.message, "", None)

    def _fetch(self) -> list[bytes]:
        """The lines that were not known."""
        self._renew()
        everything = self._snapshot is None
        if everything:
            rows = self._session.execute(_ALL, (self._library,))
        else:
            values = (self._library, self._snapshot, self._snapshot)
            rows = self._session.execute(_NEW, values)
        known = Known() if everything else self._known
        lines = [line for _, line in rows[1:] if known.add(line)]
        if everything and self._known:
            lines = [line for line in lines if line not in self._known]
            self.lost |= known.lacks_any_of(self._known)
        self._known, self._snapshot = known, rows[0][0]
        self._unread.difference_update(lines)
        return lines

    def _decode(self, lines: list[bytes]) -> list[Op]:
        found = []
        for line in lines:
            try:
                found.append(sound(line))
            except NewerLineError:
                self.newer += 1
            except BadLineError as error:
                text = line[:80].decode("utf-8", "replace")
                self._damaged.append(Problem(None, str(error), text, None))
        return found

    def lines(self) -> bytes:
        """All lines that are there now, with their line feeds.

        Raises
        ------
        UnreachableError
            There is no answer.
        """
        with self._lock:
            try:
                rows = self._session.execute(_ALL, (self._library,))
            except psycopg.Error as error:
                raise unreachable(self.where, error) from error
            return joined(line for _, line in rows[1:])

    def read_all(self) -> list[Op]:
        """All operations that are there now."""
        found = []
        for line in split(self.lines()):
            try:
                found.append(sound(line))
            except BadLineError:
                continue
        return found

    def begin_again(self) -> None:
        """Read everything anew with the next call."""
        with self._lock:
            self._snapshot, self._known, self.lost = None, Known(), False
            self._damaged, self.newer = [], 0

    def erase(self, ids: Collection[str]) -> None:
        """Take the rows of these operations away, except erased ones."""
        with self._lock:
            self._written = [without(lines, ids) for lines in self._written]
            self._unread &= set(split(b"".join(self._written)))
            try:
                self._session.execute(_ERASE, (self._library, [name(one) for one in ids]))
            except psycopg.Error as error:
                raise unreachable(self.where, error) from error

    def fingerprint(self) -> bytes | None:
        """A hash of the lines as they were read."""
        with self._lock:
            whole = self._snapshot is not None and not (self._unread or self._down or self.lost)
            return self._known.hash() if whole else None

    def watch(self, on_change: Callable[[], None]) -> None:
        """Call back soon after another process wrote."""
        self._listener = Listener(self.where, self._library)
        self._listener.start(on_change)

    def close(self) -> None:
        """Stop listening, and let the connections go."""
        if self._listener is not None:
            self._listener.close()
        with self._lock:
            self._session.close()
