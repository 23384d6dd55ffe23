"""What README.md shows works as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_LINK = re.compile(r"\]\(([^)#:]+)\)")

#: Each runs a dozen commands, some of them long.
pytestmark = pytest.mark.timeout(400)


def block(language: str) -> str:
    """The code blocks of the README in this language, one after the other."""
    found = re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert found
    return "\n".join(found)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "references.bib", tmp_path)
    return tmp_path


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """That of a person without settings of their own."""
    home = str(tmp_path_factory.mktemp("home"))
    gone = ("REVIEWKIT_REVIEWER", "JUPYTERHUB_USER", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    return {**kept, "HOME": home, "PYTHONPATH": str(ROOT / "src")}


def run(command: list[str], demo: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=demo, env=environment, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_python_blocks(demo: Path, environment: dict[str, str]) -> None:
    run([sys.executable, "-c", block("python")], demo, environment)
    assert "2.5" in (demo / "table.tex").read_text(encoding="utf-8")
    assert "comment-ana" in (demo / "references.bib").read_text(encoding="utf-8")
    exported = (demo / "survey.bib").read_text(encoding="utf-8")
    assert re.findall(r"^@\w+\{(\S+),", exported, re.MULTILINE) == ["matsubara2022bottlefit"]


def test_the_commands_and_the_tree(demo: Path, environment: dict[str, str]) -> None:
    commands = [shlex.split(line) for line in block("sh").splitlines() if line]
    assert len(commands) >= 4
    for name, *arguments in commands:
        assert name == "reviewkit"
        output = run([sys.executable, "-m", "reviewkit.cli", *arguments], demo, environment)
        assert output.strip()
    assert ",ben,5,read,," in (demo / "reviews.csv").read_text(encoding="utf-8-sig")
    [tree] = re.findall(r"^efficient-dl/\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    names = {line.split("── ")[1].split()[0].rstrip("/") for line in tree.splitlines()}
    there = {path.name for path in [*demo.iterdir(), *(demo / ".reviewkit").iterdir()]}
    assert names <= there


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = set(re.findall(r"`?make (\w+)", README))
    assert {"lab", "test", "bench"} <= asked
    for target in asked:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in _LINK.findall(text):
        assert (ROOT / target).exists(), target
