"""A thread that hears of others' edits, and tells others of ours, not more often than needed.

PostgreSQL takes one lock of the whole server for a transaction that notifies: eight writers
were four times slower with a notice in each of theirs.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Callable

import psycopg

from reviewkit.errors import UnreachableError
from reviewkit.store.postgresql.session import Connection, connect

#: Whatever no notice tells is found after so long.
POLL_SECONDS = 1.0
#: Notices of one process are so far apart.
GATHER_SECONDS = 0.1
#: After the connection was lost, so long until the next is tried.
_AGAIN_SECONDS = 0.5
_CHANNEL = "reviewkit"


class Listener:
    """Listens on a connection of its own."""

    def __init__(self, address: str, library: str) -> None:
        self._address = address
        self._library = library
        self._due = self._heard = self._stopped = False
        self._told = self._looked = 0.0
        #: What its own notices come from.
        self._own = 0
        self._awake, self._waker = socket.socketpair()
        self._waker.setblocking(False)
        self._thread: threading.Thread | None = None

    def start(self, on_change: Callable[[], None]) -> None:
        """Call back, in a thread, when there may be something new."""
        self._thread = threading.Thread(
            target=self._run, args=(on_change,), daemon=True, name="reviewkit-listen"
        )
        self._thread.start()

    def tell(self) -> None:
        """Let others know, soon, that something was written."""
        self._due = True
        self._wake()

    def _wake(self) -> None:
        try:
            self._waker.send(b"\0")
        except OSError:
            # Full of earlier calls, or closed: it wakes, or ends, anyway.
            return

    def _run(self, on_change: Callable[[], None]) -> None:
        while not self._stopped:
            try:
                with connect(self._address) as connection:
                    self._own = connection.info.backend_pid
                    connection.add_notify_handler(self._note)
                    connection.execute(f"LISTEN {_CHANNEL}".encode())
                    # What was written while nobody listened.
                    on_change()
                    while not self._stopped:
                        self._step(connection, on_change)
            except (psycopg.Error, UnreachableError, OSError):
                on_change()
                select.select([self._awake], [], [], _AGAIN_SECONDS)
                self._drain()

    def _step(self, connection: Connection, on_change: Callable[[], None]) -> None:
        moment = time.monotonic()
        pause = self._looked + POLL_SECONDS - moment
        if self._due:
            pause = min(pause, self._told + GATHER_SECONDS - moment)
        ready = select.select([connection.fileno(), self._awake.fileno()], [], [], max(pause, 0))[
            0
        ]
        if self._awake.fileno() in ready:
            self._drain()
        moment = time.monotonic()
        if self._due and moment >= self._told + GATHER_SECONDS:
            self._due, self._told = False, moment
            connection.execute("SELECT pg_notify(%s, %s)", (_CHANNEL, self._library))
        self._hear(connection)
        if self._heard or moment >= self._looked + POLL_SECONDS:
            self._heard, self._looked = False, moment
            on_change()

    def _hear(self, connection: Connection) -> None:
        """See what came on its own; what comes with an answer, the driver calls `_note` with."""
        wire = connection.pgconn
        wire.consume_input()
        while (notice := wire.notifies()) is not None:
            self._note(psycopg.Notify("", notice.extra.decode(), notice.be_pid))

    def _note(self, notice: psycopg.Notify) -> None:
        self._heard |= notice.payload == self._library and notice.pid != self._own

    def _drain(self) -> None:
        self._awake.setblocking(False)
        try:
            while self._awake.recv(4096):
                pass
        except BlockingIOError:
            return

    def close(self) -> None:
        """End."""
        self._stopped = True
        self._wake()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=2)
        self._waker.close()
        self._awake.close()
