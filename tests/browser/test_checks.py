"""What is to be mended in the open notebook, and a claim linked to the cell that proves it."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
from lab import Lab
from playwright.sync_api import Locator, expect
from screen import Screen

KEY = "matsubara2022bottlefit"
ABSTRACT = "They are small. BottleFit is 2.25times faster than MobileNet on ImageNet."
QUOTE = "BottleFit is 2.25times faster than MobileNet on ImageNet."
SEED = f"""
import reviewkit
with reviewkit.open(".", reviewer="ana", watch=False) as project:
    project.review({KEY!r}, rating=4, status="read")
    project.review({KEY!r}, status="read", reviewer="ben")
    project.edit({KEY!r}, {{"abstract": {ABSTRACT!r}}})
"""
RUN = f"""
import reviewkit
from reviewkit.checks.code import cell_codes
from reviewkit.project import Run
codes = cell_codes("speed.ipynb", open("speed.ipynb", encoding="utf-8").read())
with reviewkit.open(".", reviewer="ci", watch=False) as project:
    [link] = project.links({KEY!r})
    project.record_runs([Run("speed.ipynb", link.cell, True, codes[link.cell])])
"""
LINK_SECOND = """() => {
  window.jupyterapp.shell.currentWidget.content.activeCellIndex = 1;
  void window.jupyterapp.commands.execute('reviewkit:link-cell');
}"""
SHOTS = os.environ.get("REVIEWKIT_SCREENSHOTS")

SitDown = Callable[..., Screen]


def write(path: Path, *cells: nbformat.NotebookNode) -> None:
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"name": "python3", "display_name": "Python 3"}
    book = nbformat.v4.new_notebook(cells=list(cells), metadata={"kernelspec": kernel})
    nbformat.write(book, path)


def survey(path: Path) -> None:
    filler = [nbformat.v4.new_markdown_cell(f"## Part {n}\n\nWords.\n\n" * 6) for n in range(6)]
    write(
        path,
        nbformat.v4.new_markdown_cell(f"# Survey\n\nOne “𝔸” paper [@{KEY.upper()}]."),
        *filler,
        nbformat.v4.new_markdown_cell("Another one [@nobody1999] is still to be found."),
        nbformat.v4.new_markdown_cell(f"![](figure.png) [@{KEY}]"),
    )


def checks(screen: Screen) -> Locator:
    screen.command("reviewkit:show-checks")
    region = screen.page.get_by_role("region", name="Checks")
    expect(region).to_be_visible()
    return region


def shoot(screen: Screen, name: str) -> None:
    if SHOTS:
        screen.page.screenshot(path=Path(SHOTS) / f"{name}.png")


def cell_text(path: Path, number: int) -> str:
    return str(nbformat.read(path, as_version=4).cells[number].source)


def test_findings_lead_to_their_cells_and_are_mended_or_silenced(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    lab.run(SEED, project)
    path = project / "survey.ipynb"
    survey(path)
    ana = sit_down(lab, project)
    ana.open_notebook(str(path.relative_to(lab.folder)), kernel=False)
    region = checks(ana)
    rows = region.locator("[data-rk-finding]")
    expect(rows).to_have_count(3)
    expect(region.get_by_role("button", name="2 errors")).to_be_visible()
    tab = ana.page.get_by_role("tab", name="Checks")
    expect(tab).to_have_attribute("data-reviewkitcount", "2")
    shoot(ana, "checks-light")

    # By keyboard to the second, and on to its cell.
    expect(rows.first).to_be_focused()
    ana.page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    ana.page.keyboard.press("Enter")
    active = ana.page.locator(".jp-Notebook .jp-mod-active")
    expect(active).to_contain_text("Another one")
    expect(active).to_be_in_viewport()

    # A key that differs only in case is mended with one click, and the file is saved.
    region.get_by_role("button", name=f"Cite {KEY}").click()
    expect(rows).to_have_count(2)
    assert cell_text(path, 0) == f"# Survey\n\nOne “𝔸” paper [@{KEY}]."
    expect(region.get_by_role("status")).to_contain_text("done")

    # What is meant so is silenced where it stands.
    region.get_by_role("button", name=re.compile("Ignore here ?: No paper")).click()
    expect(rows).to_have_count(1)
    assert cell_text(path, 7).endswith("<!-- reviewkit: ignore unknown-key -->")

    # Saving looks it over again.
    ana.page.evaluate(
        """() => {
          const { model, context } = window.jupyterapp.shell.currentWidget;
          model.cells.get(8).sharedModel.setSource('![What it shows](figure.png)');
          return context.save();
        }"""
    )
    expect(region).to_contain_text("Nothing to mend")
    expect(tab).not_to_have_attribute("data-reviewkitcount", "2")


def test_a_cell_is_linked_to_a_claim_and_the_card_tells_what_came_of_it(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    lab.run(SEED, project)
    path = project / "speed.ipynb"
    write(
        path,
        nbformat.v4.new_markdown_cell(f"As in [@{KEY}]:"),
        nbformat.v4.new_code_cell("assert 1 < 2"),
    )
    ana = sit_down(lab, project)
    ana.open_notebook(str(path.relative_to(lab.folder)), kernel=False)
    ana.page.evaluate(LINK_SECOND)
    dialog = ana.page.get_by_role("dialog")
    expect(dialog.get_by_label("Paper")).to_have_value(KEY)
    words = dialog.get_by_label("Words to link")
    expect(words).to_have_value(QUOTE)
    shoot(ana, "link-dialog")

    # Words that the paper is not known to have are asked about, and left when not meant.
    words.fill("It is 3 times faster.")
    dialog.get_by_role("button", name="Link").click()
    asked = ana.page.get_by_role("dialog", name="Link These Words?")
    expect(asked).to_contain_text(QUOTE)
    shoot(ana, "link-anyway")
    asked.get_by_role("button", name="Cancel").click()
    expect(asked).to_have_count(0)
    ana.page.evaluate(LINK_SECOND)
    expect(words).to_have_value(QUOTE)
    dialog.get_by_role("button", name="Link").click()

    ana.search("BottleFit")
    ana.open_paper(KEY)
    linked = ana.card.get_by_role("region", name="Claims and cells")
    expect(linked).to_contain_text("not run")
    expect(linked.locator("q")).to_have_text(QUOTE)

    # What somebody else's run says comes to the open card.
    lab.run(RUN, project)
    expect(linked).to_contain_text("reproduced")
    expect(linked).to_contain_text("Run by ci")
    shoot(ana, "card-linked")

    linked.get_by_role("button", name="speed.ipynb").click()
    expect(ana.page.locator(".jp-Notebook .jp-mod-active")).to_contain_text("assert")

    linked.get_by_role("button", name=re.compile("Unlink")).click()
    expect(linked).to_have_count(0)
