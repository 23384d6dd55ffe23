"""Quantities that can be compared: a claim's number in the unit of its family."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reviewkit.claims import Claim, extract
from reviewkit.claims.numbers import numbers

#: Families of units. Those that a percentage or a factor may stand for are compared too.
PERCENT, FACTOR, TIME, BYTES, BARE = "percent", "factor", "time", "bytes", ""

_SECONDS = {
    "ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "hours": 3600.0,
}  # fmt: skip
_PREFIX = {"n": 1e-9, "µ": 1e-6, "μ": 1e-6, "u": 1e-6, "m": 1e-3, "k": 1e3, "K": 1e3, "M": 1e6,
           "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18, "B": 1e9}  # fmt: skip
_PREFIXED = re.compile(
    r"(?P<prefix>[nµμumkKMGTPE])(?P<base>FLOPs?(?:/s)?|FLOPS|MACs?|MAdds|OPs?(?:/s)?|OPS|Hz|bps|"
    r"b/s|bits?/s|W|Wh|J)"
)
_BYTES = re.compile(r"(?P<prefix>[kKMGTP]?)(?P<binary>i?)B")
_LONG_BYTES = re.compile(r"(?P<prefix>kilo|mega|giga|tera|peta|)bytes?")
_LONG_PREFIX = {"": 1.0, "kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15}
_PARAMETERS = re.compile(r"(?:(?P<prefix>[KMBT]) )?parameters")
_POINTS = ("%", "percentage points", "points", "ratio")
# Scores that people write as a percentage as well as by their name.
_SCORES = re.compile(
    r"(?:mAP|AP|mAR|AR|mIoU|IoU|MIoU|[Tt]op-?[15]|F1|EM|Dice|DSC|AUC|AUROC|AUPRC|NDS|MOTA|HOTA|"
    r"IDF1|WER|CER|accuracy)\b.*"
)
_OVER = ("over", "at least", "more than", "above", "exceeding")
_UNDER = ("under", "at most", "less than", "below", "within")
_ABOUT = ("about", "nearly", "almost", "around", "roughly", "close to", "approximately")
_ABOUT_BEFORE = re.compile(
    r"(?:about|nearly|almost|around|roughly|approximately|close to|some|~|≈|\\sim|sim)\s*\$?\s*$",
    re.IGNORECASE,
)
_OVER_BEFORE = re.compile(
    r"(?:over|more than|at least|above|exceeding|beyond|>|≥)\s*\$?\s*$", re.IGNORECASE
)
_UNDER_BEFORE = re.compile(
    r"(?:under|less than|at most|below|fewer than|within|<|≤)\s*\$?\s*$", re.IGNORECASE
)
#: By how much a number that is only said to be near may differ, and one of more or less.
_NEAR, _BEYOND = 0.1, 1.25
_BINARY = 0.1
#: So many characters apart two numbers are of one comparison.
_CLOSE = 40


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: as written, and in the base unit of its family.

    `step` is what one in its last written digit is worth, in that unit. `sense` is "over",
    "under", "about" or "".
    """

    start: int
    end: int
    written: str
    value: float
    base: float
    step: float
    family: str
    unit: str
    sense: str = ""


def amounts(text: str) -> list[Amount]:
    """The quantities with a unit that a text states."""
    found = (_of_claim(text, claim) for claim in extract(text))
    return [one for one in found if one is not None]


def bare_amounts(text: str) -> Iterator[Amount]:
    """All numbers of a text, whatever they count: what may stand behind a rounded one."""
    for number in numbers(text):
        if math.isfinite(number.value):
            written = text[number.start : number.end]
            step = _step(written, number.value)
            yield Amount(
                number.start, number.end, written, number.value, number.value, step, BARE, ""
            )


def _of_claim(text: str, claim: Claim) -> Amount | None:
    if not math.isfinite(claim.value) or "size" in claim.unit:
        return None
    written = text[claim.start : claim.end]
    family, factor = family_of(claim.unit)
    step = _step(written, claim.value)
    before = text[max(0, claim.start - 20) : claim.start]
    return Amount(
        claim.start,
        claim.end,
        written,
        claim.value,
        claim.value * factor,
        step * factor,
        family,
        claim.unit,
        _sense(claim.qualifier, before),
    )


def family_of(unit: str) -> tuple[str, float]:
    """The family of a unit, and what one of it is in the family's base unit."""
    if unit in _POINTS or _SCORES.fullmatch(unit):
        return PERCENT, 100.0 if unit == "ratio" else 1.0
    if unit in ("x", "zero"):
        return FACTOR, 1.0
    if unit in _SECONDS:
        return TIME, _SECONDS[unit]
    if match := _BYTES.fullmatch(unit):
        return BYTES, _PREFIX.get(match["prefix"], 1.0)
    if match := _LONG_BYTES.fullmatch(unit):
        return BYTES, _LONG_PREFIX[match["prefix"]]
    if match := _PARAMETERS.fullmatch(unit):
        return "parameters", _PREFIX.get(match["prefix"] or "", 1.0)
    if match := _PREFIXED.fullmatch(unit):
        return match["base"].rstrip("s"), _PREFIX[match["prefix"]]
    return unit.lower().rstrip("s"), 1.0


def _sense(qualifier: str, before: str) -> str:
    if qualifier in _ABOUT or _ABOUT_BEFORE.search(before):
        return "about"
    if qualifier in _OVER or _OVER_BEFORE.search(before):
        return "over"
    if qualifier in _UNDER or _UNDER_BEFORE.search(before):
        return "under"
    return ""


def _step(written: str, value: float) -> float:
    """What the last digit is worth: 0.01 in 2.25, 1e8 in "1.4 billion", 1 in words."""
    match = re.match(r"[\d,]*\.?(\d*)", written)
    digits = written.replace(",", "")
    try:
        plain = float(re.match(r"\d*\.?\d*", digits)[0])  # type: ignore[index]
    except ValueError:
        return 1.0
    scale = value / plain if plain else 1.0
    return float(scale * 10.0 ** -len(match[1])) if match else 1.0


def differences(known: Sequence[Amount]) -> Iterator[Amount]:
    """What lies between two percentages that stand close together: "from 71.2 to 77.2 mAP"."""
    for one, other in pairwise(known):
        if one.family == other.family == PERCENT and other.start - one.end < _CLOSE:
            between = abs(other.base - one.base)
            yield replace(one, value=between, base=between, sense="")


def agree(said: Amount, known: Amount) -> bool:
    """Whether the number that is said can come from the one that is known.

    By rounding, in another unit of the family, as a factor for a percentage, or as far as
    "about", "over" and "up to" allow.
    """
    if BARE in (said.family, known.family):
        return _fits(said.value, said, known.value, known) or _fits(
            said.base, said, known.value, known
        )
    if said.family == known.family:
        if _fits(said.base, said, known.base, known):
            return True
        if said.family == BYTES:
            return abs(said.base - known.base) <= _BINARY * known.base
        # 41 of 100 is 0.41, and what remains of 79 % is 21 %.
        return said.family == PERCENT and any(
            _fits(said.base, said, other, known)
            for other in (100 * known.base, known.base / 100, 100 - known.base)
        )
    if {said.family, known.family} == {PERCENT, FACTOR}:
        if said.family == FACTOR:
            return any(_fits(said.base, said, f, known) for f in _factors(known.base))
        return any(_fits(said.base, said, p, known) for p in _percentages(known.base))
    return False


def _factors(percent: float) -> list[float]:
    """The factors that a percentage may stand for: 60 % less is 2.5 times smaller."""
    found = [1 + percent / 100, percent / 100]
    found += [100 / (100 - percent)] if 0 < percent < 100 else []
    return found + ([100 / percent] if percent else [])


def _percentages(factor: float) -> list[float]:
    found = [100 * (factor - 1), 100 * factor]
    return found + ([100 * (1 - 1 / factor), 100 / factor] if factor > 0 else [])


def _fits(said: float, one: Amount, known: float, other: Amount) -> bool:
    slack = 1e-9 * max(abs(said), abs(known), 1e-12)
    # What is said may be the other one rounded or cut off.
    if abs(said - known) <= one.step / 2 + slack:
        return True
    if one.step and abs(math.floor(known / one.step + 1e-9) * one.step - said) <= slack:
        return True
    if one.sense == "about" or other.sense == "about":
        return abs(said - known) <= _NEAR * max(abs(said), abs(known))
    if one.sense == "over":
        return said <= known <= _BEYOND * said
    if one.sense == "under":
        return said / _BEYOND <= known <= said
    return False
