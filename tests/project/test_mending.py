from __future__ import annotations

from pathlib import Path

import pytest

import reviewkit as rk
from reviewkit.errors import StaleError, ValueRefusedError
from reviewkit.files.mending import mend
from reviewkit.store.fs import FS
from reviewkit.store.machine import Machine

BROKEN = b"""@article{one,
  title = {One}
  year = 2001a
}

@misc{two, title = {Two}, annote = {a}, annote = {b}}

@article{three,
  title = {Never closed}

@misc{four, title = {Four}, title = {Four}}
"""
MENDED = b"""@article{one,
  title = {One},
  year = {2001a}
}

@misc{two, title = {Two}, annote = {a}, annote = {b}}

@article{three,
  title = {Never closed}
}

@misc{four, title = {Four}}
"""


def project(folder: Path, text: bytes = BROKEN) -> rk.Project:
    (folder / "references.bib").write_bytes(text)
    return rk.open(folder, reviewer="ana", watch=False)


def test_safe_repairs_are_made_and_the_old_file_is_kept(tmp_path: Path) -> None:
    with project(tmp_path) as opened:
        told = [(p.line, p.kind) for p in opened.bib_problems()]
        assert told == [
            (3, "missing-comma"),
            (3, "bare-value"),
            (6, "repeated-field"),
            (9, "broken-entry"),
            (11, "repeated-field"),
        ]
        assert all(problem.consequence for problem in opened.bib_problems())
        assert [r.safe for r in opened.repairs()] == [True, True, False, True, True]
        assert "+  title = {One}," in opened.repairs()[0].diff
        assert opened.repairs_diff().count(b"\n@@ ") >= 1
        assert (tmp_path / "references.bib").read_bytes() == BROKEN
        done = opened.repair()
        assert [repair.kind for repair in done.repairs] == [
            "missing-comma",
            "bare-value",
            "broken-entry",
            "repeated-field",
        ]
        assert done.kept is not None and done.kept.read_bytes() == BROKEN
        assert (tmp_path / "references.bib").read_bytes() == MENDED
        assert opened.log() == []
        assert [problem.kind for problem in opened.bib_problems()] == ["repeated-field"]
        opened.review("three", rating=4)
    assert b"reviewkit-ratings = {ana=4}" in (tmp_path / "references.bib").read_bytes()


def test_what_is_not_safe_is_made_only_by_name(tmp_path: Path) -> None:
    with project(tmp_path, b"@a{k, t={x}}\n@b{k, t={y}}\n") as opened:
        assert opened.repair().kept is None
        assert opened.repair(kinds=["repeated-key"]).kept is not None
        assert list(opened) == ["k", "ka"]
        assert opened.log() == []
        with pytest.raises(ValueRefusedError, match="missing-comma"):
            opened.repair(kinds=["nonsense"])


def test_ratings_of_a_broken_entry_are_written_when_it_is_mended(tmp_path: Path) -> None:
    with project(tmp_path) as opened:
        opened.review("three", rating=5)
        opened.flush()
        assert b"reviewkit" not in (tmp_path / "references.bib").read_bytes()
        opened.repair()
        opened.flush()
    assert b"ana=5" in (tmp_path / "references.bib").read_bytes()


class Saving(FS):
    """A disk on which another program saves right before each of the first exchanges."""

    def __init__(self, path: Path, saves: list[bytes]) -> None:
        self.path, self.saves = path, saves

    def exchange(self, one: Path, other: Path) -> bool:
        if self.saves and other == self.path.resolve():
            self.path.write_bytes(self.saves.pop(0))
        return super().exchange(one, other)


def test_what_others_save_meanwhile_is_repaired_too(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_bytes(b"old")
    saves = [b"saved once", b"saved twice", b"saved thrice"]
    machine = Machine(fs=Saving(path, list(saves)))
    done = mend(path, lambda data: data + b"!" * (data[-1:] != b"!"), tmp_path / "trash", machine)
    assert path.read_bytes() == b"saved thrice!"
    assert done.kept is not None and done.kept.read_bytes() == b"saved thrice"


def test_a_file_that_is_saved_all_the_time_is_left_as_it_was_saved_last(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_bytes(b"old")
    machine = Machine(fs=Saving(path, []))

    def change(data: bytes) -> bytes:
        # A rule that never comes to rest, as another program that answers each save.
        machine.fs.saves.append(data + b"+")  # type: ignore[attr-defined]
        return data + b"!"

    with pytest.raises(StaleError, match="another program"):
        mend(path, change, tmp_path / "trash", machine)
    assert not path.read_bytes().endswith(b"!")
