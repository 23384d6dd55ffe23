"""Styles that a view or a notebook names: of the shipped ones, or a file of the project."""

from __future__ import annotations

import os
from pathlib import Path

from reviewkit.errors import ValueRefusedError


def style_within(root: Path, style: str) -> str:
    """The style, by its name or as a file within the project.

    Raises
    ------
    ValueRefusedError
        It is a file somewhere else.
    """
    if not style.lower().endswith(".csl"):
        return style.replace("/", "").replace(os.sep, "")
    path = (root / style).resolve()
    if not path.is_relative_to(root.resolve()):
        raise ValueRefusedError(
            f"The style {style!r} is not in the project. Put it into the project's folder.",
            field="style",
            value=style,
        )
    return str(path)
