"""What a quantity tells of, and whether it is a change: read off the words around it."""

from __future__ import annotations

import re

from reviewkit.claims.claim import Direction, Kind

_W = r"[\w-]{0,12}"
_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "energy",
        r"energy|(?<!resolving )(?<!statistical )(?<!predictive )power(?! law| conversion)|"
        r"battery|carbon (?:footprint|emissions?|intensity|cost|savings?)|"
        r"CO_?2(?= emission| saving|e\b)|joules?|wattage|electricity|TOPS/W",
    ),
    (
        "cost",
        r"(?:training|search|monetary|computational|compute|financial|operational|"
        r"inference|serving|"
        r"deployment|total|hardware|labell?ing|annotation)? ?costs?\b|rents?\b|wages?\b|"
        r"earnings|fees\b|"
        r"GPU[ -*]?(?:hours?|hrs|days?)|prices?|budgets?|dollars?|expenses?|cheaper",
    ),
    (
        "accuracy",
        r"accura(?:cy|cies|te)|mAPs?|(?-i:\bAP\d*\b)|F1|F-?score|BLEU|ROUGE|"
        r"precision(?! medicine)|recall|AUC|AUROC|mIoU|IoU|"
        r"PSNR|SSIM|FID|FVD|perplexit\w+|Dice|top-?[15]\b|WER|error rates?|"
        r"errors?(?!-)|R\^?2|sensitivity|"
        r"specificity|RMSE|MAE|MSE|MAPE|success(?:es)?|succe(?:eds?|eded)|"
        r"predictive values?|win rates?|(?-i:Elo)|correlation|"
        r"fidelity|"
        r"misclassif\w+|deviat\w+|bias(?:es)?\b|uncertaint(?:y|ies)|resolves|solv(?:es|ed)|"
        r"agree(?:s|d|ment)?\b|detect(?:s|ed)\b|correctly|false[ -](?:positive|"
        r"alarm)s?|hit rates?|scores?|quality(?! of service)|"
        r"exact match|pass@\d+",
    ),
    (
        "latency",
        r"latenc(?:y|ies)|delays?|(?:response|execution|inference|running|run|"
        r"computation|compute|training|"
        r"processing|completion|waiting|wall-?clock|search|turnaround|recovery|"
        r"iteration|elapsed|start-?up|"
        r"query|query|transfer|communication|end-to-end|evaluation|decoding|prefill|"
        r"step|per-epoch training)[ -]times?\b|"
        r"time-to-\w+(?:-\w+)?|shorten\w* (?:inference|training|execution|decoding|compilation)|"
        r"runtimes?(?! performance)|(?<! of the )time\b|durations?|TTFT|"
        r"TPOT|JCT|makespan",
    ),
    (
        "throughput",
        r"throughputs?|(?-i:[TGP]?FLOPS)\b|FLOPs?/s|TFLOPs/s|bandwidth|"
        r"clock (?:frequenc(?:y|ies)|speeds?|rates?)|frame rates?|frames per second|FPS|"
        r"tokens per second|"
        r"requests per second|goodput|QPS|samples per second",
    ),
    (
        "speedup",
        r"speed-?ups?|speed(?:s|ed|ing)?(?: up)?\b|fast(?:er|est)?\b|accelerat\w+|"
        r"slow(?:er|down|s|ed)?\b|performance|quicker|convergence",
    ),
    (
        "size",
        r"(?:model|head|code|batch|network|binary|index|file|chip|die|vocabulary|table|"
        r"dataset)(?:\s\w+)?\s?sizes?|parameters\b|smaller|params\b|larger|areas?\b",
    ),
    (
        "reduction",
        r"memory|[KMGTP]?FLOPs?|MACs|storage|footprints?|traffic|communication|data|bytes|"
        r"volume|"
        r"compress\w*|overheads?|computations?|operations?|cache|transfers?|VRAM|"
        r"bandwidth",
    ),
)
_METRIC = tuple((kind, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for kind, words in _KINDS)
# Words of these go with any metric, and tell the kind only where there is none.
_GENERAL = ("speedup", "reduction", "size")
_UP = (
    r"increas\w+|improv\w+|higher|highest|fast(?:er)?|speed-?ups?|sp(?:e+)ds? ?up|sped up|"
    r"better|more\b|gain(?:s|ed|ing)?|boost\w*|outperform\w*|"
    r"enhanc\w+|greater|larger|bigger|longer|accelerat\w+|surpass\w*|exceed\w*|rais(?:e|es|"
    r"ed|ing)|grow\w*|grew|"
    r"ris(?:e|es|ing)|rose|go(?:es)? up|went up|blue-?shift\w*|expand\w*|climb\w*|uplift|wider|"
    r"deeper|stronger|richer|elevat\w+|"
    r"advantage|ahead|"
    r"beat(?:s|ing)?|additional|extra|adds|adding|too (?:high|large|long)|cheaper"
)
_DOWN = (
    r"reduc\w+|decreas\w+|less\b|lower\w*|fewer|smaller|drop\w*|loss(?:es)?|los(?:e|es|ing)|"
    r"lost|cut(?:s|ting)?\b|"
    r"sav(?:e|es|ed|ing|ings)\b|compress\w+|shrink\w*|shrunk|degrad\w+|declin\w+|fall(?:s|"
    r"ing)?|fell|shorter|"
    r"shorten\w*|go(?:es)? down|went down|red-?shift\w*|shifted to the red|decay(?:s|ed)|"
    r"slow(?:er|down|s|ed)?|diminish\w*|minimi[sz]\w+|mitigat\w+|trim\w*|"
    r"alleviat\w+|lighter|worse\w*|"
    r"below|underperform\w*|deteriorat\w+|narrow\w*|downsiz\w+|prun(?:e|es|ed|ing)|"
    r"eliminat\w+|too (?:low|small|short)|cheaper|sparsif\w+"
)
_CHANGE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_NOT_A_LOSS = re.compile(
    r"loss function|lossless|loss of generality|(?:cross-entropy|contrastive|packet|frame|path|"
    r"insertion|propagation|on-chip|training|validation|test|adversarial|hearing|bone|"
    r"heat) loss(?:es)?",
    re.IGNORECASE,
)
# What improves by becoming less.
_LESS_IS_BETTER = re.compile(r"\b(?:cheaper|lighter)\b", re.IGNORECASE)


# A time that is no time to wait for.
_LASTING = re.compile(
    r"\b(?:lifetimes?|half-li\w+|(?:coherence|decay|relaxation) times?|T[12]|trajector\w+|pulses?|"
    r"exposures?|"
    r"run) (?:of|is|was|with) [^;.]{0,40}$|\b(?:after|over|lasts?|lasted) (?:about |up to )?$|"
    r"\blifetimes? [^;.]{0,40}$"
)
_ERROR_OF = re.compile(
    r"\b(?:errors?|RMSE|MAE|deviations?|uncertaint(?:y|ies)|precision|"
    r"bias)\b[^,;.]{0,30}\b(?:of|is|was|to|"
    r"from|by|below|"
    r"under|than)\s(?:[\w~<]+ ){0,2}$"
)
_POWER_LEVEL = re.compile(
    r"\b(?:loss(?:es)?|attenuation|isolation|extinction|noise|bandwidth|linewidth)\b[^;.]{0,40}$"
)
_SPECTRAL = re.compile(
    r"\b(?:spectr\w+|rotational|transitions?|linewidths?|resonan\w+|constants?)\b", re.IGNORECASE
)
_TIMES = ("fs", "ps", "ns", "µs", "ms", "s", "min", "hours")


def kind_of_unit(unit: str, kind: Kind, before: str) -> Kind:
    """The kind of a quantity whose unit tells it, save where the words before say otherwise."""
    if unit in _TIMES and _LASTING.search(before):
        return "other"
    if unit.endswith("Hz") and _SPECTRAL.search(before):
        return "other"
    if unit == "dB" and _POWER_LEVEL.search(before):
        return "other"
    if kind == "other" and _ERROR_OF.search(before):
        return "accuracy"
    return kind


def kind_of(words: str, nearest_first: bool, direction: Direction) -> Kind | None:
    """The kind that the words tell of: the nearest metric, or a sort that goes before it."""
    best: tuple[bool, int, int, Kind] | None = None
    for rank, (kind, pattern) in enumerate(_METRIC):
        if kind == "reduction" and direction != "down":
            continue
        places = [match.start() for match in pattern.finditer(words)]
        if places:
            distance = places[0] if nearest_first else len(words) - places[-1]
            rated = (kind in _GENERAL, distance, rank, kind)
            best = rated if best is None else min(best, rated)
    return best[3] if best else None


def without_names(words: str) -> str:
    """The words with blanks for names such as "packet loss", that tell of no change."""
    return _NOT_A_LOSS.sub(lambda match: " " * len(match[0]), words)


def change_of(words: str, nearest_first: bool) -> Direction | None:
    """The direction that the words tell of, from the nearest of them; None: none does."""
    found = list(_CHANGE.finditer(without_names(words)))
    if not found:
        return None
    chosen = found[0] if nearest_first else found[-1]
    if _LESS_IS_BETTER.fullmatch(chosen[0]):
        return "down"
    return "up" if chosen["up"] else "down"
