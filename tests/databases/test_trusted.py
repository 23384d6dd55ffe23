"""A project may come from anybody: reviewkit connects to no host because a file says so."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import reviewkit as rk
from reviewkit.cli import main
from reviewkit.errors import DatabaseOffError, UnreachableError
from reviewkit.project.opening import trusted
from reviewkit.project.opening.moving import move_project

BIB = "@article{smith2021,\n  title = {One},\n}\n"


class Host:
    """A host that hangs up on whoever comes, and knows that somebody came."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(10)
        port = self._socket.getsockname()[1]
        self.address = f"postgresql://127.0.0.1:{port}/reviews?sslmode=disable"

    @property
    def was_asked(self) -> bool:
        self._socket.setblocking(False)
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def host() -> Iterator[Host]:
    found = Host()
    yield found
    found.close()


@pytest.fixture
def root(tmp_path: Path, host: Host) -> Path:
    """A project from somebody else whose card names a host of theirs."""
    found = tmp_path / "group"
    found.mkdir()
    (found / "references.bib").write_text(BIB)
    with rk.open(found, reviewer="ana", watch=False) as project:
        project.review("smith2021", rating=4)
    name(found, host.address)
    return found


def name(root: Path, address: str) -> None:
    """Have the project's card name a database."""
    path = root / ".reviewkit/library.json"
    card = json.loads(path.read_bytes())
    path.write_text(json.dumps(card | {"operations": address, "min_reader": 2}))


def test_nothing_is_sent_before_the_user_allowed_it(root: Path, host: Host) -> None:
    with pytest.raises(DatabaseOffError, match="Nothing was sent there"):
        rk.open(root, reviewer="ana")
    with pytest.raises(DatabaseOffError):
        move_project(root, to=None)
    assert not host.was_asked


@pytest.mark.timeout(60)
def test_who_allows_it_once_is_not_asked_again(
    root: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who hangs up is asked no longer than this.
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "2")
    assert rk.connect(root) == host.address
    assert not host.was_asked
    # Nobody there answers: that it was asked for is seen by the error.
    host.close()
    with pytest.raises(UnreachableError) as raised:
        rk.open(root, reviewer="ana", watch=False)
    assert not isinstance(raised.value, DatabaseOffError)


def test_another_address_or_project_is_another_question(root: Path, host: Host) -> None:
    rk.connect(root)
    library = json.loads((root / ".reviewkit/library.json").read_bytes())["id"]
    assert trusted.is_trusted(library, host.address)
    assert not trusted.is_trusted(library, host.address.replace("reviews", "others"))
    assert not trusted.is_trusted("lib-other", host.address)
    name(root, host.address.replace("reviews", "others"))
    with pytest.raises(DatabaseOffError):
        rk.open(root, reviewer="ana")
    assert not host.was_asked


def test_who_runs_a_hub_allows_it_for_all() -> None:
    allowed = {trusted.VARIABLE: "postgresql://one/x postgresql://db/reviews"}
    assert trusted.is_trusted("lib-1", "postgresql://db/reviews", environ=allowed)
    assert not trusted.is_trusted("lib-1", "postgresql://db/review", environ=allowed)


@pytest.mark.parametrize(
    ("given", "answer", "allowed"), [([], "n\n", False), ([], "y\n", True), (["--yes"], "", True)]
)
def test_the_command_shows_where_before_it_asks(
    root: Path, host: Host, given: list[str], answer: str, allowed: bool
) -> None:
    done = CliRunner().invoke(main, ["connect", "--project", str(root), *given], input=answer)
    assert f"keeps its edits in {host.address}" in done.output
    library = json.loads((root / ".reviewkit/library.json").read_bytes())["id"]
    assert trusted.is_trusted(library, host.address) is allowed
    if not allowed:
        refused = CliRunner().invoke(main, ["list", "--project", str(root)])
        assert refused.exit_code == 1
        assert "reviewkit connect" in refused.output
    assert not host.was_asked


def test_a_project_without_a_database_has_nothing_to_connect_to(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIB)
    assert rk.connect(tmp_path) is None
    done = CliRunner().invoke(main, ["connect", "--project", str(tmp_path)])
    assert "in its folder" in done.output
