"""The comparison matrix: in a tab, and in an output of a kernel that fills it in as well."""

from collections.abc import Callable
from pathlib import Path

from lab import Lab
from playwright.sync_api import Locator, expect
from screen import Screen, write_notebook

KEY = "addanki2024challenging"
ABSTRACT = "BottleFit is 2.25times faster than MobileNet on ImageNet."
SEED = f"""
import reviewkit
with reviewkit.open(".", reviewer="ana", watch=False) as project:
    project.edit({KEY!r}, {{"abstract": {ABSTRACT!r}}})
    project.add_column("Speedup", unit="x")
    project.add_column("Method", choices=["proof", "measurement"])
"""
CELLS = [
    'import reviewkit as rk\n\nproject = rk.open(".")',
    "project.matrix()",
    f'project.fill("{KEY}", "Method", "proof").text',
    f'print(project.matrix().cell("{KEY}", "Speedup").text)',
]

HOSTILE = f"""
    project.add_column("Remark")
    project.fill({KEY!r}, "Remark", "=1+1")
"""
CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async type => (await item.getType(type)).text();
  const table = new DOMParser().parseFromString(await read('text/html'), 'text/html');
  const rows = [...table.querySelectorAll('tr')];
  return [
    ['text/plain', await read('text/plain')],
    ['text/html', rows.map(row => [...row.cells].map(cell => cell.textContent))]
  ];
}"""

SitDown = Callable[..., Screen]


def cells(place: Locator, column: str) -> Locator:
    row = place.locator(f'[data-citekey="{KEY}"]')
    return row.locator(f'[role="gridcell"][data-column^="{column}"]')


def test_a_suggestion_is_taken_and_a_cell_typed_into(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    lab.run(SEED, project)
    ana = sit_down(lab, project)
    with ana.remembering("reviewkit-compare"):
        ana.command("reviewkit:compare-papers", project=project.name)
    grid = ana.page.get_by_role("grid", name="Papers compared")
    speedup, method = cells(grid, "speedup"), cells(grid, "method")
    expect(speedup).to_contain_text("2.25")
    speedup.click()
    about = ana.page.get_by_role("complementary", name="The selected cell")
    expect(about).to_contain_text("2.25× faster than MobileNet")
    about.get_by_role("button", name="Take it").click()
    expect(speedup).to_have_text("2.25")
    speedup.click()
    ana.page.keyboard.press("ArrowRight")
    ana.page.keyboard.type("measurement")
    ana.page.keyboard.press("Enter")
    expect(method).to_have_text("measurement")
    expect(grid).to_be_focused()
    # Both are edits like others: the last is taken back, and the tab comes back after a reload.
    ana.page.keyboard.press("Control+z")
    expect(method).to_have_text("empty")
    ana.reload()
    expect(cells(ana.page.get_by_role("grid", name="Papers compared"), "speedup")).to_have_text(
        "2.25"
    )
    assert ana.complaints == []


def test_cells_are_copied_for_a_spreadsheet(lab: Lab, project: Path, sit_down: SitDown) -> None:
    lab.run(SEED + HOSTILE, project)
    ana = sit_down(lab, project)
    ana.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.command("reviewkit:compare-papers", project=project.name)
    grid = ana.page.get_by_role("grid", name="Papers compared")
    cells(grid, "speedup").click()
    ana.page.keyboard.press("Shift+ArrowRight")
    ana.page.keyboard.press("Shift+ArrowRight")
    expect(grid.get_by_role("gridcell", selected=True)).to_have_count(3)
    ana.page.keyboard.press("Control+c")
    expect(ana.page.get_by_text("3 cells copied")).to_be_visible()
    assert ana.page.evaluate(CLIPBOARD) == [
        ["text/plain", "2.25?\t\t'=1+1"],
        ["text/html", [["2.25?", "", "'=1+1"]]],
    ]
    # All of it: most rows were never in sight.
    ana.page.keyboard.press("Control+a")
    ana.page.keyboard.press("Control+c")
    expect(ana.page.get_by_text("424 cells copied")).to_be_visible()
    (_, plain), (_, rows) = ana.page.evaluate(CLIPBOARD)
    assert plain.startswith("Paper\tSpeedup (x)\tMethod\tRemark\n")
    assert [len(row) for row in rows] == [4] * 107
    assert ana.complaints == []


def test_kernel_and_output_show_each_other_s_values(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    lab.run(SEED, project)
    write_notebook(project / "compare.ipynb", CELLS)
    ana = sit_down(lab, project)
    ana.open_notebook(f"{project.name}/compare.ipynb")
    ana.run_cell(0)
    ana.run_cell(1)
    grid = ana.page.get_by_role("grid", name="Papers compared")
    expect(cells(grid, "method")).to_have_text("empty")
    ana.run_cell(2)
    expect(cells(grid, "method")).to_have_text("proof")
    cells(grid, "speedup").click()
    ana.page.keyboard.type("3")
    ana.page.keyboard.press("Enter")
    expect(cells(grid, "speedup")).to_have_text("3")
    expect(ana.page.get_by_text("Saved", exact=True).first).to_be_visible()
    ana.run_cell(3)
    expect(ana.page.locator(".jp-OutputArea-output pre", has_text="3")).to_be_visible()
    assert ana.complaints == []
