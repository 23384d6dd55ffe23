"""A project that does not watch its folder still knows the log before it judges a file."""

from __future__ import annotations

from pathlib import Path

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
