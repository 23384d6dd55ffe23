"""Who is reviewing: a person's slug and display name, and where they were learnt from.

The order of belief is: the variable `REVIEWKIT_REVIEWER`, the hub's user name, the user's
own settings. A Jupyter server without a hub makes up names ("Anonymous Io"): these are
nobody, and nothing is ever recorded under them.
"""

from __future__ import annotations

import getpass
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from platformdirs import user_config_path

from reviewkit.errors import FormatError, IdentityLockedError, ReviewerError, ValueRefusedError
from reviewkit.ops.slugs import slug
from reviewkit.records import Me

#: Longest display name, in characters.
NAME_LENGTH = 200

_GENERATED_USER = re.compile(r"[0-9a-f]{32}")


class ServerUser(Protocol):
    """What is asked of a Jupyter server's user: login name and shown names."""

    username: str
    name: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user's settings file says of the person; None: not said."""

    reviewer: str | None = None
    name: str | None = None


def settings_path() -> Path:
    """The file of the user's own settings; it need not exist."""
    return user_config_path("reviewkit", appauthor=False) / "settings.json"


def read_settings(path: Path | None = None) -> Settings:
    """What the settings file says; empty settings if there is no file.

    Raises
    ------
    FormatError
        The file is not a JSON object of texts.
    """
    content = settings_content(path or settings_path())
    return Settings(content.get("reviewer") or None, content.get("name") or None)


def who_am_i(environ: Mapping[str, str] | None = None, settings: Settings | None = None) -> Me:
    """Me: the variable's reviewer, else the hub's user, else the one in the settings.

    `reviewer` is None if none of them says it: the person must be asked. `locked` is true
    for a hub's user.
    """
    variables = os.environ if environ is None else environ
    given = variables.get("REVIEWKIT_REVIEWER", "").strip()
    if given:
        return Me(slug(given), given, "given", locked=False)
    hub_user = variables.get("JUPYTERHUB_USER", "").strip()
    if hub_user:
        return Me(slug(hub_user), hub_user, "identity", locked=True)
    known = read_settings() if settings is None else settings
    if known.reviewer:
        return Me(slug(known.reviewer), known.name or known.reviewer, "settings", locked=False)
    return Me(None, None, None, locked=False)


def from_server_user(user: ServerUser | None) -> Me | None:
    """The person whom a Jupyter server vouches for; None for a made-up user.

    A server without a hub gives each browser a user whose login name is a random hex
    number and whose shown name is "Anonymous" with a moon of Jupiter (jupyter_server,
    `IdentityProvider.generate_anonymous_user`). Where such a user gave a name of their
    own, that name counts, but is not locked: the server does not vouch for it.
    """
    if user is None:
        return None
    shown = (user.display_name or user.name or user.username).strip()
    generated = _GENERATED_USER.fullmatch(user.username) and user.name != user.username
    if not generated:
        return Me(slug(user.username), shown or user.username, "identity", locked=True)
    if not shown or shown.startswith("Anonymous"):
        return None
    return Me(slug(shown), shown, "identity", locked=False)


def acting_as(own: Me, asked: str | None) -> Me:
    """Me, or the reviewer that this request or browser names instead.

    Raises
    ------
    IdentityLockedError
        The hub or server vouches for `own`, and `asked` is somebody else.
    """
    if asked is None or not asked.strip():
        return own
    name = checked_name(asked)
    if slug(name) == own.reviewer:
        return own
    if own.locked:
        raise IdentityLockedError(own.name or own.reviewer or "", name)
    return Me(slug(name), name, "browser", locked=False)


def remember(name: str, *, own: Me | None = None, path: Path | None = None) -> Me:
    """Me under this name, kept in the user's settings for all projects.

    Raises
    ------
    IdentityLockedError
        `own` is vouched for by the hub or server and cannot be renamed here.
    ValueRefusedError
        The name is empty, too long or holds control characters.
    """
    name = checked_name(name)
    if own is not None and own.locked and slug(name) != own.reviewer:
        raise IdentityLockedError(own.name or own.reviewer or "", name)
    target = path or settings_path()
    change_settings({"reviewer": slug(name), "name": name}, target)
    return Me(slug(name), name, "settings", locked=False)


def named(name: str, own: Me) -> Me:
    """Me in a browser where I gave this name.

    The first name is kept in the settings. Another one after it counts in that browser
    only: two people who share a server must not be taken for each other.

    Raises
    ------
    IdentityLockedError
        The hub or server vouches for `own`, and the name is somebody else's.
    ValueRefusedError
        The name is empty, too long or holds control characters.
    """
    name = checked_name(name)
    if own.reviewer in (None, slug(name)) and not own.locked:
        return remember(name)
    return acting_as(own, name)


def checked_name(name: str) -> str:
    """The name without blanks around it, or ValueRefusedError."""
    stripped = name.strip()
    if not stripped:
        raise ValueRefusedError("A reviewer's name cannot be empty.", field="name", value=name)
    if len(stripped) > NAME_LENGTH:
        raise ValueRefusedError(
            f"A reviewer's name has at most {NAME_LENGTH} characters; this one has"
            f" {len(stripped)}.",
            field="name",
            value=stripped[:NAME_LENGTH],
        )
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in stripped):
        raise ValueRefusedError(
            "A reviewer's name cannot hold line breaks or control characters.",
            field="name",
            value=stripped,
        )
    return stripped


def needed(me: Me) -> str:
    """My slug, or ReviewerError that says how to give a name."""
    if me.reviewer is None:
        raise ReviewerError(
            "Nobody said who is reviewing. Give your name once: in the panel, with"
            ' `rk.open(..., reviewer="ana")`, or with `--reviewer` on the command line.'
        )
    return me.reviewer


def author(me: Me) -> str:
    """Who is recorded for a change that is nobody's opinion, such as adding papers.

    That is me, or who is logged in to this computer: a newcomer need not give a name yet.
    """
    if me.reviewer is not None:
        return me.reviewer
    try:
        return slug(getpass.getuser())
    except (OSError, KeyError, ImportError):
        # A container's user may have no name at all.
        return "somebody"


def settings_content(path: Path) -> dict[str, Any]:
    """All that the settings file holds, of whichever part of reviewkit; {} without a file.

    Raises
    ------
    FormatError
        The file is not a JSON object, or its names of the person are not texts.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise FormatError(
            f"The settings file {path} is not valid JSON ({error}). Correct or delete it."
        ) from error
    known = (content.get("reviewer"), content.get("name")) if isinstance(content, dict) else (0,)
    if not all(value is None or isinstance(value, str) for value in known):
        raise FormatError(
            f"The settings file {path} must hold an object with the texts `reviewer` and"
            " `name`. Correct or delete it."
        )
    result: dict[str, Any] = content
    return result


def change_settings(changes: Mapping[str, Any], path: Path) -> None:
    """Give these settings these values; all others stay, and the file is replaced whole."""
    content = settings_content(path) | dict(changes)
    _write(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
