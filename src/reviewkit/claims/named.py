"""Numbers whose unit is the name of a metric or setting before them: "an F1 of 0.83"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reviewkit.claims.claim import Kind
from reviewkit.claims.measures import Measure, is_change
from reviewkit.claims.numbers import Number
from reviewkit.claims.units import SCALES

# What may stand between the name and the number: "an F1 score (macro) of about".
_LINK = (
    r"(?:\s?(?:scores?|values?|coefficients?|ratios?|rates?|index))?"
    r"(?:\s(?:on|for)\s(?:the )?[A-Z][\w-]{0,20}(?=\s(?:drop|fall|fell|ris|rose|improv|increas|"
    r"decreas|of|is|was|to|from|at|by|reach)))?"
    r"(?:\s(?:drop|fall|rise|increase|decrease|drops|dropped|falls|fell|rises|rose|improves|"
    r"improved|increases|increased|decreases|"
    r"decreased))?(?:\s(?:of|is|was|were|=|at|by|to|from|reaches|reached|reaching|between|than)|"
    r"\s?[=:(])?\s?"
    r"(?:\(?[A-Za-z0-9]{1,8}\)\s?(?:of|=|was)?\s?)?"
    r"(?:only |up to |about |around |approximately |over |~|\\?sim\s?|as high as |"
    r"nearly |above |just )?$"
)
_METRICS = re.compile(
    r"(?P<name>\b[Mm]ean opinion score|\bR\^?\{?2\}?|R²|\bmAP(?:@[\d.:]+)?|\bAP\d*|\bmIoU|\bIoU|"
    r"\bBLEU(?:-\d)?|"
    r"\bROUGE(?:-[L\d])?|\bCIDEr|\bMETEOR|\bFID|\bFVD|\bLPIPS|"
    r"\bPSNR|\bSSIM|\bF1|\bF-?measure|\bF-?score|\bAUC|\bAUROC|\bAUPRC|\bWER|\bCER|\bMOS|"
    r"\bRMSE|\bMAE|\bMSE|\bMAPE|\b[Dd]ice|\bDSC|\bNDS|"
    r"\b[Pp]erplexit(?:y|ies)|\bElo|\bNDCG(?:@\d+)?|\bMRR|\b[Aa]ccurac(?:y|ies)|\b[Pp]recision|"
    r"\b[Rr]ecall|\b[Ss]ensitivity|\b[Ss]pecificity|\bMCC|\bPPL|\bEPE)" + _LINK
)
_RATIOS = re.compile(
    r"\b(?P<name>efficiency|correlation|kappa|odds ratio|hazard ratio|risk ratio|"
    r"relative risk|OR|HR|RR|ratio|(?<!learning )rates?|"
    r"coefficient|probability|agreement|ICC|Cronbach's alpha|multiplier|elasticity|index|"
    r"q-error|yield|fraction|share|quotient),?" + _LINK
)
# Any noun's figure between 0 and 1: "a porosity of 0.42"; not what tests a hypothesis or tunes.
_SHARE = re.compile(
    r"\b(?!level|alpha|value|learning|version|with|from|that|this|which|there|"
    r"rate)[a-z][a-z-]{3,24}"
    r"(?:\s\([\w ]{1,20}\))?\s(?:of|is|was|were|are|equals|reach(?:es|ed)|below|above)\s"
    r"(?:only |about |around |approximately |over |~|nearly |above |below |just |"
    r"as low as )?[-−–]?$"
)
_SCORE = re.compile(
    r"\b(?:scor(?:es?|ed|ing))\s(?:(?:of|is|was|at|by|from|to|rises to|reaches)\s)?"
    r"(?:only |about |around |up to |over |~)?$"
)
_CORRELATION = re.compile(r"(?<![\w-])[rR]\s?=\s?[-−–]?$")
_SETTINGS = re.compile(
    r"\b(?P<name>(?:batch|tile|kernel|window|step|sample|group|block|patch|vocabulary|"
    r"population|beam|cluster|mini-?batch) sizes?|resolving powers?"
    r"|(?:input|context|sequence|output|prompt|generation) (?:length|window|"
    r"size)s?)(?:\s(?:of|is|=|to|from))?\s?\(?(?:up to |over |about |~)?$",
    re.IGNORECASE,
)
_AGAINST_LAST = re.compile(
    r"\((?:median|mean|average|max(?:imum)?|min(?:imum)?|vs\.?|versus|compared (?:to|with)|"
    r"(?:up |down )?from|baseline|before)[:,]? (?:of )?(?:about )?$"
)
# "3.1 on Alpha and 4.2 on Beta", "71.2 (+1.5), on Beta 80.3".
_PARALLEL = re.compile(r" (?:on|for|in) [^,;.()]{1,40},? and ")
_PLACE = re.compile(r" (?:on|for|in)\b")
_PLACED = re.compile(r"(?:,|,? and) (?:on|for) (?:the )?[A-Z][\w-]{1,24}(?: \d{1,4})? $")
_OF_THEM = re.compile(r" of (?:them|these|which)\b")
_OF_WHICH = re.compile(r"\bof (?:which|them|these),? $")
_HIGHER = re.compile(r" (?:higher|lower|better|worse|above|below)\b")
_GAINED = re.compile(
    r"(?:\+|\b(?:compared (?:to|with)|versus|vs\.?|against|by|from|(?:gains?|improvements?|"
    r"increases?|drops?|losse?s?|advantages?) of)\s)$"
)
# "40% AP at 12 and 15 FPS": the metric has its number.
_VALUED = re.compile(r"[\d%]\s\w+ (?:at|on|with) $")
_WINDOW = 60


def named_measures(
    text: str, start: int, found: Sequence[Number], known: Sequence[Measure]
) -> list[Measure]:
    """Add the numbers of a sentence that words before them make quantities."""
    by_start = {one.number.start: one for one in known}
    made: list[Measure] = []
    last: tuple[str, Kind] | None = None
    # Groups of their own, that no list of units can have.
    group = -1
    for at, number in enumerate(found):
        one = by_start.get(number.start)
        before = text[max(start, number.start - _WINDOW) : number.start]
        meaning = _meaning(before, number)
        if (
            one
            and meaning
            and one.end == number.end
            and not one.edge
            and not _VALUED.search(before)
            and not number.size
            and number.word is None
        ):
            one = None  # a unit lent by a later number gives way to its own metric
        if one is None and meaning is None and number.word is None and 0 < number.value < 1:
            meaning = ("ratio", "other") if _SHARE.search(before) else None
        if one and one.unit == "edge" and meaning:
            one = replace(one, unit=meaning[0].replace("size", "edge"), kind="other")
        if one is None and meaning is None and last and at:
            gap = text[found[at - 1].end : number.start]
            if re.fullmatch(r"\s?(?:,|/|-|–|to|and|or|, and)\s?", gap):
                meaning = last
                ranged = re.fullmatch(r"\s?(?:-|–|to)\s?", gap) is not None
                ranged = ranged and not is_change(text, found[at - 1], number)
                if ranged and made and made[-1].number == found[at - 1]:
                    made[-1] = replace(made[-1], edge="low")
                one = _made(
                    number, meaning, made[-1].group if made else group, "high" if ranged else ""
                )
                place = made[-1].place + (not ranged) if made else 0
                made.append(replace(one, place=place))
                continue
            if (
                re.fullmatch(r"[^.;]{0,60}\band\s", gap)
                and (0 < number.value < 1 or _is_decimal(text, number))
                and re.match(r"\s(?:for|on|in)\b", text[number.end :][:6])
            ):
                meaning = last
        if one is None and meaning is None and made:
            meaning = _lent(text, number, made)
        if one is None and meaning is not None:
            group -= 1
            one = _scaled(text, _made(number, meaning, group))
            last = meaning
        if one is not None:
            made.append(one)
    return made


def _lent(text: str, number: Number, made: Sequence[Measure]) -> tuple[str, Kind] | None:
    """What a number means that is held against the one before: "(median: 18)", "by +2.6"."""
    before = text[made[-1].end : number.start][-_WINDOW:]
    last = made[-1].unit, made[-1].kind
    closed = text[number.end : number.end + 1] == ")"
    if closed and _AGAINST_LAST.search(before):
        return last
    noun = next((one for one in reversed(made) if one.noun), None)
    after = text[number.end : number.end + 24]
    if noun and (_OF_THEM.match(after) or _OF_WHICH.search(before)):
        return noun.unit, noun.kind
    if _is_decimal(text, number) and _PARALLEL.fullmatch(before) and _PLACE.match(after):
        return last
    scored = next((one for one in reversed(made) if _is_score(one)), None)
    if scored is None or not _is_decimal(text, number):
        return None
    if _PLACED.search(before):
        return scored.unit, "accuracy"
    if (closed and before.endswith(" (")) or _GAINED.search(before) or _HIGHER.match(after):
        return (scored.unit if scored.unit != "%" else "points"), "accuracy"
    return None


def _is_score(one: Measure) -> bool:
    return one.kind == "accuracy" or one.unit.endswith("points")


def _is_decimal(text: str, number: Number) -> bool:
    return (
        number.word is None
        and re.fullmatch(r"\d+\.\d+", text[number.start : number.end]) is not None
    )


def _scaled(text: str, one: Measure) -> Measure:
    """`one` with the letter behind it: a context of 128K tokens, of which "tokens" is not said."""
    letter = text[one.end : one.end + 1]
    if one.unit != "tokens" or letter not in SCALES or text[one.end + 1 : one.end + 2].isalnum():
        return one
    return replace(one, end=one.end + 1, scale=SCALES[letter])


def _made(number: Number, meaning: tuple[str, Kind], group: int, edge: str = "") -> Measure:
    return Measure(number, meaning[0], meaning[1], number.end, 1.0, group, 0, edge)


def _meaning(before: str, number: Number) -> tuple[str, Kind] | None:
    if number.symbol:
        return ("ratio", "accuracy") if number.value <= 1 and _CORRELATION.search(before) else None
    match = _METRICS.search(before)
    if match:
        name = re.sub(r"^R\^?\{?2\}?$|^R²$", "R^2", match["name"])
        if name.lower().startswith(
            ("accurac", "precision", "recall", "sensitivity", "specificity")
        ):
            return ("ratio", "accuracy") if 0 < number.value <= 1 else None
        if name.endswith("opinion score"):
            return "MOS", "accuracy"
        return ("perplexity" if name.lower().startswith("perplex") else name), "accuracy"
    named = _RATIOS.search(before)
    highest = 1 if named and named["name"].startswith("rate") else 100
    if named and 0 <= number.value < highest and not number.size:
        return "ratio", "other"
    if _SCORE.search(before):
        return ("ratio" if number.value < 1 else "points"), "accuracy"
    match = _SETTINGS.search(before)
    if match:
        name = match["name"].lower().rstrip("s")
        if name.startswith(("input", "context", "sequence", "output", "prompt", "generation")):
            return "tokens", "size"
        return name, "other"
    return None
