"""On which data sets and hardware a quantity holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewkit.claims.claim import Kind
from reviewkit.claims.contexts import Place, first_list, last_list, places
from reviewkit.claims.kind import refers_back
from reviewkit.claims.measures import Measure
from reviewkit.claims.sides import AND_VERB, FACTORS, Sides

# The most between a number and what it holds on.
_REACH = 160
# Where what is said of the number ends: at another verb, another number's place or subject.
_END = re.compile(
    rf";|,\s(?!(?:and )?(?:[A-Z]|iP))|\.\s|\b(?:while|whereas)\b|{AND_VERB}|"
    r"(?:,|\sand) (?:on|for|in) (?=[^,;.]{2,40}? \d)|"
    r"\sand\s(?=[^,;.]{3,60}?\s(?:is|are|was|were)\s)|"
    r"\b(?:than|relative to|compared (?:to|with)|against|versus|over) [^,;.]{3,60}? with\s"
)
# "for up to 384 GPUs": what it holds on begins with a number.
_ON = re.compile(r"\b(?:on|over|for|across|using|with)\s(?:up to )?$")
_OTHER_VERB = re.compile(AND_VERB)
# What stands before "and" is of the number before it.
_GOES_ON = re.compile(r"(?:,|\band)(?: an?| by| up to| about| over| only| nearly)* ?$")
# "30 FPS at 6 W": both hold there.
_AT_ONCE = re.compile(r"\s?(?:at|in) (?:only |just |about |an? )?")
# "60 FPS on Alpha and draws 9 W".
_AND_DOES = re.compile(r"^[^,;]{0,40}\sand [a-z]+s (?:only |just |about )?$")
_ELSEWHERE = re.compile(r"(?:;|\band|\bbut|\bwhile) on ")
# What is told of data, and of what runs on hardware: also beyond another number.
_OF_DATA: tuple[Kind, ...] = ("accuracy", "reduction")
_OF_HARDWARE: tuple[Kind, ...] = ("speedup", "throughput", "latency", "energy", "cost")


def context_of(
    one: Measure, members: Sequence[Measure], sides: Sides, kind: Kind, baseline: str
) -> str:
    """The data sets and hardware that a number holds on, between semicolons."""
    around = sides.around
    if kind == "other" and one.unit.endswith("s") and one.unit not in FACTORS:
        last = members[-1]
        counted = around.text[last.number.end : max(last.end, one.end)]
        return _joined(places(counted, around.extra), "")
    where = [place for place in _after(members, sides, kind) if place.name not in baseline]
    if kind == "size" and one.unit not in FACTORS:
        # How big a thing is hangs on no data: "90 GB of CPU memory", "38 kB on a chip" alone.
        stored = one.unit.endswith("B")
        return _joined([place for place in where if place.hardware and stored], baseline)
    if not where and kind != "other":
        where = _before(sides, kind)
    if not where and (same := _shared(one, sides, kind) or _as_before(one, sides, kind)):
        return same
    # "On Alpha it keeps 4%, and on other tasks 5%".
    leading = [] if _ELSEWHERE.search(sides.sentence_before()) else list(around.leading)
    leading = [one for one in leading if one.hardware not in {near.hardware for near in where}]
    for found in (leading, where):
        if sides.places > 1 and len(found) == sides.places:
            found[:] = [found[one.place]]
    return _joined([*leading, *where], baseline)


def _shared(one: Measure, sides: Sides, kind: Kind) -> str:
    """Of as many figures before, each on data of its own: "40 on A and 50 on B, up by 2 and 3"."""
    alike = [claim for claim in sides.around.earlier if claim.kind == kind and claim.context]
    alike = alike[-sides.places :]
    if sides.places < 2 or len({claim.context for claim in alike}) < sides.places:
        return ""
    return alike[one.place].context


def _as_before(one: Measure, sides: Sides, kind: Kind) -> str:
    """The context of the number before, if this one is said of the same."""
    if not sides.previous:
        return ""
    before = sides.previous[min(one.place, len(sides.previous) - 1)]
    if before.kind != kind and not (before.kind in _OF_HARDWARE and kind in _OF_HARDWARE):
        return ""
    # "2x faster than A and 3x faster than B" hold on what was named before both.
    both = _GOES_ON.search(sides.before) and before.unit == one.unit
    both = both and before.context.split("; ")[0] not in sides.before
    if (
        both
        or _AND_DOES.search(sides.before)
        or refers_back(sides)
        or _AT_ONCE.fullmatch(sides.before)
    ):
        return before.context
    return ""


def _after(members: Sequence[Measure], sides: Sides, kind: Kind) -> list[Place]:
    """The first list of places behind the numbers, within their clause."""
    around, begin = sides.around, members[-1].end
    right = around.right
    if _ON.search(around.text, begin, right):
        right = min(around.sentence[1], right + 60)
    end = min(around.sentence[1], begin + _REACH)
    words = around.text[begin:end]
    stop = _END.search(words)
    words = words[: stop.start() if stop else len(words)]
    found = first_list(words, places(words, around.extra))
    beyond = _OF_DATA if found and not found[0].hardware else _OF_HARDWARE
    further = found and found[0].start > right - begin
    # Beyond another number only if this one has no place of its own.
    own = kind not in beyond or " on " in words[: around.right - begin]
    return [] if further and own else found


def _before(sides: Sides, kind: Kind) -> list[Place]:
    """The last list of places before the numbers, within their clause."""
    words = sides.near_before
    if sides.previous and _GOES_ON.search(words):
        return []
    if sides.previous:
        words = words.rsplit(", ", 1)[-1]
    found = last_list(words, places(words, sides.around.extra))
    verbs = [match.start() for match in _OTHER_VERB.finditer(words)]
    # "scores 80 on Alpha and cuts the latency by": of the score alone.
    over = found and verbs and found[-1].end <= verbs[-1]
    return [] if over and not (found[-1].hardware and kind in _OF_HARDWARE) else found


def _joined(found: list[Place], baseline: str) -> str:
    """The names, each once; hardware of one word gives way to what says which it is."""
    named = any(one.hardware and not one.generic for one in found)
    names = dict.fromkeys(one.name for one in found if not (named and one.generic))
    return "; ".join(name for name in names if name not in baseline)
