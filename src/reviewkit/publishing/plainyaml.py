"""YAML as people write it above a text, read without what YAML can do to a program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

#: More than this is no front matter, in characters.
_MOST = 50_000
#: Nesting deeper than people write takes the parser very long.
_DEEPEST = 30
_LISTS = re.compile(r"(?:[-?:][ \t]+){30}")


def read_mapping(text: str) -> Mapping[str, Any] | None:
    """The names and values; None: it is not YAML, no mapping, or has anchors.

    Anchors are refused: a few lines of them stand for more than any memory holds.
    """
    if len(text) > _MOST or _is_deep(text):
        return None
    try:
        anchored = any(getattr(event, "anchor", None) is not None for event in yaml.parse(text))
        value = None if anchored else yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _is_deep(text: str) -> bool:
    depth = deepest = 0
    for sign in text:
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth = max(0, depth - 1)
    return deepest > _DEEPEST or _LISTS.search(text) is not None
