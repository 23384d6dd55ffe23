"""The units that follow a number, and how each is spelled in a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewkit.claims.claim import Kind


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
# Units of the sciences, put together: "mA/cm2", "mAh g-1", "cm(-1)" as web databases write it.
_ATOM = (
    r"(?:(?:mu |[µμ] |[pnµμmcdkMGT])?(?:mol|cal|eV|pc|Pa|Hz|Wh|Ah|Bq|Gy|Sv|Da|cd|"
    r"[mgVAWJLlsTNKFΩS])|"
    r"[nµμm]M|m?Å|atoms?|bits?|bar|atm|ha|fb|pb|min|hr?|days?|d|yr|year|IU|U|cells?)"
)
_INVERSE = r"(?: ?\^?\{?[-−–]\d\}?|\(-\d\))"
_SQUARE = r"(?:\^?\{?[23]\}?|\([23]\))"
_COMPOUND = (
    rf"(?:{_ATOM}|t){_SQUARE}?(?:/{_ATOM}{_SQUARE}?){{1,2}}|"
    rf"{_ATOM}{_SQUARE}?(?:[ ·]{_ATOM}{_INVERSE}){{1,2}}|"
    rf"{_ATOM}{_INVERSE}(?:[ ·]{_ATOM}{_INVERSE})?|"
    rf"(?:mu |[cmkµμn])?m{_SQUARE}"
)
_ENERGY = r"(?=(?:mu |[pnuµμmkMGT])?(?:Wh?|J)\b)"
_DEVICES = r"(?:[A-Z]?\d*\s?GPU|TPU|CPU|NPU|A100|V100|H100|T4|core|node|machine|person|man)s?"
# Longest first where one begins another; each is tried where the number ends.
_UNITS: tuple[tuple[str, str, Kind], ...] = (
    (
        r"\s?(?:\\?%|percent\b|per\s?cent\b)[ -]?(?:absolute )?points?\b",
        "percentage points",
        "other",
    ),
    (r"\s?(?:percentage points?|p\.?p\.?(?!\w)|%p\b)", "percentage points", "other"),
    (r" basis points?\b", "basis points", "other"),
    (r"[ -]?(?:pts?|points?)\b", "points", "other"),
    (r" (?P<part>mol|wt|vol|at)\.? ?\\?%", "", "other"),
    (r"\s?(?:\{\\?%\}|\\?%)", "%", "other"),
    (r"\s?[x×]\s?(?=(?:NVIDIA |Nvidia |AMD )?(?:A|H|V|B|GH|MI)\d{2,3})", "GPUs", "other"),
    (r" x (?=(?:NVIDIA|Nvidia|AMD|Intel|[A-Z]\d+) [\w ]{0,20}GPUs?\b)", "GPUs", "other"),
    (r"[ -]?(?:percent|per cent)\b", "%", "other"),
    (
        r"\s?\$?\\?times(?![a-z])(?! (?:a|an|per|each|daily|weekly|monthly|every|during|"
        r"the (?:day|week)|(?:in|during|within|over) (?:the|an?|\d|one|ten)\b)\b)\$?|"
        r"\s?\$?[x×](?![A-Za-z0-9])(?! [A-Z])\$?|X(?![A-Za-z0-9])|"
        r"[ -]?fold\b(?! cross| CV)",
        "x",
        "other",
    ),
    (r"(?P<often> times)(?= (?:in|during|within|over) (?:the|an?|\d|one|ten))", "", "other"),
    (rf"[ -]?(?P<device>{_DEVICES})[ *-]?(?P<time>hours?|hrs?|days?|years?)\b", "", "cost"),
    (
        r"[ -]?(?:f/s|fps|FPS|"
        r"frames?(?:[ -]per[ -]second|/s(?:ec(?:ond)?)?))\b",
        "FPS",
        "throughput",
    ),
    (
        r"[ -]?(?:[a-z][a-z-]{1,15} )?(?P<per>[a-z]{2,20}s|token|image|sample)"
        r"(?: per (?:second|sec)|/s(?:ec(?:ond)?)?)\b"
        r"(?:/(?P<each>W|J|GPU|CPU|core|node|chip|device|user))?",
        "",
        "throughput",
    ),
    (r"[ -]?(?P<rate>QPS|TPS|IPS|RPS|IOPS|MIPS|qps|tps|rps)\b", "", "throughput"),
    (
        r"[ -]?(?P<op>[kKMGTPE](?:FLOPS|FLOP/s|FLOPs/s|OPS|OP/s|"
        r"OPs/s))(?:/(?P<opper>W\b|mm(?:\^?\{?2\}?|²)))?(?![a-z])",
        "",
        "throughput",
    ),
    (r"[ -]?(?P<bps>[kKMGT](?:bps|b/s|bit/s|bits/s|B/s|Bps|iB/s))\b", "", "throughput"),
    (
        r"[ -]?(?P<flop>[kKMGTP]?(?:FLOPs?|MACs?|MAdds|BFLOPs?|OPs)(?:\([GMT]\))?)(?!\w)",
        "",
        "size",
    ),
    (r"[ -]?(?P<hz>[kMGT]?Hz)\b", "", "throughput"),
    (r"[ -]?(?P<bytes>[kKMGTP]i?B)(?:ytes?)?(?![\w/])", "", "size"),
    (r"[ -]?(?P<longbytes>(?:kilo|mega|giga|tera|peta)?bytes?)\b", "", "size"),
    (r"[ -]?(?P<bases>[kMG]b)(?![\w/])", "", "size"),
    (r"[ -]?bits?\b(?! [A-Z])", "bit", "size"),
    (r"[ -]?(?:ms|msec|milliseconds?|millisecs?)\b", "ms", "latency"),
    (r"[ -]?(?:µs|μs|us|usec|microseconds?)\b", "µs", "latency"),
    (r"[ -]?(?:ns|nanoseconds?)\b", "ns", "latency"),
    (rf"\s?s\b(?!'|{_INVERSE})|[ -]?(?:secs?|seconds?)\b", "s", "latency"),
    (r"[ -]?(?P<short>[pf]s)\b", "", "latency"),
    (rf"[ -]?(?:mins?|minutes?)\b(?!{_INVERSE})", "min", "latency"),
    (rf"[ -]?(?:hrs?|hours?)\b|\s?h\b(?!{_INVERSE})", "hours", "latency"),
    (r"[ -]?days?\b|\sd\b(?!['’-]| (?:orbital|electron|band|shell|state))", "days", "other"),
    (r"[ -]?weeks?\b", "weeks", "other"),
    (r"[ -]?months?\b", "months", "other"),
    (r"[ -]?(?:years?|yrs?)\b", "years", "other"),
    (r"[ -]?(?:epochs?)\b", "epochs", "cost"),
    (
        r"(?:\s(?:box|mask|average|bbox))?\s?(?P<map>mAP|AP|mAR|"
        r"AR)s?(?P<iou>@?\[?(?:0?\.?\d\d?(?::\.?\d+)?)\]?)?\b",
        "",
        "accuracy",
    ),
    (
        r"\s?(?P<score>[Tt]op-?[15](?!\d)|mIoU|MIoU|IoU|BLEU(?:-\d)?|sacreBLEU|chrF|"
        r"ROUGE(?:-[L\d])?|METEOR|CIDEr|"
        r"SPICE|FID|"
        r"FVD|LPIPS|PSNR|SSIM|CLIPScore|F1|AUC|AUROC|AUPRC|WER|CER|MOS|PPL|NDS|MOTA|HOTA|IDF1|"
        r"EPE|RMSE|MAE|"
        r"MSE|MAPE|Dice|DSC|Elo|EM)(?:[ -]?(?:score|point)s?)?\b",
        "",
        "accuracy",
    ),
    (r"\s?perplexity\b", "perplexity", "accuracy"),
    (r"\s?dB[mci]?\b", "dB", "accuracy"),
    (rf"[ -]?{_ENERGY}(?P<compound>{_COMPOUND})(?!\w|/[a-zA-Z])", "", "energy"),
    (rf"[ -]?(?P<compound>{_COMPOUND})(?!\w|/[a-zA-Z])", "", "other"),
    (r"[ -](?:mu|[µμ]) s\b", "µs", "latency"),
    (r"[ -](?P<micro>(?:mu|[µμ]) [WJ])\b", "", "energy"),
    (r"[ -](?P<micro>(?:mu|[µμ]) [mgVAMLl])\b", "", "other"),
    (r"[ -]?(?:sigma|σ)(?!\w)| standard deviations?\b", "sigma", "other"),
    (
        r"[ -]?(?P<sky>[kMG]?pc|AU|[kMG]yr|[MG]t|log10|m?Ah|"
        r"m?Sv|m?Gy|dex|[mµμ]G|amu|atm|mbar|bar|Torr)\b",
        "",
        "other",
    ),
    (
        r"\s(?P<letter>[gKLmNVT])(?![\w/'’^+-])(?! (?:tokens?|context|images|samples|param))",
        "",
        "other",
    ),
    (
        r"[ -]?(?P<watt>(?:[mkMGuµμnp]?W(?:h)?|kWh|[mkMuµμnpf]?J)(?:/\w{1,12})?)(?!\w)",
        "",
        "energy",
    ),
    (
        r"[ -]?(?P<longwatt>(?:milli|kilo|mega|micro|giga)?(?:watts?|joules?|"
        r"watt[ -]?hours?))\b",
        "",
        "energy",
    ),
    (
        r"[ -]?(?P<si>mg/(?:kg|dl|dL|L|l|day|ml|mL)|g/(?:kg|L|l|day|dl|dL)|mmol/[lL]|µmol/[lL]|"
        r"ng/m[lL]|"
        r"µg/(?:m[lL]|kg)|mm ?Hg|mmHg|kg/m2|kg|mg|µg|μg|mcg|ml|mL|dl|dL|[kcmnµμ]m|km/h|m/s|mM|"
        r"µM|μM|nM|[mµμn]K|[kMGTm]?eV|"
        r"kPa|MPa|GPa|Pa|kcal|ppm|ppb|rpm|bpm|IU|°C|° ?C|degrees C(?:elsius)?|m?Å|[kM]?Ω|kDa|bp|"
        r"mT|Tesla|"
        r"m?mol|kHz|[km]?V|[mµ]?A\b)(?![\w/])",
        "",
        "other",
    ),
    (r" degrees?\b", "degrees", "other"),
    (r" cents?\b", "cents", "cost"),
    (r"[ -]?(?:USD|dollars|US\$|EUR|euros?)\b", "USD", "cost"),
)
_COMPILED = tuple((re.compile(pattern), name, kind) for pattern, name, kind in _UNITS)
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
    for pattern, name, kind in _COMPILED:
        match = pattern.match(window, skipped)
        if match and match.end() > skipped:
            return Unit(name or _spelled(match), kind, at + match.end(), scale)
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
        return f"{noun if noun.endswith('s') else noun + 's'}/s{each}"
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
