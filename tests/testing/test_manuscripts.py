"""`pytest --reviewkit`: manuscripts as tests."""

import subprocess
import sys
from pathlib import Path

import pytest

from reviewkit.project import open_project
from tests.testing.conftest import Runs, notebook

pytest_plugins = ["pytester"]

GOOD = "# T\n\nFast is 2.25x faster [@fast].\n"


def read_by_all(folder: Path) -> None:
    with open_project(folder, reviewer="ana", watch=False) as project:
        for who in ("ana", "bob"):
            project.review("fast", status="read", reviewer=who)


def test_each_rule_is_a_test_of_the_manuscript(folder: Path, runs: Runs) -> None:
    read_by_all(folder)
    (folder / "survey.md").write_text(GOOD, encoding="utf-8")
    result = runs("--reviewkit", "survey.md", "-v")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*survey.md::unknown-key PASSED*", "*survey.md::private PASSED*"])


def test_a_failure_says_where_and_what_to_do(folder: Path, runs: Runs) -> None:
    text = "It is 9x faster [@fast]. See [@fast20]."
    (folder / "survey.ipynb").write_text(notebook("# T", f"# S\n\n{text}"), encoding="utf-8")
    result = runs("--reviewkit", "survey.ipynb")
    result.assert_outcomes(failed=3, passed=12)
    result.stdout.fnmatch_lines(
        [
            "RK101 unknown-key: *(1 finding)",
            "*cell 2, line 3: error: No paper has the key 'fast20': did you mean fast?*",
            "*> fast20",
            "*Nobody has read fast*",
            "*9 x is not what is known of fast, which has 2.25 x*",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_without_being_asked_nothing_is_collected(folder: Path, runs: Runs) -> None:
    (folder / "survey.md").write_text(GOOD, encoding="utf-8")
    assert runs(".").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_without_being_asked_nothing_of_reviewkit_is_loaded() -> None:
    code = "import sys, pytest_reviewkit; print([n for n in sys.modules if n == 'reviewkit'])"
    source = Path(__file__).parents[2] / "src"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=source)
    assert done.stdout.strip() == "[]", done.stderr


def test_of_a_folder_those_that_cite_or_that_the_settings_name(folder: Path, runs: Runs) -> None:
    read_by_all(folder)
    (folder / "survey.md").write_text(GOOD, encoding="utf-8")
    (folder / "README.md").write_text("# No citation\n", encoding="utf-8")
    assert "README.md" not in runs("--reviewkit", "-v").stdout.str()
    (folder / "pytest.ini").write_text(
        "[pytest]\nreviewkit_manuscripts = README.md drafts/*.md\n", encoding="utf-8"
    )
    shown = runs("--reviewkit", "-v").stdout.str()
    assert "README.md::unread" in shown and "survey.md::unread" not in shown


def test_settings_turn_rules_off_and_wrong_ones_are_told(folder: Path, runs: Runs) -> None:
    (folder / "survey.md").write_text("# T\n\n[@fast]\n", encoding="utf-8")
    (folder / "reviewkit.toml").write_text('[check]\noff = ["unread"]\n', encoding="utf-8")
    result = runs("--reviewkit", "survey.md", "-v")
    result.assert_outcomes(passed=14)
    (folder / "reviewkit.toml").write_text('[check]\noff = ["unred"]\n', encoding="utf-8")
    result = runs("--reviewkit", "survey.md")
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*Did you mean unread?*"])


def test_several_processes_find_the_same(folder: Path, runs: Runs) -> None:
    (folder / "one.md").write_text("# T\n\n[@fast] [@nokey2020]\n", encoding="utf-8")
    result = runs("--reviewkit", "-n", "2", ".")
    result.assert_outcomes(failed=2, passed=13)


def test_a_manuscript_without_a_project_is_an_error(pytester: pytest.Pytester, runs: Runs) -> None:
    (pytester.path / "references.bib").unlink()
    (pytester.path / "survey.md").write_text(GOOD, encoding="utf-8")
    result = runs("--reviewkit", "survey.md")
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*no references.bib*"])
