"""The SQL that an owner may run lets each member see and say only what is theirs."""

import psycopg
import pytest

from reviewkit.errors import NotDurableError
from reviewkit.ops.erasing import erased
from reviewkit.ops.op import Op, encode
from reviewkit.store.machine import Machine
from reviewkit.store.postgresql.operations import DatabaseOperations
from reviewkit.store.postgresql.schema import POLICIES
from reviewkit.store.writer import Writer
from tests.databases.server import Server

LIBRARY = "lib-rights"


class Members:
    """Roles of a database, each of which is a reviewer."""

    def __init__(self, server: Server, address: str) -> None:
        self._server = server
        self._database = address.partition("?")[0].rpartition("/")[2]
        self.owner = server.connect(self._database)
        self.owner.execute(POLICIES.encode())

    def add(self, name: str, sees: str) -> DatabaseOperations:
        role = f"{self._database}_{name}"
        for statement in (
            f"CREATE ROLE {role} LOGIN",
            f"GRANT USAGE ON SCHEMA reviewkit TO {role}",
            f"GRANT SELECT, INSERT, DELETE ON reviewkit.op TO {role}",
            f"INSERT INTO reviewkit.member VALUES ('{role}', '{LIBRARY}', '{name}', '{sees}')",
        ):
            self.owner.execute(statement.encode())
        return DatabaseOperations(self._server.address(self._database, role), LIBRARY)


def op_of(by: str, reviewer: str | None, number: int = 1, field: str = "rating") -> Op:
    value = 4 if reviewer else "A title"
    return Op(f"{by}aaaaaaaa.{number}", f"0193a5c1f200{number:04x}", by, "p.aaaaaaaaaa", reviewer,
              field, value, (), "kernel")  # fmt: skip


def put(place: DatabaseOperations, op: Op) -> Op:
    place.append(encode(op), Writer(Machine(), op.by))
    return op


def test_members_see_and_say_what_is_theirs(server: Server, address: str) -> None:
    members = Members(server, address)
    ana, bob, eve = members.add("ana", "own"), members.add("bob", "own"), members.add("eve", "all")
    title = put(ana, op_of("ana", None, 1, "bib:title"))
    mine = put(ana, op_of("ana", "ana", 2))
    other = put(bob, op_of("bob", "bob"))
    assert ana.read() == [title, mine]
    assert bob.read() == [title, other]
    assert eve.read() == [title, mine, other]
    for forged in (op_of("ana", "ana", 9), op_of("bob", "ana", 9), op_of("ana", "bob", 9)):
        with pytest.raises(NotDurableError, match="row-level security"):
            put(bob, forged)
    # The same once more is no reason to refuse it.
    put(bob, other)
    bob.erase([mine.id, title.id])
    assert eve.read_all() == [title, mine, other]
    put(ana, erased(mine))
    ana.erase([mine.id])
    assert eve.read_all() == [title, other, erased(mine)]


def test_columns_that_say_something_else_than_the_line_are_refused(
    server: Server, address: str
) -> None:
    members = Members(server, address)
    members.add("ana", "own")
    name = address.partition("?")[0].rpartition("/")[2]
    line = encode(op_of("bob", "bob")).rstrip()
    with server.connect(name, f"{name}_ana") as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "INSERT INTO reviewkit.op (lib, id, by, r, line) VALUES (%s, %s, %s, %s, %s)",
                (LIBRARY, "bobaaaaaaaa.1", "ana", "ana", line),
            )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE reviewkit.op SET line = ''")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE reviewkit.member SET sees = 'all'")


def test_strangers_see_nothing(server: Server, address: str) -> None:
    members = Members(server, address)
    put(members.add("ana", "own"), op_of("ana", None))
    stranger = members.add("dan", "all")
    members.owner.execute("DELETE FROM reviewkit.member WHERE reviewer = 'dan'")
    assert stranger.read() == []
    members.owner.close()
