"""Against what a quantity is measured."""

from __future__ import annotations

import re

_AGAINST = re.compile(
    r"\b(?:(?:when |as )?compared (?:to|with|against)|in comparison (?:to|with)|"
    r"comparing (?:to|with)|relative to|"
    r"with respect to(?: \(w\.r\.t\.?\))?|w\.r\.t\.?|in contrast to|versus|vs\.?|against|"
    r"over|than|as (?:\w+ )?(?:\w+ )?as|improv(?:e|es|ed|ing) (?:on|upon)|"
    r"compare(?:s|d)?\s[^,.;]{1,50}?\s(?:with|to|against)|that of|outperform(?:s|ed|ing)?|"
    r"surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|comparable (?:with|to))\s+",
    re.IGNORECASE,
)
# "3 points above Alpha", "3x the speed of Alpha": right behind a number these compare.
_BELOW = re.compile(r"\s?(?:above|below|ahead of|behind|the [a-z][a-z -]{2,30}? of)\s")
_PHRASE_END = re.compile(
    r"[,;:\[]|\s\(|\.(?:\s|$)|\s(?:by|on|in|while|whilst|when|which|that|who|for|with|without|"
    r"using|at|up to|under|across|the [a-z]+ (?:is|are)|"
    r"and [a-z]{3,12}s (?=\d)|and (?:by|within|nearly|almost|about|"
    r"needs|finds|keeps|uses|takes|runs|has|costs|cuts|lowers|raises|yields|saves|shows|meets|"
    r"leaves|makes|gives|gains|loses|reaches|requires|scales|converges|outperforms|delivers|"
    r"provides|consumes|draws|"
    r"an? (?:\d|(?:\w+ )?(?:reduction|improvement|speed|increase|gain|drop|loss))|"
    r"achiev\w+|reduc\w+|improv\w+|is|has|can|up|\d[\w.,]*)|but|to|as|is|are|was|were|has|have|"
    r"respectively|where|via|such as|w\.r\.t\.?|"
    r"through|during|from|if|due|demonstrat\w+|achiev\w+|depending|thanks|after|before|"
    r"despite|maintain\w+|predicts?|suggests?)\b"
)
_LEAD = re.compile(
    r"^(?:the|a|an|its|their|our|those of|that of|using|with|for|in|on|at|other|all|current|"
    r"state-of-the-art(?=\s(?-i:[A-Z])[\w+-]*$))\s+",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^(?:time|it|them|this|that|these|those|one|others?|ever|usual|before|\W*|"
    r"\d[\d.,]*(?:%|[a-z]{1,3})?(?:\s.*)?|all|"
    r"years?|the years?)$"
)
_LONGEST_PHRASE = 90
_PART = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*")


def phrase_against(words: str, until: int | None = None) -> str:
    """What the first comparison that begins before `until` is made with; "" if there is none."""
    behind = _BELOW.match(words)
    for match in [
        *([behind] if behind else []),
        *_AGAINST.finditer(words, 0, len(words) if until is None else until),
    ]:
        if match[0].startswith("Over"):
            continue  # "Over a day, it ..."
        named = _noun_phrase(words[match.end() : match.end() + _LONGEST_PHRASE + 20])
        if named:
            return named
    return ""


def _noun_phrase(words: str) -> str:
    end = _PHRASE_END.search(words)
    named = words[: end.start() if end else len(words)].strip(" .\"'")
    named = re.sub(r"\s(?:and|or)$", "", named)
    closed = named.find(")")
    if closed >= 0 and "(" not in named[:closed]:
        named = named[:closed]
    while lead := _LEAD.match(named):
        named = named[lead.end() :]
    if len(named) > _LONGEST_PHRASE or _VAGUE.match(named):
        return ""
    return named


def share(phrase: str, place: int, places: int) -> str:
    """The part of "X and Y heads" that belongs to one of as many numbers; else all of it."""
    if places < 2:
        return phrase
    parts = [part for part in _PART.split(phrase) if part]
    if len(parts) != places:
        return phrase
    part = re.sub(r"\s+baselines?$", "", parts[place])
    lead = _LEAD.match(part)
    return part[lead.end() :] if lead else part
