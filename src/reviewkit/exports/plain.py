"""Texts without what breaks a line, a JSON file or a spreadsheet."""

from __future__ import annotations

import json
import re
from typing import Any

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\n]+")


def sound(text: str) -> str:
    """The text with LF as its only line end, no control characters and no lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The same on one line, with single blanks; no-break spaces stay."""
    return _BLANKS.sub(" ", sound(text)).strip()


def sound_values(value: Any) -> Any:
    """A JSON value with all its texts sound."""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, dict):
        return {sound(str(key)): sound_values(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [sound_values(item) for item in value]
    return value


def json_line(value: Any) -> str:
    """The value as JSON on one line."""
    return json.dumps(sound_values(value), ensure_ascii=False, allow_nan=False)
