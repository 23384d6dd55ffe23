"""reviewkit.toml: what a group has settled for its project; written by people only."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviewkit.errors import FormatError
from reviewkit.ops.criteria import is_name

NAME = "reviewkit.toml"

_LISTS = ("criteria", "datasets", "hardware")
_KNOWN = ("citekey", "check", *_LISTS)


@dataclass(frozen=True, slots=True)
class Settings:
    """A project's settings.

    `citekey` is the formula that names new papers (see `reviewkit.citekeys.formula`);
    None: not settled. `check` says how manuscripts are checked (see
    `reviewkit.checks.CheckSettings`). `criteria` names what papers are rated by besides the
    overall rating, in that order. `datasets` and `hardware` are names that are looked for in
    abstracts beside the usual ones.
    """

    citekey: str | None = None
    check: Mapping[str, Any] = field(default_factory=dict)
    criteria: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    hardware: tuple[str, ...] = ()


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
    unknown = [name for name in values if name not in _KNOWN]
    citekey, check = values.get("citekey"), values.get("check", {})
    lists = {name: values.get(name, []) for name in _LISTS}
    wrong = [
        *(["citekey is no text"] if not isinstance(citekey, str | None) else []),
        *(["check is no table"] if not isinstance(check, dict) else []),
        *(f"{name} is no list of names" for name in _LISTS if not _are_words(lists[name])),
        *(
            f"{name!r} is no criterion: small letters, digits and hyphens make one"
            for name in lists["criteria"]
            if isinstance(name, str) and not is_name(name)
        ),
        *(f"it has {name!r}" for name in unknown),
    ]
    if wrong:
        raise FormatError(
            f"{path} cannot be used: {wrong[-1]}. The settings that there are: citekey, the "
            'formula of new citekeys, such as citekey = "betterbibtex"; criteria, what papers are '
            'rated by, such as criteria = ["novelty", "soundness"]; datasets and hardware, lists '
            'of names to find in abstracts, such as datasets = ["OurBench"]; and [check], how '
            "manuscripts are checked."
        )
    return Settings(citekey, check, *(tuple(lists[name]) for name in _LISTS))


def _are_words(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(name, str) for name in found)
