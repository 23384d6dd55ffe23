"""What needs a look: values that two replicas wrote at once, and doubtful cells of the table."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from lab import Lab, until
from playwright.sync_api import expect
from screen import Screen

KEY = "matsubara2022bottlefit"
NOTE = "The table of the second experiment is the one to look at before the meeting."
SEED = f"""
import reviewkit
with reviewkit.open(".", reviewer="ana", watch=False) as project:
    project.review({KEY!r}, rating=4, tags=["007"], note={NOTE!r})
"""
EDIT = f"""
import os, reviewkit
with reviewkit.open(".", reviewer="ana", watch=False) as project:
    (note,) = project[{KEY!r}].reviews[0].notes
    text = note.text.replace("second", os.environ["WORD"])
    project.review({KEY!r}, rating=int(os.environ["RATING"]), note=text, note_id=note.id)
"""
EXCEL = """
from pathlib import Path
table = Path("reviews.csv")
table.write_text(table.read_text("utf-8-sig").replace(",007,", ",7,"), "utf-8-sig")
"""

SitDown = Callable[..., Screen]


def edited_apart(lab: Lab, project: Path, place: Path) -> None:
    """Two processes changed the same rating and note; neither had seen the other's."""
    lab.run(SEED, project)
    train = place / "train"
    shutil.copytree(project, train)
    lab.run(EDIT, project, WORD="third", RATING="5")
    home = str(place / "home")
    elsewhere = {"HOME": home, "XDG_STATE_HOME": home, "XDG_CACHE_HOME": home}
    lab.run(EDIT, train, WORD="fourth", RATING="1", **elsewhere)
    shutil.copytree(
        train / ".reviewkit" / "ops", project / ".reviewkit" / "ops", dirs_exist_ok=True
    )


def test_conflicts_and_a_held_change_are_settled_where_the_badge_leads(
    lab: Lab, project: Path, sit_down: SitDown, tmp_path: Path
) -> None:
    edited_apart(lab, project, tmp_path)
    ana = sit_down(lab, project)
    badge = ana.panel.locator(".rk-head .rk-badge-button", has_text=re.compile(r"^\d+$"))
    expect(badge).to_have_accessible_name("2 conflicts")
    csv = project / "reviews.csv"
    until(project, lambda: csv.exists() and ",007," in csv.read_text("utf-8-sig"), "the row")
    lab.run(EXCEL, project)
    expect(badge).to_have_accessible_name("2 conflicts, 1 held change")
    badge.click()
    needs = ana.panel.get_by_role("region", name="Needs a look")

    rating = needs.get_by_role("region", name="Conflict: ana’s rating")
    rating.get_by_role("button", name=re.compile("Keep this.*1 of 5")).click()
    expect(rating).to_be_hidden()
    expect(badge).to_have_accessible_name("1 conflict, 1 held change")
    ana.toast().get_by_role("button", name="Undo").click()
    expect(rating.get_by_text("5 of 5", exact=True)).to_be_visible()
    rating.get_by_role("button", name=re.compile("Keep this.*5 of 5")).click()
    expect(rating).to_be_hidden()

    note = needs.get_by_role("region", name="Conflict: ana’s note")
    expect(note.locator("del").first).to_have_text("second")
    for word in ("third", "fourth"):
        expect(note.locator("ins", has_text=word)).to_be_visible()
    note.get_by_role("button", name="Keep both as two notes").click()
    expect(note).to_be_hidden()

    held = needs.get_by_role("region", name="1 change in reviews.csv")
    expect(held.locator("del")).to_have_text("007")
    held.get_by_role("button", name=re.compile("Accept")).click()
    expect(needs.get_by_text("Nothing needs a look")).to_be_visible()
    expect(badge).to_have_count(0)

    needs.get_by_role("button", name="All papers").click()
    ana.search("bottlefit")
    ana.open_paper(KEY)
    expect(ana.rated()).to_have_accessible_name("5 of 5")
    for word in ("third", "fourth"):
        expect(ana.mine.get_by_text(NOTE.replace("second", word))).to_be_visible()
    expect(ana.mine.get_by_role("button", name="Remove the tag 7")).to_be_visible()


def test_any_action_of_the_history_is_undone(lab: Lab, project: Path, sit_down: SitDown) -> None:
    lab.run(SEED, project)
    ana = sit_down(lab, project)
    ana.search("bottlefit")
    ana.open_paper(KEY)
    ana.mine.get_by_role("radio", name="2 of 5").click()
    ana.saved()
    ana.card.get_by_text("History", exact=True).click()
    expect(ana.card.get_by_text("rated 4 of 5", exact=True)).to_be_visible()
    ana.panel.get_by_role("button", name="History (h)").click()
    history = ana.panel.get_by_role("region", name="History")
    history.get_by_role("button", name=re.compile(f"Undo.*rating of {KEY}")).click()
    expect(ana.toast()).to_contain_text(f"Undone: rating of {KEY}")
    expect(history.get_by_text("undone", exact=True)).to_be_visible()
    ana.page.keyboard.press("Escape")
    expect(ana.rated()).to_have_accessible_name("4 of 5")


def test_a_paper_that_is_only_named_is_dismissed_or_typed_in(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    """Look-ups are off, so a pasted DOI would wait for ever."""
    ana = sit_down(lab, project)
    told = ana.add("10.5555/nowhere and arXiv:2301.00001")
    expect(told).to_contain_text("2 papers are only named so far")
    told.get_by_role("button", name="What to do").click()
    aside = ana.panel.get_by_role("region", name="Only named so far")
    expect(aside).to_contain_text("Look-ups are off: nothing is sent to anybody.")
    aside.get_by_role("button", name="Dismiss 10.5555/nowhere").click()
    expect(aside.get_by_role("listitem")).to_have_count(1)
    aside.get_by_role("button", name="Type it yourself 2301.00001").click()
    fold = ana.panel.get_by_role("region", name="Add papers")
    field = fold.get_by_role("textbox")
    expect(field).to_be_focused()
    field.fill(field.input_value().replace("title = {}", "title = {Typed in}"))
    fold.get_by_role("button", name="Add", exact=True).click()
    expect(ana.panel.get_by_text("107 papers")).to_be_visible()
    expect(ana.panel.get_by_text("only named so far, by a DOI")).to_have_count(0)
