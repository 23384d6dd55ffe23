"""What a person gives for a cell, checked against the column, and how it is shown again."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviewkit.errors import ValueRefusedError
from reviewkit.matrix.column import CHOICE, NUMBER, QUOTE, YES_NO, Column
from reviewkit.matrix.units import converted, unit_name
from reviewkit.near import near
from reviewkit.ops import values

_TEXT_LENGTH = 2_000
_QUOTE_LENGTH = 10_000
_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3}){2,}|\d+)(?:\.\d+)?|[+-]?\.\d+)"
    r"(?P<power>[eE][+-]?\d{1,3})?\s*(?P<unit>\D[^\n]{0,60})?"
)
_COMMA = re.compile(r"[+-]?\d+,\d+")
_LETTERED = re.compile(r"(?P<scale>[kKMBT])(?: (?P<rest>.*))?")
_SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_YES = {"yes": True, "y": True, "true": True, "✓": True, "no": False, "n": False, "false": False}

#: A value that a cell may have; None: nothing.
Value = str | float | bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell's value, and the words of the paper that it rests on.

    `unit` is that in which a number was given. `start` and `end` say where the quantity stands
    in the abstract as it is shown (-1: not known), `source` where the quote is from:
    "abstract", "note:ID" or "".
    """

    value: Value
    unit: str = ""
    quote: str = ""
    source: str = ""
    start: int = -1
    end: int = -1

    def content(self) -> dict[str, Any]:
        """What the log keeps."""
        kept: dict[str, Any] = {"value": self.value}
        if self.unit:
            kept["unit"] = self.unit
        if self.quote:
            kept["quote"] = self.quote
        if self.source:
            kept["source"] = self.source
        if self.start >= 0:
            kept |= {"start": self.start, "end": self.end}
        return kept


def entry_of(content: Mapping[str, Any]) -> Entry:
    """The entry that the log keeps; parts of a wrong kind are left out."""
    start, end = content.get("start"), content.get("end")
    placed = isinstance(start, int) and isinstance(end, int) and 0 <= start <= end
    return Entry(
        content["value"],
        str(content.get("unit") or ""),
        str(content.get("quote") or ""),
        str(content.get("source") or ""),
        start if placed and isinstance(start, int) else -1,
        end if placed and isinstance(end, int) else -1,
    )


def entered(column: Column, given: object, quote: object = "") -> Entry | None:
    """The entry that somebody gives for a cell of the column; None clears it.

    Raises
    ------
    ValueRefusedError
        It does not fit the column: what was given, what is needed.
    """
    if column.computed:
        raise _refused(
            column, given, f"{column.name!r} is computed from reviews: rate or tag the paper"
        )
    words = values.text(quote or "", "quote").strip()[:_QUOTE_LENGTH]
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if column.type == NUMBER:
        value, unit = _number(column, given)
        return Entry(value, unit, words)
    if column.type == YES_NO:
        return Entry(_yes_no(column, given), "", words)
    text = " ".join(
        values.text(given if isinstance(given, str) else str(given), column.name).split()
    )
    if column.type == CHOICE:
        return Entry(_choice(column, text), "", words)
    most = _QUOTE_LENGTH if column.type == QUOTE else _TEXT_LENGTH
    if len(text) > most:
        raise _refused(column, text[:40], f"a {column.type} has at most {most:,} characters")
    return Entry(text, "", words or (text if column.type == QUOTE else ""))


def _number(column: Column, given: object) -> tuple[float, str]:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise _refused(column, given, f"{column.name!r} takes a number{_in_unit(column)}")
    if isinstance(given, int | float):
        return _finite(column, float(given)), column.unit
    text = unicodedata.normalize("NFKC", " ".join(given.replace("−", "-").split()))
    if _COMMA.fullmatch(text.split(" ")[0]):
        plain, point = text.split(" ")[0].replace(",", ""), text.split(" ")[0].replace(",", ".")
        raise _refused(column, given, f"write {plain} or {point}, whichever is meant")
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise _refused(
            column, given,
            f"{column.name!r} takes one number{_in_unit(column)}, such as "
            f"{'2.5 ' + column.unit if column.unit else '2.5'}; "
            "words such as 'up to' belong in the quote",
        )  # fmt: skip
    value = float(match["number"].replace(",", "") + (match["power"] or ""))
    unit = (match["unit"] or "").strip()
    if unit and unit not in (column.unit,) and converted(1.0, unit, column.unit) is None:
        # "20B" in a column of parameters, "1.5k" in one of FLOPs.
        scaled = _LETTERED.fullmatch(unit)
        rest = (scaled["rest"] or "").strip() if scaled else unit
        if scaled and (not rest or converted(1.0, rest, column.unit) is not None):
            unit, value = rest, float(f"{value * _SCALES[scaled['scale']]:.15g}")
            base = {"K": "parameters", "M": "parameters", "B": "parameters", "T": "parameters"}
            if not unit and column.unit.endswith(" parameters"):
                unit = base[column.unit[0]]
    if not unit:
        return _finite(column, value), column.unit
    inside = converted(value, unit, column.unit)
    if inside is None:
        raise _refused(
            column, given,
            f"the column {column.name!r} is {_of_unit(column)}, and {unit_name(unit)!r} "
            f"does not convert to that exactly; give a number{_in_unit(column)}"
            + ("" if column.unit else ", or give the column a unit"),
        )  # fmt: skip
    return _finite(column, inside), column.unit


def _finite(column: Column, value: float) -> float:
    if not math.isfinite(value):
        raise _refused(column, value, "a cell holds a finite number")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _in_unit(column: Column) -> str:
    return f" in {column.unit}" if column.unit else ""


def _of_unit(column: Column) -> str:
    return f"in {column.unit}" if column.unit else "without unit"


def _yes_no(column: Column, given: object) -> bool:
    if isinstance(given, bool):
        return given
    word = str(given).strip().casefold()
    if word not in _YES:
        raise _refused(column, given, f"{column.name!r} takes yes or no")
    return _YES[word]


def _choice(column: Column, text: str) -> str:
    for choice in column.choices:
        if choice.casefold() == text.casefold():
            return choice
    alike = near(text, column.choices, limit=1)
    hint = f" Did you mean {alike[0]}?" if alike else ""
    raise _refused(column, text, f"{column.name!r} is one of {', '.join(column.choices)}.{hint}")


def _refused(column: Column, given: object, why: str) -> ValueRefusedError:
    end = "" if why.endswith("?") else "."
    return ValueRefusedError(
        f"{str(given)[:60]!r} cannot be: {why}{end}", field=column.name, value=str(given)[:60]
    )


def normal(column: Column, entry: Entry) -> Entry:
    """The entry in the column's unit as it is now; as it was given where that cannot be."""
    if column.type != NUMBER or isinstance(entry.value, str) or entry.unit == column.unit:
        return entry
    value = converted(float(entry.value), entry.unit, column.unit)
    if value is None:
        return entry
    return Entry(value, column.unit, entry.quote, entry.source, entry.start, entry.end)


def fits(column: Column, entry: Entry) -> bool:
    """Whether the value is one that the column, as it is now, takes."""
    match column.type:
        case "number":
            plain = isinstance(entry.value, int | float) and not isinstance(entry.value, bool)
            return plain and normal(column, entry).unit == column.unit
        case "yes/no":
            return isinstance(entry.value, bool)
        case "choice":
            return entry.value in column.choices
    return isinstance(entry.value, str)


def shown(column: Column, entry: Entry) -> str:
    """The value as people read it; with its unit only where it is not the column's."""
    one = normal(column, entry)
    if isinstance(one.value, bool):
        return "yes" if one.value else "no"
    if isinstance(one.value, int | float):
        number = f"{one.value:.12g}"
        return number if one.unit == column.unit else f"{number} {one.unit}".strip()
    return one.value


def alike(column: Column, one: Entry, other: Entry) -> bool:
    """Whether two entries say the same."""
    return _compared(column, one) == _compared(column, other)


def _compared(column: Column, entry: Entry) -> object:
    value = normal(column, entry).value
    if isinstance(value, str):
        parts = sorted(filter(None, (" ".join(p.casefold().split()) for p in value.split(";"))))
        return tuple(parts)
    return (float(value), normal(column, entry).unit)
