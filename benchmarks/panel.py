"""The panel's first rows and its scrolling, in a real Chromium, against a plain table."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, sync_playwright

from benchmarks import made
from benchmarks.report import Figure
from reviewkit import api
from reviewkit.project import Project, open_project
from reviewkit.records import Me, Query, as_json

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "src" / "reviewkit" / "kit" / "static"
ME = Me("ana", "Ana", "given", locked=False)
_FILES = {
    "/panel.html": (HERE / "panel.html", "text/html"),
    "/plain.html": (HERE / "plain.html", "text/html"),
    "/measure.js": (HERE / "measure.js", "text/javascript"),
    "/view.js": (STATIC / "view.js", "text/javascript"),
    "/view.css": (STATIC / "view.css", "text/css"),
}


class _Answers(BaseHTTPRequestHandler):
    """The pages, and the view's requests answered by a real project."""

    protocol_version = "HTTP/1.1"

    def __init__(self, project: Project, *arguments: Any) -> None:
        self.project = project
        super().__init__(*arguments)

    def do_GET(self) -> None:
        if self.path == "/rows":
            rows = as_json(self.project.page(Query(), 0, len(self.project)).rows)
            self._send(json.dumps(rows).encode(), "application/json")
        elif self.path in _FILES:
            path, kind = _FILES[self.path]
            self._send(path.read_bytes(), kind)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked["method"] == "me":
            answer = as_json(ME)
        else:
            answer = api.handle(self.project, asked["method"], asked["params"], me=ME, via="panel")
        self._send(json.dumps(answer).encode(), "application/json")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(project: Project) -> Iterator[str]:
    """The address of a server for this project on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answers, project))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def measure(folder: Path, size: int, frames: int) -> Iterator[Figure]:
    """First rows and frames of the panel and of a table of all rows, with so many papers."""
    made.write(folder, size)
    with open_project(folder, reviewer="ana", watch=False) as project, sync_playwright() as player:
        browser = player.chromium.launch(**_chromium())
        with served(project) as address:
            _scrolled(browser, f"{address}/panel.html", 10)
            view = _scrolled(browser, f"{address}/panel.html", frames)
            plain = _scrolled(browser, f"{address}/plain.html", frames)
        browser.close()
    against = "a plain table of all rows"
    for what, name, unit in (
        ("page opened to first rows", "shown", "ms"),
        ("longest frame while scrolling", "longest", "ms"),
        ("frames over 25 ms while scrolling", "late", "%"),
        ("frames with a row still empty", "blank", "%"),
        ("jump of the scroll bar to rows shown", "jump", "ms"),
    ):
        yield Figure(f"panel, {size:,} papers: {what}", view[name], unit, against, plain[name])


def _scrolled(browser: Browser, address: str, frames: int) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 480, "height": 900})
    try:
        page.goto(address)
        page.wait_for_function("window.measured?.shown", timeout=60_000)
        found: dict[str, float] = page.evaluate(f"window.measured.scroll({frames})")
        return found
    finally:
        page.close()


def _chromium() -> dict[str, Any]:
    names = (os.environ.get("REVIEWKIT_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": found, "args": ["--no-sandbox"] if root else []}


#: What says that there is no browser to measure with.
NoBrowserError = Error
