"""Against what a quantity is measured, and on which data sets and hardware."""

from __future__ import annotations

import re
from collections.abc import Sequence

_AGAINST = re.compile(
    r"\b(?:(?:when |as )?compared (?:to|with|against)|in comparison (?:to|with)|"
    r"comparing (?:to|with)|relative to|"
    r"with respect to(?: \(w\.r\.t\.?\))?|w\.r\.t\.?|in contrast to|versus|vs\.?|against|"
    r"over|than|"
    r"compare(?:s|d)?\s[^,.;]{1,50}?\s(?:with|to|against)|that of|outperform(?:s|ed|ing)?|"
    r"surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|comparable (?:with|to))\s+",
    re.IGNORECASE,
)
_PHRASE_END = re.compile(
    r"[,;:)(\[]|\.(?:\s|$)|\s(?:by|on|in|while|whilst|when|which|that|who|for|with|without|"
    r"using|at|up to|under|across|and (?:a|an|by|"
    r"achiev\w+|reduc\w+|improv\w+|is|has|can|up|\d)|but|to|as|is|are|was|were|has|have|"
    r"respectively|where|via|such as|w\.r\.t\.?|"
    r"through|during|from|if|due|demonstrat\w+|achiev\w+|depending|thanks|after|before|"
    r"despite|maintain\w+)\b"
)
_LEAD = re.compile(
    r"^(?:the|a|an|its|their|our|those of|that of|using|other|all|current|"
    r"state-of-the-art(?=\s(?-i:[A-Z])[\w+-]*$))\s+",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^(?:time|it|them|this|that|these|those|one|others?|ever|usual|before|\W*|\d.*|all|"
    r"years?|the years?)$"
)
_LONGEST_PHRASE = 90
# The most between two contexts of one list.
_LISTED = 30
_PART = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*")

DATASETS = (
    r"ImageNet(?:-?1?\d*[kK]?)?(?:-[A-Z]\w*)?|CIFAR-?10(?:0)?(?:/100)?|"
    r"(?:MS[- ]?)?COCO(?: ?val| test-dev| 20\d\d)?|Pascal VOC|PASCAL VOC|"
    r"(?:Fashion-?)?MNIST|SVHN|Cityscapes|CamVid|ADE20K|KITTI|nuScenes|Waymo(?: Open)?|"
    r"NYU ?Depth ?(?:v2|V2)|NYUv2|ScanNet|LibriSpeech|"
    r"GSM8[kK]|MMLU(?:-Pro)?|HumanEval|MBPP|HellaSwag|WinoGrande|TriviaQA|SQuAD|GLUE|"
    r"SuperGLUE|WikiText-?\d*|WMT ?'?\d*|Penn Treebank|C4|"
    r"The Pile|LongBench|MATH(?:-500)?|AIME(?: ?20\d\d)?|BIG-?[Bb]ench(?: Hard)?|TruthfulQA|"
    r"ARC(?:-[CE]\w*)?|LAMBADA|VQAv2|TextVQA|MMBench|"
    r"MMMU|Video-?MME|FFHQ|CelebA(?:-HQ)?|LSUN|LAION(?:-\w+)?|Kinetics-?\d*|UCF-?101|"
    r"ModelNet\d*|ShapeNet|Argoverse(?: 2)?|Objects365|"
    r"LVIS|iNaturalist|Tiny-?ImageNet|OGB\w*|Criteo|MovieLens|Reddit|SWE-[Bb]ench(?: \w+)?|"
    r"MT-[Bb]ench|VBench|GenEval|CUB(?:-200)?|"
    r"Speech Commands|AudioSet|BraTS|MIMIC-(?:III|IV|CXR)|UK Biobank|ChestX-ray14|CheXpert|"
    r"Vimeo-?90[kK]|RULER|NIAH"
)
HARDWARE = (
    r"(?:(?:NVIDIA|Nvidia|AMD|Intel|Google|Qualcomm|Apple|ARM|Arm|Xilinx|Tesla|GeForce|"
    r"Huawei)\s)*"
    r"(?:(?:Jetson|Raspberry P[Ii]|Snapdragon|Pixel|iPhone|RTX|GTX|Tesla|Xeon|Ryzen|EPYC|"
    r"Cortex|Hexagon|Kirin|Ascend|Alveo|Virtex|Zynq|"
    r"EdgeTPU|Edge TPU|A100|H100|H200|H800|V100|P100|T4|L4|L40S?|A10G?|A30|A40|A800|A6000|"
    r"B200|GH200|MI\d{3}X?|K80|TITAN|Titan|"
    r"\d0[5-9]0(?: ?Ti)?|6000 Ada|M[1-4](?= (?:Max|Pro|Ultra|chip))|TX2|Xavier|Orin|Nano)\b"
    r"(?:[ -](?:Nano|Xavier|Orin|AGX|NX|TX2|DSP|CPU|GPU|GPUs|CPUs|board|phone|\d+\w{0,3}|Ti|"
    r"Super|Max|Pro|Ultra|XL)\b)*"
    r"|(?:mobile |edge |consumer |commodity |server |embedded |single |multi-core )?(?:GPU|"
    r"CPU|TPU|NPU|FPGA|DSP|ASIC|MCU|microcontroller|"
    r"smartphone|EdgeTPU|GCD)s?\b(?![ *-]?(?:hours?|hrs?|days?))|mobile (?:device|phone|"
    r"accelerator)s?|edge devices?)"
)
_DATASET = re.compile(rf"(?<![\w-])(?:{DATASETS})(?![\w-])")
_HARDWARE = re.compile(rf"(?<![\w-])(?:{HARDWARE})(?![\w-])")
_OPENER = re.compile(
    r"^\W*(?:(?:For (?:instance|example)|Specifically|Notably|In particular),? )?(?:[Oo]n|"
    r"[Ff]or|[Ww]hen|[Uu]sing|[Ii]n|[Uu]nder|[Ww]ith)\s[^,]{3,120},"
)


def phrase_against(words: str) -> str:
    """What the first comparison in the words is made with; "" if there is none."""
    for match in _AGAINST.finditer(words):
        named = _noun_phrase(words[match.end() : match.end() + _LONGEST_PHRASE + 20])
        if named:
            return named
    return ""


def _noun_phrase(words: str) -> str:
    end = _PHRASE_END.search(words)
    named = words[: end.start() if end else len(words)].strip(" .\"'")
    named = re.sub(r"\s(?:and|or)$", "", named)
    while lead := _LEAD.match(named):
        named = named[lead.end() :]
    if len(named) > _LONGEST_PHRASE or _VAGUE.match(named):
        return ""
    return named


def share(phrase: str, place: int, places: int) -> str:
    """The part of "X and Y heads" that belongs to one of as many numbers; else all of it."""
    if places < 2:
        return phrase
    parts = [part for part in _PART.split(phrase) if part]
    if len(parts) != places:
        return phrase
    return re.sub(r"\s+baselines?$", "", parts[place])


def contexts(words: str, extra: Sequence[re.Pattern[str]] = ()) -> list[str]:
    """The data sets and hardware that the words name, in their order, each once."""
    return list(dict.fromkeys(words[start:end] for start, end in _named(words, extra)))


def first_contexts(words: str, extra: Sequence[re.Pattern[str]] = ()) -> list[str]:
    """The first context in the words, and those that are listed with it."""
    listed: list[str] = []
    last = 0
    for start, end in _named(words, extra):
        gap = words[last:start]
        if listed and (len(gap) > _LISTED or re.search(r"\d", gap)):
            break
        listed.append(words[start:end])
        last = end
    return list(dict.fromkeys(listed))


def names_dataset(words: str) -> bool:
    """Whether a figure stands "on" a known data set."""
    return re.search(rf"\bon (?:the )?(?:{DATASETS})(?![\w-])", words) is not None


def _named(words: str, extra: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    """Where data sets and hardware are named; of overlapping names the first."""
    patterns = (*extra, _DATASET, _HARDWARE)
    found = sorted(match.span() for pattern in patterns for match in pattern.finditer(words))
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def opener(sentence: str) -> str:
    """The words with which a sentence says where all of it holds: "On COCO, ..."."""
    match = _OPENER.match(sentence)
    return match[0] if match else ""
