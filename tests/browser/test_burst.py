"""A burst of edits while the panel is open: it ends right, and asks few times."""

from collections.abc import Callable
from pathlib import Path

from lab import Lab
from playwright.sync_api import Request, expect
from screen import Screen, write_notebook

EDITS = 500
CODE = f"""
import reviewkit
project = reviewkit.open(".", reviewer="ana")
keys = sorted(project, key=str.casefold)[:10]
for number in range({EDITS}):
    project.review(keys[number % 10], rating=1 + number // 10 % 5, tags=[f"at{{number}}"])
project.flush()
"""

SitDown = Callable[..., Screen]


def watched(screen: Screen) -> list[str]:
    """The requests to the project that the page makes from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/reviewkit/" in request.url:
            asked.append(request.url)

    screen.page.on("request", note)
    return asked


def shows_the_end(screen: Screen) -> None:
    for place in range(10):
        row = screen.rows.nth(place)
        expect(row).to_contain_text(f"at{EDITS - 10 + place}", timeout=60_000)
        expect(row.get_by_role("img", name="My rating: 5 of 5")).to_be_visible()


def test_of_another_process(lab: Lab, project: Path, sit_down: SitDown) -> None:
    ana = sit_down(lab, project)
    expect(ana.rows.first).to_be_visible()
    asked = watched(ana)
    lab.run(CODE, project)
    shows_the_end(ana)
    assert len(asked) < EDITS / 2
    assert ana.complaints == []


def test_of_the_kernel(lab: Lab, project: Path, sit_down: SitDown) -> None:
    write_notebook(project / "burst.ipynb", [CODE, "print(6 * 7)"])
    ana = sit_down(lab, project)
    ana.open_notebook(f"{project.name}/burst.ipynb")
    asked = watched(ana)
    ana.run_cell(0)
    ana.run_cell(1)
    shows_the_end(ana)
    expect(ana.output(1)).to_have_text("42")
    assert len(asked) < EDITS / 2
    assert ana.complaints == []
