"""What speaks for and against two records being one paper, field by field."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.fuzz import partial_ratio, ratio

from reviewkit.duplicates.issue import Pages, same_journal
from reviewkit.duplicates.people import agreement
from reviewkit.duplicates.title import SHORT, Title
from reviewkit.duplicates.traits import Traits
from reviewkit.duplicates.words import words

#: Field to level, as ("title", "equal"); a field that one of them lacks is not there.
Evidence = dict[str, str]


def evidence(one: Traits, other: Traits, title: str) -> Evidence:
    """Levels of agreement of all fields that both have; the `title_level` is given."""
    found = {
        "title": title,
        "authors": _authors(one, other),
        "journal": _journal(one, other),
        "year": _year(one, other),
        "volume": _same(one.volume, other.volume),
        "issue": _same(one.issue, other.issue),
        "pages": _pages(one.pages, other.pages),
        "doi": _doi(one, other),
        "arxiv": _same(one.arxiv, other.arxiv),
        "pmid": _same(one.pmid, other.pmid),
    }
    if one.abstract and other.abstract:
        found["abstract"] = abstract_level(one.abstract, other.abstract)
    return {field: level for field, level in found.items() if level}


def title_level(one: Title, other: Title) -> str:
    """How much two titles agree; "" if one of them is empty.

    "equal": but for signs; "variant": one of the ways to write each; "spelling": the same
    words, some spelt otherwise; "main": one lacks the subtitle; "part": one is the beginning of
    the other; "close", "alike",
    "different": by the share of signs that agree.
    """
    if not one.core or not other.core:
        return ""
    if one.core == other.core:
        if one.generic:
            return "generic"
        return "equal" if len(one.words) > 4 else "equal short"
    if one.generic or other.generic:
        return "generic alike" if _begin(one, other) else "different"
    if _share(one, other):
        return "variant"
    alike = ratio(one.core, other.core, score_cutoff=70)
    if alike >= 80 and _spelling(one, other):
        return "spelling"
    if one.core == other.main or other.core == one.main:
        return "main"
    if _begin(one, other):
        return "part"
    if alike >= 90:
        return "close"
    if alike >= 70:
        return "alike"
    in_order = (" ".join(sorted(title.words)) for title in (one, other))
    return "alike" if ratio(*in_order, score_cutoff=80) else "different"


def _share(one: Title, other: Title) -> bool:
    return any(
        mine == theirs
        for mine in (one.core, *one.others)
        for theirs in (other.core, *other.others)
    )


def _begin(one: Title, other: Title) -> bool:
    short, long = sorted((one, other), key=lambda title: len(title.core))
    if len(short.core) < SHORT:
        return False
    return short.core == long.main or long.core.startswith(short.core)


def _spelling(one: Title, other: Title) -> bool:
    """Whether every word has its like in the other title, but for small ones."""
    mine, theirs = set(one.words) - set(other.words), set(other.words) - set(one.words)
    if not mine and not theirs:
        return True
    if "".join(w for w in one.words if w in mine) == "".join(
        w for w in other.words if w in theirs
    ):
        return True
    return all(
        any(ratio(word, like) >= 75 for like in others) or word in _SMALL
        for words_, others in ((mine, other.words), (theirs, one.words))
        for word in words_
    )


_SMALL = {"a", "an", "the", "of", "in", "on", "and", "for", "to", "with", "by", "at", "from", "s"}


def _authors(one: Traits, other: Traits) -> str:
    if not one.people or not other.people:
        return ""
    if one.people == other.people:
        return "equal"
    shared, first = agreement(one.people, other.people)
    fewer, more = sorted((len(one.people), len(other.people)))
    if shared == fewer == more:
        return "equal"
    if shared == fewer and first:
        return "fewer"
    if shared >= 0.6 * fewer:
        return "most"
    if first:
        return "first"
    return "some" if shared else "none"


def _journal(one: Traits, other: Traits) -> str:
    if one.journal is None or other.journal is None:
        return ""
    alike = same_journal(one.journal, other.journal)
    return "equal" if alike >= 0.9 else "alike" if alike >= 0.7 else "different"


def _year(one: Traits, other: Traits) -> str:
    if one.year is None or other.year is None:
        return ""
    apart = abs(one.year - other.year)
    return "equal" if not apart else "close" if apart == 1 else "different"


def _same(one: object, other: object) -> str:
    if one is None or other is None:
        return ""
    return "equal" if one == other else "different"


def _pages(one: Pages | None, other: Pages | None) -> str:
    """How pages agree.

    "equal": first and last of several; "first": the first, and the last hardly differs or is
    not known; "near": they overlap; "count": both begin with 1, as each paper of some journals
    does, and are equally many.
    """
    if one is None or other is None:
        return ""
    if one.first == other.first == 1:
        return "count" if one.last == other.last and one.last is not None else ""
    if one.first == other.first:
        if one.last is None or other.last is None:
            return "first"
        if one.last == other.last:
            return "equal" if one.last > one.first else "first"
        return "first" if abs(one.last - other.last) <= 2 else "near"
    if one.all == other.all and len(one.all) > 1:
        return "equal"
    if 1 in (one.first, other.first) and (one.last is None or other.last is None):
        # "1-12" counts the pages of a paper that has a number instead.
        return ""
    return "near" if one.last == other.last and abs(one.first - other.first) <= 2 else "different"


def _doi(one: Traits, other: Traits) -> str:
    mine, theirs = one.publisher_doi, other.publisher_doi
    if one.doi is None or other.doi is None:
        return ""
    if one.doi == other.doi:
        return "equal"
    if mine is None or theirs is None:
        return ""
    return "near" if same_doi(mine, theirs) else "different"


def same_doi(one: str, other: str) -> bool:
    """Whether one is the other cut short, or with another registrant for the same suffix."""
    (mine, _, my_suffix), (theirs, _, suffix) = one.partition("/"), other.partition("/")
    short, long = sorted((my_suffix, suffix), key=len)
    if mine == theirs:
        return len(short) >= 8 and long.startswith(short) and not long[len(short)].isalnum()
    return short == long and len(short) >= 10


@lru_cache(maxsize=1 << 12)
def _start(abstract: str) -> str:
    return " ".join(words(abstract))


def abstract_level(one: str, other: str) -> str:
    """How the beginnings of two abstracts agree."""
    mine, theirs = _start(one), _start(other)
    short, long = sorted((mine, theirs), key=len)
    if len(short) < 60:
        return ""
    if short[:60] == long[:60] or partial_ratio(short[:150], long) >= 90:
        return "equal"
    return "alike" if ratio(mine, theirs) >= 75 else "different"
