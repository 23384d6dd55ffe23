"""Take the pictures of `docs/images/` on a copy of the demo library with made-up opinions.

Use: python scripts/screenshots.py [NAME...], in an environment with reviewkit installed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT)]

from lab import Lab, chromium  # noqa: E402
from screen import Screen, write_notebook  # noqa: E402

from benchmarks.made import library  # noqa: E402

IMAGES = ROOT / "docs" / "images"
SIZE = {"width": 1280, "height": 800}
KEY = "matsubara2022bottlefit"
MANY = 10_000

OPINIONS = """
import reviewkit as rk
from pathlib import Path

everybody = ("ana", "ben", "chiara", "dan")
tags = ("edge", "serving", "training", "compression", "scheduling", "vision")
states = ("read", "skimmed", "done", "reading")
with rk.open(".", reviewer="ana", watch=False) as project:
    if {digest!r}:
        project.add(Path({digest!r}))
    for n, paper in enumerate(project.find()[:120]):
        for m, who in enumerate(everybody):
            if (n * 7 + m * 5) % 11 < 4:
                project.review(paper, rating=2 + (n * 3 + m + n // 4) % 4,
                               status=states[(n + m) % 4],
                               tags=sorted({{tags[n % 6], tags[(n * 5 + m) % 6]}}),
                               reviewer=who)
    for who, opinion in {opinions!r}.items():
        project.review({key!r}, reviewer=who, **opinion)
"""
ON_ONE_PAPER = {
    "ana": {
        "rating": 4,
        "status": "read",
        "tags": ["split computing", "edge"],
        "note": r"Table 3 is **the result**: $3.6\times$ faster at equal accuracy.",
    },
    "ben": {
        "rating": 5,
        "status": "done",
        "tags": ["split computing"],
        "note": "We should build on this:\n\n- code is there\n- one GPU is enough",
    },
    "chiara": {
        "rating": 1,
        "status": "skimmed",
        "tags": ["edge"],
        "note": "The baselines are from 2019. Has anybody run it again?",
    },
}
CELLS = [
    'import reviewkit as rk\n\nproject = rk.open(".")',
    "reviews = project.reviews_frame()\n"
    'reviews.groupby("reviewer").agg(\n    {"rating": "mean", "title": "count"}\n).round(2)',
    "project",
    f'project["{KEY}"].form()',
]
MANY_CELLS = ['import reviewkit as rk\n\nproject = rk.open(".")', "project.table()"]


def main() -> int:
    """Take the pictures named on the command line, or all."""
    wanted = sys.argv[1:] or list(PICTURES)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder, home = Path(scratch, "root"), Path(scratch, "home")
        home.mkdir()
        project = folder / "efficient-dl"
        project.mkdir(parents=True)
        shutil.copy(ROOT / "references.bib", project)
        write_notebook(project / "reading.ipynb", CELLS)
        many = folder / "ten-thousand"
        many.mkdir()
        (many / "references.bib").write_text(library(MANY), encoding="utf-8")
        write_notebook(many / "browse.ipynb", MANY_CELLS)
        lab = Lab(folder, home)
        try:
            lab.somebody("Ana")
            digest = ROOT / "tests" / "corpus" / "digest" / "demo-106.txt"
            demo = OPINIONS.format(digest=str(digest), key=KEY, opinions=ON_ONE_PAPER)
            lab.run(demo, project)
            lab.run(OPINIONS.format(digest="", key=KEY, opinions={}), many)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(**chromium())
                for name in wanted:
                    take(name, browser, lab)
                browser.close()
        finally:
            lab.stop()
    return 0


def take(name: str, browser: Browser, lab: Lab) -> None:
    """Make the window ready and keep its picture."""
    screen = Screen(lab, browser.new_context(viewport=SIZE), name)
    screen.enter()
    # JupyterLab keeps the theme of the picture before.
    screen.command("apputils:change-theme", theme="JupyterLab Light")
    PICTURES[name](screen)
    screen.page.mouse.move(640, 6)
    screen.page.evaluate("document.activeElement.blur()")
    path = IMAGES / f"{name}.png"
    screen.page.screenshot(path=path)
    screen.page.close()
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


def drag_side_bar(screen: Screen, width: int) -> None:
    """Make the left side bar so wide, in CSS pixels."""
    handle = screen.page.locator("#jp-main-split-panel > .lm-SplitPanel-handle").first
    box = handle.bounding_box()
    assert box is not None
    mouse, middle = screen.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + box["width"] / 2, middle)
    mouse.down()
    mouse.move(32 + width, middle, steps=5)
    mouse.up()


def show_project(screen: Screen, *cells: int, width: int = 0) -> None:
    """The demo project in the panel, with some cells of the notebook run beside it."""
    screen.open_notebook("efficient-dl/reading.ipynb")
    for cell in (0, *cells):
        screen.run_cell(cell)
        if cell:
            expect(screen.output(cell).first).to_be_visible(timeout=30_000)
    screen.close("Launcher")
    screen.show_panel()
    expect(screen.rows.first).to_be_visible()
    if width:
        drag_side_bar(screen, width)


def panel_light(screen: Screen) -> None:
    """List and card side by side."""
    show_project(screen, 1, width=780)
    screen.panel.get_by_role("combobox", name="Order").select_option("disagreement")
    screen.open_paper(KEY)
    screen.card.focus()


def panel_dark(screen: Screen) -> None:
    """The same by night."""
    screen.command("apputils:change-theme", theme="JupyterLab Dark")
    expect(screen.page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    panel_light(screen)


def panel_narrow(screen: Screen) -> None:
    """The list where there is little room."""
    show_project(screen, 1, 2)
    drag_side_bar(screen, 190)


def notebook(screen: Screen) -> None:
    """The card of several reviewers, and the same paper's form in a notebook."""
    show_project(screen, 3, width=380)
    screen.search("bottlefit")
    screen.open_paper(KEY)
    form = screen.output(3)
    form.scroll_into_view_if_needed()
    expect(form.get_by_role("article")).to_be_visible()


def table(screen: Screen) -> None:
    """Ten thousand made papers below a cell."""
    screen.open_notebook("ten-thousand/browse.ipynb")
    for cell in range(len(MANY_CELLS)):
        screen.run_cell(cell)
    screen.close("Launcher")
    screen.command("application:toggle-left-area")
    found = screen.output(1)
    expect(found.get_by_text("10,000 papers")).to_be_visible(timeout=60_000)
    expect(found.locator("[data-citekey]").first).to_be_visible()


PICTURES: dict[str, Callable[[Screen], None]] = {
    "panel-light": panel_light,
    "panel-dark": panel_dark,
    "panel-narrow": panel_narrow,
    "notebook": notebook,
    "table": table,
}

if __name__ == "__main__":
    sys.exit(main())
