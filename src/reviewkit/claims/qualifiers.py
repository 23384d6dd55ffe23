"""The words that say how a number is meant: at most, about, on average."""

from __future__ import annotations

import re

# "median time to first token of".
_METRIC = r"(?:(?: [a-z][\w-]{0,20}){0,5}? (?:of|is|was|from|to|by))?"
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "up to",
        r"up[ -]to|no(?:t)? more than|as (?:much|high|many|large|low|little|few) as|at most|"
        r"a maximum of|"
        r"max(?:imum)?(?: of)?",
    ),
    ("at least", r"at least|no less than|a minimum of|≥|>=|\\geq?"),
    (
        "over",
        r"over|(?<!no )(?<!not )more than|greater than|above|exceed(?:s|ed|ing)|"
        r"beyond|longer than|older than|upwards of|well over|higher than|>",
    ),
    (
        "under",
        r"under|(?<!no )less than|below|fewer than|shorter than|younger than|within|<|lower than|"
        r"≤|<=|\\leq?",
    ),
    (
        "about",
        r"about|around|approximately|roughly|nearly|almost|circa|close to|some|"
        r"an? approximately|~|\$?\\?sim\$?|≈|\\approx|an estimated|approx\.",
    ),
    ("reaching", r"reaching"),
    ("only", r"(?:with )?(?:only|just|merely|a mere)(?: a)?"),
    (
        "on average",
        rf"on average|averaging|an average of|(?:mean|average)(?! opinion| precision|"
        rf" error){_METRIC}:?",
    ),
    ("geomean", rf"(?:a )?geo(?:metric )?mean{_METRIC}"),
    ("mean error", r"mean (?:[a-z]+ )?error(?: of| is| was)?"),
    ("median error", r"median error(?: of| is| was)?"),
    ("median", rf"(?:a )?median(?! error){_METRIC}:?"),
)
_BEFORE = tuple(
    (
        name,
        re.compile(
            rf"(?:^|[\s(\[,;~$])(?:{words})[\s$]*(?:an? |the )?(?:\\?[$€£])?$", re.IGNORECASE
        ),
    )
    for name, words in _WORDS
)
_GLUED = re.compile(r"(?:~|\$?\\?sim\$?|≈|\$)\s?\$?$")
_AFTER = re.compile(
    r"(?:[^\w(]|\\?%|x|X|×|times)?\s?(?:(?P<geomean>geomean|geometric mean)|"
    r"(?P<average>on average|in average)|at the (?P<median>median)|(?P<max>at the max(?:imum)?\b)|"
    r"(?P<most>at most))",
)


def qualifier_of(before: str, after: str) -> str:
    """The qualifier of a number with these words before and after it; "" without one.

    `max` is what a figure in brackets calls itself beside a mean.
    """
    if re.search(r"\(max(?:imum)?(?: of)?\s?$", before):
        return "max"
    for name, pattern in reversed(_BEFORE):
        if pattern.search(before):
            return (
                "up to"
                if name == "only" and "up to" in before[-12:]
                else ("" if name == "only" else name)
            )
    if _GLUED.search(before) and not before.endswith("$"):
        return "about"
    match = _AFTER.match(after)
    if match:
        name = next(name for name, found in match.groupdict().items() if found)
        return {"average": "on average", "most": "up to"}.get(name, name)
    return ""
