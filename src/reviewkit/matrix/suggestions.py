"""What a paper's own words suggest for a cell: never a value before somebody accepts it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reviewkit.claims import Claim, Link, Mention, extract, links, mentions
from reviewkit.matrix.column import (
    CHOICE,
    CRITERION,
    NUMBER,
    QUOTE,
    RATING,
    TAG,
    TEXT,
    Column,
    column_id,
)
from reviewkit.matrix.entry import Entry
from reviewkit.matrix.units import converted, convertible, is_known, unit_name
from reviewkit.ops.ids import digest

_QUOTED = re.compile(r"^[ \t]{0,3}>[ \t]?(.*)$", re.MULTILINE)
_OWN = re.compile(
    r"\b(?:we|our|ours|results?|experiments?|evaluations?|achiev\w+|outperform\w*|shows?|"
    r"demonstrat\w+|propos\w+)\b",
    re.IGNORECASE,
)
# What a column's name says of its content.
_ABOUT = (
    ("dataset", r"data ?sets?|benchmarks?|corpus|corpora"),
    ("hardware", r"hardware|devices?|platforms?|accelerators?|gpus?|processors?"),
    ("code", r"code|repositor(?:y|ies)|implementations?|source code"),
    ("speedup", r"speed ?-?ups?|acceleration"),
    ("accuracy", r"(?:top ?-?1 )?(?:accuracy|quality)|errors?"),
    ("reduction", r"reductions?|savings?|compression|memory"),
    ("size", r"(?:model )?sizes?|(?:number of )?param(?:eter)?s(?: count)?"),
    ("throughput", r"throughput|bandwidth"),
    ("energy", r"energy|power(?: consumption)?"),
    ("latency", r"latency|latencies|delay|(?:inference |run ?|execution )time"),
    ("cost", r"costs?|training costs?|gpu hours"),
)
_WORDS = tuple((about, re.compile(rf"(?:{words})", re.IGNORECASE)) for about, words in _ABOUT)
KINDS = ("speedup", "accuracy", "reduction", "size", "throughput", "energy", "latency", "cost")
_USUAL = {
    "speedup": "x", "accuracy": "%", "reduction": "%", "size": "M parameters",
    "throughput": "FPS", "energy": "%", "latency": "ms", "cost": "GPU hours",
}  # fmt: skip
_SCORE = re.compile(r"(?:mean |our )?(?:ratings?|scores?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of a paper and what it says; `source` is "abstract" or "note:ID"."""

    source: str
    text: str
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A possible value of a cell; `id` names it among all of the cell."""

    id: str
    entry: Entry


@lru_cache(maxsize=30_000)
def read(text: str, datasets: tuple[str, ...], hardware: tuple[str, ...], source: str) -> Reading:
    """What a text says, computed once for each text."""
    return Reading(
        source,
        text,
        tuple(extract(text, datasets, hardware)),
        tuple(mentions(text, datasets, hardware)),
        tuple(links(text)),
    )


def quoted(note: str) -> str:
    """The parts of a Markdown note that quote the paper: its block quotes."""
    return "\n".join(_QUOTED.findall(note)).strip()


def suggestions(column: Column, readings: Iterable[Reading]) -> list[Suggestion]:
    """What the texts suggest for a cell of the column, the likeliest first."""
    found: dict[str, Suggestion] = {}
    for reading in readings:
        for entry in _entries(column, reading):
            name = digest(["suggestion", entry.value, entry.unit, entry.quote], 8)
            found.setdefault(name, Suggestion(name, entry))
    return list(found.values())


def _entries(column: Column, reading: Reading) -> Iterator[Entry]:
    if column.type == NUMBER:
        fitting = [one for one in reading.claims if _fits(column, one)]
        for claim in sorted(fitting, key=_rank):
            value = converted(claim.value, claim.unit, column.unit)
            if value is not None:
                whole = int(value) if value.is_integer() and abs(value) < 1e15 else value
                yield _from_claim(whole, column.unit, claim, reading)
    elif column.type == QUOTE and column.about in KINDS:
        for claim in reading.claims:
            if claim.kind == column.about:
                yield _from_claim(claim.quote, "", claim, reading)
    elif column.type == TEXT and column.about in ("dataset", "hardware"):
        yield from _named(column.about, reading)
    elif column.type == TEXT and column.about == "code":
        for link in reading.links:
            if link.code:
                yield Entry(link.url, "", link.url, reading.source, link.start, link.end)
    elif column.type == CHOICE:
        yield from _chosen(column, reading)


def _fits(column: Column, claim: Claim) -> bool:
    if column.about:
        return claim.kind == column.about and convertible(claim.unit, column.unit)
    # A factor or a share of nothing in particular is no suggestion.
    return column.unit not in ("", "x", "%") and convertible(claim.unit, column.unit)


def _rank(claim: Claim) -> tuple[bool, int]:
    return _OWN.search(claim.quote) is None, claim.start


def _from_claim(value: str | float, unit: str, claim: Claim, reading: Reading) -> Entry:
    return Entry(value, unit, claim.quote, reading.source, claim.start, claim.end)


def _named(about: str, reading: Reading) -> Iterator[Entry]:
    named = [one for one in reading.mentions if one.kind == about]
    if named:
        first = named[0]
        # "GPUs; GPU" says one thing.
        names: dict[str, str] = {}
        for one in named:
            names.setdefault(one.text.removesuffix("s"), one.text)
        words = "; ".join(names.values())
        yield Entry(words, "", first.quote, reading.source, first.start, first.end)


def _chosen(column: Column, reading: Reading) -> Iterator[Entry]:
    for choice in column.choices:
        match = re.search(rf"(?<!\w){re.escape(choice)}(?!\w)", reading.text, re.IGNORECASE)
        if match:
            begin = reading.text.rfind(". ", 0, match.start()) + 1
            stop = reading.text.find(". ", match.end())
            quote = reading.text[begin : stop + 1 if stop >= 0 else None].strip()
            yield Entry(choice, "", quote, reading.source, match.start(), match.end())


def about_of(name: str) -> str:
    """What a column's name says that its cells are about; "" if nothing."""
    plain = " ".join(name.replace("_", " ").split())
    return next((about for about, words in _WORDS if words.fullmatch(plain)), "")


def suggested_column(
    name: str,
    tags: Sequence[str],
    readings: Iterable[Reading],
    taken: Iterable[str] = (),
    criteria: Iterable[str] = (),
) -> Column | None:
    """The column that a name alone most likely means; None if nothing can be suggested.

    `criteria` are those that reviewers rate; `rating:NAME` or the name alone means one. The unit
    of a number is the commonest that the texts give for what it is about.
    """
    title = " ".join(name.split())
    about, key = about_of(title), column_id(title, taken)
    folded = title.casefold().removeprefix(CRITERION).strip()
    criterion = next((one for one in criteria if one.casefold() == folded), None)
    if criterion is not None and (not about or title.casefold().startswith(CRITERION)):
        return Column(key, title, RATING, about=CRITERION + criterion, defined=False)
    if about in ("dataset", "hardware", "code"):
        return Column(key, title, TEXT, about=about, defined=False)
    if about:
        units = Counter(
            unit_name(claim.unit)
            for reading in readings
            for claim in reading.claims
            if claim.kind == about and is_known(claim.unit)
        )
        unit = min(units, key=lambda u: (-units[u], u)) if units else _USUAL[about]
        return Column(key, title, NUMBER, unit, about=about, defined=False)
    if _SCORE.fullmatch(title):
        return Column(key, title, RATING, defined=False)
    tag = next((tag for tag in tags if tag.casefold() == title.casefold()), None)
    if tag is not None:
        return Column(key, title, TAG, about=tag, defined=False)
    measured = any(claim.unit == title for reading in readings for claim in reading.claims)
    if is_known(title) or measured:
        return Column(key, title, NUMBER, unit_name(title), defined=False)
    return None


def suggested_names(readings: Iterable[Reading]) -> list[tuple[str, int]]:
    """Names of columns for which texts say something, with the number of those texts."""
    counts: Counter[str] = Counter()
    for reading in readings:
        said: set[str] = {one.kind for one in reading.mentions}
        said |= {claim.kind for claim in reading.claims if claim.kind in KINDS}
        said |= {"code"} if any(link.code for link in reading.links) else set()
        counts.update(said)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
