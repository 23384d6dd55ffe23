"""nbval runs the linked cells in a real kernel, and the papers' cards tell what came of it."""

from pathlib import Path

import pytest

from reviewkit.project import open_project
from reviewkit.records import CellLink
from tests.testing.conftest import PLUGIN, Runs, notebook

pytest_plugins = ["pytester"]

QUOTE = "It is 2.25times faster."
SPEED = (
    "x = 9 / 4",
    ("print(x)\nassert x == 2.25", "2.25\n"),
    ("assert x > 3", ""),
    ("print(x > 3)", "False\n"),
)


def link(folder: Path, *links: tuple[str, str]) -> None:
    with open_project(folder, reviewer="ana", watch=False) as project:
        for cell, relation in links:
            # Words of its own for each, as of the full text.
            quote = f"{QUOTE} {cell}"
            project.link("fast", quote, folder / "speed.ipynb", cell, relation, anyway=True)


def states(folder: Path) -> dict[str, str]:
    return {one.cell: one.state for one in links(folder)}


def links(folder: Path) -> tuple[CellLink, ...]:
    with open_project(folder, reviewer="ana", watch=False) as project:
        return project.links("fast")


@pytest.fixture
def speed(folder: Path) -> Path:
    path = folder / "speed.ipynb"
    path.write_text(notebook(*SPEED), encoding="utf-8")
    return path


def test_what_passed_and_failed_is_recorded_with_the_code(
    folder: Path, runs: Runs, speed: Path
) -> None:
    link(folder, ("c2", "reproduces"), ("c3", "reproduces"), ("c4", "refutes"))
    assert set(states(folder).values()) == {"not run"}
    result = runs("--nbval", "--reviewkit", "--reviewkit-record", "speed.ipynb")
    result.assert_outcomes(passed=3 + 15, failed=1)
    result.stdout.fnmatch_lines(["3 linked cells of * ran: 1 passed, 2 failed; recorded, 3 new"])
    result.stdout.fnmatch_lines(["failed, itself or *before it: speed.ipynb c3, speed.ipynb c4"])
    # The last cell comes after one that failed: it stands on nothing.
    assert states(folder) == {"c2": "reproduced", "c3": "failed", "c4": "failed"}
    assert {one.by for one in links(folder)} == {"ci"}

    speed.write_text(notebook(SPEED[0], SPEED[1], "pass", SPEED[3]), encoding="utf-8")
    assert states(folder) == {"c2": "reproduced", "c3": "stale", "c4": "stale"}
    runs("--nbval", "--reviewkit-record", "speed.ipynb")
    assert states(folder) == {"c2": "reproduced", "c3": "reproduced", "c4": "refuted"}


def test_nothing_is_recorded_unless_asked(folder: Path, runs: Runs, speed: Path) -> None:
    link(folder, ("c2", "reproduces"))
    result = runs("--nbval", "--reviewkit", "speed.ipynb")
    result.stdout.fnmatch_lines(["1 linked cell of * ran: 1 passed, 0 failed; not recorded*"])
    assert states(folder) == {"c2": "not run"}
    (folder / "pytest.ini").write_text("[pytest]\nreviewkit_record = true\n", encoding="utf-8")
    runs("--nbval", "--reviewkit", "speed.ipynb")
    assert states(folder) == {"c2": "reproduced"}


def test_another_output_is_a_failure_of_that_cell_only(folder: Path, runs: Runs) -> None:
    (folder / "speed.ipynb").write_text(
        notebook("x = 1", ("print(x)", "2\n"), ("print(x)", "1\n")), encoding="utf-8"
    )
    link(folder, ("c2", "reproduces"), ("c3", "reproduces"))
    runs("--nbval", "--reviewkit-record", "speed.ipynb")
    assert states(folder) == {"c2": "failed", "c3": "reproduced"}


def test_a_magic_that_is_unknown_does_not_count_as_passed(folder: Path, runs: Runs) -> None:
    (folder / "speed.ipynb").write_text(notebook("%nosuchmagic\nassert False"), encoding="utf-8")
    link(folder, ("c1", "reproduces"))
    runs("--nbval-lax", "--reviewkit-record", "speed.ipynb")
    assert states(folder) == {"c1": "failed"}


def test_a_cell_without_those_before_it_is_not_recorded(
    folder: Path, runs: Runs, speed: Path
) -> None:
    link(folder, ("c4", "refutes"))
    runs("--nbval", "--reviewkit-record", "speed.ipynb", "--deselect", "speed.ipynb::Cell 2")
    assert states(folder) == {"c4": "not run"}


def test_several_processes_record_as_one(folder: Path, runs: Runs, speed: Path) -> None:
    link(folder, ("c2", "reproduces"), ("c3", "reproduces"))
    result = runs(
        "--nbval", "--reviewkit", "--reviewkit-record", "-n", "2", "--dist", "loadfile", "."
    )
    result.stdout.fnmatch_lines(["2 linked cells of * ran: 1 passed, 1 failed; recorded, 2 new"])
    assert states(folder) == {"c2": "reproduced", "c3": "failed"}


def test_a_cited_claim_that_failed_is_told(folder: Path, runs: Runs, speed: Path) -> None:
    link(folder, ("c3", "reproduces"))
    runs("--nbval", "--reviewkit-record", "speed.ipynb")
    (folder / "survey.md").write_text("# T\n\nIt is 2.25x faster [@fast].\n", encoding="utf-8")
    result = runs("--reviewkit", "survey.md")
    result.stdout.fnmatch_lines(["*error: “It is 2.25times faster. c3” of fast: the cell that*"])


def test_a_refutation_that_failed_says_nothing_against_the_claim(
    folder: Path, runs: Runs, speed: Path
) -> None:
    (folder / "survey.md").write_text("# T\n\nIt is 2.25x faster [@fast].\n", encoding="utf-8")
    link(folder, ("c3", "refutes"))
    runs("--nbval", "--reviewkit-record", "speed.ipynb")
    assert states(folder) == {"c3": "failed"}
    runs("--reviewkit", "survey.md").stdout.no_fnmatch_line("*RK203 not-reproduced*")
    speed.write_text(notebook(SPEED[0], SPEED[1], "assert x > 2"), encoding="utf-8")
    runs("--nbval", "--reviewkit-record", "speed.ipynb")
    result = runs("--reviewkit", "survey.md")
    result.stdout.fnmatch_lines(["*of fast: the linked cell refutes it*"])


def test_who_ran_it_has_to_be_named(
    folder: Path, runs: Runs, speed: Path, pytester: pytest.Pytester
) -> None:
    link(folder, ("c2", "reproduces"))
    plugin = ["-p", "no:cacheprovider", *PLUGIN]
    result = pytester.runpytest_inprocess(*plugin, "--nbval", "--reviewkit-record", "speed.ipynb")
    result.stdout.fnmatch_lines(["*not recorded, as nobody is named*--reviewkit-reviewer NAME*"])
    assert states(folder) == {"c2": "not run"}


def test_a_cell_links_itself(folder: Path, runs: Runs) -> None:
    code = (
        "import reviewkit\n"
        "with reviewkit.open('.', reviewer='ana', watch=False) as project:\n"
        f"    project.link('fast', '{QUOTE}')"
    )
    (folder / "speed.ipynb").write_text(notebook("y = 1", code), encoding="utf-8")
    runs("--nbval", "speed.ipynb").assert_outcomes(passed=2)
    [one] = links(folder)
    assert (one.notebook, one.cell, one.relation) == ("speed.ipynb", "c2", "reproduces")
