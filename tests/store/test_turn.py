"""Which of several open projects has the lead."""

import subprocess
import sys
from pathlib import Path

import pytest

from reviewkit.store.folder import FolderStore
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.turn import Lead

_HOLDER = """
import sys
from pathlib import Path
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.turn import Lead

lead = Lead(Layout(Path(sys.argv[1])), Machine())
print(lead.is_mine(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def layout(tmp_path: Path, private_home: Path) -> Layout:
    """A project that has its id."""
    store = FolderStore(Layout(tmp_path), Machine())
    store.library()
    return store.layout


def test_one_leads_until_it_gives_up(layout: Layout) -> None:
    first, second = Lead(layout, Machine()), Lead(layout, Machine())
    assert first.is_mine()
    assert not second.is_mine()
    assert first.is_mine()
    first.give_up()
    assert second.is_mine()
    assert not first.is_mine()
    second.give_up()


def test_one_leads_among_several_users_of_a_machine(layout: Layout, tmp_path: Path) -> None:
    users = [Machine(cache=tmp_path / name, state=tmp_path / name) for name in ("ana", "ben")]
    first, second = (Lead(layout, machine) for machine in users)
    assert first.is_mine()
    assert not second.is_mine()
    first.give_up()
    assert second.is_mine()
    second.give_up()


def test_a_killed_process_leads_no_more(layout: Layout) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(layout.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    mine = Lead(layout, Machine())
    try:
        assert holder.stdout.readline() == "True\n"
        assert not mine.is_mine()
    finally:
        holder.kill()
        holder.wait()
        holder.stdin.close()
        holder.stdout.close()
    assert mine.is_mine()
    mine.give_up()


def test_all_lead_where_there_is_nothing_to_lock(tmp_path: Path, private_home: Path) -> None:
    leads = [Lead(Layout(tmp_path), Machine()) for _ in range(2)]
    assert all(lead.is_mine() for lead in leads)
    assert all(lead.is_mine() for lead in leads)
