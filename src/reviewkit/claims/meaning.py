"""What a quantity tells of, and whether it is a change: read off the words around it."""

from __future__ import annotations

import re

from reviewkit.claims.claim import Direction, Kind

_W = r"[\w-]{0,12}"
_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "energy",
        r"energy|power(?! law)|battery|carbon|CO_?2|joules?|wattage|electricity|"
        r"TOPS/W|emissions?",
    ),
    (
        "cost",
        r"(?:training|search|monetary|computational|compute|financial|operational|"
        r"inference|serving|"
        r"deployment|total|hardware|labell?ing|annotation)? ?costs?\b|"
        r"GPU[ -*]?(?:hours?|hrs|days?)|prices?|budgets?|dollars?|expenses?",
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
        r"misclassif\w+|false positives?|hit rates?|scores?|quality(?! of service)|"
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
        r"time-to-\w+(?:-\w+)?|runtimes?(?! performance)|\btime\b|durations?|TTFT|"
        r"TPOT|JCT|makespan",
    ),
    (
        "throughput",
        r"throughputs?|(?-i:[TGP]?FLOPS)\b|FLOPs?/s|TFLOPs/s|bandwidth|"
        r"frame rates?|frames per second|FPS|tokens per second|"
        r"requests per second|goodput|QPS|samples per second",
    ),
    (
        "speedup",
        r"speed-?ups?|speed(?:s|ed|ing)?(?: up)?\b|fast(?:er|est)?\b|accelerat\w+|"
        r"slow(?:er|down|s|ed)?\b|performance|quicker|convergence",
    ),
    (
        "size",
        r"(?:model|head|code|network|binary|index|file|chip|die|vocabulary|table|"
        r"dataset)(?:\s\w+)?\s?sizes?|parameters\b|smaller|params\b|larger|areas?\b",
    ),
    (
        "reduction",
        r"memory|FLOPs?|MACs|storage|footprints?|traffic|communication|data|bytes|"
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
    r"ris(?:e|es|ing)|rose|uplift|wider|deeper|stronger|richer|elevat\w+|advantage|ahead|"
    r"beat(?:s|ing)?|additional|extra|cheaper"
)
_DOWN = (
    r"reduc\w+|decreas\w+|less\b|lower\w*|fewer|smaller|drop\w*|loss(?:es)?|los(?:e|es|ing)|"
    r"lost|cut(?:s|ting)?\b|"
    r"sav(?:e|es|ed|ing|ings)\b|compress\w+|shrink\w*|shrunk|degrad\w+|declin\w+|fall(?:s|"
    r"ing)?|fell|shorter|"
    r"shorten\w*|slow(?:er|down|s|ed)?|diminish\w*|minimi[sz]\w+|mitigat\w+|trim\w*|"
    r"alleviat\w+|lighter|worse\w*|"
    r"below|underperform\w*|deteriorat\w+|narrow\w*|downsiz\w+|prun(?:e|es|ed|ing)|"
    r"eliminat\w+|cheaper|sparsif\w+"
)
_CHANGE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_NOT_A_LOSS = re.compile(
    r"loss function|cross-entropy loss|lossless|loss of generality|contrastive loss", re.IGNORECASE
)
# What improves by becoming less.
_LESS_IS_BETTER = re.compile(r"\b(?:cheaper|lighter)\b", re.IGNORECASE)


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


def change_of(words: str, nearest_first: bool) -> Direction | None:
    """The direction that the words tell of, from the nearest of them; None: none does."""
    kept = _NOT_A_LOSS.sub(lambda match: " " * len(match[0]), words)
    found = list(_CHANGE.finditer(kept))
    if not found:
        return None
    chosen = found[0] if nearest_first else found[-1]
    if _LESS_IS_BETTER.fullmatch(chosen[0]):
        return "down"
    return "up" if chosen["up"] else "down"
