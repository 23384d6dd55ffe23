"""reviewkit.toml: what a group has settled for its project; written by people only."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviewkit.errors import FormatError

NAME = "reviewkit.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """A project's settings.

    `citekey` is the formula that names new papers (see `reviewkit.citekeys.formula`);
    None: not settled. `check` says how manuscripts are checked (see
    `reviewkit.checks.CheckSettings`).
    """

    citekey: str | None = None
    check: Mapping[str, Any] = field(default_factory=dict)


def read_settings(root: Path) -> Settings:
    """The settings in the project's folder; the usual ones where there is no file.

    Raises
    ------
    FormatError
        The file cannot be read, is no TOML, or settles what is not known.
    """
    path = root / NAME
    try:
        with path.open("rb") as file:
            values = tomllib.load(file)
    except FileNotFoundError:
        return Settings()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"{path} cannot be read ({error}). Mend it there.") from error
    unknown = [name for name in values if name not in ("citekey", "check")]
    citekey, check = values.get("citekey"), values.get("check", {})
    if unknown or not isinstance(citekey, str | None) or not isinstance(check, dict):
        what = f"it has {unknown[0]!r}" if unknown else "citekey is no text, or check no table"
        raise FormatError(
            f"{path} cannot be used: {what}. The settings that there are: citekey, the formula of "
            'new citekeys, such as citekey = "betterbibtex", and [check], how manuscripts are '
            "checked."
        )
    return Settings(citekey, check)
