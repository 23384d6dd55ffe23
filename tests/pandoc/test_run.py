"""One pandoc process: what it sees, what it says, how it ends."""

import base64
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.errors import MissingDependencyError, MissingProgramError, PandocError, StoppedError
from reviewkit.pandoc import installed, program, run

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HTML = ("markdown", "html", "--embed-resources")


def test_text_becomes_bytes() -> None:
    assert run("*Ünï* — 漢字", "markdown", "html") == "<p><em>Ünï</em> — 漢字</p>\n".encode()
    assert run("x", "markdown", "docx").startswith(b"PK")


def test_options_name_the_given_files() -> None:
    made = run("x", "markdown", "html", "--template=a/b.txt", files={"a/b.txt": b"<$body$>"})
    assert made.strip() == b"<<p>x</p>>"


def test_a_given_picture_is_seen_and_none_of_the_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(PICTURE)
    text = f"![a](p.png)\n\n![b]({secret})\n\n![c](/etc/hostname)"
    made = run(text, *HTML, files={"p.png": PICTURE}).decode()
    assert made.count("data:image/png;base64,") == 1
    assert f'src="{secret}"' in made
    assert 'src="/etc/hostname"' in made


def test_a_folder_lets_the_text_name_its_files(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(PICTURE)
    assert b"data:image/png" in run("![a](p.png)", *HTML, folder=tmp_path)
    assert b"data:image/png" not in run("![a](p.png)", *HTML)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """Neither in the sandbox nor outside of it; a listener counts who comes."""
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        text=True,
    )
    try:
        assert server.stdout is not None
        port = server.stdout.readline().split("port ")[1].split()[0]
        text = f"![a](http://127.0.0.1:{port}/p.png)"
        run(text, *HTML)
        run(text, *HTML, folder=tmp_path)
    finally:
        server.terminate()
        _, told = server.communicate(timeout=20)
    assert "GET" not in told


def test_an_error_has_the_words_of_pandoc() -> None:
    with pytest.raises(PandocError, match="nosuch"):
        run("x", "nosuch", "html")
    with pytest.raises(PandocError, match=r"could not convert the text: .*there\.csl"):
        run("x", "markdown", "html", "--citeproc", "--csl=there.csl")


@pytest.mark.parametrize("name", ["/a", "../a", "a/../../b", "-a", "a\\b"])
def test_a_file_stays_in_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="within a folder"):
        run("x", "markdown", "html", files={name: b""})


def test_the_time_has_an_end() -> None:
    # pandoc's reader backtracks through unclosed brackets.
    with pytest.raises(PandocError, match=r"not done after 0.1 s"):
        run("[" * 20_000 + "*a_b" * 20_000, "markdown", "html", seconds=0.1)


def test_it_can_be_stopped() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(StoppedError):
        run("x", "markdown", "html", stop=stop)
    late = threading.Event()
    timer = threading.Timer(0.2, late.set)
    timer.start()
    try:
        with pytest.raises(StoppedError):
            run("[" * 40_000 + "*a_b" * 40_000, "markdown", "html", stop=late)
    finally:
        timer.cancel()


def test_a_folder_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run("x", "markdown", "html", files={"a": b""})
    with pytest.raises(PandocError):
        run("x", "nosuch", "html")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Neither the wheel nor the system's pandoc; a folder on PATH to put one into."""
    monkeypatch.setattr(program, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    installed.cache_clear()
    yield tmp_path / "pandoc"
    installed.cache_clear()


def test_without_pandoc_it_says_what_to_install(no_wheel: Path) -> None:
    with pytest.raises(MissingProgramError, match=r'pip install "reviewkit\[writing\]"'):
        run("x", "markdown", "html")
    assert issubclass(MissingProgramError, MissingDependencyError)


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for a program")
def test_a_long_text_arrives_at_a_pandoc_that_starts_slowly(no_wheel: Path) -> None:
    """Longer than a pipe holds, and not read before somebody looks whether to stop."""
    no_wheel.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && { echo pandoc 3.6; exit; }\n'
        "/bin/sleep 0.3\nexec /bin/cat\n"
    )
    no_wheel.chmod(0o755)
    text = "Ünï " * 100_000
    assert run(text, "markdown", "html", stop=threading.Event(), seconds=20) == text.encode()


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for a program")
def test_the_systems_pandoc_is_taken_if_it_is_new_enough(no_wheel: Path) -> None:
    no_wheel.write_text("#!/bin/sh\necho pandoc 3.1.11\n")
    no_wheel.chmod(0o755)
    assert installed() == program.Program(no_wheel, (3, 1, 11), ())
    installed.cache_clear()
    no_wheel.write_text("#!/bin/sh\necho pandoc 2.17.1.1\n")
    with pytest.raises(MissingProgramError, match=r"needs pandoc 3\.1 or newer.*is 2\.17\.1\.1"):
        installed()


def test_the_pandoc_of_the_wheel_is_run() -> None:
    assert "pypandoc" in installed().path.parts
    assert installed().version >= (3, 1)
