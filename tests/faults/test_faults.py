"""Bugs that are put in are caught; `python -m tests.faults` tries all of them out."""

from pathlib import Path

import pytest

from tests.faults.__main__ import ROOT, copy_source, try_out
from tests.faults.catalogue import FAULTS, QUICK
from tests.faults.fault import Fault, StaleFaultError, patched


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_can_be_put_in(fault: Fault) -> None:
    text = (ROOT / "src" / "reviewkit" / fault.file).read_text(encoding="utf-8")
    compile(patched(fault, text), fault.file, "exec")
    paths = [check.partition("::")[0] for check in fault.caught_by if ".py" in check]
    assert all((ROOT / path).exists() for path in paths)


def test_there_are_enough_and_each_has_its_name() -> None:
    assert len(FAULTS) >= 30
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("name", QUICK)
def test_some_are_caught(name: str, tmp_path: Path) -> None:
    [fault] = [fault for fault in FAULTS if fault.name == name]
    assert try_out(fault, copy_source(tmp_path)).caught_by is not None


def test_a_fault_that_does_not_fit_any_more_is_told() -> None:
    with pytest.raises(StaleFaultError, match="0 times"):
        patched(FAULTS[0], "nothing of it")
