"""The kind of a quantity whose unit says what it is, save where the words say otherwise."""

from __future__ import annotations

import re

from reviewkit.claims.claim import Direction, Kind
from reviewkit.claims.meaning import kind_of
from reviewkit.claims.measures import Measure
from reviewkit.claims.sides import Sides

_TIMES = ("fs", "ps", "ns", "µs", "ms", "s", "min", "hours")
# A time that is no time to wait for: how long a thing is or lasts, or when.
_LASTING = re.compile(
    r"\b(?:lifetimes?|half-li\w+|(?:coherence|decay|relaxation) times?|T[12]|trajector\w+|pulses?|"
    r"exposures?|clips?|videos?|recordings?|run|lives?|survives?|"
    r"stable|averag\w+|age[ds]?|duration of) "
    r"(?:of|is|was|with|for|has a [a-z0-9 ]{2,20} of) [^;.]{0,40}$|"
    r"\b(?:life|lifespan|stability|endurance|survival|stay) [^;.]{0,50}"
    r"\b(?:of|from|to|is|was|by) $|"
    r"\b(?:after|over|lasts?|lasted|during|every|for|lifetimes? [^;.]{0,40}|older than|beyond|"
    r"until|first|last|next|previous) (?:about |up to |over |only |a |the )?$|"
    r"\bwithin (?:about |the (?:first |last )?)?$"
)
# What is so many hours long, and nobody's wait: "hours of speech", "a 5-s clip".
_LONG_THING = re.compile(
    r"[ -](?:of (?!train|comput|search|work|wait|GPU|delay|latency)[a-z]|pulses?|lifetimes?|"
    r"exposures?|clips?|videos?|recordings?|before|after|earlier|later|long\b|windows?|horizons?)"
)
_WITHIN = re.compile(r"\bwithin (?:about |the (?:first |last )?)?$")
_TRAINS = re.compile(
    r"\b(?:arriv|respond|finish|complet|return|converg)\w* after $|"
    r"\b[Tt]raining [^;.]{0,40}lasts? $|"
    r"\btrain\w* [^;.]{0,80}\bfor (?:about |only )?$"
)
_TAKES = re.compile(r"\btak(?:es?|ing) (?:about |only )?$")
# "of 28 meV/atom on Alpha and 41 meV/Å".
_AND = re.compile(r"[^.;,]{0,40}\band (?:[a-z-]+ )?(?:of |by |from )?")
_RUNS_AT = re.compile(r"\b(?:runs?|running|rates?|loops?|updates?|control\w*|frames?|sampl\w+)\b")
_ERROR_OF = re.compile(
    r"\b(?:errors?|RMSE|MAE|deviat\w+|uncertaint(?:y|ies)|precision|distance|instability|"
    r"bias|localis\w+|localiz\w+|locates?|agree\w*)\b[^;.]{0,60}\b(?:of|is|was|to|"
    r"from|by|below|under|than|within|and)\s(?:[\w~<]+ ){0,2}$|\bto within (?:about )?$"
)
_ERROR_BEHIND = re.compile(r"[ (]{1,2}(?:RMSE|MAE|errors?\b|accuracy\b|precision\b|uncertainty\b)")
_POWER_LEVEL = re.compile(
    r"\b(?:loss(?:es)?|attenuation|isolation|extinction|(?<!to-)noise|bandwidth|"
    r"linewidth)\b[^;.]{0,40}$"
)
_REDUCED = re.compile(
    r"\b(?:reduc|decreas|lower|fall|fell|declin|drop|cut|shrink|shrank|sav)\w*\b[^;.]{0,60}"
    r"\bby (?:about |up to |over |only |nearly )?$"
)


def kind_of_unit(one: Measure, sides: Sides, direction: Direction) -> Kind:
    """The kind of a quantity with a unit that is neither a share nor a factor."""
    before = sides.before
    if one.unit in _TIMES:
        lasting = _LASTING.search(before) or _LONG_THING.match(sides.after)
        # "within 3 ms" is a wait, "within 24 hours" a span of a study.
        short = one.unit != "hours" and _WITHIN.search(before)
        trains = _TRAINS.search(sides.near_before)
        return "other" if lasting and not short and not trains else one.kind
    if one.unit.endswith("Hz"):
        return (
            "throughput"
            if one.unit in ("Hz", "kHz") and _RUNS_AT.search(sides.near_before)
            else "other"
        )
    kind = "other" if one.unit == "dB" and _POWER_LEVEL.search(before) else one.kind
    if one.unit.endswith("cycles") and (
        _TAKES.search(before) or kind_of(sides.near_before, False, "level") == "latency"
    ):
        return "latency"
    if kind != "other" or (one.noun and one.unit.isalpha() and one.unit != "degrees"):
        return kind
    errors = sides.previous and sides.previous[-1].kind == "accuracy"
    if errors and _AND.fullmatch(before):
        return "accuracy"
    if _ERROR_OF.search(before) or _ERROR_BEHIND.match(sides.after):
        return "accuracy"
    return "reduction" if direction == "down" and _REDUCED.search(before) else "other"
