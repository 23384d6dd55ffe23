"""A connection that is made anew where it was lost, and is not used where edits may vanish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from reviewkit.errors import UnreachableError
from reviewkit.store.postgresql.address import checked

#: What a statement may wait for: an editor's hands are on the keyboard.
_LIMITS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "reviewkit",
}
#: xid8 and pg_current_snapshot are of this version.
_OLDEST = 130000

_SAFE = """
SELECT current_setting('fsync'), pg_is_in_recovery(),
  (SELECT relpersistence FROM pg_class WHERE oid = to_regclass('reviewkit.op')),
  set_config('synchronous_commit', CASE current_setting('synchronous_commit')
    WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)
"""

Connection = psycopg.Connection[Any]


def connect(address: str) -> Connection:
    """A connection to whatever database; statements are transactions of their own.

    Raises
    ------
    UnreachableError
        There is none.
    """
    try:
        found = psycopg.connect(make_conninfo(checked(address), **_LIMITS), autocommit=True)
    except psycopg.Error as error:
        raise unreachable(address, error) from error
    if found.info.server_version < _OLDEST:
        found.close()
        raise _unsafe(address, "is older than PostgreSQL 13", "Upgrade it.")
    return found


class Session:
    """The connection by which operations are written and read."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._connection: Connection | None = None
        #: How many connections there were.
        self.number = 0

    def open(self) -> Connection:
        """The connection, a new one where there is none.

        Raises
        ------
        UnreachableError
            There is none, or what is written there would not be durable.
        """
        if self._connection is None or self._connection.closed:
            found = connect(self.address)
            try:
                _check(found, self.address)
            except BaseException:
                found.close()
                raise
            self._connection = found
            self.number += 1
        return self._connection

    @property
    def is_lost(self) -> bool:
        """Whether what was the connection is none any more."""
        return self._connection is not None and self._connection.closed

    def execute(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Carry out a statement; its rows.

        Raises
        ------
        psycopg.Error, UnreachableError
            It was not carried out, or nobody knows.
        """
        with self.open().cursor(binary=True) as cursor:
            cursor.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description is not None else []

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()


def _check(connection: Connection, address: str) -> None:
    try:
        row = connection.execute(_SAFE).fetchone()
    except psycopg.Error as error:
        raise unreachable(address, error) from error
    assert row is not None
    fsync, standby, kind, _ = row
    if fsync != "on":
        raise _unsafe(address, "does not write edits to its disk (fsync is off)", "Switch it on.")
    if standby:
        raise _unsafe(address, "is a copy that cannot be written", "Name the primary server.")
    if kind is None:
        raise _unsafe(
            address,
            "has no table reviewkit.op, or this user may not see it",
            "Move the project there with `reviewkit move --to`, or have the right granted.",
        )
    if kind != "p":
        raise _unsafe(address, "forgets reviewkit.op in a crash", "ALTER TABLE … SET LOGGED.")


def unreachable(address: str, error: Exception) -> UnreachableError:
    """The error of a database that does not answer."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return UnreachableError(
        f"The database {address} cannot be used ({reason}). Nothing was changed; what is typed "
        "stays as long as this page or notebook is open. See that the server runs and that this "
        "user may connect (psql with the same address), then try again."
    )


def _unsafe(address: str, what: str, remedy: str) -> UnreachableError:
    return UnreachableError(f"The database {address} {what}. {remedy}")
