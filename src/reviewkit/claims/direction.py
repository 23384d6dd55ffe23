"""Whether a quantity is a change up or down, or a figure that stands for itself."""

from __future__ import annotations

import re

from reviewkit.claims.claim import Direction
from reviewkit.claims.meaning import change_of, without_names
from reviewkit.claims.measures import Measure
from reviewkit.claims.sides import CLAUSES, FACTORS, Sides

_FEW_WORDS = r"(?:[\w~<>-]+\s?){0,4}"
_BY = re.compile(rf"\bby\s(?:an? )?{_FEW_WORDS}\\?[$€£]?$")
_CHANGE_OF = re.compile(
    r"(?:reductions?|drops?|loss(?:es)?|savings?|improvements?|gains?|increases?|decreases?|"
    r"speed-?ups?|slowdowns?|degradations?|boosts?|declines?)\s(?:(?:in|on|for) [\w\s-]{2,40}?\s)?"
    r"(?:of|by|to|is|was)\s[\w\s~<>]{0,24}$|"
    r"\bat (?:a|the) (?:cost|price|expense) of (?:only |just )?$|\bcosts? (?:only |just |about )?$"
)
# "cuts memory by 4%, traffic by 5% and time by 6%": the verb stands once.
_AND_BY = re.compile(r"\s?(?:,|,? and)\s[^;.]{0,60}\bby\s[^;.,]{0,30}")
# "saves 2x in memory and 3x in energy", "wins by 2% on Alpha and 3% on Beta".
_AND_IN = re.compile(r" (?:in|of|on|for|with) [^;.,]{1,40}(?:,| and|, and) (?:up to |about |~)?")
_CHANGES = re.compile(
    r"\b(?:outperform|surpass|exceed|los(?:e|ing)|sav|reduc|decreas|increas|improv|cut|"
    r"lower|boost|gain|fell|fall|drop|rose|ris|grow|grew|declin|climb|jump|slip|shrank|shrunk|"
    r"expand|add|remov|eliminat|avoid)\w*"
    r"\s(?:[\w-]+\s){0,2}(?:up to |about |around |over |more than |~|at least )?$"
)
_SAVES = re.compile(
    r"\b(?:sav(?:e|es|ed|ing)|add(?:s|ing)|fell|falls?|rose|rises?|dropp?(?:s|ed)?|grew|grows?|"
    r"declin(?:e|es|ed)|gain(?:s|ed)?|los(?:es?|t)) (?:by )?(?:up to |about |over |some |~)?"
    r"\\?[$€£]?$"
)
# What the number does, not what became of it: "2 GPa raises", "64 nodes can cut".
_CAUSES = re.compile(
    r"(?:rais|reduc|increas|improv|decreas|lower|boost|enhanc|accelerat|shorten|lengthen|ris|fall|drop|grow|declin|beat|outperform|"
    r"surpass|exceed)\w*s$"
)
# "fees of 2% raised the volume".
_CAUSED = re.compile(
    r"\s?\\?%?\s(?:rais|reduc|increas|improv|decreas|lower|boost|shorten|lengthen|exceed|surpass|outperform)(?:ed|es|s)\s"
    r"(?:(?:the|its|their|our|average|mean|total)\s|[A-Z])"
)
_VERBS = frozenset(
    "would will can could may might and to is was were are has had cut cuts".split()
)
# "(-46%)", "3 points above Alpha".
_MINUS = re.compile(r"[\s(][-−–]$")
_BESIDE = re.compile(r"\s?(above|below|ahead|behind) (?:of )?[A-Za-z]")
# "reduces the rate to 8%" says where it led.
_LED_TO = re.compile(
    r"(?<!up )(?<!due )(?<!compared )(?<!relative )\bto (?:about |only |just |nearly |~)?$"
)
_FROM = re.compile(r"\bfrom (?:about |only |just |nearly |~)?$")
_REMAINS = re.compile(
    r"\s?\\?%\s+of\s+(?!reduction|improvement|speed|savings?|increase|decrease|"
    r"end-to-end sp|loss|drop)"
)
_WHICH = re.compile(r"\s?(?:,\s)?(?:which|that)\s")
_PHRASE = re.compile(r"\s(?:for|that|which|of|in|using|at|to|and)\s")
_VERB = re.compile(r"halv|doubl|tripl|quadrupl", re.IGNORECASE)


def direction_of(one: Measure, sides: Sides) -> Direction:
    """The direction of one number of a list; the words around it decide."""
    if one.unit not in FACTORS:
        return "level" if one.noun and one.kind == "other" else _absolute(one, sides)
    beside = _beside(one, sides) or _by(sides)
    if beside:
        return beside
    if one.unit != "x" and _is_level(one, sides):
        return "level"
    phrase = _PHRASE.search(sides.near_after, 4)
    ahead = change_of(sides.near_after[: phrase.start() if phrase else None], True)
    if ahead and _CAUSED.match(sides.near_after):
        return "level"
    if ahead and not _WHICH.match(sides.near_after):
        return ahead
    behind = change_of(sides.near_before, nearest_first=False)
    said = behind or change_of(sides.near_after, True)
    before = sides.previous[0].direction if sides.previous else "level"
    if said is None and before != "level" and _AND_IN.fullmatch(sides.before):
        return before
    if one.unit == "x":
        return said or "up"
    changes = _CHANGE_OF.search(sides.near_before) or _CHANGES.search(sides.near_before)
    if changes and behind:
        return change_of(changes[0], True) or behind
    return "up" if sides.before.endswith("+") else "level"


def _beside(one: Measure, sides: Sides) -> Direction | None:
    """What the number says itself or the word that touches it: -4%, 4% above, halves."""
    text, number = sides.around.text, one.number
    if one.unit == "%" and not one.edge and _MINUS.search(sides.before):
        return "down"
    if number.word == "x" and (verb := _VERB.match(text, number.start, number.end)):
        return "down" if verb[0].lower() == "halv" else "up"
    match = _BESIDE.match(sides.after)
    if match is None:
        return None
    return "up" if match[1] in ("above", "ahead") else "down"


def _is_level(one: Measure, sides: Sides) -> bool:
    """Whether a share is what remains, or what there was before or after a change."""
    remains = _REMAINS.match(sides.around.text, one.number.end, one.number.end + 40)
    goes_on = bool(sides.previous) and sides.previous[0].direction != "level"
    goes_on = goes_on and _AND_IN.fullmatch(sides.before) is not None
    if one.unit == "%" and remains and not goes_on and not _CHANGES.search(sides.near_before):
        return True
    return bool(
        _LED_TO.search(sides.near_before) or (not one.edge and _FROM.search(sides.near_before))
    )


def _by(sides: Sides) -> Direction | None:
    by = _BY.search(sides.near_before)
    if by is None:
        return None
    said = change_of(sides.near_before[: by.start()], nearest_first=False)
    if said is None and all(claim.direction == "level" for claim in sides.previous):
        # "Our 2B model outperforms the 7B model by 3%": the verb stands before another number.
        before = sides.sentence_before()
        said = change_of(CLAUSES.split(before)[-1], False) or change_of(before, False)
    # "cuts memory by half and traffic by 3x": the verb stands once.
    if said is None and sides.previous and _AND_BY.fullmatch(sides.before):
        said = sides.previous[0].direction
    return None if said == "level" else said


def _absolute(one: Measure, sides: Sides) -> Direction:
    if one.unit in ("bit", "tokens") or one.unit.endswith("parameters"):
        return "level"
    led = _LED_TO.search(sides.near_before) or _FROM.search(sides.near_before)
    if led and not one.edge:
        return "level"
    next_words = _PHRASE.split(sides.near_after)[0].split()[:2]
    ahead = change_of(" ".join(next_words), True)
    if next_words and (next_words[0] in _VERBS or _CAUSES.match(next_words[0])):
        ahead = None
    if one.kind != "accuracy":
        changes = _SAVES.search(sides.near_before)
    elif sides.before.endswith("+"):
        return "up"
    else:
        words = without_names(sides.near_before)
        changes = _CHANGES.search(words) or _CHANGE_OF.search(words)
    return _by(sides) or ahead or (change_of(changes[0], True) if changes else None) or "level"
