"""Text from files is text, wherever it is shown."""

from collections.abc import Callable
from pathlib import Path

from lab import Lab
from playwright.sync_api import expect
from screen import Screen, write_notebook

EVIL = "<img src=x onerror=window.pwned=1>"
SCRIPT = "<script>window.pwned=1</script>"
LINK = "javascript:window.pwned=1"
BIB = f"""@article{{evil2024,
  author = {{Evil {EVIL} and {SCRIPT}}},
  title = {{Title {EVIL} of $x<img src=y onerror=window.pwned=1>$ it}},
  journal = {{{SCRIPT}}},
  year = {{2024}},
  url = {{{LINK}}},
  doi = {{10.1/"><img src=x onerror=window.pwned=1>}},
  keywords = {{{EVIL}}},
  abstract = {{An abstract {EVIL} {SCRIPT} [x]({LINK}) at https://example.org/{EVIL}}},
}}
"""
OPINION = f"""
import reviewkit
with reviewkit.open(".", reviewer="eve", watch=False) as project:
    project.review("evil2024", rating=4, tags=[{EVIL!r}],
                   note={f"A note {EVIL} {SCRIPT} [press]({LINK}) ![i](x) $a{EVIL}$"!r})
"""
CELLS = [
    "import reviewkit as rk\nproject = rk.open('.')",
    "project['evil2024'].form()",
    "project.table()",
    "project['evil2024']",
    "project",
]
# Images and scripts with our words in them, or links that do something.
FOUND = """() => [
  window.pwned ?? 0,
  ...Array.from(
    document.querySelectorAll(
      'img[onerror], [src="x"], [src="y"], a[href^="javascript"], script:not([src])'
    ),
    node => node.outerHTML
  ).filter(html => html.includes('pwned') || html.includes('onerror'))
]"""


def test_markup_in_a_library_stays_text(
    lab: Lab, project: Path, sit_down: Callable[..., Screen]
) -> None:
    (project / "references.bib").write_text(BIB, encoding="utf-8")
    lab.run(OPINION, project)
    write_notebook(project / "evil.ipynb", CELLS)
    ana = sit_down(lab, project)
    expect(ana.rows).to_contain_text([EVIL])
    ana.open_paper("evil2024")
    expect(ana.card.get_by_role("heading", level=2)).to_contain_text(EVIL)
    expect(ana.card).to_contain_text(f"A note {EVIL}")

    ana.open_notebook(f"{project.name}/evil.ipynb")
    for cell in range(len(CELLS)):
        ana.run_cell(cell)
    for cell in range(1, len(CELLS)):
        expect(ana.output(cell)).to_contain_text(EVIL, timeout=30_000)
    ana.output(2).locator('[data-citekey="evil2024"]').click()
    expect(ana.output(2).get_by_role("article")).to_contain_text(f"A note {EVIL}")

    ana.mine.get_by_role("button", name="Add a note").click()
    ana.mine.get_by_role("textbox", name="New note").fill(f"Mine {EVIL} {SCRIPT}")
    ana.page.keyboard.press("Escape")
    expect(ana.mine).to_contain_text("Mine")
    ana.mine.get_by_role("combobox", name="Add a tag").fill(SCRIPT)
    ana.page.keyboard.press("Enter")
    expect(ana.output(1)).to_contain_text(SCRIPT)
    ana.saved()
    assert ana.page.evaluate(FOUND) == [0]
