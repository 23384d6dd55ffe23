"""The units that follow a number, and how each is spelled in a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewkit.claims.claim import Kind
from reviewkit.claims.unittable import UNITS


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit after a number: where it ends, and what it makes of the number.

    `noun` says that it is no unit but what is counted.
    """

    name: str
    kind: Kind
    end: int
    scale: float = 1.0
    noun: bool = False


SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_WORD_SCALE = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_COMPILED = tuple((re.compile(pattern), name, kind) for pattern, name, kind in UNITS)
# "30+ FPS", "$2.5$ times".
_PLUS = re.compile(r"(?:\+(?=[ -])|\$(?=\s?[a-zA-Z%\\]))")
_SCALE = re.compile(r"[ -]?(hundred|thousand|million|billion|trillion)s?\b(?:[ -]plus)?(?: of)?")
_LETTER = re.compile(r"[ ]?([kKMBT])(?![A-Za-z0-9])")
_PARAMETERS = re.compile(
    r"[+]?(?:-|\s)(?:[\w./-]{1,30} ){0,2}?(?:scale\b|size\b|sized\b|"
    r"class\b)?\s?(?P<noun>[\w-]{0,30}?(?:models?|LLMs?|"
    r"VLMs?|transformers?|networks?|parameters?|params?|weights|backbones?|encoder|decoder|policy|"
    r"student|teacher|classifier|predictor|generator|retriever|reranker|planner|detector))\b"
)
# "70B Llama", "a 7B judge": what has billions and is one thing has parameters.
_MODEL = re.compile(
    r"[ -](?:GPT|LLaMA|Llama|Qwen|Mistral|Mixtral|Gemma|OPT|BLOOM|PaLM|Falcon|DeepSeek|Phi|"
    r"(?!(?:of|and|or|on|in|is|was|to|with|for|at|from|by|as|per|than|the|data\w*|corpus)\b)"
    r"[a-z][a-z-]{3,20}(?<!s))\b"
)
# "Qwen 32B beats": a name.
_NAMED_MODEL = re.compile(
    r"\b(?!(?:A|An|The|Our|Its|For|With|In|On|Both|This|Each|Using) )[A-Z][\w.-]* [\d.]+$"
)
_TOKENS = re.compile(r"[ -](?:input |training |output |video |text )?(tokens?|contexts?)\b")


def unit_at(text: str, at: int) -> Unit | None:
    """Read the unit that begins where a number ended; None: there is none that is known."""
    window = text[at : at + 90]
    plus = _PLUS.match(window)
    if plus:
        found = unit_at(text, at + plus.end())
        return found if found and found.name else None
    scaled = _SCALE.match(window)
    letter = None if scaled else _LETTER.match(window)
    if letter and letter[0].startswith(" ") and letter[1] in "kKT":
        letter = None
    if letter:
        named = _NAMED_MODEL.search(text, max(0, at - 40), at) is not None
        return _lettered(window, letter, at, named)
    skipped = scaled.end() if scaled else 0
    scale = _WORD_SCALE[scaled[1]] if scaled else 1.0
    found = _known(window, skipped, at, scale)
    if found or not scaled:
        return found
    noun = _PARAMETERS.match(window, skipped) if window[skipped - 1] != "f" else None
    if noun and noun["noun"].lower().startswith("param"):
        return Unit("parameters", "size", at + noun.end(), scale)
    return Unit("", "other", at + skipped, scale)


def _known(window: str, skipped: int, at: int, scale: float) -> Unit | None:
    for pattern, spelling, kind in _COMPILED:
        match = pattern.match(window, skipped)
        if match and match.end() > skipped:
            name = spelling or _spelled(match)
            # Work per energy is an energy efficiency, whatever the work.
            per_energy = name.endswith(("/W", "/J"))
            return Unit(name, "energy" if per_energy else kind, at + match.end(), scale)
    parameters = re.compile(
        r"[ -]?(?:trainable |learnable |model |total )?(?:parameters?|params?)\b"
    )
    match = parameters.match(window, skipped)
    return Unit("parameters", "size", at + match.end(), scale) if match else None


def _spelled(match: re.Match[str]) -> str:
    """The claim's spelling of a unit with variants."""
    groups = {name: found for name, found in match.groupdict().items() if found}
    if "device" in groups:
        time = groups["time"][0]
        times = {"h": "hours", "d": "days", "y": "years"}
        return f"{groups['device'].removesuffix('s')} {times[time]}"
    if "per" in groups:
        noun = groups["per"]
        each = f"/{groups['each']}" if "each" in groups else ""
        time = (
            {"h": "hour", "m": "min"}[groups["slow"].removeprefix(" per ").removeprefix("/")[0]]
            if "slow" in groups
            else "s"
        )
        return f"{noun if noun.endswith('s') else noun + 's'}/{time}{each}"
    if "compound" in groups or "micro" in groups:
        return _plain(groups.get("compound") or groups["micro"])
    if "part" in groups:
        return f"{groups['part']}%"
    if "map" in groups:
        return groups["map"] + groups.get("iou", "")
    if "op" in groups and "opper" in groups:
        return f"{groups['op']}/{_plain(groups['opper'])}"
    name = next(iter(groups.values())).strip()
    return re.sub(r"^(?:u(?=[JW])|\u03bc)", "\u00b5", name.replace("Bytes", "B"))


def _plain(unit: str) -> str:
    """One spelling of a unit put together: `mAh g-1` is mAh/g, `cm(-1)` cm^-1, `mu m` µm."""
    unit = re.sub(r"(?:mu|[µμ]) |μ", "µ", unit)
    unit = re.sub(r" (?=[-−–]\d)", "", unit)
    unit = re.sub(r"\^?[({]?(?<!-)([23])[)}]?$", r"\1", unit)
    unit = re.sub(r"\^?[({]?[-−–](\d)[)}]?", r"^-\1", unit)
    unit = re.sub(r"[ ·]([^\W\d]+)\^-1\b", r"/\1", unit)
    return re.sub(r"[ ·]([^\W\d]+)\^-(\d)", r"/\1\2", unit)


def _lettered(window: str, letter: re.Match[str], at: int, named: bool) -> Unit | None:
    """`20B model`, `4K tokens`, `5.8K parameters`, `600M MACs`; None where it is a name."""
    rest, scale = letter.end(), SCALES[letter[1]]
    tokens = _TOKENS.match(window, rest)
    if tokens:
        return Unit("tokens", "size", at + tokens.end(), scale)
    parameters = re.match(
        r"[ -](?:trainable |learnable |model )?(?:parameters?|params?)\b", window[rest:]
    )
    if parameters:
        return Unit(f"{letter[1]} parameters", "size", at + rest + parameters.end())
    noun = _PARAMETERS.match(window, rest)
    if noun and letter[1] in "MBT":
        return Unit(f"{letter[1]} parameters", "size", at + letter.end())
    known = _known(window, rest, at, scale)
    if known is None and letter[1] == "B" and not named and _MODEL.match(window, rest):
        return Unit("B parameters", "size", at + rest)
    if known is None and named and letter[1] == "B":
        return None
    return known or Unit("", "other", at + rest, scale)
