"""A survey drafted from JupyterLab, and exported from there."""

from collections.abc import Callable
from pathlib import Path

import nbformat
from lab import Lab, until
from playwright.sync_api import expect
from screen import Screen

KEY = "matsubara2022bottlefit"
SEED = f"""
import reviewkit
with reviewkit.open(".", reviewer="ana", watch=False) as project:
    project.review({KEY!r}, rating=4, status="read", tags=["edge"], note="Our baseline.")
"""

SitDown = Callable[..., Screen]


def test_a_survey_is_drafted_and_exported(lab: Lab, project: Path, sit_down: SitDown) -> None:
    lab.run(SEED, project)
    ana = sit_down(lab, project)
    ana.page.evaluate("() => void window.jupyterapp.commands.execute('reviewkit:draft-survey')")
    dialog = ana.page.get_by_role("dialog")
    dialog.get_by_label("A section for each").select_option("tag")
    dialog.get_by_role("textbox", name="Title").fill("Edge & more")
    dialog.get_by_role("button", name="Draft", exact=True).click()
    tab = ana.page.locator("#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current")
    expect(tab).to_contain_text("survey.ipynb", timeout=30_000)
    said = [cell.source for cell in nbformat.read(project / "survey.ipynb", as_version=4).cells]
    assert any("Our baseline." in source for source in said)

    ana.command("reviewkit:export-manuscript", format="html")
    page = project / "survey.html"
    until(project, page.exists, "the page")
    expect(ana.page.get_by_text("as one web page").first).to_be_visible()
    assert "<title>Edge &amp; more</title>" in page.read_text(encoding="utf-8")


def test_a_fault_is_told_with_its_cell(lab: Lab, project: Path, sit_down: SitDown) -> None:
    cells = [nbformat.v4.new_markdown_cell(text) for text in ("# Survey", "One [@nobody1999].")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), project / "mine.ipynb")
    ana = sit_down(lab, project)
    ana.open_notebook(f"{project.name}/mine.ipynb", kernel=False)
    ana.page.evaluate(
        "() => void window.jupyterapp.commands.execute("
        "'reviewkit:export-manuscript', { format: 'html' })"
    )
    expect(ana.page.get_by_text("nobody1999", exact=False).last).to_be_visible()
    ana.page.get_by_role("button", name="Show the Cell").click()
    active = ana.page.locator(".jp-Notebook .jp-Cell.jp-mod-active")
    expect(active).to_contain_text("nobody1999")
    assert not (project / "mine.html").exists()
