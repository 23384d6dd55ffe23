"""The kinds of trials that `make torture` makes often, here a few times."""

from pathlib import Path

import pytest

from tests.torture import __main__ as torture
from tests.torture import power, race


@pytest.mark.parametrize("in_place", [False, True], ids=["by rename", "in place"])
def test_saves_that_meet_our_writing(tmp_path: Path, in_place: bool) -> None:
    outcome = race.run(tmp_path / "p", 60, in_place=in_place)
    assert outcome.trials > 10
    assert outcome.failures == 0


def test_a_power_loss(tmp_path: Path) -> None:
    outcome = power.run(tmp_path, 1)
    if not outcome.trials:
        pytest.skip(outcome.note)
    assert outcome.failures == 0


def test_a_turned_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torture, "LONG", False)
    assert torture.damage(tmp_path / "d").failures == 0
