"""Which databases this user lets reviewkit connect to: a project's card may come from anybody."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from reviewkit import identity
from reviewkit.errors import DatabaseOffError

#: Addresses, separated by blanks, that whoever runs a hub or a server allows for all its users.
VARIABLE = "REVIEWKIT_DATABASES"
_KEY = "databases"


def trust(library: str, address: str, *, path: Path | None = None) -> None:
    """From now on, let this user's reviewkit connect to a project's database.

    Raises
    ------
    FormatError
        The user's settings cannot be read.
    """
    where = path or identity.settings_path()
    identity.change_settings({_KEY: _known(where) | {library: address}}, where)


def is_trusted(
    library: str,
    address: str,
    *,
    path: Path | None = None,
    environ: Mapping[str, str] = os.environ,
) -> bool:
    """Whether the user, or who runs the machine, allowed this project's database.

    Another address of the same project, or the same address in another project, was not.
    """
    if address in environ.get(VARIABLE, "").split():
        return True
    return _known(path or identity.settings_path()).get(library) == address


def needed(library: str, address: str, root: Path) -> None:
    """Return if the project's database is trusted.

    Raises
    ------
    DatabaseOffError
        Nobody said so; nothing was sent.
    """
    if is_trusted(library, address):
        return
    raise DatabaseOffError(
        f"{root} keeps its edits in the database {address[:200]!r}. Nothing was sent there. If "
        "you trust whoever gave you this project, allow it once with `reviewkit connect` in its "
        f"folder or reviewkit.connect(path); whoever runs a hub can set {VARIABLE}."
    )


def _known(where: Path) -> dict[str, str]:
    found = identity.settings_content(where).get(_KEY)
    return found if isinstance(found, dict) else {}
