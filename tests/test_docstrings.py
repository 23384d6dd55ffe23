"""The examples in docstrings of what people call at a prompt."""

import doctest
import inspect
from pathlib import Path

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import reviewkit
from tests.files.hands import start

LIBRARY = """\
@article{smith2021, author={Smith, Zoe}, title={On Small Things}, year=2021}
@article{zhang2020, author={Zhang, Li}, title={A Study}, year=2020}
"""
EXAMPLES = [
    pytest.param(found, id=found.name)
    for kind in (reviewkit.Project, reviewkit.open, reviewkit.Query)
    for found in doctest.DocTestFinder(recurse=False).find(kind)
    if found.examples
] + [
    pytest.param(found, id=found.name)
    for name, method in inspect.getmembers(reviewkit.Project, inspect.isfunction)
    if not name.startswith("_")
    for found in doctest.DocTestFinder(recurse=False).find(method, name)
    if found.examples
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_says_what_happens(
    example: doctest.DocTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with start(tmp_path, LIBRARY) as project:
        example.globs = {"rk": reviewkit, "project": project}
        said: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
        assert runner.run(example, out=said.append).failed == 0, "".join(said)


def test_the_methods_that_a_first_hour_needs_have_examples() -> None:
    shown = {example.values[0].name for example in EXAMPLES}  # type: ignore[union-attr]
    assert {"review", "find", "undo", "at", "reviews_frame", "resolve"} <= shown


def test_the_tab_key_offers_citekeys_and_what_people_use(tmp_path: Path) -> None:
    with start(tmp_path, LIBRARY) as project:
        shell = InteractiveShell()
        shell.user_ns |= {"project": project, "rk": reviewkit}
        with provisionalcompleter():
            offered = [c.text for c in shell.Completer.completions('project["smi', 12)]
        assert offered == ["smith2021"]
    assert "open" in dir(reviewkit)
    assert "store" not in dir(reviewkit)
