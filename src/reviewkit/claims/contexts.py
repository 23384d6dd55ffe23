"""The data sets and hardware that a text names: where its quantities hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# "Alpha, Beta and the Gamma", "on Alpha with an A100".
_JOINS = re.compile(r"(?: [\w-]+)?(?:,| and|, and| or| &|/|\+)? ?(?:on )?(?:the )?", re.IGNORECASE)
_BESIDE = re.compile(r"[^\d.;]{0,30}")

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
    r"LVIS|iNaturalist|Tiny-?ImageNet|OGB\w*|ogbn?-[\w-]+|"
    r"Criteo|MovieLens|Reddit|SWE-[Bb]ench(?: \w+)?|"
    r"MT-[Bb]ench|VBench|GenEval|CUB(?:-200)?|D4RL|Meta-World|"
    r"Speech Commands|AudioSet|VoxCeleb\d?|Common Voice|BraTS|MIMIC-(?:III|IV|CXR)|UK Biobank|"
    r"ChestX-ray14|CheXpert|TPC-(?:H|DS|C|E)|YCSB|SPEC ?CPU ?\d{0,4}|MLPerf(?: (?:Inference|"
    r"Tiny))?|"
    r"Vimeo-?90[kK]|RULER|NIAH|[A-Z][\w-]*(?:[Bb]ench|QA|Eval)(?:-\w+)?"
)
HARDWARE = (
    r"(?:(?:NVIDIA|Nvidia|AMD|Intel|Google|Qualcomm|Apple|ARM|Arm|Xilinx|Tesla|GeForce|"
    r"Huawei)\s)*"
    r"(?:(?:Jetson|Raspberry P[Ii]|Snapdragon|Pixel|iPhone|RTX|GTX|Tesla|Xeon|Ryzen|EPYC|"
    r"Cortex|Hexagon|Kirin|Ascend|Alveo|Virtex|Zynq|Tofino|Loihi|Gaudi|Trainium|Inferentia|"
    r"EdgeTPU|Edge TPU|A100|H100|H200|H800|V100|P100|T4|L4|L40S?|A10G?|A30|A40|A800|A6000|"
    r"B200|GH200|MI\d{3}X?|K80|TITAN|Titan|"
    r"(?:(?<=\ba )|(?<=ingle )|(?<=one )|(?<=VIDIA ))\d0[5-9]0(?: ?Ti)?|"
    r"6000 Ada|M[1-4](?= (?:Max|Pro|Ultra|chip))|TX2|Xavier|Orin|Nano)\b"
    r"(?:[ -](?:Nano|Xavier|Orin|AGX|NX|TX2|DSP|CPU|GPU|GPUs|CPUs|board|phone|[A-Z]?\d+\w{0,3}|Ti|"
    r"Super|Max|Pro|Ultra|XL)\b)*"
    r"|(?:mobile |edge |consumer |commodity |server |embedded |laptop |desktop |"
    r"multi-core )?"
    r"(?:GPU|CPU|TPU|NPU|DPU|IPU|FPGA|DSP|ASIC|MCU|microcontroller|"
    r"smartphone|EdgeTPU|GCD)s?\b(?![ *-]?(?:hours?|hrs?|days?))|mobile (?:device|phone|"
    r"accelerator)s?|edge devices?)"
)
_DATASET = re.compile(
    rf"(?<![\w-])(?:{DATASETS})(?:-[A-Z\d][\w-]*)?"
    r"(?: (?:test|val|dev)-?(?:\d+|(?<=-)\w+))?(?![\w-])"
    r"(?! (?:Tiny |Inference )?(?:references?|baselines?|models?|weights|"
    r"classifiers?|checkpoints?|pre-?train\w*)\b)"
)
# "Xeon Gold 6248R", "Core i7-12700K", "Virtex UltraScale+", "TPU v4 chips".
_REST = (
    r"(?: (?:Core|Gold|Silver|Platinum|Gen|UltraScale\+?|Pro|Max|Ultra|laptop|[A-Za-z]*\d[\w-]*"
    r"(?!\s?%)(?![.,]\d)|GPUs?|CPUs?|chips?|boards?|modules?|phones?|servers?|instances?)"
    r"(?![\w-])){0,4}"
)
# With how many there are: "on 384 GPUs".
_HARDWARE = re.compile(
    r"(?<![\w.,-])(?<!per )(?:(?:\d[\d,]{0,6}|two|four|eight|sixteen) "
    r"(?=(?:[\w-]+ ){0,3}[A-Z]{3}s\b)|\d+-core )?"
    rf"(?:{HARDWARE})(?![\w-]){_REST}"
    r"(?! (?:cores?|load|threads?|utili[sz]ation|kernels?|usage|use|time|cycles)\b)"
)
# A name that no list has: "on FooBench 2", "the FooBar corpus".
_NAME = (
    r"(?:[A-Z][\w+-]{2,24}|[a-z]{1,8}[A-Z][\w+-]{1,20}|\d[A-Z][a-z][\w+-]{1,20})"
    r"(?: (?:[A-Z][\w+-]{0,20}|[a-z]?\d[\w-]{0,8}(?![.,]?\d))){0,3}"
)
_SET = (
    r"(?:data ?sets?|benchmarks?|corp(?:us|ora)|challenge|suites?|test set|validation set|"
    r"collection|archive|leaderboard|traces?)\b"
)
_UNKNOWN = re.compile(rf"\b[Oo]n (?:the )?(?P<on>{_NAME})(?![\w(])|\b(?P<set>{_NAME})(?= {_SET})")
# "on a 16-core server", "on 40 Gadget DPUs", "on laptops".
_DEVICE = (
    r"(?:servers?|machines?|laptops?|desktops?|workstations?|clusters?|nodes|phones?|"
    r"smartphones?|tablets?|boards?|chips?|processors?|microcontrollers?|accelerators?|"
    r"instances?|[A-Z]PUs?|FPGAs?|SoCs?|headsets?|drives?|devices?|"
    r"terminals?|routers?|glasses)\b"
)
_NO_MODEL = r"(?! (?:of|with|models?|networks?|backbones?|tasks?|cores?|baselines?)\b)"
_RUN_ON = re.compile(
    r"\b[Oo]n (?:(?:a single|an?|one|the same|our|the) )?(?P<device>(?:\d[\d,]* )?"
    rf"(?:(?!(?:and|or|of|to|in|with|for|than|that|which|average|the|an?|our|its|"
    rf"corresponding|different|multiple|various|diverse|other|computing|target|such|these|those|"
    rf"existing|modern|available|more|many|most|each|both)\b)[\w+-]+(?:\.\w+)* ){{0,3}}?"
    rf"{_DEVICE}{_REST})"
    rf"{_NO_MODEL}"
)
# "on a Gadget 3".
_RUN_ON_ONE = re.compile(
    rf"\b[Oo]n (?:a single|an?|one) (?P<device>(?=[\w +-]*\d){_NAME}){_NO_MODEL}"
)
_AND_UNKNOWN = re.compile(rf"(?:,? and |, )(?P<on>{_NAME})(?![\w(])(?! \w+(?:s|ed)\b)")
# Names of models, systems and places, that figures hold "on" as well.
_NO_SET = re.compile(
    r"(?:\S*\d[BM]\b|(?:GPT|L[lL]a[mM][aA]|Qwen|Mistral|Mixtral|BERT|ResNet|ViT|Swin|Gemma|OPT|"
    r"Phi|"
    r"DeepSeek|Claude|Gemini|YOLO|MobileNet|PyTorch|TensorFlow|Linux|Windows|Android|Earth|Mars|Cu|Pt|Au|Ag|"
    r"The|This|These|Our|We|It|In|For|All|Both|Each|Table|Figure|Section)\b)"
)
_OPENER = re.compile(
    r"\W*(?:(?:For (?:instance|example)|Specifically|Notably|In particular|Moreover|Furthermore|"
    r"Finally),? )?(?:[Oo]n|[Ff]or|[Ww]hen|[Uu]sing|[Ii]n|[Uu]nder|[Ww]ith|[Aa]cross|[Oo]ver)\s"
)
# "Evaluated on Alpha, ...", "Replaying the Beta trace, ...".
_PARTICIPLE = re.compile(r"(?!(?:Pre-?)?[Tt]rain|Fine)[A-Z][a-z]+(?:ed|ing) [^.;]{0,80}?, ")
# "Experiments on Alpha show that ...".
_SHOWN = re.compile(
    r"[^.;]{0,40}\b(?:[Ee]xperiment|[Ee]valuat|[Rr]esult|[Tt]est|[Ss]imulation|[Mm]easurement|"
    r"[Ss]tud)\w* [^.;]{0,160}?\b(?=(?:show|demonstrat|indicat|reveal|confirm|suggest)\w* )"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A data set or hardware that words name, and where in them."""

    start: int
    end: int
    name: str
    hardware: bool

    @property
    def generic(self) -> bool:
        """Whether it says no more than that there is some hardware."""
        return self.hardware and self.name.rstrip("s") in ("CPU", "GPU")


def places(words: str, extra: Sequence[re.Pattern[str]] = ()) -> list[Place]:
    """The data sets and hardware that the words name, in their order."""
    found: list[tuple[int, int, bool]] = []
    for pattern in (*extra, _DATASET):
        found += [(*match.span(), False) for match in pattern.finditer(words)]
    found += [(*match.span(), True) for match in _HARDWARE.finditer(words)]
    for match in (*_RUN_ON.finditer(words), *_RUN_ON_ONE.finditer(words)):
        if not _NO_SET.match(words, *match.span("device")):
            found.append((*match.span("device"), True))
    found += [(start, end, False) for start, end in _unknown(words)]
    found += _listed(words, [end for _, end, hardware in found if not hardware])
    kept: list[Place] = []
    for start, end, hardware in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1].end:
            kept.append(Place(start, end, words[start:end], hardware))
    return kept


def first_list(words: str, found: Sequence[Place]) -> list[Place]:
    """The first of the places, and those that are listed with it."""
    listed = list(found[:1])
    for one in found[1:]:
        gap = words[listed[-1].end : one.start]
        alike = one.hardware == listed[-1].hardware
        if not (_JOINS.fullmatch(gap) if alike else _BESIDE.fullmatch(gap)):
            break
        listed.append(one)
    return listed


def last_list(words: str, found: Sequence[Place]) -> list[Place]:
    """The last of the places, and those that it is listed with."""
    for at in range(len(found)):
        if len(listed := first_list(words, found[at:])) == len(found) - at:
            return listed
    return []


def names_dataset(words: str) -> bool:
    """Whether the words name a data set that is known as one."""
    return _DATASET.search(words) is not None


def opener(sentence: str) -> str:
    """The words with which a sentence says where all of it holds: "On COCO, ..."."""
    if said := _SHOWN.match(sentence) or _PARTICIPLE.match(sentence):
        return said[0]
    match = _OPENER.match(sentence)
    if match is None:
        return ""
    comma = sentence.find(", ", match.end())
    return sentence if comma < 0 else sentence[:comma]


def _unknown(words: str) -> list[tuple[int, int]]:
    """Where the words around a name say that it is a data set's."""
    spans = [match.span(match.lastgroup or 0) for match in _UNKNOWN.finditer(words)]
    return [span for span in spans if not _NO_SET.match(words, *span)]


def _listed(words: str, ends: Sequence[int]) -> list[tuple[int, int, bool]]:
    """The names that are listed behind data sets that end there."""
    found: list[tuple[int, int, bool]] = []
    for end in ends:
        match = _AND_UNKNOWN.match(words, end)
        while match and not _NO_SET.match(words, *match.span("on")):
            found.append((*match.span("on"), False))
            match = _AND_UNKNOWN.match(words, match.end())
    return found
