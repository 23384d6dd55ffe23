"""Bugs that are put in are caught; `python -m tests.faults` tries all of them out."""

import os

import pytest

from tests.faults.__main__ import run
from tests.faults.catalogue import FAULTS, SLOW
from tests.faults.checks import ROOT, failing
from tests.faults.fault import Fault, StaleFaultError, patched


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_can_be_put_in(fault: Fault) -> None:
    text = (ROOT / "src" / "reviewkit" / fault.file).read_text(encoding="utf-8")
    compile(patched(fault, text), fault.file, "exec")
    for check in fault.caught_by:
        path, _, name = check.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_there_are_enough_and_each_has_its_name() -> None:
    assert len(FAULTS) >= 30
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.timeout(400)
def test_all_but_the_slow_are_caught_by_the_tests_that_are_named() -> None:
    quick = [fault for fault in FAULTS if fault.name not in SLOW]
    assert len(quick) >= 30
    outcomes = run(quick, jobs=os.cpu_count() or 1, further=False)
    assert [outcome.fault.name for outcome in outcomes if outcome.caught_by is None] == []


def test_what_cannot_be_run_has_not_caught_anything() -> None:
    with pytest.raises(RuntimeError, match="could not be run"):
        failing("tests/faults/nothing.py", ROOT / "src")


def test_the_sound_package_fails_nothing() -> None:
    assert failing("tests/ops/test_snapshot.py", ROOT / "src") is None


def test_a_fault_that_does_not_fit_any_more_is_told() -> None:
    with pytest.raises(StaleFaultError, match="0 times"):
        patched(FAULTS[0], "nothing of it")
