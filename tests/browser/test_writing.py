"""A survey drafted from JupyterLab, and exported from there."""

from collections.abc import Callable
from pathlib import Path

import nbformat
from lab import Lab
from playwright.sync_api import expect
from screen import Screen

KEY = "matsubara2022bottlefit"
SEED = f"""
import reviewkit
with reviewkit.open(".", reviewer="ana", watch=False) as project:
    project.review({KEY!r}, rating=4, status="read", tags=["edge"], note="Our baseline.")
"""

DRAFT_AND_EXPORT = """async () => {
  const { commands } = window.jupyterapp;
  await commands.execute('reviewkit:draft-survey', { path: 'survey.ipynb', by: 'tag' });
  await commands.execute('reviewkit:export-manuscript', { format: 'html' });
}"""

#: A kernel that starts notes its language in the notebook, which nobody edited.
DRAFTED_WHILE_A_KERNEL_STARTS = """async () => {
  const { commands, shell } = window.jupyterapp;
  const open = [...shell.widgets('main')].find(({ title }) => title.label === 'survey.ipynb');
  const drafted = commands.execute(
    'reviewkit:draft-survey', { path: 'survey.ipynb', by: 'tag' }
  );
  let asked = 0;
  while (open.context.model.dirty || asked < 1) {
    asked += 1;
    await new Promise(done => requestAnimationFrame(done));
  }
  open.context.model.setMetadata('language_info', { name: 'python', version: 'another' });
  await drafted;
}"""

SitDown = Callable[..., Screen]


def test_a_survey_is_drafted(lab: Lab, project: Path, sit_down: SitDown) -> None:
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


def test_a_draft_is_exported_at_once_and_drafted_again_where_it_is_open(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    lab.run(SEED, project)
    ana = sit_down(lab, project)
    ana.page.evaluate(DRAFT_AND_EXPORT)
    first = (project / "survey.html").read_text(encoding="utf-8")
    assert "Our baseline." in first
    lab.run(SEED.replace("Our baseline.", "Not ours."), project)
    ana.page.evaluate(DRAFTED_WHILE_A_KERNEL_STARTS)
    ana.page.evaluate(DRAFT_AND_EXPORT)
    # What is open is what was drafted: nobody is asked which of two versions is right.
    notebook = ana.page.locator(".jp-NotebookPanel")
    ana.page.get_by_role("main").get_by_role("tab", name="survey.ipynb").click()
    expect(notebook.get_by_text("Not ours.").first).to_be_attached()
    assert "Not ours." in (project / "survey.html").read_text(encoding="utf-8")
    expect(ana.page.get_by_role("dialog")).to_have_count(0)


def export(screen: Screen, path: Path) -> None:
    """Open a notebook and ask for it as a web page; what comes of it is told later."""
    screen.open_notebook(f"{path.parent.name}/{path.name}", kernel=False)
    screen.page.evaluate(
        "() => void window.jupyterapp.commands.execute("
        "'reviewkit:export-manuscript', { format: 'html' })"
    )


def write(path: Path, *texts: str) -> Path:
    cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_a_manuscript_is_exported_or_its_fault_told_with_the_cell(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    ana = sit_down(lab, project)
    export(ana, write(project / "good.ipynb", "# Edge & more", f"One [@{KEY}]."))
    expect(ana.page.get_by_text("as one web page").first).to_be_visible(timeout=30_000)
    page = (project / "good.html").read_text(encoding="utf-8")
    assert "<title>Edge &amp; more</title>" in page

    export(ana, write(project / "mine.ipynb", "# Survey", "One [@nobody1999]."))
    expect(ana.page.get_by_text("not in the library").first).to_be_visible(timeout=30_000)
    ana.page.get_by_role("button", name="Show the Cell").click()
    active = ana.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell.jp-mod-active")
    expect(active).to_contain_text("nobody1999")
    assert not (project / "mine.html").exists()
