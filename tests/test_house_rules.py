"""What every file of the project keeps to."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import reviewkit

ROOT = Path(__file__).parents[1]
LIMIT = 300
#: No exception is made for anything longer than that.
NEVER = 400
GENERATED = {"extension/src/contract.ts"}
LONGER: set[str] = set()
TEXTS = {".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".md", ".json", ".toml", ".ipynb", ".yml",
         ".yaml", ".cfg", ".txt", ".lock", ""}  # fmt: skip


def tracked() -> list[Path]:
    """The files of the project, of git where there is git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
    )
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
        return [path for path in (ROOT / name for name in names) if path.is_file()]
    skipped = {"node_modules", ".git", "labextension", "static", "lib", ".venv"}
    return [p for p in ROOT.rglob("*") if p.is_file() and not skipped & set(p.parts)]


FILES = tracked()
CODE = [
    path
    for path in FILES
    if path.suffix in (".py", ".ts", ".tsx")
    and path.relative_to(ROOT).parts[0] in ("src", "extension")
    and str(path.relative_to(ROOT)) not in GENERATED
]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_files_to_look_at() -> None:
    assert len(FILES) > 200
    assert len(CODE) > 100


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_long() -> None:
    """One noun a file: a longer one is to be parted where its nouns part."""
    assert {name_of(p): n for p in CODE if (n := lines_of(p)) > (
        NEVER if name_of(p) in LONGER or "__tests__" in p.parts else LIMIT)} == {}  # fmt: skip
    tests = [path for path in FILES if path.suffix == ".py"]
    assert {name_of(p): n for p in tests if (n := lines_of(p)) > NEVER} == {}


def test_no_error_is_swallowed_whole() -> None:
    found = []
    for path in (path for path in CODE if path.suffix == ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type is not None else "Exception"
                raised = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                if re.search(r"\b(Base)?Exception\b", caught) and not raised:
                    found.append(f"{name_of(path)}:{node.lineno}")
    assert found == []


def test_nothing_is_left_for_later() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error")
    unexplained = re.compile("|".join(words) + r"|#\s*type:\s*ignore(?!\[)")
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in CODE}
    assert {name: m[0] for name, text in texts.items() if (m := unexplained.search(text))} == {}


def test_public_names_are_complete_and_sorted() -> None:
    names = reviewkit.__all__
    assert list(names) == sorted(names)
    assert len(set(names)) == len(names)
    tree = ast.parse((ROOT / "src/reviewkit/__init__.py").read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported == set(names)


@pytest.mark.parametrize("name", reviewkit.__all__)
def test_public_names_are_described(name: str) -> None:
    thing = getattr(reviewkit, name)
    assert thing.__doc__
    assert not thing.__doc__.startswith(f"{name}("), "a description made by the machine"
    if isinstance(thing, type):
        for member, value in vars(thing).items():
            if not member.startswith("_") and callable(value):
                assert value.__doc__, f"{name}.{member}"


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = json.loads((ROOT / "extension/package.json").read_text(encoding="utf-8"))
    assert project["version"] == package["version"] == reviewkit.__version__


#: Where packages come from, and where this project stood when it was made, is nobody's
#: business; put together here so that this file does not match itself.
UNWANTED = re.compile(
    "|".join(
        [
            r"registry\.npm" + r"js\.org",
            r"registry\.yarn" + r"pkg\.com",
            r"files\.python" + r"hosted\.org",
            r"pypi\.org" + r"/simple",
            r"/(?:ho" + r"me|Us" + r"ers)/[a-z]\w*/",
            r"/wo" + r"rk/(?:main|shared)",
            r"/tmp/" + r"rkvenv",
            r"C:\\Us" + r"ers",
        ]
    )
)


def test_no_place_of_ours_is_named() -> None:
    texts = {
        name_of(path): path.read_bytes().decode("utf-8", "replace")
        for path in FILES
        if path.suffix in TEXTS
    }
    assert {name: m[0] for name, text in texts.items() if (m := UNWANTED.search(text))} == {}
