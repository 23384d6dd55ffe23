"""The panel by itself: what it remembers, what it takes back, and the keyboard."""

from collections.abc import Callable
from pathlib import Path

from lab import Lab, until
from playwright.sync_api import expect
from screen import Screen, write_notebook

KEY = "abouelhamayed2024beyond"
BIB = """@article{{{key},
  author = {{Zo{{\\"e}} Smith}},
  title = {{{title}}},
  year = {{2024}},
}}
"""

SitDown = Callable[..., Screen]


def test_a_reload_keeps_the_panel_the_paper_and_the_search(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = sit_down(lab, project)
    ana.search("server overheads")
    expect(ana.panel.get_by_text("1 of 106")).to_be_visible()
    with ana.remembering(f'"open":"{KEY}"'):
        ana.open_paper(KEY)
    ana.mine.get_by_role("radio", name="4 of 5").click()
    ana.mine.get_by_role("button", name="Add a note").click()
    ana.mine.get_by_role("textbox", name="New note").fill("Kept.")
    ana.mine.get_by_role("textbox", name="Page").fill("Section 4.2")
    ana.page.keyboard.press("Escape")
    expect(ana.mine.get_by_role("button", name="Edit this note")).to_be_visible()
    ana.reload()

    expect(ana.card.get_by_role("heading", level=2)).to_contain_text("Beyond Inference")
    expect(ana.rated()).to_have_accessible_name("4 of 5")
    expect(ana.mine).to_contain_text("§4.2")
    expect(ana.mine).to_contain_text("Kept.")
    ana.card.get_by_role("button", name="All papers").click()
    expect(ana.panel.get_by_role("searchbox")).to_have_value("server overheads")
    expect(ana.rows).to_have_count(1)


def test_undo_takes_back_one_edit_after_the_other(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = sit_down(lab, project)
    ana.open_paper(KEY)
    ana.mine.get_by_role("radio", name="4 of 5").click()
    ana.saved()
    ana.mine.get_by_role("radio", name="2 of 5").click()
    ana.saved()
    undo = ana.panel.get_by_role("button", name="Undo my last change")
    undo.click()
    expect(ana.toast()).to_contain_text("Undone")
    expect(ana.rated()).to_have_accessible_name("4 of 5")
    undo.click()
    expect(ana.rated()).to_have_count(0)


def test_a_review_by_the_keyboard_alone(lab: Lab, project: Path, sit_down: SitDown) -> None:
    ana = sit_down(lab, project)
    key = ana.page.keyboard.press
    search = ana.panel.get_by_role("searchbox")
    ana.command("application:toggle-left-area")
    expect(ana.panel).to_be_hidden()
    key("Control+Alt+p")
    expect(ana.panel).to_be_visible()
    expect(ana.rows.first).to_be_visible()
    ana.panel.get_by_role("listbox", name="Papers").focus()
    key("/")
    expect(search).to_be_focused()
    ana.page.keyboard.type("quantization")
    expect(ana.panel.get_by_text("of 106")).to_be_visible()
    key("ArrowDown")
    first, second = (ana.rows.nth(n) for n in (0, 1))
    expect(first).to_have_attribute("aria-selected", "true")
    key("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    title = second.locator(".rk-row-title").inner_text()
    key("3")
    expect(second.get_by_role("img", name="My rating: 3 of 5")).to_be_visible()
    key("Enter")
    expect(ana.card).to_be_focused()
    expect(ana.card.get_by_role("heading", level=2)).to_have_text(title)
    key("5")
    expect(ana.rated()).to_have_accessible_name("5 of 5")
    key("t")
    expect(ana.mine.get_by_role("combobox", name="Add a tag")).to_be_focused()
    ana.page.keyboard.type("int8,low bits")
    key("Enter")
    for tag in ("int8", "low bits"):
        expect(ana.mine.get_by_role("button", name=f"Remove the tag {tag}")).to_be_visible()
    key("Escape")
    key("n")
    expect(ana.mine.get_by_role("textbox", name="New note")).to_be_focused()
    ana.page.keyboard.type("Press 1 for nothing.")
    key("Escape")
    expect(ana.mine).to_contain_text("Press 1 for nothing.")
    ana.saved()
    key("u")
    expect(ana.mine).not_to_contain_text("Press 1 for nothing.")
    key("Escape")
    expect(ana.panel.get_by_role("listbox", name="Papers")).to_be_focused()
    expect(second.get_by_role("img", name="My rating: 5 of 5")).to_be_visible()


def test_opening_a_file_of_another_project_switches_the_panel(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    other = project / "other"
    (other / "notebooks").mkdir(parents=True)
    bib = BIB.format(key="smith2024", title="On Other Things")
    (other / "references.bib").write_text(bib, encoding="utf-8")
    write_notebook(other / "notebooks" / "mine.ipynb", ["1"])
    ana = sit_down(lab, project)
    expect(ana.panel.get_by_text("106 papers")).to_be_visible()
    ana.open_notebook(f"{project.name}/other/notebooks/mine.ipynb", kernel=False)
    expect(ana.panel.get_by_role("heading", name="other")).to_be_visible()
    expect(ana.rows).to_contain_text(["On Other Things"])


def test_papers_added_to_an_empty_folder_make_a_project(lab: Lab, sit_down: SitDown) -> None:
    folder = lab.folder / "empty"
    folder.mkdir()
    ana = sit_down(lab, folder)
    expect(ana.panel.get_by_text("No project here")).to_be_visible()
    said = ana.add(BIB.format(key="smith2024", title="On Small Things"))
    expect(said).to_contain_text("1 added")
    expect(ana.rows).to_have_count(1)
    until(folder, (folder / "references.bib").exists, "references.bib")
