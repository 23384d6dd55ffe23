"""Regular expressions that mean the same in every Python that the package runs on."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import reviewkit


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(reviewkit.__path__, "reviewkit."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for inner in [*value, *value.values()]:
            yield from _patterns(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _patterns(inner)


def _possessive_groups(parsed: Any) -> Iterator[Any]:
    """Possessive repeats of more than one sign."""
    for operation, argument in parsed:
        if operation is _constants.POSSESSIVE_REPEAT and (
            len(argument[2]) != 1 or argument[2].getwidth() != (1, 1)
        ):
            yield argument[2]
        yield from _inside(argument)


def _inside(argument: Any) -> Iterator[Any]:
    if isinstance(argument, _parser.SubPattern):
        yield from _possessive_groups(argument)
    elif isinstance(argument, list | tuple):
        for inner in argument:
            yield from _inside(inner)


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [(r"(?:a(?:b|c))*+", 1), (r"(?:\.\d++)?+", 1), (r"[ab]*+\d++", 0), (r"(?>(?:ab)*)", 0)],
)
def test_what_is_looked_for_is_found(pattern: str, wrong: int) -> None:
    assert len(list(_possessive_groups(_parser.parse(pattern)))) == wrong


def test_nothing_but_single_signs_is_repeated_possessively() -> None:
    """Before Python 3.11.5 a group's last repeat may end in the midst of it (gh-106052)."""
    seen = 0
    wrong = []
    for module in _modules():
        for name, value in vars(module).items():
            for pattern in _patterns(value):
                seen += 1
                if any(_possessive_groups(_parser.parse(pattern.pattern, pattern.flags))):
                    wrong.append(f"{module.__name__}.{name}")
    assert seen > 100
    assert not wrong
