"""Quantities in words: "an order of magnitude", "twice as", "trillion-plus parameters"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
_ORDERS = re.compile(
    r"\b(?:(?P<count>an|one|two|three|four|five|six|"
    r"\d)(?: to \w{3,5})? )?orders?[ -]of[ -]magnitude",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r" (?:\w+ ){0,2}(?:fast|speed|small|less|low|high|more|larg|great|better|cheap|"
    r"improve|reduc|fewer|slow|below|above|beyond|short|long|wors)",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby (?:up to |about |nearly |almost |over |more than |at least )?$")
_FACTOR = re.compile(rf"\bfactors? of (?P<count>{'|'.join(_SMALL)})\b", re.IGNORECASE)
_TWICE = re.compile(r"\b[Tt]wice(?= (?:as|the|that|those|its|their|more) )")
_FOLD = {"doubl": 2.0, "halv": 2.0, "tripl": 3.0, "quadrupl": 4.0}
_QUANTITY = (
    r"(?:throughput|speeds?|speed-?ups?|memory|traffic|latenc(?:y|ies)|times?|costs?|energy|power|"
    r"accurac(?:y|ies)|performance|bandwidth|sizes?|rates?|number|capacit(?:y|ies)|consumption|"
    r"efficienc(?:y|ies)|yields?|output|lifetime|length|errors?|parameters|footprint|risk|"
    r"incidence|utili[sz]ation|emissions|demand|prices?|runtimes?|range|resolution|"
    r"coherence|sensitivity|income|revenue|sales|survival|mortality|prevalence|dose|odds)\b"
)
# Verbs alone: "triples" and "double" are nouns and adjectives too.
_VERB = re.compile(
    rf"\b(?P<verb>(?:doubl|halv|tripl|quadrupl)(?:es|ed|ing))(?= (?:the |its |their |our )?"
    rf"(?:[\w-]{{2,20}} ){{0,2}}?{_QUANTITY})|\b{_QUANTITY} (?:is |was |are |were |has |have |"
    rf"been |nearly |almost |more than ){{0,3}}"
    rf"(?P<after>(?:doubl|halv|tripl|quadrupl)(?:es|ed))\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?P<count>{'|'.join(_SMALL)})(?=[ -]?fold (?:higher|lower|more|less|faster|"
    rf"increase|reduc|decrease|improve|speed|gain|larger|smaller|greater|above|below|rise|drop|"
    rf"better|slower|lead|boost|enhance|change)| times (?:fast|"
    rf"small|less|low|high|more|larg|great|better|"
    r"cheap|fewer|slow|as|that|those|its|today)|"
    r" (?:percent|milliseconds?|seconds?|minutes?|hours?|million|"
    r"billion|trillion)\b)",
    re.IGNORECASE,
)
_CHANGED_FOLD = re.compile(
    r"\b(?:drop|fall|fell|ris|rose|grow|grew|increas|decreas|reduc|improv|expand|shrank|shrink|"
    r"declin)\w{0,3} (?:by |about |nearly |almost |over |more than ){0,2}"
    rf"(?P<count>{'|'.join(_SMALL)})(?=[ -]?fold\b)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\d\w-])(?<!\d )(?P<scale>million|billion|trillion)(?=(?:-plus|"
    r"-scale)? (?:\w+ )?parameters?\b)"
)
_ZERO = re.compile(r"\bat (?P<zero>zero)(?= (?:\w+ )?(?:cost|overhead|latency)\b)")


def _found(
    pattern: re.Pattern[str], text: str, small: str, *hints: str
) -> Iterator[re.Match[str]]:
    """The matches in a text that has one of the hints in small letters; most texts have none."""
    if any(hint in small for hint in hints):
        yield from pattern.finditer(text)


def worded(text: str) -> Iterator[tuple[int, int, float, str]]:
    """Go through (start, end, value, unit); the unit is "" where it follows as after digits."""
    small = text.lower()
    for match in _found(_ORDERS, text, small, "magnitude"):
        led = _BY.search(text, max(0, match.start() - 20), match.start())
        if not led and not _COMPARES.match(text, match.end()):
            continue
        if match["count"] is None:
            continue  # "by orders of magnitude" says no number
        count = match["count"].lower()
        power = int(count) if count.isdigit() else _SMALL.get(count, 1)
        yield match.start(), match.end(), 10.0**power, "x"
    for match in _found(_TWICE, text, small, "twice"):
        yield match.start(), match.end(), 2.0, "x"
    for match in _found(_VERB, text, small, *_FOLD):
        start, end = match.span("verb" if match["verb"] else "after")
        stem = re.sub(r"(?:es|ed|ing)$", "", text[start:end].lower())
        yield start, end, _FOLD[stem], "x"
    for match in _COUNT.finditer(text):
        yield match.start(), match.end(), float(_SMALL[match["count"].lower()]), ""
    for match in _found(_CHANGED_FOLD, text, small, "fold"):
        yield *match.span("count"), float(_SMALL[match["count"].lower()]), ""
    for match in _found(_FACTOR, text, small, "factor"):
        yield *match.span("count"), float(_SMALL[match["count"].lower()]), "x"
    for match in _found(_BARE, text, small, *_SCALES):
        yield match.start(), match.end(), _SCALES[match["scale"]], "parameters"
    for match in _found(_ZERO, text, small, "zero"):
        yield match.start("zero"), match.end("zero"), 0.0, "zero"
