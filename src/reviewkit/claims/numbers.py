"""The numbers of a text that can be quantities: no names, years, citations, list marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewkit.claims.words import worded

# "30 000" has a space between its thousands; other digits after a space may be another number.
_DIGITS = (
    r"\d{1,3}(?>(?:[,\u00a0\u2009\u202f]\d{3})+)(?>(?:\.\d+)?)|\d{1,3}(?>(?: 000)+)(?![\d.])|"
    r"[1-9]\d{0,2} \d{3}(?= ?(?:cm|±|\+/-))|"
    r"\d++(?>(?:\.\d++)?)|\.\d++"
)
# Glued to what makes it part of a name: WMT'14, T*2, $X$}2.
_GLUED = re.compile(r"(?:\w['’*]|\w\$\}|\w\)|\}\(|->\s?)$")
_NUMBER = re.compile(
    rf"(?<![\d.])(?<!\d,)(?:{_DIGITS})(?:[eE][+-]?\d{{1,3}}(?!\w)|(?=\b|[^\W\d]|[_^%\\×°]))"
)
_SEPARATOR = re.compile(r"[,\s]")
_POWER = re.compile(r"\^\{?(-?\d{1,3}(?:\.\d{1,3}(?=\}))?)\}?")
# "6.3 x 10^4", and "6.3 x 10(4)" as web databases write it.
_EXPONENT = r"(?:\^\{?(?P<raised>[-−–]?\d{1,3}(?:\.\d{1,2})?)\}?|\s?\((?P<inner>[-−–]?\d{1,3})\))"
# How sure the mantissa is: "4.1(3) x 10^5", "(4.1 ± 0.3) x 10^5".
_DOUBT = r"(?:\s?\(\d{1,4}\))?(?:\s?(?:±|\+/-|\+-|\$?\\pm\$?)\s?\d{1,9}(?:\.\d{1,9})?)?\)?"
_SCIENTIFIC = re.compile(
    rf"(?:(?P<mantissa>\d{{1,9}}(?:\.\d{{1,9}})?){_DOUBT}\s?(?:[xX×*·]|\\?times|\\cdot)\s?|"
    rf"(?<![\d.]))"
    rf"10{_EXPONENT}(?!\d)"
)
# "1.6 × 10−3 s": the exponent lost its place.
_LOWERED = re.compile(
    rf"(?P<mantissa>\d{{1,9}}(?:\.\d{{1,9}})?){_DOUBT}\s?[xX×·]\s?10(?P<raised>[−–-]\d{{1,2}})(?P<inner>)(?=\s)"
)
# Longer than any quantity; the value of such digits would tell nothing.
_LONGEST = 24
_ADDRESS = re.compile(
    r"https?://\S{1,2000}|www\.\S{1,2000}|\b10\.\d{4,9}/\S{1,300}|"
    r"\b(?:arXiv|doi|ISBN|NCT|PMID|RFC)[:\s]?\s?[\w./-]{1,300}|\[[\d\s,;–-]{1,60}\]|"
    r"\b\d{4}\.\d{4,5}(?:v\d+)?\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(?<![\w.])(\d{1,6})\s?(?:x|×|X|\\?times|\\?\$?\\times\$?|\*)\s?\d{1,6}(?:\s?(?:x|"
    r"×|X|\\?times|\*)\s?\d{1,6})*(?![\w%])"
)
# "3x3 convolutions" are a kind of layer, not a quantity.
_KERNEL = re.compile(r"[\s-]?(?:\w+[\s-])?(?:conv\w*|kernels?|filters?|pooling)\b")
_FAMILY = re.compile(r"[A-Z][\w.]*-\d+(?:\.\d+)?[BMk]?(?:/\d+(?:\.\d+)?[BMk]?)*/$")
# "(median: 18)" is no list mark, as "3)" is.
_ASIDE = re.compile(r"\([a-z]{3,20}[:,]\s*$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|D|d|G)(?![A-Za-z0-9])")
# "4K video", not "4K tokens".
_RESOLUTION = re.compile(r"K(?![A-Za-z0-9])(?![ -](?:tokens?|context|param|images|samples))")
_LABEL = re.compile(
    r"(?:\b(?:Sec(?:tion|t?\.)|Fig(?:ure|\.)|Tab(?:le|\.)|Eq(?:uation|\.)|Chapter|Ch\.|"
    r"Appendix|Algorithm|"
    r"Theorem|Lemma|Region|Part|Version|Release|Type|Phase|Stage|Step|Level|Layer|Case|"
    r"Class|Grade|"
    r"Experiment|Study|Task|Track|Group|Scenario|No\.|Vol(?:ume|\.)|pp?\.|page|pages|"
    r"version|section|"
    r"figure|table|chapter|type|level|stage|phase|grade|RQ|Python|CUDA|Windows|Pi|RTX|GTX|"
    r"Snapdragon|Pixel|iPhone|Qualcomm|"
    r"Llama|LLaMA|Qwen|Gemma|GPT|Claude|Mistral|Phi)[\s~#]{0,3}|(?<![A-Za-z])[vV])$",
)
_EQUATION = re.compile(
    r"(?:(?<![A-Za-z])[A-Za-z](?:_\w)?|delta|epsilon|alpha|beta|chi_?\w?|lambda)\s?(?:=|<|>|"
    r"≤|≥|geq|leq|\\leq?|\\geq?)\s?$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text; `size` is the whole of a size such as `16x16`, else "".

    `word` is None for digits; for a quantity in words its unit, or "" where the unit follows.
    `symbol` is what a letter stands for, as in "k = 5" and "E = 5 eV".
    """

    start: int
    end: int
    value: float
    size: str = ""
    word: str | None = None
    symbol: bool = False


def numbers(text: str) -> list[Number]:
    """Get the numbers of a text in their order, in time that grows with its length."""
    words = (Number(start, end, value, "", unit) for start, end, value, unit in worded(text))
    found = sorted([*_digits(text), *words], key=lambda number: (number.start, -number.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept


def _digits(text: str) -> Iterator[Number]:
    barred = sorted(match.span() for match in _ADDRESS.finditer(text))
    sizes = {match.start(): match for match in _SIZE.finditer(text)}
    place = after = 0
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        while place < len(barred) and barred[place][1] <= start:
            place += 1
        within = start < after or (place < len(barred) and barred[place][0] <= start)
        if within or end - start > _LONGEST:
            continue
        raised = _SCIENTIFIC.match(text, start, start + 40) or _LOWERED.match(
            text, start, start + 40
        )
        if raised and not _named(text, start, end):
            after = raised.end()
            exponent = re.sub("[−–]", "-", raised["raised"] or raised["inner"])
            yield Number(
                start, after, float(raised["mantissa"] or 1) * _power(10, float(exponent))
            )
            continue
        size = sizes.get(start)
        if size:
            after = size.end()
            if not _KERNEL.match(text, after, after + 30):
                yield Number(start, after, float(size[1]), size[0])
        elif not _named(text, start, end):
            power = _POWER.match(text, end, end + 10)
            value = float(_SEPARATOR.sub("", match[0]))
            if power:
                value, end = _power(value, float(power[1])), power.end()
                after = end
            symbol = _EQUATION.search(text, max(0, start - 24), start) is not None
            yield Number(start, end, value, symbol=symbol)


def _power(base: float, exponent: float) -> float:
    """The power; what is beyond all quantities is infinite."""
    try:
        return float(base**exponent)
    except (OverflowError, ZeroDivisionError):
        return float("inf")


def _named(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of a name, a label, a formula, a year or a list mark."""
    before, after = text[max(0, start - 24) : start], text[end : end + 12]
    glued = before[-1:]
    if glued == "^" or before.endswith("^{"):
        return True
    if glued == "/" and before[-2:-1].isalpha():
        return True
    if glued in ("-", "–") and not _lost_dash(before, after):
        return True
    if (glued.isalpha() or glued == "_") and not re.search(r"(?:(?<![A-Za-z])sim|\\sim)$", before):
        return True
    if _GLUED.search(before) or _FAMILY.search(before) or _LABEL.search(before):
        return True
    resolution = text[start:end] in ("2", "4", "8") and _RESOLUTION.match(after)
    if _ORDINAL.match(after) or resolution:
        return True
    if re.match(r"\)(?!\s?%)|\.\s*$|\.\s+[A-Z]", after) and (
        not before.strip()
        or (re.search(r"(?:^|[.:;,]|\band)\s*\(?$", before) and not _ASIDE.search(before))
    ):
        return True
    return _year(text[start:end], before, after)


def _lost_dash(before: str, after: str) -> bool:
    """`parameters-20.9x`: a dash that lost its spaces; `65-92%`, `16 --4.9x`; not `GPT-4`."""
    word = before[:-1]
    if not word or (not word[-1].isalnum() and word[-1] not in "%)x×"):
        return True
    if word[-1].isdigit() or word[-1] in "%x×)" or re.search(r"\d[a-zA-Z]{0,5}$", word):
        return not re.search(
            r"(?!(?:The|In|At|For|Over|With|After|About|Of)\b)\b"
            r"[A-Z][A-Za-z]*[- ]?\d+(?:\.\d+)?[a-z]?$",
            word,
        )
    return bool(
        re.search(r"(?:^|[^\w-])[a-z]{4,}$", word)
        and re.match(r"\s?(?:x|X|\\?times|\\?%)(?!\w)", after)
    )


def _year(digits: str, before: str, after: str) -> bool:
    if not re.fullmatch(r"(?:19[5-9]|20[0-3])\d", digits):
        return False
    return not re.match(
        r"[\s-]?(?:cm|nm|K\b|eV|[kM]?Hz|°)|\s?(?:\\?%|x\b|times|[kMGT]?B\b|ms\b|MHz|GPU|tokens|"
        r"nodes|images|patients|"
        r"participants)",
        after,
    )
