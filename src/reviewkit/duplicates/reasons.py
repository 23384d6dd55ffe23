"""A judgement in words for people."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.duplicates.judging import Judgement
from reviewkit.duplicates.traits import Traits

_WORDS = {
    ("title", "equal"): "titles equal",
    ("title", "equal short"): "titles equal",
    ("title", "variant"): "titles equal, one with a translation",
    ("title", "spelling"): "titles equal but for spelling",
    ("title", "main"): "titles equal, one without its subtitle",
    ("title", "part"): "one title begins with the other",
    ("title", "close"): "titles nearly equal",
    ("title", "alike"): "titles alike",
    ("title", "different"): "titles differ",
    ("title", "generic"): "titles equal, but ones that many papers have",
    ("title", "generic alike"): "titles alike, but ones that many papers have",
    ("authors", "equal"): "authors equal",
    ("authors", "fewer"): "authors equal as far as they are named",
    ("authors", "most"): "most authors equal",
    ("authors", "first"): "only some authors equal",
    ("authors", "some"): "only some authors equal",
    ("authors", "none"): "no author in common",
    ("journal", "equal"): "journals equal",
    ("journal", "different"): "journals differ",
    ("pages", "equal"): "pages equal",
    ("pages", "first"): "first pages equal",
    ("pages", "near"): "pages overlap",
    ("pages", "different"): "pages differ",
    ("doi", "near"): "DOIs nearly equal",
    ("abstract", "equal"): "abstracts equal",
    ("abstract", "different"): "abstracts differ",
}


def reasons(one: Traits, other: Traits, judgement: Judgement) -> tuple[str, ...]:
    """What speaks for it and against it; identifiers first."""
    return tuple(_reasons(one, other, judgement))


def _reasons(one: Traits, other: Traits, judgement: Judgement) -> Iterator[str]:
    found = judgement.found
    if found.get("doi") == "equal":
        yield f"same DOI {one.doi}"
    if found.get("arxiv") == "equal":
        yield f"same arXiv id {one.arxiv}"
    if found.get("pmid") == "equal":
        yield f"same PubMed id {one.pmid}"
    if judgement.versions:
        yield "preprint and published version"
    yield from (_WORDS[item] for item in found.items() if item in _WORDS)
    numbers = (("year", one.year, other.year), ("volume", one.volume, other.volume),
               ("issue", one.issue, other.issue))  # fmt: skip
    for name, mine, theirs in numbers:
        if found.get(name) == "equal":
            yield f"{name} equal"
        elif name in found:
            yield f"{name}s {mine} and {theirs}"
    if "entrytype" in judgement.doubts:
        yield f"types {one.form} and {other.form}"
    if "title" in judgement.doubts and one.title.numbers != other.title.numbers:
        yield "numbers in the titles differ"
