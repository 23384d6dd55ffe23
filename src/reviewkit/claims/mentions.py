"""The data sets and hardware that a text names, whether or not a number stands by them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reviewkit.claims.contexts import DATASETS, HARDWARE
from reviewkit.claims.sentences import sentences

_DATASET = re.compile(rf"(?<![\w-])(?:{DATASETS})(?![\w-])")
_HARDWARE = re.compile(rf"(?<![\w-])(?:{HARDWARE})(?![\w-])")
# Says no more than that there is some hardware, where another name says which.
_GENERIC = re.compile(
    r"(?:mobile |edge |consumer |commodity |server |embedded |single |multi-core )?"
    r"(?:GPU|CPU|TPU|NPU|FPGA|DSP|ASIC|MCU|device|phone|accelerator|smartphone|microcontroller)s?"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, with the sentence it stands in."""

    start: int
    end: int
    text: str
    kind: Literal["dataset", "hardware"]
    quote: str


@lru_cache(maxsize=64)
def listed(names: Sequence[str]) -> re.Pattern[str] | None:
    """What finds any of a person's own names as a whole word; None without names."""
    known = sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)") if known else None


def mentions(
    text: str, datasets: Sequence[str] = (), hardware: Sequence[str] = ()
) -> list[Mention]:
    """Get the data sets and hardware that a text names, in its order.

    Parameters
    ----------
    datasets, hardware
        Further names to recognise.

    Returns
    -------
    list of Mention
        A name once for each place; "GPU" alone only where no hardware is named nearer.
    """
    found: list[tuple[int, int, Literal["dataset", "hardware"]]] = []
    patterns: tuple[tuple[re.Pattern[str] | None, Literal["dataset", "hardware"]], ...] = (
        (listed(tuple(datasets)), "dataset"),
        (listed(tuple(hardware)), "hardware"),
        (_DATASET, "dataset"),
        (_HARDWARE, "hardware"),
    )
    for pattern, kind in patterns:
        for match in pattern.finditer(text) if pattern else ():
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    parts = list(sentences(text))
    made = [
        Mention(start, end, text[start:end], kind, _around(text, parts, start))
        for start, end, kind in sorted(found)
    ]
    named = [one for one in made if not (one.kind == "hardware" and _is_generic(one.text))]
    said = any(one.kind == "hardware" for one in named)
    return named if said else made


def _is_generic(words: str) -> bool:
    return _GENERIC.fullmatch(words) is not None


def _around(text: str, parts: Sequence[tuple[int, int]], at: int) -> str:
    for start, end in parts:
        if start <= at < end:
            return text[start:end].strip()
    return ""
