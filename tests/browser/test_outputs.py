"""Forms and tables below a notebook's cells: the same view as the panel's, and as alive."""

from collections.abc import Callable
from pathlib import Path

from lab import Lab, until
from playwright.sync_api import expect
from screen import Screen, write_notebook

#: The first of the list, so that its row is in sight.
KEY = "abouelhamayed2024beyond"
CELLS = [
    "import reviewkit as rk\nproject = rk.open('.')",
    f"project[{KEY!r}].form()",
    "project.table()",
]
TITLE_AND_SOURCE = (".rk-row-title", ".rk-row-source")

SitDown = Callable[..., Screen]


def with_outputs(screen: Screen, project: Path) -> None:
    """The notebook's cells were run and their views are there."""
    write_notebook(project / "reading.ipynb", CELLS)
    screen.open_notebook(f"{project.name}/reading.ipynb")
    for cell in range(len(CELLS)):
        screen.run_cell(cell)
    expect(screen.output(1).get_by_role("article")).to_be_visible(timeout=30_000)
    expect(screen.output(2).get_by_text("106 papers")).to_be_visible()


def test_an_edit_below_a_cell_and_one_in_the_panel_are_the_same(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = sit_down(lab, project)
    with_outputs(ana, project)
    form = ana.output(1)
    ana.open_paper(KEY)

    form.get_by_role("radio", name="5 of 5").click()
    expect(ana.rated()).to_have_accessible_name("5 of 5")
    ana.mine.get_by_role("combobox", name="Add a tag").fill("serving")
    ana.page.keyboard.press("Enter")
    expect(form.get_by_role("button", name="Remove the tag serving")).to_be_visible()

    form.get_by_role("button", name="Add a note").click()
    form.get_by_role("textbox", name="New note").fill("Written below the cell.")
    ana.page.keyboard.press("Escape")
    expect(ana.mine).to_contain_text("Written below the cell.")
    row = ana.output(2).locator(f'[data-citekey="{KEY}"]')
    expect(row.get_by_role("img", name="My rating: 5 of 5")).to_be_visible()


def test_the_kernels_edit_arrives_in_all_views(lab: Lab, project: Path, sit_down: SitDown) -> None:
    cells = [*CELLS, f"project.review({KEY!r}, rating=3, status='reading')"]
    ana = sit_down(lab, project)
    write_notebook(project / "edit.ipynb", cells)
    ana.open_notebook(f"{project.name}/edit.ipynb")
    ana.open_paper(KEY)
    for cell in range(len(cells)):
        ana.run_cell(cell)
    for view in (ana.mine, ana.output(1)):
        expect(ana.rated(view)).to_have_accessible_name("3 of 5")
        expect(view.get_by_role("combobox", name="My status")).to_have_value("reading")


def test_a_table_is_searched_and_reviewed_in_place(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = sit_down(lab, project)
    with_outputs(ana, project)
    table = ana.output(2)
    # Nobody has said anything of this paper, so its title has the whole line.
    row = table.locator(f'[data-citekey="{KEY}"]')
    title, source = (row.locator(part).bounding_box() for part in TITLE_AND_SOURCE)
    assert title and source and title["y"] + title["height"] <= source["y"]
    table.get_by_role("searchbox").fill("server overheads")
    expect(table.get_by_text("1 of 106")).to_be_visible()
    table.locator(f'[data-citekey="{KEY}"]').click()
    table.get_by_role("radio", name="4 of 5").click()
    expect(ana.rated(ana.output(1))).to_have_accessible_name("4 of 5")


def test_a_saved_output_lives_without_its_kernel(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = sit_down(lab, project)
    with_outputs(ana, project)
    ana.save_notebook()
    ana.shut_down_kernel()
    ana.reload()

    late = sit_down(lab, project)
    late.open_notebook(f"{project.name}/reading.ipynb", kernel=False)
    assert not late.has_kernel()
    form = late.output(1)
    form.get_by_role("radio", name="2 of 5").click()
    expect(late.rated(form)).to_have_accessible_name("2 of 5")
    expect(late.page.get_by_text("model not found")).to_have_count(0)
    expect(ana.rated(ana.output(1))).to_have_accessible_name("2 of 5")
    csv = project / "reviews.csv"
    until(
        project,
        lambda: csv.exists() and f"{KEY}," in csv.read_text(encoding="utf-8"),
        "the rating in reviews.csv",
    )
