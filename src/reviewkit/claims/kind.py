"""What one number of a list tells of: speed, size, energy..."""

from __future__ import annotations

import re

from reviewkit.claims.claim import Direction, Kind
from reviewkit.claims.contexts import names_dataset
from reviewkit.claims.meaning import kind_of, kind_of_unit
from reviewkit.claims.measures import Measure
from reviewkit.claims.sides import CLAUSES, FACTORS, Sides

_FEW_WORDS = r"(?:(?!and\b|or\b|but\b|with\b|while\b)[\w~<>-]+\s?){0,4}"
# The metric stands before the number: "latency of", "rose to".
_METRIC_BEFORE = re.compile(
    rf"(?:\w:|\b(?:by|of|(?<!up )to|at|from))\s(?:an?\s|the\s)?{_FEW_WORDS}$"
)
_FASTER = re.compile(
    r"(?:\s|-)(?:\w+\s)?(?:fast|slow|speed-?up|acceleration|quick)\w*", re.IGNORECASE
)
_BRACKET = re.compile(
    r"[^\w]{0,3}\([+−–-]?(?:an? |i\.e\.,? |vs\.? |from )?|"
    r",?\s(?:against|vs\.?|versus|(?:as )?compared (?:to|"
    r"with))\s"
)
# "at 88%, whereas Alpha has 71%".
_HELD = re.compile(
    r"(?:;|,?\s(?:against|vs\.?|versus|whereas|instead of|rather than|compared (?:to|"
    r"with)))[^;]{0,40}$|^\s?to $"
)
# "at 0.2 pJ, 4.5x lower than": of the same as the number before.
_APPOSED = re.compile(
    r"[^.;]{0,40}?(?:[,(]|--?|–|—)\s?(?:i\.e\.,? |or |an? |about |nearly |up to |over |~)*"
)
_THAN = re.compile(
    r" (?:lower|higher|more|less|fewer|below|above|better|worse)\b(?= (?:than|compared)|"
    r"\s?[,.;)]|$|"
    r"(?<=below)|(?<=above))|"
    r" (?:improvement|reduction|gain|increase)(?= (?:over|compared|relative|vs)\b|\s?[,.;)]|$)"
)
# "the footprint is 83% smaller" is of the footprint, "at 2% lower speed" of the speed.
_IS = re.compile(rf"\b(?:is|are|was|were)\s{_FEW_WORDS}$")
_SMALLER = re.compile(r" (?:smaller|larger|lower|higher|better|worse|that|those|of|as)\b")
_LESS = re.compile(r" (?:lower|higher|less|more|fewer|better|worse) (?!than\b)[a-z]")
_BY = re.compile(rf"\bby\s{_FEW_WORDS}$")
_AT = re.compile(rf"\bat\s(?:an?\s)?{_FEW_WORDS}$")
_SPEEDUP = re.compile(r"\bspeed-?ups?\s?\($")
_ENDS = re.compile(r"(?:\s?(?:[,;]\s)?and\s|[.;])")
_COORDINATED = re.compile(
    r"[\w-]+(?:\s[\w-]+){0,4}(?:,\s(?!and\b)[\w-]+(?:\s[\w-]+){0,3})*,?\sand\s[\w-]+(?:\s(?!and\b)[\w-]+){0,2}"
)
_AND = re.compile(r",\s(?:and\s)?|\sand\s")
# A time that is how long something is, and nobody's wait.
_LENGTH = re.compile(r" (?:pulses?|lifetimes?|exposures?|clips?|videos?|recordings?)\b")
# "improvement in latency" is about latency.
_LEADING = re.compile(r"^.*\b(?:in|of|on|over|for|with|to|by)\s")
# A factor of what has no metric: more of it, not faster.
_GROWS = re.compile(
    r"[ -](?:higher|more|larger|greater|increase|as (?:high|many|much|large|often|likely))\b"
)
_BETTER = re.compile(
    r"[ -](?:[\w-]+ ){0,2}(?:improve|speed|gain|boost|better|advantage|accelerat)"
)
_IMPROVED = re.compile(r"\b(?:improve|outperform|accelerat|speed|gain|boost|surpass|exceed)")
_GROWN = re.compile(
    r"\b(?:rose|rises?|gr[eo]w\w*|increas\w+|expand\w*|doubl\w+)\s(?:by )?(?:about |nearly )?$"
)


def kind_of_measure(one: Measure, sides: Sides, direction: Direction) -> Kind:
    """The kind of one number: of its unit, of the nearest metric, or of the one before."""
    if one.unit not in (*FACTORS, "ratio"):
        return one.kind if one.noun else _of_unit(one, sides)
    before = sides.previous[-1].kind if sides.previous else "other"
    if before != "other" and _THAN.match(sides.after) and _APPOSED.fullmatch(sides.before):
        return before
    if one.kind != "other":
        return one.kind
    if one.unit == "x" and (_FASTER.match(sides.after) or _SPEEDUP.search(sides.before)):
        return "speedup"
    before_first = _METRIC_BEFORE.search(sides.before) is not None
    after = _part(one, sides, sides.after) or sides.near_after
    ahead = kind_of(after, True, direction)
    behind = kind_of(_part(one, sides, sides.before) or sides.near_before, False, direction)
    before_first = before_first or _ENDS.match(sides.after) is not None
    if _IS.search(sides.before) and _SMALLER.match(sides.after):
        before_first = True
    elif _LESS.match(sides.after) or (_AT.search(sides.before) and _next_metric(after)):
        before_first = False
    kind = (behind or ahead) if before_first else (ahead or behind)
    return kind or _without_metric(one, sides, direction)


def _without_metric(one: Measure, sides: Sides, direction: Direction) -> Kind:
    """The kind where no metric stands near: of what is said further off, or of any change."""
    before = sides.previous[-1].kind if sides.previous else "other"
    held = _BRACKET.fullmatch(sides.before) or (
        direction == "level" and _HELD.search(sides.before)
    )
    if _BY.search(sides.before) and (far := kind_of(_far(sides), False, direction)):
        return far
    if before != "other" and held:
        return before
    if direction == "down" and not one.unit.endswith("points"):
        return "reduction"
    if one.unit == "%" and names_dataset(sides.after[:60]):
        return "accuracy"
    if one.unit.endswith("points"):
        return "accuracy"
    grows = _GROWS.match(sides.after) or _GROWN.search(sides.before)
    better = _BETTER.match(sides.after) or _IMPROVED.search(sides.near_before)
    return "speedup" if one.unit == "x" and better and not grows else "other"


def _far(sides: Sides) -> str:
    """The clause before the number, beyond numbers in it: "speeds up 5 million joins by 3x"."""
    return CLAUSES.split(sides.sentence_before())[-1]


def _of_unit(one: Measure, sides: Sides) -> Kind:
    """The kind of a quantity whose unit tells it, or of one that another is held against."""
    if one.kind == "latency" and _LENGTH.match(sides.after):
        return "other"
    alike = one.kind == "other" and sides.previous and sides.previous[-1].unit == one.unit
    if alike and (_BRACKET.fullmatch(sides.before) or _HELD.search(sides.before)):
        return sides.previous[-1].kind
    return kind_of_unit(one.unit, one.kind, sides.before)


def _next_metric(after: str) -> bool:
    """Whether a metric stands right behind the number."""
    return kind_of(" ".join(after.split()[:2]), True, "down") not in (None, "speedup", "reduction")


def _part(one: Measure, sides: Sides, words: str) -> str:
    """The one of as many coordinated metrics as there are numbers: "A and B by 4% and 5%"."""
    if sides.places < 2:
        return ""
    for match in _COORDINATED.finditer(words):
        parts = [_LEADING.sub("", part) for part in _AND.split(match[0])]
        if len(parts) == sides.places and any(kind_of(part, True, "down") for part in parts):
            return parts[one.place]
    return ""
