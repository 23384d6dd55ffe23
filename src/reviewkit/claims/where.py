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
_END = re.compile(rf";|,\s(?!(?:and )?(?:[A-Z]|iP))|\.\s|\b(?:while|whereas)\b|{AND_VERB}")
# "for up to 384 GPUs": what it holds on begins with a number.
_ON = re.compile(r"\b(?:on|over|for|across|using|with)\s(?:up to )?$")
_OTHER_VERB = re.compile(AND_VERB)
# What stands before "and" is of the number before it.
_GOES_ON = re.compile(r"(?:,|\band)(?: an?| by| up to| about| over| only| nearly)* ?$")
# "30 FPS at 6 W": both hold there.
_AT_ONCE = re.compile(r"\s?(?:at|in) (?:only |just |about |an? )?")
_ELSEWHERE = re.compile(r"(?:;|\band|\bbut|\bwhile) on ")
_NEXT = 8
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
    sized = kind == "size" and one.unit not in FACTORS
    if sized:
        # How big a thing is does not hang on where it runs: "90 GB of CPU memory" alone.
        return _joined([place for place in where if place.start < _NEXT], baseline)
    if not where and kind != "other":
        where = _before(sides, kind)
    # "On Alpha it keeps 4%, and on other tasks 5%".
    leading = [] if _ELSEWHERE.search(sides.sentence_before()) else list(around.leading)
    leading = [one for one in leading if one.hardware not in {near.hardware for near in where}]
    for found in (leading, where):
        if sides.places > 1 and len(found) == sides.places:
            found[:] = [found[one.place]]
    if (
        not where
        and not leading
        and sides.previous
        and (refers_back(sides) or _AT_ONCE.fullmatch(sides.before))
    ):
        before = sides.previous[-1].kind
        if before == kind or (before in _OF_HARDWARE and kind in _OF_HARDWARE):
            return sides.previous[min(one.place, len(sides.previous) - 1)].context
    return _joined([*leading, *where], baseline)


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
    if found and found[0].start > right - begin and kind not in beyond:
        return []
    return found


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
