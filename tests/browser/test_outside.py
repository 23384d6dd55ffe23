"""What other programs and other people's computers do to the project's files."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from lab import Lab, until
from playwright.sync_api import expect
from screen import Screen

KEY = "matsubara2022bottlefit"
EDIT_TABLE = f"""
import pandas as pd
reviews = pd.read_csv("reviews.csv", dtype=object)
mine = (reviews["key"] == {KEY!r}) & (reviews["reviewer"] == "ana")
reviews.loc[mine, ["rating", "tags"]] = [2, "from pandas; split"]
reviews.loc[len(reviews), ["key", "reviewer", "rating"]] = [{KEY!r}, "carla", 5]
reviews.to_csv("reviews.csv", index=False)
"""
REPLICA = f"""
import reviewkit
with reviewkit.open(".", reviewer="ana", watch=False) as project:
    project.review({KEY!r}, rating=1)
"""

SitDown = Callable[..., Screen]


def at_the_paper(screen: Screen) -> Screen:
    """The paper is found and open."""
    screen.search("bottlefit")
    screen.open_paper(KEY)
    return screen


def rated_by_ana(screen: Screen, project: Path, rating: int) -> None:
    """Ana's rating is in reviews.csv."""
    screen.mine.get_by_role("radio", name=f"{rating} of 5").click()
    screen.saved()
    csv = project / "reviews.csv"
    until(
        project,
        lambda: csv.exists() and f",ana,{rating}" in csv.read_text(encoding="utf-8"),
        "the rating in reviews.csv",
    )


def test_an_edit_of_the_table_by_pandas_arrives(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = at_the_paper(sit_down(lab, project))
    rated_by_ana(ana, project, 4)
    lab.run(EDIT_TABLE, project)
    expect(ana.rated()).to_have_accessible_name("2 of 5")
    expect(ana.mine.get_by_role("button", name="Remove the tag from pandas")).to_be_visible()
    carla = ana.card.get_by_role("region", name="Review of carla")
    expect(carla.get_by_role("img", name="Rating: 5 of 5")).to_be_visible()


def test_an_edit_of_the_library_in_an_editor_arrives(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = at_the_paper(sit_down(lab, project))
    rated_by_ana(ana, project, 4)
    bib = project / "references.bib"
    until(project, lambda: b"ana=4" in bib.read_bytes(), "the rating in references.bib")
    text = bib.read_text(encoding="utf-8")
    bib.write_text(
        text.replace("ana=4", "ana=3").replace("{BottleFit}: Learning", "{BottleFit}: Teaching"),
        encoding="utf-8",
    )
    expect(ana.rated()).to_have_accessible_name("3 of 5")
    expect(ana.card.get_by_role("heading", level=2)).to_contain_text("BottleFit: Teaching")


def test_two_values_not_seen_are_both_shown_and_one_click_settles_them(
    lab: Lab, project: Path, sit_down: SitDown, tmp_path: Path
) -> None:
    ana = at_the_paper(sit_down(lab, project))
    rated_by_ana(ana, project, 4)
    train = tmp_path / "train"
    shutil.copytree(project, train)
    rated_by_ana(ana, project, 5)
    home = tmp_path / "other-home"
    lab.run(REPLICA, train, HOME=str(home), XDG_STATE_HOME=str(home), XDG_CACHE_HOME=str(home))
    here, there = (folder / ".reviewkit" / "ops" for folder in (project, train))
    logs = [path.relative_to(there) for path in there.rglob("*.*") if path.is_file()]
    new = [log for log in logs if not (here / log).exists()]
    assert new
    for log in new:
        shutil.copy(there / log, here / log)

    conflict = ana.card.get_by_role("region", name="Conflict: ana’s rating")
    expect(conflict.get_by_text("5 of 5").first).to_be_visible()
    expect(conflict.get_by_text("1 of 5").first).to_be_visible()
    waiting = ana.panel.get_by_role("button", name="1 conflict")
    expect(waiting).to_be_visible()
    conflict.get_by_role("button", name=re.compile("Keep this.*1 of 5")).click()
    expect(conflict).to_be_hidden()
    expect(ana.rated()).to_have_accessible_name("1 of 5")
    expect(waiting).to_be_hidden()
    csv = project / "reviews.csv"
    until(project, lambda: ",ana,1" in csv.read_text(encoding="utf-8"), "the settled rating")
