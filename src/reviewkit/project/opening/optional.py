"""The one place that imports what is heavy or may be missing, when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from reviewkit.errors import MissingDependencyError

_NEEDS = {
    "reviewkit.kit": ("widgets", "anywidget"),
    "reviewkit.frames": ("data frames", "pandas"),
    "reviewkit.matrix.frames": ("data frames", "pandas"),
    "reviewkit.matrix.workbook": ("workbooks", "openpyxl"),
    "reviewkit.lookup.resolver": ("look-ups", "httpx"),
    "reviewkit.topics.finding": ("topics", "scikit-learn"),
    "reviewkit.topics.placing": ("topics", "scikit-learn"),
    "reviewkit.figures.drawing": ("figures", "matplotlib"),
    "reviewkit.store.postgresql.address": ("projects in PostgreSQL", "psycopg"),
    "reviewkit.store.postgresql.operations": ("projects in PostgreSQL", "psycopg"),
}
#: What comes with an extra is best installed by it, in versions that fit.
_EXTRAS = {
    "scikit-learn": '"reviewkit[writing]"',
    "matplotlib": '"reviewkit[writing]"',
    "psycopg": '"reviewkit[postgres]"',
}


def load(module: str) -> Any:
    """The module.

    Raises
    ------
    MissingDependencyError
        What it needs is not installed.
    """
    what, package = _NEEDS[module]
    try:
        return import_module(module)
    except ImportError as error:
        if error.name is not None and error.name.startswith("reviewkit"):
            raise
        raise MissingDependencyError(
            f"{what} need {package} ({error}). Install it with: "
            f"pip install {_EXTRAS.get(package, package)}"
        ) from error
