"""Ratings of single criteria in the panel, and in the table that it writes."""

from collections.abc import Callable
from pathlib import Path

from lab import Lab, until
from playwright.sync_api import expect
from screen import Screen

KEY = "matsubara2022bottlefit"

SitDown = Callable[..., Screen]


def test_a_group_rates_its_criteria(lab: Lab, project: Path, sit_down: SitDown) -> None:
    (project / "reviewkit.toml").write_text('criteria = ["novelty", "soundness"]\n')
    ana = sit_down(lab, project)
    ana.search("bottlefit")
    ana.open_paper(KEY)
    novelty = ana.mine.get_by_role("radiogroup", name="My rating of novelty")
    novelty.get_by_role("radio", name="4 of 5").click()
    soundness = ana.mine.get_by_role("radiogroup", name="My rating of soundness")
    soundness.get_by_role("radio", name="1 of 5").focus()
    ana.page.keyboard.press("3")
    ana.saved()
    expect(novelty.get_by_role("radio", checked=True)).to_have_accessible_name("4 of 5")
    expect(soundness.get_by_role("radio", checked=True)).to_have_accessible_name("3 of 5")
    whole = ana.mine.get_by_role("radiogroup", name="My rating", exact=True)
    expect(whole.get_by_role("radio", checked=True)).to_have_count(0)
    csv = project / "reviews.csv"
    until(project, lambda: csv.exists() and ",ana,,4,3," in csv.read_text("utf-8-sig"), "the row")
