"""From evidence to a judgement: how likely, how sure, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from reviewkit.duplicates.evidence import Evidence, evidence, title_level
from reviewkit.duplicates.title import Title
from reviewkit.duplicates.traits import Traits
from reviewkit.duplicates.weights import PRIOR, WEIGHTS

#: From here on a pair is sure, if no field is in doubt.
LINE = 0.97
#: The most that a pair with a field in doubt can have.
_DOUBTFUL = 0.95
#: Less likely pairs are not worth a person's time.
LEAST = 0.5
_YEARS_TO_PUBLISH = 4
_IDS = ("doi", "arxiv", "pmid")
_SAME_TITLE = {"equal", "equal short", "variant", "spelling"}
_EQUAL_TITLE = {"equal", "equal short", "variant"}
_OTHER_TITLE = {"different", "generic alike"}
_SAME_PEOPLE = {"equal", "fewer", "most"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A pair's probability, whether it is sure, the evidence, and the fields in doubt."""

    probability: float
    sure: bool
    versions: bool
    found: Evidence
    doubts: tuple[str, ...]


def judge(one: Traits, other: Traits) -> Judgement | None:
    """The judgement on two records; None if they are different papers."""
    if (other.title.core, other.people) < (one.title.core, one.people):
        one, other = other, one
    title = title_level(one.title, other.title)
    if title == "different" and not _near(one, other):
        return None
    found = evidence(one, other, title)
    versions = one.preprint != other.preprint and _published_later(one, other)
    if versions:
        for field in ("journal", "volume", "issue", "pages", "year"):
            found.pop(field, None)
    if _forbidden(one, other, found):
        return None
    weight = PRIOR + sum(WEIGHTS[field, level] for field, level in found.items())
    probability = 1 / (1 + math.exp(-weight))
    doubts = tuple(dict.fromkeys(_doubts(one, other, found)))
    if doubts:
        probability = min(probability, _DOUBTFUL)
    if probability < LEAST:
        return None
    return Judgement(probability, probability >= LINE, versions, found, doubts)


def _near(one: Traits, other: Traits) -> bool:
    """Whether records of different titles may still be of one paper: most of them are not."""
    ids = ((one.doi, other.doi), (one.arxiv, other.arxiv), (one.pmid, other.pmid))
    if any(mine is not None and mine == theirs for mine, theirs in ids):
        return True
    mine, theirs = one.pages, other.pages
    return bool(mine and theirs and mine.all & theirs.all) and one.volume == other.volume


def _published_later(one: Traits, other: Traits) -> bool:
    if one.year is None or other.year is None:
        return True
    return abs(one.year - other.year) <= _YEARS_TO_PUBLISH


def _same_id(found: Evidence) -> bool:
    return any(found.get(name) == "equal" for name in _IDS)


def _same_place(found: Evidence) -> bool:
    """Whether volume and pages leave hardly another paper."""
    return found.get("volume") == "equal" and _pages(found)


def _same_range(found: Evidence) -> bool:
    """Whether not only a page, on which several abstracts may stand, is the same."""
    return found.get("volume", "equal") == "equal" and found.get("pages") == "equal"


def _pages(found: Evidence) -> bool:
    return found.get("pages") in ("equal", "first")


def _same_issue(found: Evidence) -> bool:
    return found.get("volume") == found.get("issue") == "equal"


def _forbidden(one: Traits, other: Traits, found: Evidence) -> bool:
    """Whether something says that these are different papers, whatever else agrees."""
    if any(found.get(name) == "different" for name in _IDS):
        return True
    title, people = found.get("title"), found.get("authors")
    if _same_id(found):
        # Chapters of a book and abstracts of a supplement may bear the DOI of the whole.
        elsewhere = people not in _SAME_PEOPLE or found.get("pages") == "different"
        return title in _OTHER_TITLE and elsewhere
    if title == "different" and not _same_place(found):
        return True
    mine, theirs = one.title, other.title
    if (mine.notes ^ theirs.notes) - {"protocol"} and not _same_place(found):
        return True
    # "Part 1" and "Part 2".
    if mine.numbers - theirs.numbers and theirs.numbers - mine.numbers:
        return not _same_range(found)
    if title in ("generic", "generic alike"):
        placed = _same_place(found) or (_same_issue(found) and found.get("pages") != "different")
        return not placed or found.get("issue") == "different" or people in ("none", "some")
    return False


def _doubts(one: Traits, other: Traits, found: Evidence) -> Iterator[str]:
    """Fields that speak against, where nothing stronger speaks for it."""
    title = found.get("title")
    if _same_id(found):
        # Parts of a whole that bear its DOI.
        elsewhere = found.get("pages") == "different" and title not in _EQUAL_TITLE
        known = found.get("arxiv") == "equal" and found.get("authors") in _SAME_PEOPLE
        checks = [("title", title in _OTHER_TITLE and not known), ("pages", elsewhere)]
    else:
        place, same_title = _same_place(found), title in _SAME_TITLE
        people = found.get("authors")
        known = people in _SAME_PEOPLE or (people is None and (place or _same_issue(found)))
        other_form = bool(one.form and other.form and one.form != other.form)
        checks = [
            ("title", not _title_holds(one.title, other.title, found)),
            ("authors", not known and not (place and same_title)),
            ("entrytype", other_form and not (one.preprint or other.preprint or _pages(found))),
            ("abstract", found.get("abstract") == "different" and not place),
            *_misplaced(found, same_title=same_title),
        ]
    return (field for field, speaks in checks if speaks)


def _title_holds(one: Title, other: Title, found: Evidence) -> bool:
    """Whether the titles are of one paper, or all else is."""
    title = found.get("title")
    notes = one.notes ^ other.notes
    if notes and not (notes == {"protocol"} and _same_place(found)):
        return False
    span = _same_range(found)
    if one.numbers != other.numbers and title not in _EQUAL_TITLE and not span:
        return False
    same_people = found.get("authors") in _SAME_PEOPLE
    exact = span and found.get("issue") != "different"
    if title in ("equal", "variant"):
        return True
    if title == "equal short":
        return _pages(found) or found.get("journal") == "equal"
    if title == "spelling":
        # Words as near as "hypertension" and "hypotension" make another title.
        return _pages(found) or found.get("abstract") == "equal"
    if title in ("main", "part"):
        held = _same_place(found) or span or found.get("abstract") == "equal"
        return held or (title == "main" and same_people and _same_issue(found))
    if title == "generic":
        return same_people and _same_place(found)
    if title in ("close", "alike"):
        return same_people and exact
    all_equal = all(found.get(name) == "equal" for name in ("authors", "year", "volume"))
    return (one.translated or other.translated) and all_equal and exact


def _misplaced(found: Evidence, *, same_title: bool) -> list[tuple[str, bool]]:
    """Whether journal, year, volume, issue and pages speak against."""
    place, agree = _same_place(found), _pages(found)
    volume, year, pages = (found.get(name) for name in ("volume", "year", "pages"))
    exact = pages == "equal" and same_title and year == "equal"
    return [
        ("journal", found.get("journal") == "different" and not (agree or _same_issue(found))),
        ("year", year == "different" and not (place and same_title)),
        ("year", year == "close" and not (volume == "equal" or _same_range(found))),
        ("volume", volume == "different" and not exact),
        ("issue", found.get("issue") == "different" and not (agree and same_title)),
        ("pages", pages == "different"),
        ("pages", pages == "near" and not (volume == "equal" and same_title)),
    ]
