"""A project that does not watch its folder still knows the log before it judges a file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import reviewkit as rk

BIB = "@misc{a2020, title = {A Title}, year = {2020}}\n"


def test_closing_holds_nothing_that_the_log_explains(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    ana = rk.open(tmp_path, reviewer="ana", watch=False)
    ana.review("a2020", rating=4)
    with rk.open(tmp_path, reviewer="ben", watch=False) as ben:
        ben.review("a2020", rating=2)
        ben.sync()
    ana.close()
    with rk.open(tmp_path, reviewer="cy", watch=False) as after:
        assert not after.info().held
        assert not [change for change in after.log() if change.field.startswith("held:")]


@pytest.mark.parametrize("until", ["", "@misc{a", "year", "note", "reviewkit =", "@misc{b"])
def test_half_a_copy_of_the_bib_as_it_was_says_nothing(
    tmp_path: Path, private_home: Path, until: str
) -> None:
    """A crash tore it: what it lacks is not what somebody typed since."""
    other = "@misc{b2021, title = {Another}}\n"
    (tmp_path / "references.bib").write_text(BIB + other, encoding="utf-8")
    with rk.open(tmp_path, reviewer="ana", watch=False) as ana:
        ana.review("a2020", rating=4, note="Mine.")
        ana.sync()
        before = len(ana.log())
    [copy] = private_home.rglob("references.bib")
    whole = copy.read_bytes()
    copy.write_bytes(whole[: whole.find(until.encode())])
    # Else nothing would be compared with the copy.
    (copy.parent / "settled").unlink()
    with rk.open(tmp_path, reviewer="ana", watch=False) as again:
        result = again.sync()
        assert (result.taken_in, result.held) == (0, 0)
        assert len(again.log()) == before


def test_what_came_from_others_is_remembered_though_nothing_was_written(
    tmp_path: Path, private_home: Path
) -> None:
    """Here the files were right from the start; what is typed into them later is an edit."""
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    (there / "references.bib").write_text(BIB, encoding="utf-8")
    with rk.open(there, reviewer="ana", watch=False) as ana:
        ana.review("a2020", rating=4)
    shutil.copytree(there, here)
    with rk.open(here, reviewer="ben", watch=False) as ben:
        assert not ben.sync().bib_written
    text = (here / "references.bib").read_text(encoding="utf-8")
    (here / "references.bib").write_text(text.replace("A Title", "Another"), encoding="utf-8")
    with rk.open(here, reviewer="ben", watch=False) as again:
        [edit] = [c for c in again.log() if c.field == "bib:title" and c.value == "{Another}"]
        assert (edit.via, again["a2020"].title) == ("bib", "Another")
