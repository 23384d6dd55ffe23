"""What a burst of edits does to the panel and the kernel, and how soon each hears of the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import made
from benchmarks.editing import PROMISED_MS
from benchmarks.report import Figure, percentile
from benchmarks.writers import WRITERS, at_work

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from lab import Lab, chromium
from screen import Screen, write_notebook

_BURST = """
import reviewkit
with reviewkit.open(".", reviewer="ana") as project:
    keys = list(project)[:{papers}]
    for number in range({edits}):
        project.review(keys[number % len(keys)], rating=1 + number // len(keys) % 5)
    project.review({last!r}, tags=[{tag!r}])
"""
_IN_KERNEL = _BURST.replace('with reviewkit.open(".", reviewer="ana") as project:', "if True:")
#: Runs in the page: all that is measured there, from now until a paper shows a tag.
_WATCH = """([citekey, tag, pause]) => {
  const watched = { requests: 0, long: [], gaps: [], replies: [], shown: null };
  window.watched = watched;
  const seen = new PerformanceObserver(list =>
    list.getEntries().forEach(entry => watched.long.push(entry.duration))
  );
  seen.observe({ entryTypes: ['longtask'] });
  const asked = new PerformanceObserver(list => {
    watched.requests += list
      .getEntries()
      .filter(({ name }) => name.includes('/reviewkit/')).length;
  });
  asked.observe({ entryTypes: ['resource'] });
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const ask = async () => {
    while (pause > 0 && watched.shown === null) {
      const begin = performance.now();
      await kernel.requestExecute({ code: '1+1', store_history: false }).done;
      watched.replies.push(performance.now() - begin);
      await new Promise(done => setTimeout(done, pause));
    }
  };
  void ask();
  let before = performance.now();
  const frame = now => {
    watched.gaps.push(now - before);
    before = now;
    const row = document.querySelector(`[data-citekey="${citekey}"]`);
    if (row?.textContent.includes(tag)) {
      watched.shown = Date.now();
      seen.disconnect();
      asked.disconnect();
    } else {
      requestAnimationFrame(frame);
    }
  };
  requestAnimationFrame(frame);
}"""
_RUN = """async code => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  const future = kernel.requestExecute({ code, store_history: false });
  let said = '';
  future.onIOPub = ({ content }) => (said += content.text ?? content.evalue ?? '');
  await future.done;
  return said;
}"""
_SHOWN = "() => window.watched.shown !== null"
#: Runs in the page: only when a paper shows a tag, which costs the page next to nothing.
_AWAIT = """([citekey, tag]) => {
  const watched = { shown: null };
  window.watched = watched;
  const seen = new MutationObserver(() => {
    const row = document.querySelector(`[data-citekey="${citekey}"]`);
    if (row?.textContent.includes(tag)) {
      seen.disconnect();
      requestAnimationFrame(() => (watched.shown = Date.now()));
    }
  });
  const list = document.querySelector('.rk-list');
  seen.observe(list, { subtree: true, childList: true, characterData: true });
}"""
_LISTEN = """
import threading, time, reviewkit
project = reviewkit.open(".", reviewer="ana")
heard, news = {}, threading.Condition()
def tell(event, project=project):
    with news:
        for key in event.citekeys or ():
            rating = project[key].review_of("ana").rating
            heard.setdefault((key, rating), time.time() * 1000)
        news.notify_all()
project.on_change(tell)
"""
_HEARD = """
with news:
    news.wait_for(lambda: {what} in heard, 10)
    print(heard.pop({what}))
"""
#: A click in the panel, and when it was; the kernel says afterwards when it heard of it.
_CLICK = """async ([citekey, rating]) => {
  const star = document.querySelector(`.rk-card [role=radio][aria-label="${rating} of 5"]`);
  const begin = Date.now();
  star.click();
  return begin;
}"""


def measure(folder: Path, size: int, edits: int, seen: int) -> Iterator[Figure]:
    """With the panel and a notebook of a library of so many papers open in a browser."""
    root, home = folder / "root", folder / "home"
    home.mkdir(parents=True)
    made.write(root / "burst", size)
    write_notebook(root / "burst" / "kernel.ipynb", ["1"])
    lab = Lab(root, home)
    lab.somebody("Ana")
    try:
        with sync_playwright() as player:
            browser = player.chromium.launch(**chromium())
            screen = Screen(lab, browser.new_context(viewport={"width": 1280, "height": 800}), "b")
            screen.enter()
            screen.command("reviewkit:open-project", path="burst")
            screen.rows.first.wait_for()
            screen.open_notebook("burst/kernel.ipynb")
            screen.page.evaluate(_RUN, _LISTEN)
            yield from _bursts(screen, root / "burst", edits)
            yield from _heard(screen, root / "burst", seen)
            browser.close()
    finally:
        lab.stop()


def _bursts(screen: Screen, folder: Path, edits: int) -> Iterator[Figure]:
    last = str(screen.rows.first.get_attribute("data-citekey"))
    for number, who in enumerate(("another process", "the kernel")):
        tag = f"last{number}"
        words = {"papers": min(50, edits), "edits": edits, "last": last, "tag": tag}
        screen.page.evaluate(_WATCH, [last, tag, 0 if number else 100])
        if number:
            screen.page.evaluate(_RUN, _IN_KERNEL.format(**words))
        else:
            screen.lab.run(_BURST.format(**words), folder)
        ended = screen.page.evaluate("Date.now()")
        screen.page.wait_for_function(_SHOWN)
        found: dict[str, Any] = screen.page.evaluate("window.watched")
        what = f"{edits:,} edits of {who}"
        yield Figure(f"{what}: longest task of the page", max(found["long"], default=0), "ms")
        yield Figure(f"{what}: longest gap between frames", max(found["gaps"]), "ms")
        yield Figure(
            f"{what}: requests of the page", found["requests"], "requests", "edits", edits
        )
        yield Figure(f"{what}: panel shows the last after", max(0, found["shown"] - ended), "ms")
        if found["replies"]:
            yield Figure(f"{what}: slowest kernel reply", max(found["replies"]), "ms")


def _heard(screen: Screen, folder: Path, seen: int) -> Iterator[Figure]:
    citekey = str(screen.rows.nth(1).get_attribute("data-citekey"))
    to_panel: list[float] = []
    to_kernel: list[float] = []
    with at_work("project", folder, WRITERS, 1.0):
        for number in range(seen):
            tag = f"seen{number}"
            screen.page.evaluate(_AWAIT, [citekey, tag])
            code = f"print(time.time() * 1000); project.review({citekey!r}, tags=[{tag!r}])"
            begin = float(screen.page.evaluate(_RUN, code).split()[0])
            screen.page.wait_for_function(_SHOWN)
            to_panel.append(screen.page.evaluate("window.watched.shown") - begin)
        screen.open_paper(citekey)
        for number in range(seen):
            rating = 1 + number % 5
            begin = screen.page.evaluate(_CLICK, [citekey, rating])
            code = _HEARD.format(what=(citekey, float(rating)))
            at = float(screen.page.evaluate(_RUN, code).split()[0])
            to_kernel.append(at - begin)
    state = f"among {WRITERS} writers"
    for way, times in (("kernel to panel", to_panel), ("panel to kernel", to_kernel)):
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            value = percentile(times, share)
            yield Figure(f"{way}, {state}, {name}", value, "ms", "what is promised", PROMISED_MS)
