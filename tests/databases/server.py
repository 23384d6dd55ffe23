"""A PostgreSQL server of the tests' own: a private folder, a socket in it, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

#: Where Debian keeps the programs, which are not on anybody's path.
_DEBIAN = Path("/usr/lib/postgresql")
#: The server refuses to run as root; Debian's package brings this user.
_USER = "postgres"


def programs() -> Path | None:
    """The folder with initdb and pg_ctl; None where there is no server."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(_DEBIAN.glob("*/bin"), key=lambda path: float(path.parent.name))[::-1]
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


class Server:
    """Runs until `close`; may be struck down in between."""

    def __init__(self, bin_folder: Path) -> None:
        self._bin = bin_folder
        self._user = _USER if os.getuid() == 0 else None
        # Names of sockets are short, and the server's user must reach its folder.
        self.folder = Path(tempfile.mkdtemp(prefix="rk-pg-", dir="/tmp"))
        if self._user is not None:
            shutil.chown(self.folder, self._user)
        self._data = self.folder / "data"
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", "owner", "-E", "UTF8", "-N")
        self.start()

    def _run(self, program: str, *arguments: str | Path) -> None:
        with (self.folder / "log.txt").open("ab") as log:
            subprocess.run(
                [self._bin / program, *arguments],
                check=True,
                timeout=60,
                cwd=self.folder,
                user=self._user,
                stdout=log,
                stderr=log,
            )

    def start(self) -> None:
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={self.folder} "
            "-c max_connections=60 -c shared_buffers=32MB"
        )
        self._run("pg_ctl", "-D", self._data, "-l", self.folder / "server.txt", "-o", options,
                  "-w", "start")  # fmt: skip

    def strike(self) -> None:
        """End it as a crash does: nothing is finished, nothing said."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def address(self, database: str, user: str = "owner") -> str:
        return f"postgresql:///{database}?host={self.folder}&user={user}"

    def database(self, name: str) -> str:
        """Make a database; its address."""
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.address(name)

    def connect(self, database: str, user: str = "owner") -> psycopg.Connection:
        return psycopg.connect(self.address(database, user), autocommit=True)

    def close(self) -> None:
        if (self._data / "postmaster.pid").exists():
            self.strike()
        shutil.rmtree(self.folder)
