"""What one number of a list tells of: speed, size, energy..."""

from __future__ import annotations

import re

from reviewkit.claims.claim import Direction, Kind
from reviewkit.claims.contexts import names_dataset
from reviewkit.claims.meaning import kind_of
from reviewkit.claims.measures import Measure
from reviewkit.claims.sides import CLAUSES, FACTORS, Sides
from reviewkit.claims.unitkind import kind_of_unit

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
    r"(?:;|,?\s(?:against|vs\.?|versus|whereas|instead of|rather than|up from|down from|"
    r"but only|but by|compared (?:to|with)))[^;]{0,40}$|^\s?to $"
)
# "an error of 2 cm, which is 4% better", "0.2 pJ, 4.5x lower", "to 14%, a reduction of 40%".
_BACK = re.compile(
    r"[^.;]{0,60}?, (?:which )?(?:is )?(?:ahead of|improv\w+ (?:over|on|upon)|"
    r"(?:outperform|surpass|exceed|beat)\w*) [^,;.]{2,40}? by (?:about |up to |over )?|"
    r"[^.;]{0,40}?(?:[,(]|\s--?\s|--|–|—)\s?"
    r"(?:i\.e\.,? |or |(?:which|that) (?:is|are|was|were|means) )?(?:an? |the )?(?:[a-z]{3,10} )?"
    r"(?:(?:reduc|improve|increase|decrease|gain|drop|loss|rise|fall|"
    r"decline|saving|margin)\w* of )?"
    r"(?:about |nearly |up to |over |only |just |some |almost |~)*"
)
# "the footprint is 83% smaller" is of the footprint, "at 2% lower speed" of the speed.
_IS = re.compile(rf"\b(?:is|are|was|were)\s{_FEW_WORDS}$")
_SMALLER = re.compile(r" (?:smaller|larger|lower|higher|better|worse|that|those|of|as)\b")
_LESS = re.compile(r" (?:lower|higher|less|more|fewer|better|worse) (?!than\b)[a-z]")
_BY = re.compile(rf"\bby\s{_FEW_WORDS}$")
_AT = re.compile(rf"\bat\s(?:an?\s)?{_FEW_WORDS}$")
_SPEEDUP = re.compile(r"\bspeed-?ups?\s?\($")
# "saves 30% of the energy": the share is of what follows, up to the next word that is no noun.
_SHARE = re.compile(
    r"\s?\\?%\s(?:of|fewer|less|more|lower|higher)\s(?P<of>(?:(?!(?:is|are|was|were|has|have|had|that|"
    r"which|who|in|at|of|for|to|and|or|but|by|on|from|with|than|while|when|over|under|per|after|"
    r"before|without|using|as|(?:rais|reduc|increas|improv|decreas|lower|boost)(?:es|s|ed))\b)"
    r"[^\s,;.()]+\s?){1,6})"
)
_RANGED = re.compile(r"\s?\\?%?\sto\s")
_PREDICATE = re.compile(r"(?:is|are|was|were) \w+")
# "40% on Alpha and 39% on Beta".
_PARALLEL = re.compile(
    r"(?: of [^.;,]{1,30}?)? (?:on|for|in|with) [^.;]{1,40}?(?:,| and|, and) "
    r"(?:about |only |just )?|"
    r"(?: [a-z-]+){0,2} (?:than|over) [^.;,]{1,50}? and (?:by |about )?|"
    r"(?:,|,? and) (?:on|for|in) [^.;,]{1,40}? (?:from |to |by |at )?"
)
_ON = re.compile(r" on ")
_FROM = re.compile(
    r"\b(?:ris|rose|fall|fell|drop|increas|decreas|improv|grow|grew|declin|climb)\w* from $"
)
# "from 58% to 93%".
_TO = re.compile(r"\s?to ")
_MOST_POINTS = 100
_CALLED_SMALLER = re.compile(r"\b(?:smaller|less|fewer)\b")
_IN = re.compile(r"\s(?:in|in terms of)\s")
_ENDS = re.compile(r"(?:\s?(?:[,;]\s)?and\s|[.;])")
_COORDINATED = re.compile(
    r"[\w-]+(?:\s[\w-]+){0,4}(?:,\s(?!and\b)[\w-]+(?:\s[\w-]+){0,3})*,?\sand\s[\w-]+(?:\s(?!and\b)[\w-]+){0,2}"
)
_AND = re.compile(r",\s(?:and\s)?|\sand\s")
# "improvement in latency" is about latency.
_LEADING = re.compile(r"^.*\b(?:in|of|on|over|for|with|to|by)\s")
# A factor of what has no metric: more of it, not faster.
_GROWS = re.compile(
    r"[ -](?:higher|more|larger|greater|increase|as (?:high|many|much|large|often|likely))\b"
)
_BETTER = re.compile(
    r"[ -](?:[\w-]+ ){0,2}(?:improve|speed|gain|boost|better|advantage|accelerat)"
)
_IMPROVED = re.compile(
    r"\b(?:improve|outperform|accelerat|speed|gain|boost|surpass|exceed|beats?\b)"
)
_GROWN = re.compile(
    r"\b(?:rose|rises?|gr[eo]w\w*|increas\w+|expand\w*|doubl\w+)\s(?:by )?(?:about |nearly )?$"
)


def kind_of_measure(one: Measure, sides: Sides, direction: Direction) -> Kind:
    """The kind of one number: of its unit, of the nearest metric, or of the one before."""
    if one.unit not in (*FACTORS, "ratio"):
        return _of_unit(one, sides, direction)
    if one.kind != "other":
        return one.kind
    if one.unit == "x" and (_FASTER.match(sides.after) or _SPEEDUP.search(sides.before)):
        return "speedup"
    if _TO.fullmatch(sides.before) and sides.previous[-1:] and sides.previous[-1].unit == one.unit:
        return sides.previous[-1].kind
    share = _SHARE.match("%" + sides.after[:80])
    # "41% and 36% of the tokens" are both of them; "44%, and 18% more users" only the last.
    own = one.place == sides.places - 1
    text, start, end = sides.around.text, one.number.start, one.number.end
    ranged = _RANGED.match(text, end) or text[max(0, start - 4) : start] == " to "
    if (
        share
        and not ranged
        and one.unit == "%"
        and (own or share[0].lstrip("%\\ ").startswith("of "))
    ):
        return _of_share(share, sides, direction)
    said = _fitting(_said_around(one, sides, direction), one, sides, direction)
    return said or _without_metric(one, sides, direction)


def _said_around(one: Measure, sides: Sides, direction: Direction) -> Kind | None:
    """The kind of the nearest metric, on the side where that of this number stands."""
    after = _part(one, sides, sides.after) or sides.near_after
    ahead = kind_of(after, True, direction)
    before = sides.previous[-1].kind if sides.previous else "other"
    if ahead is None and before != "other" and _BACK.fullmatch(sides.before):
        return before
    behind = kind_of(_part(one, sides, sides.before) or sides.near_before, False, direction)
    if _ENDS.match(sides.after):
        # What comes after "and" is told of by another number.
        return behind
    if _IS.search(sides.before) and _SMALLER.match(sides.after):
        return behind or ahead
    if _LESS.match(sides.after) or (_AT.search(sides.before) and _next_metric(after)):
        return ahead or behind
    if _METRIC_BEFORE.search(sides.before) and not _IN.match(sides.after):
        return behind or ahead
    return ahead or behind


def _fitting(kind: Kind | None, one: Measure, sides: Sides, direction: Direction) -> Kind | None:
    """The kind, where a change of this unit can be of it: no speed is gained in points."""
    if kind in ("speedup", "cost") and one.unit.endswith("points"):
        return None
    if kind == "size" and _BETTER.match(sides.after):
        return None
    if kind == "size" and direction == "down" and not _CALLED_SMALLER.search(sides.near_after):
        return "reduction"
    return kind


def refers_back(sides: Sides) -> bool:
    """Whether a number is said of what the one before it was said of."""
    held = ";" not in sides.before and _HELD.search(sides.before) is not None
    return held or any(pattern.fullmatch(sides.before) for pattern in (_BACK, _BRACKET))


def _of_share(share: re.Match[str], sides: Sides, direction: Direction) -> Kind:
    """The kind of a share of something: "4% of the energy", "detects 90% of the faults"."""
    whole, said = share["of"], share.string[share.end() : share.end() + 40]
    called = _CALLED_SMALLER.search(share[0])
    kind = kind_of(whole, False, direction)
    predicate = _PREDICATE.match(said)
    around = [" ".join(sides.near_before.split()[-6:]), predicate[0] if predicate else ""]
    if kind is None and any(kind_of(words, False, "up") == "accuracy" for words in around):
        kind = "accuracy"
    if direction == "down" and (kind in (None, "other") or (kind == "size" and not called)):
        return "reduction"
    # "20% of the memory" is how much of it is used, and no size.
    used = kind == "size" and direction == "level"
    return "other" if kind is None or used else kind


def _without_metric(one: Measure, sides: Sides, direction: Direction) -> Kind:
    """The kind where no metric stands near: of what is said further off, or of any change."""
    before = sides.previous[-1].kind if sides.previous else "other"
    held = _BRACKET.fullmatch(sides.before) or (
        (direction == "level" or one.unit == "x") and _HELD.search(sides.before)
    )
    said_before = _BY.search(sides.before) or _FROM.search(sides.before)
    if not sides.of_another and said_before and (far := kind_of(_far(sides), False, direction)):
        return far
    alike = sides.previous and sides.previous[-1].unit == one.unit
    if before != "other" and (held or (alike and _PARALLEL.fullmatch(sides.before))):
        return before
    improved = sides.sentence_before() if _BY.search(sides.before) else sides.near_before
    better = _BETTER.match(sides.after) or _IMPROVED.search(improved)
    if one.unit == "points" and one.number.value > _MOST_POINTS:
        return "other"
    if one.unit == "points" or (
        one.unit == "percentage points" and (better or before == "accuracy")
    ):
        return "accuracy"
    if direction == "down":
        return "reduction"
    if one.unit == "%" and _ON.match(sides.after) and names_dataset(sides.after[:60]):
        return "accuracy"
    grows = _GROWS.match(sides.after) or _GROWN.search(sides.before)
    return "speedup" if one.unit == "x" and better and not grows else "other"


def _far(sides: Sides) -> str:
    """The clause before the number, beyond numbers in it: "speeds up 5 million joins by 3x"."""
    return CLAUSES.split(sides.sentence_before())[-1]


def _of_unit(one: Measure, sides: Sides, direction: Direction) -> Kind:
    """The kind of a quantity whose unit tells it, or of one that another is held against."""
    alike = sides.previous and sides.previous[-1].unit == one.unit
    held = one.kind == "other" and (_BRACKET.fullmatch(sides.before) or _HELD.search(sides.before))
    if alike and (held or _PARALLEL.fullmatch(sides.before)):
        return sides.previous[-1].kind
    return kind_of_unit(one, sides, direction)


def _next_metric(after: str) -> bool:
    """Whether a metric stands right behind the number."""
    return kind_of(" ".join(after.split()[:2]), True, "down") not in (None, "speedup", "reduction")


def _part(one: Measure, sides: Sides, words: str) -> str:
    """The one of as many coordinated metrics as there are numbers: "A and B by 4% and 5%"."""
    if sides.places < 2:
        return ""
    for match in _COORDINATED.finditer(words):
        parts = [_LEADING.sub("", part) for part in _AND.split(match[0])]
        if len(parts) == sides.places and all(kind_of(part, True, "down") for part in parts):
            return parts[one.place]
    return ""
