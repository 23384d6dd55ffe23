"""The claims of a text: numbers, units and lists put together with their meaning."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from reviewkit.claims.claim import Claim
from reviewkit.claims.comparison import phrase_against
from reviewkit.claims.contexts import opener, places
from reviewkit.claims.group import Group
from reviewkit.claims.measures import CONFIDENCE, Measure, measures
from reviewkit.claims.named import named_measures
from reviewkit.claims.numbers import Number, numbers
from reviewkit.claims.sentences import sentences
from reviewkit.claims.sides import Surroundings

# The most claims of a sentence that a list of changes is held against.
_REMEMBERED = 16
# How far the meaning of a number may stand from it, in characters.
_REACH = 160
_STATISTIC = re.compile(
    r"\b[pP]\s?(?:-?value)?s?\s?(?:of |was |were |is )?[<>=≤≥]?\s?$|\b(?:CI|"
    r"IC|confidence interval)s?\W{0,4}(?:of )?(?:[\d.]{1,12}\s?(?:-|–|to|,)\s?)?$",
    re.IGNORECASE,
)
# "On 40 GPUs it ..." begins with where it holds.
_ON_SO_MANY = re.compile(r"\s*On (?:up to )?$")
# The 2 of "on Alpha 2" is part of the name.
_NAME = re.compile(r"\b[Oo]n (?:the )?[A-Z][\w-]{3,24} $")
# A sentence that goes on about what the one before compared.
_ABOUT_BEFORE = re.compile(r"\s*(?:It|They)\s")


def extract(text: str, datasets: Sequence[str] = (), hardware: Sequence[str] = ()) -> list[Claim]:
    """Get the quantities that a text states, in its order.

    Parameters
    ----------
    text
        An abstract, or any text; also one whose LaTeX lost its backslashes ("2.25times").
    datasets, hardware
        Further names to recognise in `Claim.context`.

    Returns
    -------
    list of Claim
        A list such as "25.2, 31.3 and 41 mAP" gives a claim a number, a range two. Years,
        names with digits, citations, section numbers and p-values give none.

    Notes
    -----
    Rules, no model: the same text gives the same claims everywhere, in time that grows with its
    length. They are a start for a person, who sees the quote beside each.
    """
    extra = [
        re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        for name in (*datasets, *hardware)
        if name.strip()
    ]
    found = numbers(text)
    starts = [number.start for number in found]
    claims: list[Claim] = []
    for start, end in sentences(text):
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        claims.extend(_claims(text, start, end, found[low:high], extra))
    return sorted(claims, key=lambda claim: (claim.start, claim.end))


def _claims(
    text: str, start: int, end: int, found: Sequence[Number], extra: Sequence[re.Pattern[str]]
) -> Iterator[Claim]:
    known = measures(text, found) if found else []
    known = named_measures(text, start, found, known)
    known = [one for one in known if not _statistic(text, one)]
    if not known:
        return
    groups = [list(group) for _, group in groupby(known, key=lambda one: one.group)]
    first = known[0].number.start
    if _ON_SO_MANY.match(text, start, first):
        first = known[0].end
    comma = text.find(", ", start, min(end, start + _REACH))
    if all(one.noun or one.kind == "size" for one in known if one.number.start < comma):
        first = max(first, comma + 2)
    leading = places(opener(text[start : min(end, first, start + _REACH)]), extra)
    against = phrase_against(text[start : min(end, start + 2 * _REACH)])
    if not against and _ABOUT_BEFORE.match(text, start, end):
        against = phrase_against(text[max(0, start - 2 * _REACH) : start])
    previous: list[Claim] = []
    earlier: list[Claim] = []
    for at, group in enumerate(groups):
        left = max(start, groups[at - 1][-1].end if at else start, group[0].number.start - _REACH)
        right = min(end, groups[at + 1][0].number.start if at + 1 < len(groups) else end)
        right = min(right, group[-1].end + _REACH)
        if ";" in text[left : group[0].number.start]:
            # What held for the part of the sentence before holds no more.
            leading, against = [], phrase_against(text[start:first])
            previous = [replace(one, baseline=against) for one in previous]
        around = Surroundings(text, (start, end), left, right, leading, extra, against, earlier)
        previous = list(Group(around, group, previous).claims())
        earlier = [*earlier, *previous][-_REMEMBERED:]
        yield from previous


def _statistic(text: str, one: Measure) -> bool:
    before = text[max(0, one.number.start - 30) : one.number.start]
    whole = one.number.word is None and "." not in text[one.number.start : one.number.end]
    if whole and (one.noun or one.end == one.number.end) and _NAME.search(before):
        return True
    if CONFIDENCE.match(text, one.number.end, one.number.end + 30):
        return True
    return _STATISTIC.search(before) is not None
