"""reviewkit.toml: what a group has settled for its project; written by people only."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from reviewkit.errors import FormatError

NAME = "reviewkit.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """A project's settings.

    `citekey` is the formula that names new papers (see `reviewkit.citekeys.formula`);
    None: not settled.
    """

    citekey: str | None = None


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
    unknown = [name for name in values if name != "citekey"]
    citekey = values.get("citekey")
    if unknown or not isinstance(citekey, str | None):
        what = f"it has {unknown[0]!r}" if unknown else "citekey is no text"
        raise FormatError(
            f"{path} cannot be used: {what}. The setting that there is: citekey, the formula of "
            'new citekeys, such as citekey = "betterbibtex".'
        )
    return Settings(citekey)
