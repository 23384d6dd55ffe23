"""The data sets and hardware that a text names: where its quantities hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

# The most between two contexts of one list.
_LISTED = 30

DATASETS = (
    r"ImageNet(?:-?1?\d*[kK]?)?(?:-[A-Z]\w*)?|CIFAR-?10(?:0)?(?:/100)?|"
    r"(?:MS[- ]?)?COCO(?:-\d+[kK]| ?val| test-dev| 20\d\d)?|Pascal VOC|PASCAL VOC|"
    r"(?:Fashion-?)?MNIST|SVHN|Cityscapes|CamVid|ADE20K|(?:Semantic)?KITTI|nuScenes|"
    r"Waymo(?: Open)?|"
    r"NYU ?Depth ?(?:v2|V2)|NYUv2|ScanNet|LibriSpeech|VisDrone|DOTA|RefCOCO\+?|Flickr30[kK]|"
    r"GSM8[kK]|MMLU(?:-Pro)?|HumanEval\+?|MBPP|HellaSwag|WinoGrande|TriviaQA|SQuAD|GLUE|GPQA|"
    r"IFEval|"
    r"HotpotQA|Natural Questions|BoolQ|PIQA|CommonsenseQA|AlpacaEval|LiveCodeBench|"
    r"SuperGLUE|WikiText-?\d*|WMT ?'?\d*|Penn Treebank|C4|"
    r"The Pile|LongBench|MATH(?:-500)?|AIME(?: ?20\d\d)?|BIG-?[Bb]ench(?: Hard)?|TruthfulQA|"
    r"ARC(?:-[CE]\w*)?|LAMBADA|VQAv2|TextVQA|MMBench|"
    r"MMMU|Video-?MME|FFHQ|CelebA(?:-HQ)?|LSUN|LAION(?:-\w+)?|Kinetics-?\d*|UCF-?101|"
    r"ModelNet\d*|ShapeNet|S3DIS|Argoverse(?: 2)?|Objects365|Mip-NeRF ?360|"
    r"LVIS|iNaturalist|Tiny-?ImageNet|OGB\w*|Criteo|MovieLens|Reddit|SWE-[Bb]ench(?: \w+)?|"
    r"MT-[Bb]ench|VBench|GenEval|CUB(?:-200)?|D4RL|Meta-World|"
    r"Speech Commands|AudioSet|VoxCeleb\d?|Common Voice|BraTS|MIMIC-(?:III|IV|CXR)|UK Biobank|"
    r"ChestX-ray14|CheXpert|TPC-(?:H|DS|C|E)|YCSB|SPEC ?CPU ?\d{0,4}|MLPerf(?: (?:Inference|"
    r"Tiny))?|"
    r"Vimeo-?90[kK]|RULER|NIAH"
)
HARDWARE = (
    r"(?:(?:NVIDIA|Nvidia|AMD|Intel|Google|Qualcomm|Apple|ARM|Arm|Xilinx|Tesla|GeForce|"
    r"Huawei)\s)*"
    r"(?:(?:Jetson|Raspberry P[Ii]|Snapdragon|Pixel|iPhone|RTX|GTX|Tesla|Xeon|Ryzen|EPYC|"
    r"Cortex|Hexagon|Kirin|Ascend|Alveo|Virtex|Zynq|Tofino|Loihi|Gaudi|Trainium|Inferentia|"
    r"EdgeTPU|Edge TPU|A100|H100|H200|H800|V100|P100|T4|L4|L40S?|A10G?|A30|A40|A800|A6000|"
    r"B200|GH200|MI\d{3}X?|K80|TITAN|Titan|"
    r"\d0[5-9]0(?: ?Ti)?|6000 Ada|M[1-4](?= (?:Max|Pro|Ultra|chip))|TX2|Xavier|Orin|Nano)\b"
    r"(?:[ -](?:Nano|Xavier|Orin|AGX|NX|TX2|DSP|CPU|GPU|GPUs|CPUs|board|phone|[A-Z]?\d+\w{0,3}|Ti|"
    r"Super|Max|Pro|Ultra|XL)\b)*"
    r"|(?:mobile |edge |consumer |commodity |server |embedded |laptop |desktop |single |"
    r"multi-core )?"
    r"(?:GPU|CPU|TPU|NPU|FPGA|DSP|ASIC|MCU|microcontroller|"
    r"smartphone|EdgeTPU|GCD)s?\b(?![ *-]?(?:hours?|hrs?|days?))|mobile (?:device|phone|"
    r"accelerator)s?|edge devices?)"
)
_DATASET = re.compile(rf"(?<![\w-])(?:{DATASETS})(?![\w-])")
# With how many there are: "on 384 GPUs".
_HARDWARE = re.compile(
    r"(?<![\w.,-])(?<!per )(?:\d[\d,]{0,6} (?=(?:[\w-]+ ){0,3}[A-Z]{3}s\b))?"
    rf"(?:{HARDWARE})(?![\w-])"
)
# A name that no list has: "on FooBench 2", "the FooBar corpus".
_NAME = (
    r"(?:[A-Z][\w+-]{2,24}|[a-z]{1,8}[A-Z][\w+-]{1,20})"
    r"(?: (?:[A-Z][\w+-]{0,20}|\d[\w-]{0,6}(?![.,]?\d))){0,3}"
)
_SET = r"(?:data ?sets?|benchmarks?|corp(?:us|ora)|challenge|suites?|test set|validation set)\b"
_UNKNOWN = re.compile(rf"\b[Oo]n (?:the )?(?P<on>{_NAME})(?![\w(])|\b(?P<set>{_NAME})(?= {_SET})")
_AND_UNKNOWN = re.compile(rf"(?:,? and |, )(?P<on>{_NAME})(?![\w(])(?! \w+(?:s|ed)\b)")
# Names of models, systems and places, that figures hold "on" as well.
_NO_SET = re.compile(
    r"(?:\S*\d[BM]\b|(?:GPT|L[lL]a[mM][aA]|Qwen|Mistral|Mixtral|BERT|ResNet|ViT|Swin|Gemma|OPT|"
    r"Phi|"
    r"DeepSeek|Claude|Gemini|YOLO|MobileNet|Linux|Windows|Android|Earth|Mars|Cu|Pt|Au|Ag|"
    r"The|This|These|Our|We|It|In|For|All|Both|Each|Table|Figure|Section)\b)"
)
_OPENER = re.compile(
    r"\W*(?:(?:For (?:instance|example)|Specifically|Notably|In particular),? )?"
    r"(?:[Oo]n|[Ff]or|[Ww]hen|[Uu]sing|[Ii]n|[Uu]nder|[Ww]ith)\s"
)


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


def opener(sentence: str) -> str:
    """The words with which a sentence says where all of it holds: "On COCO, ..."."""
    match = _OPENER.match(sentence)
    if match is None:
        return ""
    comma = sentence.find(",", match.end())
    return sentence if comma < 0 else sentence[:comma]


def _named(words: str, extra: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    """Where data sets and hardware are named; of overlapping names the first."""
    patterns = (*extra, _DATASET, _HARDWARE)
    found = [match.span() for pattern in patterns for match in pattern.finditer(words)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted([*found, *_unknown(words)], key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _unknown(words: str) -> list[tuple[int, int]]:
    """Where the words around a name say that it is a data set's."""
    found: list[tuple[int, int]] = []
    for match in _UNKNOWN.finditer(words):
        named: re.Match[str] | None = match
        while named and not _NO_SET.match(words, *named.span(named.lastgroup or 0)):
            found.append(named.span(named.lastgroup or 0))
            named = _AND_UNKNOWN.match(words, named.end())
    return found
