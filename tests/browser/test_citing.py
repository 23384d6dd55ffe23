"""A notebook's bibliography keeps itself true, and its citations are shown where they are."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
from lab import Lab
from playwright.sync_api import Locator, expect
from screen import Screen

SitDown = Callable[..., Screen]
BOTTLEFIT = "matsubara2022bottlefit"
BEYOND = "abouelhamayed2024beyond"
SOURCE = (
    "() => window.jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.getSource()"
)
SOURCES = """() => Array.from(window.jupyterapp.shell.currentWidget.content.model.cells)
  .map(cell => cell.sharedModel.getSource())"""
OWN = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>Own</title></info><citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><text value="OWN "/><text variable="title"/></layout></bibliography>
</style>"""


def survey(project: Path, *texts: str) -> str:
    """A notebook with these Markdown cells; its path."""
    cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project / "survey.ipynb")
    return f"{project.name}/survey.ipynb"


def notebook(screen: Screen) -> Locator:
    return screen.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")


def bibliography(screen: Screen) -> Locator:
    return notebook(screen).locator(".jp-Cell").last.locator(".jp-RenderedMarkdown")


def test_the_bibliography_follows_what_is_typed(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = sit_down(lab)
    long = "\n\n".join(["A paragraph."] * 60)
    ana.open_notebook(survey(project, f"See [@{BOTTLEFIT}].", "More.", long), kernel=False)
    ana.command("reviewkit:insert-bibliography", style="apa")
    expect(bibliography(ana)).to_contain_text("Matsubara, Y.")
    expect(bibliography(ana)).not_to_contain_text("AbouElhamayed")
    expect(bibliography(ana)).to_be_in_viewport()

    cell = notebook(ana).locator(".jp-Cell").nth(1)
    cell.click()
    ana.page.keyboard.press("Enter")
    ana.page.keyboard.press("End")
    ana.page.keyboard.type(f" And @{BEYOND}")
    # The text appears while somebody goes on typing in another cell, who stays there.
    expect(bibliography(ana)).to_contain_text("AbouElhamayed")
    ana.page.keyboard.type(" says so.")
    assert ana.page.evaluate(SOURCE) == f"More. And @{BEYOND} says so."
    ana.page.keyboard.press("Control+z")
    assert ana.page.evaluate(SOURCE) != f"More. And @{BEYOND} says so."
    ana.save_notebook()
    saved = json.loads((project / "survey.ipynb").read_text(encoding="utf-8"))["cells"][-1]
    assert saved["metadata"]["reviewkit"] == {"role": "bibliography", "style": "apa"}
    assert "AbouElhamayed" in "".join(saved["source"])


def test_the_bibliography_follows_the_library(lab: Lab, project: Path, sit_down: SitDown) -> None:
    ana = sit_down(lab)
    ana.open_notebook(survey(project, f"See [@{BOTTLEFIT}]."), kernel=False)
    ana.command("reviewkit:insert-bibliography", style="ieee")
    expect(bibliography(ana)).to_contain_text("[1] Y. Matsubara")
    lab.run(
        "import reviewkit as rk\n"
        f"with rk.open('.') as p: p.edit({BOTTLEFIT!r}, {{'title': 'A New Title'}})",
        project,
    )
    expect(bibliography(ana)).to_contain_text("A New Title")


def test_the_bibliography_waits_while_it_is_edited(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = sit_down(lab)
    ana.open_notebook(survey(project, f"See [@{BOTTLEFIT}]."), kernel=False)
    ana.command("reviewkit:insert-bibliography", style="ieee")
    expect(bibliography(ana)).to_contain_text("[1] Y. Matsubara")
    last = notebook(ana).locator(".jp-Cell").last
    last.click()
    ana.page.keyboard.press("Enter")
    ana.page.keyboard.type("My own words. ")
    with ana.page.expect_response(lambda response: "/reviewkit/cite" in response.url):
        lab.run(
            "import reviewkit as rk\n"
            f"with rk.open('.') as p: p.edit({BOTTLEFIT!r}, {{'title': 'A New Title'}})",
            project,
        )
    assert "My own words." in ana.page.evaluate(SOURCE)
    notebook(ana).locator(".jp-Cell").first.click()
    ana.page.wait_for_function(f"() => ({SOURCES})()[1].includes('A New Title')")
    assert "My own words." not in ana.page.evaluate(SOURCES)[1]


def test_a_style_is_chosen(lab: Lab, project: Path, sit_down: SitDown) -> None:
    (project / "own.csl").write_text(OWN, encoding="utf-8")
    ana = sit_down(lab)
    ana.open_notebook(survey(project, f"See [@{BOTTLEFIT}]."), kernel=False)
    dialog = ana.page.get_by_role("dialog")
    for title, file, begin in (
        ("Nature, numbers", None, "1. Matsubara"),
        ("Another, from a .csl file…", "own.csl", "OWN BottleFit"),
    ):
        ana.page.evaluate(
            "() => { void window.jupyterapp.commands.execute('reviewkit:insert-bibliography'); }"
        )
        dialog.get_by_role("combobox").select_option(title)
        dialog.get_by_role("button", name="Insert").click()
        if file:
            dialog.get_by_role("textbox").fill(file)
            dialog.get_by_role("button", name="Insert").click()
        expect(bibliography(ana)).to_contain_text(begin)
    assert len(ana.page.evaluate(SOURCES)) == 2


def test_citations_are_shown_where_they_are(lab: Lab, project: Path, sit_down: SitDown) -> None:
    ana = sit_down(lab)
    texts = (
        f"It is *known* [see @{BOTTLEFIT}, p. 3;\n@{BEYOND}] and `[@{BOTTLEFIT}]` is code.",
        f"@{BEYOND} says so, [@nobody1999] not. Mail me@example.org.",
    )
    ana.open_notebook(survey(project, *texts), kernel=False)
    first, second = (notebook(ana).locator(".jp-RenderedMarkdown").nth(at) for at in (0, 1))
    expect(first).to_contain_text(f"[see @{BOTTLEFIT}")
    toggle = notebook(ana).locator('[data-jp-item-name="reviewkit-citations"]')
    toggle.get_by_role("button").click()
    expect(first).to_contain_text("(see Matsubara et al., 2022, p. 3; AbouElhamayed")
    expect(first).to_contain_text(f"[@{BOTTLEFIT}] is code")
    expect(second).to_contain_text("AbouElhamayed")
    unknown = second.locator(".jp-reviewkit-Citation.jp-mod-unknown")
    expect(unknown).to_contain_text("nobody1999?")
    expect(unknown).to_have_attribute("title", "Not in the library: nobody1999")
    assert ana.page.evaluate(SOURCES) == list(texts)

    first.locator(".jp-reviewkit-Citation").hover()
    card = ana.page.get_by_role("tooltip")
    expect(card).to_contain_text("BottleFit")
    expect(card).to_contain_text("Yoshitomo Matsubara")
    ana.page.keyboard.press("Escape")
    expect(card).to_be_hidden()

    # Edited and rendered again, closed and opened again, they are shown as before.
    notebook(ana).locator(".jp-Cell").first.click()
    ana.page.keyboard.press("Enter")
    ana.page.keyboard.type("New. ")
    ana.page.keyboard.press("Control+Enter")
    expect(first).to_contain_text("New. It is known (see Matsubara et al., 2022, p. 3; ")
    ana.save_notebook()
    ana.close("survey.ipynb")
    ana.open_notebook(f"{project.name}/survey.ipynb", kernel=False)
    expect(first).to_contain_text("(see Matsubara et al., 2022, p. 3; ")
    toggle.get_by_role("button").click()
    expect(first).to_contain_text(f"[see @{BOTTLEFIT}, p. 3;")
    assert json.loads((project / "survey.ipynb").read_text())["metadata"].get("reviewkit") is None
