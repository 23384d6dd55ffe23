"""A real JupyterLab server on a folder, with a home of its own."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from watchfiles import watch

T = TypeVar("T")
ROOT = Path(__file__).parents[2]

CONFIG = """
c = get_config()
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.open_browser = False
c.ServerApp.allow_root = True
c.LabApp.expose_app_in_browser = True
"""
# The pop-up that offers news would lie over the panel.
SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}
START = 60.0
STOP = 20.0


def until(folder: Path, condition: Callable[[], T], what: str, seconds: float = 15.0) -> T:
    """The condition's first true answer, asked again whenever a file in the folder changes."""
    answer = condition()
    if answer:
        return answer
    waits = int(seconds * 2)
    changes = watch(
        folder,
        watch_filter=None,
        debounce=50,
        step=10,
        rust_timeout=500,
        yield_on_timeout=True,
        recursive=True,
    )
    for change in changes:
        answer = condition()
        if answer:
            return answer
        waits -= not change
        if waits <= 0:
            break
    raise AssertionError(f"{what}: not within {seconds:g} s of quiet in {folder}")


class Lab:
    """A running server; `folder` is its root, `home` all that is a user's own."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        self.token = secrets.token_hex(16)
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home / "server.log"
        self._process = self._start()

    def stop(self) -> None:
        """End the server as a service manager does."""
        self._process.terminate()
        try:
            self._process.wait(STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"The server did not stop: see {self.log}") from None

    def nobody(self) -> None:
        """Forget who is reviewing, as on a new computer."""
        self._settings.unlink(missing_ok=True)

    def somebody(self, name: str) -> None:
        """Whoever comes is the person of this name."""
        self._settings.parent.mkdir(parents=True, exist_ok=True)
        settings = {"reviewer": name.lower(), "name": name}
        self._settings.write_text(json.dumps(settings), encoding="utf-8")

    def run(self, code: str, folder: Path, **variables: str) -> None:
        """Run Python in the folder, as another program of this user."""
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=folder,
            env=self.environment() | variables,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr

    def environment(self) -> dict[str, str]:
        """The variables of the server and of a program that its user starts."""
        home = self.home
        return {
            **{name: value for name, value in os.environ.items() if not _foreign(name)},
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_DATA_HOME": str(home / "data"),
            "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
            "JUPYTER_DATA_DIR": str(home / "jupyter-data"),
            "JUPYTER_RUNTIME_DIR": str(home / "jupyter-runtime"),
            "JUPYTER_PREFER_ENV_PATH": "1",
            "IPYTHONDIR": str(home / "ipython"),
        }

    @property
    def _settings(self) -> Path:
        return self.home / "config" / "reviewkit" / "settings.json"

    def _start(self) -> subprocess.Popen[bytes]:
        config = self.home / "jupyter"
        overrides = config / "labconfig" / "default_setting_overrides.json"
        overrides.parent.mkdir(parents=True)
        overrides.write_text(json.dumps(SETTINGS), encoding="utf-8")
        (config / "jupyter_lab_config.py").write_text(CONFIG, encoding="utf-8")
        arguments = [
            f"--ServerApp.root_dir={self.folder}",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={self.token}",
        ]
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", *arguments],
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
            )
        try:
            until(self.home, lambda: self._answers(process), "JupyterLab answers", START)
        except BaseException:
            process.kill()
            process.wait()
            raise
        return process

    def _answers(self, process: "subprocess.Popen[bytes]") -> bool:
        if process.poll() is not None:
            raise AssertionError(f"JupyterLab ended:\n{self.log.read_text(encoding='utf-8')}")
        request = urllib.request.Request(
            f"{self.url}/reviewkit/me", headers={"Authorization": f"token {self.token}"}
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def chromium() -> dict[str, Any]:
    """How to launch Chromium: the system's if there is one, else the test tool's own."""
    given = os.environ.get("REVIEWKIT_CHROMIUM")
    names = (given,) if given else ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, filter(None, names))), None)
    arguments = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": found, "args": arguments}


def _foreign(name: str) -> bool:
    return name.startswith(("JUPYTER", "JPY_", "REVIEWKIT", "IPYTHON", "XDG_"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
