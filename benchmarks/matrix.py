"""The comparison matrix in a tab of a real JupyterLab: its first rows, scrolling and editing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import compared
from benchmarks.report import Figure

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from lab import Lab, chromium
from screen import Screen

_SCROLL = """async steps => {
  const grid = document.querySelector('.rk-grid');
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const times = [];
  let before = await frame();
  for (let i = 0; i < steps; i++) {
    grid.scrollTop += 180;
    const now = await frame();
    times.push(now - before);
    before = now;
  }
  return times;
}"""
_JUMP = """async part => {
  const grid = document.querySelector('.rk-grid');
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const begin = performance.now();
  grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * part;
  do {
    await frame();
    await frame();
  } while (grid.querySelector('.rk-skeleton-line'));
  return performance.now() - begin;
}"""
#: The value that is typed, saved and shown; the cell must not have it before.
_TYPED = "123.25"
_SAVED = f"""() => [...document.querySelectorAll('.rk-cell-text')].some(
  cell => cell.textContent.includes('{_TYPED}') && !cell.closest('.rk-cell-saving')
)"""
_ORDERED = "document.querySelector('.rk-grid').getAttribute('aria-busy') === 'false'"


def measure(folder: Path, size: int, cells: int, steps: int) -> Iterator[Figure]:
    """With so many papers by twenty columns, so many cells of them filled in."""
    root, home = folder / "root", folder / "home"
    home.mkdir(parents=True)
    compared.write(root / "compared", size, cells)
    lab = Lab(root, home)
    lab.somebody("Dora")
    try:
        with sync_playwright() as player:
            browser = player.chromium.launch(**chromium())
            screen = Screen(lab, browser.new_context(viewport={"width": 1280, "height": 800}), "m")
            screen.enter()
            name = f"matrix, {size:,} papers by {len(compared.COLUMNS)} columns"
            for what, value in _figures(screen, steps):
                yield Figure(f"{name}: {what}", value, "ms")
            browser.close()
    finally:
        lab.stop()


def _figures(screen: Screen, steps: int) -> Iterator[tuple[str, float]]:
    page = screen.page
    row = page.locator(".rk-grid-row[data-citekey]").first
    begin = time.perf_counter()
    screen.command("reviewkit:compare-papers", project="compared")
    row.wait_for()
    yield "opened to first rows, project not open before", _since(begin)
    yield "longest frame while scrolling", max(page.evaluate(_SCROLL, steps))
    jumps = sorted(page.evaluate(_JUMP, (0.37 + i * 0.618) % 1) for i in range(9))
    yield "jump of the scroll bar to rows shown", jumps[len(jumps) // 2]
    page.evaluate(_JUMP, 0)
    begin = time.perf_counter()
    page.locator(".rk-grid-head [data-column] .rk-heading-name").first.click()
    page.locator(".rk-grid-head [aria-sort=ascending]").wait_for()
    page.wait_for_function(_ORDERED)
    yield "another order", _since(begin)
    yield "a cell typed into, saved and shown", _edited(page)


def _edited(page: Page) -> float:
    page.locator(".rk-grid-row").nth(3).get_by_role("gridcell").nth(1).click()
    page.keyboard.type(_TYPED)
    begin = time.perf_counter()
    page.keyboard.press("Enter")
    page.wait_for_function(_SAVED)
    return _since(begin)


def _since(begin: float) -> float:
    return (time.perf_counter() - begin) * 1000
