"""Imports go down the ladder of `docs/architecture.md`, at the top of modules."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "reviewkit"
MODULES = sorted(SOURCE.rglob("*.py"))
PURE_LAYERS = 2
#: What a pure module has no use for: disk, clock, network, chance, other programs.
IMPURE = {
    "os", "pathlib", "shutil", "tempfile", "glob", "time", "random", "secrets", "socket", "ssl",
    "urllib.request", "http", "subprocess", "threading", "asyncio", "platformdirs", "watchfiles",
    "tornado", "requests",
}  # fmt: skip


def layers() -> dict[str, int]:
    """Room to layer, as the document's table says."""
    found = {}
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for line in table.splitlines():
        row = re.match(r"\| (\d) [^|]*\|([^|]*)\|", line)
        if row:
            for room in re.findall(r"`(\w+)`", row[2]):
                assert room not in found, room
                found[room] = int(row[1])
    return found


def room_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and module of each import that is carried out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports name the whole module"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            whole = names if node.module == "reviewkit" else [node.module]
            yield from ((node.lineno, name) for name in whole)


def test_the_table_names_every_room() -> None:
    rooms = {room_of(path) for path in MODULES} - {"__init__"}
    assert rooms == layers().keys()


def test_imports_go_down() -> None:
    ladder = layers()
    for path in MODULES:
        if room_of(path) != "__init__":
            check_imports(path, ladder)


def check_imports(path: Path, ladder: dict[str, int]) -> None:
    room = room_of(path)
    for line, name in imports(ast.parse(path.read_text(encoding="utf-8"))):
        package, _, rest = name.partition(".")
        if package == "reviewkit":
            other = rest.partition(".")[0]
            lower = ladder[other] < ladder[room]
            assert other == room or lower, f"{path}:{line} imports {name}, which is not lower"
        elif ladder[room] <= PURE_LAYERS:
            impure = any(name == m or name.startswith(f"{m}.") for m in IMPURE)
            assert not impure, f"{path}:{line} imports {name} in a pure layer"


def test_imports_stand_at_the_top() -> None:
    for path in MODULES:
        check_functions(path)


def check_functions(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                assert not isinstance(node, ast.Import | ast.ImportFrom), f"{path}:{node.lineno}"
                called = isinstance(node, ast.Call) and ast.unparse(node.func)
                hidden = called in ("import_module", "importlib.import_module", "__import__")
                allowed = path == SOURCE / "project" / "opening" / "optional.py"
                assert not hidden or allowed, f"{path}: {called}"


def test_opening_a_project_needs_no_widget_server_or_plots() -> None:
    heavy = (
        "anywidget",
        "jupyter_server",
        "matplotlib",
        "pandas",
        "ipywidgets",
        "tornado",
        "httpx",
    )
    code = f"import sys, reviewkit; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "src", timeout=60
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
