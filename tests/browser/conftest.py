import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

sys.path.insert(0, os.path.dirname(__file__))

from lab import ROOT, Lab, chromium
from screen import Screen

SIZE = {"width": 1280, "height": 800}

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[Any]:
    report = yield
    screens: list[Screen] = getattr(item, "screens", [])
    if report.failed and call.when == "call" and screens:
        folder = screens[0].lab.home
        for number, screen in enumerate(screens):
            path = folder / f"{item.name}-{number}.png"
            screen.page.screenshot(path=path)
            report.sections.append(("screenshot", str(path)))
            report.sections.append(("page's complaints", "\n".join(screen.complaints)))
        report.sections.append(("server's log", str(screens[0].lab.log)))
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab(tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("home"))
    yield lab
    lab.stop()


@pytest.fixture
def lab(shared_lab: Lab) -> Lab:
    """The server of all tests; whoever comes is Ana."""
    shared_lab.somebody("Ana")
    return shared_lab


@pytest.fixture
def project(lab: Lab, request: pytest.FixtureRequest) -> Path:
    """A folder below the server's root with the demo library."""
    folder = lab.folder / request.node.name
    folder.mkdir()
    shutil.copy(ROOT / "references.bib", folder)
    return folder


@pytest.fixture
def sit_down(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Screen]]:
    """A new browser window with JupyterLab; `project` shows that one in the panel."""
    contexts: list[BrowserContext] = []
    screens: list[Screen] = []
    request.node.screens = screens

    def sit(lab: Lab, project: Path | None = None) -> Screen:
        context = browser.new_context(viewport=SIZE)
        contexts.append(context)
        screen = Screen(lab, context, f"{request.node.name}-{len(screens)}")
        screens.append(screen)
        screen.enter()
        if project is not None:
            screen.command("reviewkit:open-project", path=str(project.relative_to(lab.folder)))
            expect(screen.panel).to_be_visible()
        return screen

    yield sit
    complaints = [complaint for screen in screens for complaint in screen.complaints]
    for context in contexts:
        context.close()
    assert complaints == []
