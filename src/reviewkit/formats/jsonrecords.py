"""The records of a JSON text one by one, so that a broken one costs only itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from json import JSONDecoder
from typing import Any

from reviewkit.records import Problem

#: After a syntax error so many places are tried for the next record.
_MOST_TRIED = 2_000

_BETWEEN = re.compile(r"[\s,]*")
_OBJECT = re.compile(r'\{\s*"')
#: Keys under which programs put their list of records.
_LISTS = ("items", "references", "dailyPapers", "papers", "results", "message", "data")
_WRAPPER = re.compile(
    rf'\{{(?:[^\[\]{{}}"]|"[^"\n]{{0,200}}"){{0,40}}?"(?:{"|".join(_LISTS)})"\s*:\s*\['
)


def records(
    text: str, is_record: Callable[[dict[str, Any]], bool]
) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Each record with its line; a problem where something is broken.

    Understands an array, one record, an object that holds a list of records, and one record
    a line.

    Parameters
    ----------
    is_record
        Whether an object is of the format; asked where a broken record's neighbours are
        looked for, and of objects that hold lists.
    """
    decoder = JSONDecoder()
    place = len(text) - len(text.lstrip())
    wrapped = _WRAPPER.match(text, place)
    in_array = wrapped is not None or text[place : place + 1] == "["
    place = wrapped.end() if wrapped else place + in_array
    tried = counted = 0
    line = 1
    while True:
        start = _BETWEEN.match(text, place).end()  # type: ignore[union-attr]
        line += text.count("\n", counted, start)
        counted = start
        if start >= len(text):
            if in_array:
                yield line, Problem(line, "the text ends before the list does")
            return
        if in_array and text[start] == "]":
            if wrapped:
                return
            in_array = False
            place = start + 1
            continue
        try:
            value, place = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            yield line, _problem(error, line)
            place, tried = _next(text, start + 1, decoder, is_record, tried)
            continue
        yield from _unwrapped(value, line, is_record)


def _unwrapped(
    value: Any, line: int, is_record: Callable[[dict[str, Any]], bool]
) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    for _ in range(3):
        if not isinstance(value, dict) or is_record(value):
            break
        inner = next((value[name] for name in _LISTS if value.get(name)), None)
        if inner is None:
            break
        value = inner
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield line, each
        else:
            yield line, Problem(line, "not an object with a paper's fields", str(each)[:80])


def _problem(error: ValueError | RecursionError, line: int) -> Problem:
    if isinstance(error, json.JSONDecodeError):
        return Problem(line, f"broken JSON in this record ({error.msg}, line {error.lineno})")
    if isinstance(error, RecursionError):
        return Problem(line, "nested too deeply to be read")
    return Problem(line, "holds a number that is too long to be read")


def _next(
    text: str,
    start: int,
    decoder: JSONDecoder,
    is_record: Callable[[dict[str, Any]], bool],
    tried: int,
) -> tuple[int, int]:
    """Where the next sound record begins, or the text's end; and how many places were tried."""
    for found in _OBJECT.finditer(text, start):
        tried += 1
        if tried > _MOST_TRIED:
            break
        try:
            value, _ = decoder.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            continue
        if is_record(value):
            return found.start(), tried
    return len(text), tried
