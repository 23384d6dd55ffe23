"""How the units after a number are written, each with its spelling and its kind."""

from __future__ import annotations

from reviewkit.claims.claim import Kind

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
CURRENCIES = "USD|EUR|GBP|CHF|AUD|CAD|NZD|JPY|CNY|RMB|INR|KRW|BRL|ZAR|SEK|NOK|DKK"
_DEVICES = r"(?:[A-Z]?\d*\s?GPU|TPU|CPU|NPU|A100|V100|H100|T4|core|node|machine|person|man)s?"
# Longest first where one begins another; each is tried where the number ends.
UNITS: tuple[tuple[str, str, Kind], ...] = (
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
        r"[ -]?(?:[a-z][a-z-]{1,15} )?(?P<per>(?!beats|breaths)[a-z]{2,20}s|token|image|"
        r"sample)"
        r"(?: per (?:second|sec)|/s(?:ec(?:ond)?)?|(?P<slow> per (?:minute|min|hour)|/min))\b"
        r"(?:/(?P<each>W|J|GPU|CPU|core|node|chip|device|user))?",
        "",
        "throughput",
    ),
    (r"[ -]?(?P<rate>QPS|TPS|IPS|RPS|IOPS|MIPS|qps|tps|rps|[kMG]?pps)\b", "", "throughput"),
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
    (r"[ -]?(?:epochs?)\b", "epochs", "other"),
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
    (r"[ -]?(?P<compound>(?:mu |[µμm])m(?:\^?\{?2\}?|\(2\)|²))(?![\w/])", "", "size"),
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
    (r"[ -]?(?:dollars\b|US\$)", "USD", "cost"),
    (r"[ -]?euros?\b", "EUR", "cost"),
    (rf"[ -]?(?P<currency>{CURRENCIES})\b", "", "cost"),
)
