"""Numbers with their units: lists and ranges share the unit that stands once."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewkit.claims.claim import Kind
from reviewkit.claims.meaning import change_of
from reviewkit.claims.numbers import Number
from reviewkit.claims.units import SCALES, Unit, unit_at
from reviewkit.claims.unittable import CURRENCIES

# The most that stands between two numbers of a list.
_REACH = 40
_TIMES = r"(?:\s?\$?\\?times\$?|\s?[xX×]|\s?\\?%|[kKMBT]|[kKMGT]i?B)?"
_ABOUT = r"(?:(?:about|around|up to|over|nearly|roughly|approximately|~|\\?sim)\s?)?"
_RANGE = re.compile(
    rf"{_TIMES}\s?(?:-{{1,3}}|–|—|~|\\?sim|\$\\sim\$|to|±)\s?(?:(?:about|around|"
    rf"similar to)\s)?\$?$"
)
# A level of confidence lends its unit to nothing: "a ratio, 0.83; 95% CI".
CONFIDENCE = re.compile(r"\s?\\?%\s?(?:CI|IC|CrI|confidence|credible|prediction interval|C\.I\.)")
_SPAN = re.compile(r"\b(?:from|between)\s(?:about |around |~)?(?:\\?[$€£])?$")
_SPANS = re.compile(r"\b(?:rang\w+|span\w*|var(?:y|ies|ied|ying)) (?:[\w-]+ ){0,2}$")
_BETWEEN = re.compile(r"^\s?[\w%/\\]{0,12}(?: [\w/-]{1,12}){0,2}\s(?:to|and)\s$")
_LIST = re.compile(
    rf"-?(?:\s?/\s?|\s?[,;]\s?(?:and |or |& )?|\s(?:and|or|&|vs\.?|versus|"
    rf"respectively)\s){_ABOUT}$"
)
_JOINED = re.compile(
    r"^(?P<unit>[^,;/]{0,14}?)(?P<glue>\s?[,/]\s?(?:and |or )?|\s(?:and|"
    r"or)\s)$"
)
# A value's uncertainty is no quantity of its own: "38.2 ± 1.4 weeks", "1.63 (0.02) eV".
_UNCERTAIN = re.compile(r"(?:\s?\((?:stat|sys)\w*\.?\))?\s?(?:±|\+/-|\+-|\$?\\pm\$?)\s?")
_ASIDE = re.compile(
    r"\s?\((?:\d[\d.]{0,9}|(?:stat|sys)\w{0,8}\.?)\)(?=\s|\\?%)|\)(?=\s[a-zA-Zµ%])"
)
_SHARES = re.compile(
    r"(?: (?:hundred|thousand|[mbtr]+illion))?(?: (?P<words>[a-z][\w-]{1,20}) (?:and|or) )"
)
_PART_OF = re.compile(r" (?:out )?of (?:the |all )?")
_NAME = re.compile(r"\b[A-Z][\w.-]* $")
_PLURAL = re.compile(
    r"\+? ?(?<=[\s+])(?:[A-Za-z][\w+-]{0,20} |[a-z]{2,20}-[a-z]{2,20}, ){0,3}?"
    r"(?P<noun>[A-Za-z][a-z-]{1,20}(?<!s)(?<!u)(?<!i)s|"
    r"[A-Z]{2,5}s|[A-Z]{1,2}\d{2,3}s|people|children|"
    r"men|women|mice|criteria|nuclei|loci|vertices|taxa|foci|stimuli|bacteria|species|series|"
    r"radii|matrices|corpora|phenomena|larvae|strata)\b(?!-|['’])"
)
# "at 14 tokens/s, 3.9x faster than": the second says how the first compares.
_APPOSED = re.compile(
    r"\s?(?:,|\(|--?|–|—)\s?(?:i\.e\.,? |or |that is,? |a |an |about |nearly |up to |over |"
    r"some |\\?sim\s?|~)*"
)
_COMPARED = re.compile(
    r"[ -](?:(?:times|percent|points?) )?(?:[a-z]{3,9}er (?=than)|lower|higher|more|less|"
    r"faster|slower|fewer|below|"
    r"above|"
    r"smaller|larger|better|worse|longer|shorter|greater|cheaper|than|too|that of|"
    r"those of|the [a-z]+(?: [a-z]+)? of)\b"
)
# "the 5797 band", "the 6196 and 6203 lines" are called so.
_LINE = re.compile(r" (?:band|line|peak|mode|feature)\b")
_LINES = re.compile(r"\b[Tt]he (?:\d{3,5}(?:,? and |, )){0,3}$")
_AGO = re.compile(r"\b(?:past|last|recent|next|coming) $")
_FACTOR = re.compile(
    r"\bfactors? of (?:up to |about |around |over |~|almost )?(?:[\d.]{1,6}(?:-|–| to | and |"
    r" or ))?$"
)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_CODE = re.compile(rf"(?<!\w)({CURRENCIES}) $")
_BY = re.compile(r"\bby (?:up to |about |over |~)?$")
_STOP = frozenset(
    "a an the of in on at by with for from to and or nor but as is are was were be been has "
    "have had that which who whose than then when while where if we our its their this these "
    "those it they using over under up per via into across between among versus vs compared "
    "respectively times takes shows uses achieves provides requires outperforms reduces "
    "improves increases supports exhibits demonstrates exceeds remains yields bits degrees "
    "doubles needs halves vanishes appears becomes gives makes has does goes reaches lies lets "
    "allows enables".split()
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with a unit; `group` counts lists, `place` and `size` say where in its list.

    `edge` is "low" or "high" in a range; both ends have one place in a list of ranges.
    """

    number: Number
    unit: str
    kind: Kind
    end: int
    scale: float
    group: int
    place: int = 0
    edge: str = ""
    noun: bool = False


def measures(text: str, found: Sequence[Number]) -> list[Measure]:
    """Give the numbers of one sentence their units, and leave out those that have none."""
    units = [_unit(text, number) for number in found]
    ranged = [False] * len(found)
    doubts: set[int] = set()
    for at in range(len(found) - 2, -1, -1):
        here, following = found[at], found[at + 1]
        gap = text[here.end : following.start]
        if len(gap) > _REACH or units[at + 1] is None:
            continue
        later = units[at + 1]
        if _UNCERTAIN.fullmatch(gap):
            doubts.add(at + 1)
            if units[at] is None and later is not None:
                units[at] = replace(later, end=here.end)
            continue
        ranged[at] = _is_range(text, here, following, gap, units[at])
        if units[at] is None and later is not None and _counts_alike(gap, later):
            scaled = unit_at(text, here.end)
            units[at] = replace(later, end=here.end, scale=scaled.scale if scaled else 1.0)
        if CONFIDENCE.match(text, following.end):
            continue
        listed = _LIST.fullmatch(gap, 1 if gap[:1] in SCALES else 0)
        if units[at] is None and later is not None and (ranged[at] or listed):
            units[at] = _own_scale(text, here, later)
    kept = _grouped(text, found, units, ranged)
    doubted = {found[at].start for at in doubts}
    return [one for one in kept if one.number.start not in doubted]


def _counts_alike(gap: str, later: Unit) -> bool:
    """Whether a later number's noun is this number's too: "9 of 12 dogs", "8 red and 9 blue"."""
    if not later.noun:
        return False
    shared = _SHARES.fullmatch(gap)
    return _PART_OF.fullmatch(gap) is not None or bool(shared and shared["words"] not in _STOP)


def is_change(text: str, here: Number, following: Number) -> bool:
    """Whether "from 54 to 22" tells what was before and after, and is no range."""
    opened = _SPAN.search(text, max(0, here.start - 24), here.start)
    if opened is None or opened[0].startswith("between"):
        return False
    clause = re.split(r"[;:]|\.\s", text[max(0, opened.start() - 70) : opened.start()])[-1]
    if _SPANS.search(clause):
        return False
    return here.value > following.value or change_of(clause, False) is not None


def _is_range(text: str, here: Number, following: Number, gap: str, unit: Unit | None) -> bool:
    if here.size:
        return False
    opened = _SPAN.search(text, max(0, here.start - 24), here.start)
    if gap == " to " and not opened and here.value > following.value:
        return False
    if _RANGE.fullmatch(gap):
        # "by 5% to 80%" is a change and where it led.
        led = (
            unit and gap.endswith("to ") and _BY.search(text, max(0, here.start - 24), here.start)
        )
        return not led
    return bool(opened and unit and _BETWEEN.match(gap)) or bool(opened and _BETWEEN.match(gap))


def _grouped(
    text: str, found: Sequence[Number], units: Sequence[Unit | None], ranged: Sequence[bool]
) -> list[Measure]:
    made: list[Measure] = []
    group = place = 0
    edge = ""
    for at, (number, unit) in enumerate(zip(found, units, strict=True)):
        if at:
            gap = text[found[at - 1].end : number.start]
            if ranged[at - 1]:
                edge = "high" if edge else ""
            else:
                edge = ""
                joined = _continues(text, found[at - 1], units[at - 1], number, unit)
                group, place = (
                    (group, place + 1) if joined and len(gap) <= _REACH else (group + 1, 0)
                )
        if ranged[at] and not edge and not is_change(text, number, found[at + 1]):
            edge = "low"
        if unit:
            made.append(
                Measure(
                    number,
                    unit.name,
                    unit.kind,
                    unit.end,
                    unit.scale,
                    group,
                    place,
                    edge,
                    unit.noun
                    or (unit.kind == "other" and unit.name.islower() and len(unit.name) > 4),
                )
            )
    return made


def _continues(
    text: str, before: Number, unit: Unit | None, number: Number, own: Unit | None
) -> bool:
    if unit is None or own is None:
        return False
    gap = text[max(unit.end, before.end) : number.start]
    if _APPOSED.fullmatch(gap) and _COMPARED.match(text, own.end, own.end + 24):
        return False
    if unit.name != own.name and "to" in gap:
        return False
    return _LIST.fullmatch(text, max(unit.end, before.end), number.start) is not None


def _money(text: str, at: int, sign: str, unit: Unit | None) -> Unit | None:
    """`$1.2 million`; None where the sign encloses a formula."""
    scale, end = (unit.scale, unit.end) if unit else (1.0, at)
    if sign != "$":
        return Unit(_SIGNS[sign], "cost", end, scale)
    closed = re.match(r"[^$\d]{0,8}\$(?!\d)", text[end : end + 10])
    return None if closed else Unit("USD", "cost", end, scale)


def _worded(number: Number) -> Unit:
    if number.word == "zero":
        return Unit("", "cost", number.end)
    return Unit(number.word or "", "size" if number.word == "parameters" else "other", number.end)


def _own_scale(text: str, number: Number, later: Unit) -> Unit:
    """The unit of a later number for one that may have its own letter: "100K to 10M tokens"."""
    letter = text[number.end : number.end + 1]
    if letter in SCALES and not text[number.end + 1 : number.end + 2].isalpha():
        if later.name.endswith(" parameters"):
            return replace(later, name=f"{letter} parameters", end=number.end + 1)
        return replace(later, scale=SCALES[letter], end=number.end + 1)
    return replace(later, end=number.end)


def _unit(text: str, number: Number) -> Unit | None:
    if number.word:
        return _worded(number)
    if number.size:
        pixels = re.match(
            r"\s?(?:\w+ )?(?:pixels?|px|images?|resolutions?)\b",
            text[number.end : number.end + 30],
        )
        return Unit("pixels" if pixels else "edge", "size" if pixels else "other", number.end)
    before = text[max(0, number.start - 24) : number.start]
    unit = unit_at(text, number.end)
    if number.symbol:
        return unit if unit and unit.name not in ("", "x") else None
    if unit and unit.name == "years" and _AGO.search(before):
        return None
    if unit is None and _FACTOR.search(before):
        return Unit("x", "other", number.end)
    if before.endswith(("US$ ", " € ")):
        before = before[:-1]
    if before.endswith(tuple(_SIGNS)) and (unit is None or not unit.name):
        return _money(text, number.end, before[-1], unit)
    if unit and unit.name:
        return unit
    if code := _CODE.search(before):
        return Unit(code[1], "cost", unit.end if unit else number.end, unit.scale if unit else 1.0)
    scale, end = (unit.scale, unit.end) if unit else (1.0, number.end)
    noun = _counted(text, number.value * scale, end, before)
    if noun:
        kind: Kind = "size" if noun[0] in ("tokens", "pixels", "megapixels") else "other"
        return Unit(noun[0], kind, noun[1], scale, noun=True)
    aside = None if unit else _ASIDE.match(text, number.end, number.end + 16)
    if aside is None or (aside[0] == ")" and "±" not in before and "+/-" not in before):
        return None
    beyond = unit_at(text, aside.end())
    return beyond if beyond and beyond.name else None


def _counted(text: str, scaled: float, end: int, before: str) -> tuple[str, int] | None:
    """The plural that a number counts; after a name, one with a point is a version."""
    if scaled <= 0 or not math.isfinite(scaled):
        return None
    if not scaled.is_integer() and _NAME.search(before):
        return None
    match = _PLURAL.match(text, end, end + 90)
    if not match or _LINE.match(text, end, end + 12) or (scaled >= 100 and _LINES.search(before)):
        return None
    words = re.split(r"[ -]", match[0].strip(" -"))
    if any(word.lower() in _STOP for word in words):
        return None
    pair = words[-2:] == ["data", "sets"]
    return ("data sets" if pair else match["noun"]), match.end()
