import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewkit.store.postgresql.operations import prepare
from tests.databases.places import Database, Folder, Place
from tests.databases.server import Server, programs

_numbers = itertools.count()


@pytest.fixture(autouse=True)
def own_home(private_home: Path) -> Path:
    return private_home


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    found = programs()
    if found is None:
        said = "PostgreSQL is not installed: apt-get install postgresql"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(said)
    running = Server(found)
    yield running
    running.close()


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    """A database with our table, and nothing in it."""
    name = f"reviews{next(_numbers)}"
    found = server.database(name)
    prepare(found)
    yield found
    with server.connect("postgres") as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=["folder", "database"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty project whose operations are in its folder, or in a database."""
    made: Callable[[], Place] = {
        "folder": lambda: Folder(tmp_path),
        "database": lambda: Database(tmp_path, request.getfixturevalue("address")),
    }[request.param]
    return made()
