"""Projects whose operations are in a database, and moving them there and back."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from reviewkit.cli import main
from reviewkit.errors import DatabaseOffError, NewerFormatError, NotDurableError, ValueRefusedError
from reviewkit.ops.op import encode
from reviewkit.project import Project, open_project
from reviewkit.project.opening.moving import connect, move_project
from reviewkit.store.card import Card, ensure_library, write_card
from reviewkit.store.fs import FS
from reviewkit.store.layout import Layout
from reviewkit.store.logs import LogOperations, whole_lines
from reviewkit.store.machine import Machine
from reviewkit.store.postgresql.address import checked
from reviewkit.store.postgresql.operations import DatabaseOperations
from reviewkit.store.postgresql.schema import POLICIES
from reviewkit.store.writer import Writer
from tests.databases.places import PAPER, Folder

BIB = "@article{smith2021,\n  title = {One},\n}\n\n@article{chen2020,\n  title = {Two},\n}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    found = tmp_path / "group"
    found.mkdir()
    (found / "references.bib").write_text(BIB)
    with open_project(found, reviewer="ana", watch=False) as project:
        project.review("smith2021", rating=4, tags=["core"], note="Läuft.\u2028")
    return found


def lines_in(address: str, root: Path) -> set[bytes]:
    library = json.loads((root / ".reviewkit/library.json").read_bytes())["id"]
    return set(DatabaseOperations(address, library).lines().splitlines())


def lines_of(root: Path) -> set[bytes]:
    return set(whole_lines(Layout(root).ops, FS()))


def test_there_and_back_every_line_keeps_its_bytes(root: Path, address: str) -> None:
    before = lines_of(root)
    assert len(before) >= 4
    moved = move_project(root, to=address)
    assert (moved.copied, moved.there) == (len(before), len(before))
    assert lines_in(address, root) == lines_of(root) == before
    card = json.loads((root / ".reviewkit/library.json").read_bytes())
    assert (card["operations"], card["min_reader"]) == (address, 2)
    with open_project(root, reviewer="bob", watch=False) as project:
        assert project["smith2021"].review_of("ana").rating == 4
        project.review("chen2020", rating=2, status="read")
    there = lines_in(address, root)
    assert before < there
    assert lines_of(root) == before
    assert move_project(root, to=None).copied == len(there) - len(before)
    assert lines_of(root) == there
    assert json.loads((root / ".reviewkit/library.json").read_bytes())["min_reader"] == 1
    with open_project(root, reviewer="ana", watch=False) as project:
        assert project["chen2020"].review_of("bob").rating == 2
    text = (root / "reviews.csv").read_text(encoding="utf-8")
    assert "chen2020,Two,bob,2,read" in text


def test_both_files_are_the_same_wherever_the_edits_are(root: Path, address: str) -> None:
    files = [root / name for name in ("references.bib", "reviews.csv")]
    before = [path.read_bytes() for path in files]
    move_project(root, to=address)
    with open_project(root, reviewer="ana", watch=False) as project:
        project.sync()
    assert [path.read_bytes() for path in files] == before
    text = files[1].read_text(encoding="utf-8-sig")
    files[1].write_text(text.replace("ana,4", "ana,5"), encoding="utf-8-sig")
    with open_project(root, reviewer="ana", watch=False) as project:
        assert project["smith2021"].review_of("ana").rating == 5
    with open_project(root, reviewer="ana", watch=False) as project:
        assert project["smith2021"].review_of("ana").rating == 5


def test_what_a_copy_wrote_that_did_not_know_comes_with_the_next_move(
    root: Path, address: str
) -> None:
    card = (root / ".reviewkit/library.json").read_bytes()
    move_project(root, to=address)
    (root / ".reviewkit/library.json").write_bytes(card)
    late = Folder(root).process("bob").rate(3)
    moved = move_project(root, to=address)
    assert moved.copied == 1
    assert encode(late).rstrip() in lines_in(address, root)


def test_an_open_project_says_that_its_edits_are_kept_elsewhere_now(
    root: Path, address: str
) -> None:
    with open_project(root, reviewer="ana", watch=False) as project:
        move_project(root, to=address)
        with pytest.raises(NotDurableError, match="Open the project again"):
            project.review("chen2020", rating=1)
    with open_project(root, reviewer="ana", watch=False) as project:
        project.review("chen2020", rating=1)
        move_project(root, to=None)
        with pytest.raises(NotDurableError, match="in the folder now"):
            project.review("chen2020", rating=2)


class _Moving(LogOperations):
    """Logs that are moved away in the middle of an append."""

    between: Callable[[], object]

    def append(self, lines: bytes, writer: Writer) -> str:
        name = super().append(lines, writer)
        self.between()
        return name


def test_an_edit_that_meets_the_move_is_there_or_refused(root: Path, address: str) -> None:
    process = Folder(root).process("ana")
    process.recorder.receive()
    operations = _Moving(Layout(root), Machine())
    card = ensure_library(Layout(root), Machine())
    # As the move does after its last copy.
    operations.between = lambda: write_card(Layout(root), Machine(), Card(card.id, address))
    process.store.operations = operations
    with pytest.raises(NotDurableError, match="Open the project again"):
        process.rate(3)
    assert len(process.fold.current(PAPER, "ana", "rating")) == 0


def test_others_see_an_edit_in_their_open_projects(root: Path, address: str) -> None:
    move_project(root, to=address)
    seen = threading.Event()
    with Project(root, reviewer="ana") as one, Project(root, reviewer="bob") as two:
        two.on_change(
            lambda _: seen.set() if two["chen2020"].review_of("ana").rating == 3 else None
        )
        one.review("chen2020", rating=3)
        assert seen.wait(20)


def test_what_is_purged_is_in_neither_place(root: Path, address: str) -> None:
    move_project(root, to=address)
    with open_project(root, reviewer="ana", watch=False) as project:
        project.purge("smith2021", kinds=["notes"])
    assert "Läuft".encode() not in b"".join(lines_in(address, root) | lines_of(root))
    assert not any(
        "Läuft".encode() in path.read_bytes() for path in root.rglob("*") if path.is_file()
    )


def test_a_project_of_a_later_format_is_left_alone(root: Path) -> None:
    path = root / ".reviewkit/library.json"
    card = json.loads(path.read_bytes())
    path.write_text(json.dumps({**card, "min_reader": 3}))
    with pytest.raises(NewerFormatError, match="pip install -U reviewkit"):
        open_project(root, reviewer="ana", watch=False)


@pytest.mark.parametrize(
    "address",
    [
        "", "folder/", "mysql://db/reviews", "host=db dbname=reviews", "postgresql://[", "http://db",
        "postgresql://ana:secret@db/reviews", "postgresql://db/reviews?password=secret",
        "postgresql://db/reviews?passfile=/tmp/theirs", "postgresql://db/r?options=-c%20fsync%3Doff",
        "postgresql://ana:secret@db:port/reviews?no=1", "postgresql://db/r?sslkey=/tmp/key",
        "postgresql://db/r?application_name=%00", "postgresql://db/\ud800",
        "postgresql://db/r\0?password=secret", "postgresql://db/r\n",
    ],
)  # fmt: skip
def test_addresses_that_a_project_cannot_have(address: str) -> None:
    with pytest.raises(ValueRefusedError) as caught:
        checked(address)
    assert "secret" not in caught.value.message
    assert "secret" not in json.dumps(caught.value.detail())


def test_a_hostile_card_is_refused_before_anything_is_asked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / ".reviewkit/library.json"
    card = json.loads(path.read_bytes())
    for operations in ("postgresql://db/r?passfile=/etc/passwd", "file:///etc/passwd"):
        path.write_text(json.dumps({**card, "min_reader": 2, "operations": operations}))
        with pytest.raises(DatabaseOffError):
            open_project(root, reviewer="ana", watch=False)
        with pytest.raises(ValueRefusedError):
            connect(root)
        # Also where somebody allowed all that is asked.
        monkeypatch.setenv("REVIEWKIT_DATABASES", operations)
        with pytest.raises(ValueRefusedError):
            open_project(root, reviewer="ana", watch=False)
    for strange in (7, ["postgresql://db/r"], {}):
        path.write_text(json.dumps({**card, "min_reader": 2, "operations": strange}))
        with pytest.raises(NewerFormatError):
            open_project(root, reviewer="ana", watch=False)


def test_the_command_moves_and_prints_its_sql(root: Path, address: str) -> None:
    run = CliRunner()
    done = run.invoke(main, ["move", "--project", str(root), "--to", address])
    assert done.exit_code == 0, done.output
    assert "are new there" in done.output
    done = run.invoke(main, ["move", "--project", str(root), "--to", "folder"])
    assert done.exit_code == 0, done.output
    assert run.invoke(main, ["move", "--project", str(root)]).exit_code == 2
    assert POLICIES in run.invoke(main, ["move", "--print-sql"]).output
    refused = run.invoke(main, ["move", "--project", str(root), "--to", "postgresql://a:b@c/d"])
    assert refused.exit_code == 2
    assert "password" in refused.output
