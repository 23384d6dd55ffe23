"""What `library.json` says, also where git put two of them together.

Two clones in which a project was begun apart may have two cards. A merge leaves the lines of
both in the file, with its markers or, as `.gitattributes` asks for, without.
"""

from __future__ import annotations

import json
import re
from typing import Any

_MARKER = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$\n?", re.MULTILINE)
_LINE = re.compile(r'^\s*"(\w+)"\s*:\s*(.*?),?\s*$', re.MULTILINE)


def said_by(data: bytes) -> dict[str, list[Any]]:
    """Each field with its values: one, or several where two cards became one file.

    Raises
    ------
    ValueError
        It is no card, nor two.
    """
    text = data.decode()
    whole = _MARKER.sub("", text)
    try:
        pairs = _pairs(json.loads(whole, object_pairs_hook=_pairs))
    except ValueError:
        pairs = [(name, json.loads(value)) for name, value in _LINE.findall(whole)]
        # Half of a file has lines, too: only what was merged is read line by line.
        if whole == text and sum(name == "id" for name, _ in pairs) < 2:
            raise
    said: dict[str, list[Any]] = {}
    for name, value in pairs:
        if value not in said.setdefault(name, []):
            said[name].append(value)
    return said


def _pairs(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(pair, tuple) for pair in value):
        raise ValueError("it is no JSON object")
    return value
