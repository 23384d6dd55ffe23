"""Servers that are struck down, answers that never come: nothing acknowledged is lost."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from reviewkit.errors import NotDurableError, UnreachableError
from reviewkit.store.card import Card
from reviewkit.store.postgresql.operations import DatabaseOperations
from tests.databases.places import Database, Process
from tests.databases.server import Server

WRITERS = 6
STRIKES = 3


def test_a_server_that_is_struck_down_loses_nothing_acknowledged(
    server: Server, address: str, tmp_path: Path
) -> None:
    place = Database(tmp_path, address)
    told: list[list[str]] = [[] for _ in range(WRITERS)]
    refused = [0] * WRITERS
    stopped = threading.Event()
    beaten = threading.Barrier(WRITERS + 1)

    def write(number: int) -> None:
        process = place.process(f"w{number}")
        count = 0
        while not stopped.is_set():
            count += 1
            try:
                told[number].append(process.rate(1 + count % 5).id)
            except NotDurableError as error:
                assert "stays as long as this page or notebook is open" in error.message
                refused[number] += 1
                stopped.wait(0.02)

    def run(number: int) -> None:
        try:
            write(number)
        finally:
            beaten.wait(60)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for _ in range(STRIKES):
        before = [len(one) for one in told]
        until = time.monotonic() + 30
        while any(len(one) < n + 20 for one, n in zip(told, before, strict=True)):
            # All of them write again, by the connections that they make themselves.
            assert time.monotonic() < until
            time.sleep(0.01)
        server.strike()
        server.start()
    stopped.set()
    beaten.wait(60)
    for thread in threads:
        thread.join()
    found = place.process("reader").ids()
    assert {name for one in told for name in one} <= found
    assert sum(map(len, told)) >= WRITERS * STRIKES * 20
    assert sum(refused) > 0


def test_while_there_is_no_server_it_is_told_and_afterwards_all_goes_on(
    server: Server, address: str, tmp_path: Path
) -> None:
    place = Database(tmp_path, address)
    ana, bob = place.process("ana"), place.process("bob")
    first = ana.rate(1)
    assert bob.ids() == {first.id}
    server.strike()
    try:
        with pytest.raises(NotDurableError, match="cannot be used"):
            ana.rate(2)
        assert ana.fold.current("p.aaaaaaaaaa", "ana", "rating") == [first]
        assert bob.ids() == {first.id}
        (problem,) = bob.store.operations.problems
        assert address in problem.reason
        assert bob.store.operations.fingerprint() is None
        with pytest.raises(UnreachableError, match="psql"):
            place.process("cem").store.read()
    finally:
        server.start()
    second = ana.rate(2)
    assert bob.ids() == {first.id, second.id}
    assert bob.store.operations.problems == []


def test_a_server_restored_from_an_old_copy_gets_back_what_processes_said(
    address: str, server: Server, tmp_path: Path
) -> None:
    place = Database(tmp_path, address)
    ana, bob = place.process("ana"), place.process("bob")
    first = ana.rate(1)
    assert bob.ids() == {first.id}
    server.strike()
    kept = server.folder / "kept"
    shutil.copytree(server.folder / "data", kept, copy_function=_copy_owned)
    server.start()
    second = ana.rate(2)
    third = bob.rate(3)
    assert ana.ids() == bob.ids() == {first.id, second.id, third.id}
    server.strike()
    shutil.rmtree(server.folder / "data")
    kept.rename(server.folder / "data")
    _own(server.folder / "data", server.folder)
    server.start()
    assert place.process("cem").ids() == {first.id}
    ana.recorder.receive()
    assert ana.store.operations.lost
    bob.recorder.receive()
    assert place.process("dan").ids() == {first.id, second.id, third.id}


def _copy_owned(source: str, target: str) -> str:
    shutil.copy2(source, target)
    return target


def _own(folder: Path, model: Path) -> None:
    owner = model.stat()
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, owner.st_uid, owner.st_gid)


class Cutting:
    """Stands between client and server; may swallow an answer and hang up."""

    def __init__(self, server: Server) -> None:
        self.folder = server.folder / "cut"
        self.folder.mkdir()
        self._to = str(server.folder / ".s.PGSQL.5432")
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(self.folder / ".s.PGSQL.5432"))
        self._socket.listen()
        self.next_is_cut = False
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            upstream = socket.socket(socket.AF_UNIX)
            upstream.connect(self._to)
            threading.Thread(target=_pass_on, args=(client, upstream), daemon=True).start()
            threading.Thread(target=self._answer, args=(upstream, client), daemon=True).start()

    def _answer(self, upstream: socket.socket, client: socket.socket) -> None:
        try:
            while data := upstream.recv(65536):
                # The server tells that a statement's transaction is done.
                if self.next_is_cut and b"INSERT 0 1" in data:
                    self.next_is_cut = False
                    self.cuts += 1
                    break
                client.sendall(data)
        except OSError:
            pass
        for end in (client, upstream):
            # Closing alone would not wake the thread that waits for it.
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self._socket.close()
        shutil.rmtree(self.folder)


def _pass_on(client: socket.socket, upstream: socket.socket) -> None:
    try:
        while data := client.recv(65536):
            upstream.sendall(data)
    except OSError:
        return


@pytest.fixture
def cutting(server: Server) -> Iterator[Cutting]:
    found = Cutting(server)
    yield found
    found.close()


def test_an_edit_whose_answer_was_lost_is_there_once(
    server: Server, address: str, tmp_path: Path, cutting: Cutting
) -> None:
    place = Database(tmp_path, address)
    ana: Process = place.process("ana")
    ana.store.operations = DatabaseOperations(
        address.replace(str(server.folder), str(cutting.folder)), place.card.id
    )
    ana.rate(1)
    cutting.next_is_cut = True
    op = ana.rate(2)
    assert cutting.cuts == 1
    assert [found.id for found in place.process("bob").store.read()].count(op.id) == 1
    assert len(place.raw().splitlines()) == 2
    ana.store.close()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("ALTER SYSTEM SET fsync = off", "fsync is off"),
        ("ALTER TABLE reviewkit.op SET UNLOGGED", "forgets reviewkit.op in a crash"),
        ("DROP TABLE reviewkit.op", "has no table"),
    ],
)
def test_where_an_edit_would_not_be_safe_none_is_acknowledged(
    server: Server, address: str, tmp_path: Path, harm: str, said: str
) -> None:
    place = Database(tmp_path, address)
    with server.connect(address.partition("?")[0].rpartition("/")[2]) as connection:
        connection.execute(harm.encode())
        connection.execute("SELECT pg_reload_conf()")
        until = time.monotonic() + 10
        while "fsync" in harm and time.monotonic() < until:
            if connection.execute("SHOW fsync").fetchone() == ("off",):
                break
    try:
        with pytest.raises(NotDurableError, match=said):
            place.process().rate(1)
    finally:
        with server.connect("postgres") as connection:
            connection.execute("ALTER SYSTEM RESET fsync")
            connection.execute("SELECT pg_reload_conf()")
            while connection.execute("SHOW fsync").fetchone() == ("off",):
                pass


def test_edits_are_synchronous_whatever_is_the_usual_way_there(
    server: Server, address: str, tmp_path: Path
) -> None:
    name = address.partition("?")[0].rpartition("/")[2]
    with server.connect("postgres") as connection:
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off".encode())
    operations = DatabaseOperations(address, "lib-x")
    assert operations._session.execute("SHOW synchronous_commit", ()) == [("on",)]
    assert Card("lib-x", address).operations == operations.where
