"""What a reviewer sees and does: JupyterLab, its panel and its notebooks in a browser."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import nbformat
from lab import Lab
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    expect,
)

#: Longest wait for a page or a kernel to start, in milliseconds.
START = 60_000

READY = "() => window.jupyterapp?.restored.then(() => true)"
LAUNCHED = "() => document.activeElement?.closest('.jp-Launcher')"
COMMAND = "async ([id, args]) => { await window.jupyterapp.commands.execute(id, args); }"
OPEN_NOTEBOOK = """async ([path, kernel]) => {
  const panel = await window.jupyterapp.commands.execute('docmanager:open', {
    path,
    kernelPreference: { shouldStart: kernel, autoStartDefault: kernel }
  });
  await panel.context.ready;
  if (kernel) {
    await panel.sessionContext.ready;
    await panel.sessionContext.session.kernel.info;
  }
}"""
HAS_KERNEL = "() => !!window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel"
SHUT_DOWN = "async () => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"
RUN_CELL = """async index => {
  const panel = window.jupyterapp.shell.currentWidget;
  panel.content.activeCellIndex = index;
  panel.content.deselectAll();
  await window.jupyterapp.commands.execute('notebook:run-cell');
}"""
SAVE = "async () => { await window.jupyterapp.shell.currentWidget.context.save(); }"


class Screen:
    """One reviewer's browser window with JupyterLab in it."""

    def __init__(self, lab: Lab, context: BrowserContext, workspace: str) -> None:
        self.lab = lab
        self.workspace = workspace
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", self._blame)
        self.page.on("console", self._hear)

    def enter(self) -> None:
        """Load JupyterLab for the first time."""
        self._go(f"/lab/workspaces/{self.workspace}?reset&token={self.lab.token}")
        # JupyterLab's launcher takes the focus as soon as it is there.
        self.page.wait_for_function(LAUNCHED)

    def reload(self) -> None:
        """Load the page again, as the browser's button does."""
        self._go(f"/lab/workspaces/{self.workspace}")

    def command(self, name: str, **arguments: Any) -> None:
        """Run a command of JupyterLab."""
        self.page.evaluate(COMMAND, [name, arguments])

    def close(self, title: str) -> None:
        """Close a tab of the main area."""
        tab = self.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=title)
        tab.locator(".lm-TabBar-tabCloseIcon").click()
        expect(tab).to_have_count(0)

    # -- the panel

    @property
    def panel(self) -> Locator:
        """The side panel with the papers."""
        return self.page.get_by_role("region", name="Papers and reviews")

    def show_panel(self) -> None:
        """Click the panel's tab in the side bar."""
        self.page.get_by_role("tab", name="Papers and reviews").click()
        expect(self.panel).to_be_visible()

    @property
    def rows(self) -> Locator:
        """The papers in sight."""
        return self.panel.locator("[data-citekey]")

    @property
    def card(self) -> Locator:
        """The open paper."""
        return self.panel.get_by_role("article")

    @property
    def mine(self) -> Locator:
        """My review on the open paper."""
        return self.card.get_by_role("region", name="My review")

    def search(self, text: str) -> None:
        """Type into the panel's search field."""
        self.panel.get_by_role("searchbox", name="Search papers").fill(text)

    def open_paper(self, citekey: str) -> None:
        """Click the paper's row."""
        self.panel.locator(f'[data-citekey="{citekey}"]').click()
        expect(self.mine).to_be_visible()

    def add(self, text: str) -> Locator:
        """Paste text into the panel's fold for it; what the panel says of it."""
        self.panel.get_by_role("button", name="Add papers…").first.click()
        fold = self.panel.get_by_role("region", name="Add papers")
        fold.get_by_role("textbox").fill(text)
        fold.get_by_role("button", name="Add", exact=True).click()
        return fold.get_by_role("status")

    def saved(self) -> None:
        """Wait until the panel says that everything is saved."""
        expect(self.panel.locator(".rk-saving")).to_have_text("Saved")

    def rated(self, where: Locator | None = None) -> Locator:
        """The chosen star of my rating."""
        return (where or self.mine).get_by_role("radio", checked=True)

    def remembering(self, text: str) -> AbstractContextManager[Any]:
        """Wait, at the end of a `with`, until JupyterLab has stored a state that holds this."""
        return self.page.expect_request_finished(
            lambda request: (
                request.method == "PUT"
                and "/lab/api/workspaces/" in request.url
                and text in (request.post_data or "")
            )
        )

    def is_called(self, name: str) -> None:
        """Wait until the panel knows who sits here."""
        expect(self.panel.locator(".rk-me")).to_have_text(name)

    def switch_to(self, name: str) -> None:
        """Review under another name in this browser."""
        self.panel.locator(".rk-me").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(name)
        dialog.get_by_role("button", name="Switch").click()
        self.is_called(name)

    def toast(self) -> Locator:
        """What the panel says for a while."""
        return self.panel.locator(".rk-toast")

    # -- notebooks

    def open_notebook(self, path: str, *, kernel: bool = True) -> None:
        """Open a notebook, and wait for its kernel or have none."""
        self.page.evaluate(OPEN_NOTEBOOK, [path, kernel])

    def has_kernel(self) -> bool:
        """Whether the notebook in front has one."""
        return bool(self.page.evaluate(HAS_KERNEL))

    def shut_down_kernel(self) -> None:
        """End the kernel of the notebook in front."""
        self.page.evaluate(SHUT_DOWN)

    def run_cell(self, index: int) -> None:
        """Run one cell of the notebook in front."""
        self.page.evaluate(RUN_CELL, index)

    def output(self, index: int) -> Locator:
        """What a cell of the notebook in front shows below it."""
        notebook = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        return notebook.locator(".jp-Cell").nth(index).locator(".jp-OutputArea-output")

    def save_notebook(self) -> None:
        """Write the notebook in front to its file."""
        self.page.evaluate(SAVE)

    def _go(self, address: str) -> None:
        self.page.goto(self.lab.url + address)
        self.page.wait_for_function(READY, timeout=START)

    def _blame(self, error: Error) -> None:
        if "/extensions/reviewkit/" in (error.stack or ""):
            self.complaints.append(f"{error.message}\n{error.stack}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "reviewkit" in message.text:
            self.complaints.append(message.text)


def write_notebook(path: Path, cells: Sequence[str]) -> None:
    """A notebook with these code cells."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, path)
