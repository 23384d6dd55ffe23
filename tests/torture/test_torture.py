"""The kinds of trials that `make torture` makes often, here a few times."""

from pathlib import Path

import pytest

from tests.torture import damage, killing, power, race, soak


@pytest.fixture(autouse=True)
def own_home(private_home: Path) -> Path:
    return private_home


@pytest.mark.parametrize("in_place", [False, True], ids=["by rename", "in place"])
def test_saves_that_meet_our_writing(tmp_path: Path, in_place: bool) -> None:
    outcome = race.run(tmp_path / "p", 60, in_place=in_place)
    assert outcome.trials > 10
    assert outcome.failures == 0


@pytest.mark.parametrize("kind", power.KINDS)
def test_a_power_loss(tmp_path: Path, kind: str) -> None:
    outcome = power.run(tmp_path, 1, kind=kind)
    if not outcome.trials:
        pytest.skip(outcome.note)
    assert outcome.failures == 0


def test_turned_bits() -> None:
    assert damage.flips(500).failures == 0
    assert damage.cuts().failures == 0


def test_members_who_are_killed(tmp_path: Path) -> None:
    outcome = killing.run(tmp_path, 5)
    assert outcome.failures == 0
    assert int(outcome.note.split()[0]) > 20


def test_everything_at_once(tmp_path: Path) -> None:
    """A soak as long as the tests allow; its promises are checked whatever its speed."""
    outcome = soak.run(tmp_path, 4, members=4)
    assert outcome.trials > 10
    assert outcome.failures == 0, outcome.note
