"""Ratings of single criteria in an entry: read, written, and told from what was written.

They have a field and a hash of their own, apart from `reviewkit-ratings` and the entry's `rev`:
`reviewkit-criteria = {ana: novelty=4, soundness=3; bob: novelty=2 | k3m9ab2q7d}`. A reader that
does not know of the field then neither waits for it nor clears it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewkit.bibtex import Entry, encode_value
from reviewkit.bibtex.ourfields import CRITERIA
from reviewkit.ops.criteria import PREFIX, is_name
from reviewkit.ops.ids import revision
from reviewkit.ops.snapshot import Snapshot

_HASH = re.compile(r"[a-z2-7]{10}")
_OF = re.compile(r"([a-z0-9-]+) ?:(.*)")
_GIVEN = re.compile(r"([a-z0-9-]+) ?= ?([0-9]+(?:\.[0-9]+)?)")


@dataclass(frozen=True)
class Criteria:
    """What the field says: by reviewer, then by criterion; and the hash of what was written."""

    given: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rev: str = ""
    unclear: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nobody changed the field since it was written."""
        return bool(self.rev) and not self.unclear and _hash(self.given) == self.rev


def read(text: str) -> Criteria:
    """The field's text, in whatever state a person left it."""
    said, _, rev = " ".join(text.split()).rpartition("|")
    if not _HASH.fullmatch(rev.strip()):
        said, rev = " ".join(text.split()), ""
    given: dict[str, dict[str, str]] = {}
    unclear = []
    for part in filter(None, map(str.strip, said.rstrip("| ").split(";"))):
        found = _OF.fullmatch(part)
        ratings = [] if found is None else [one.strip() for one in found[2].split(",")]
        for one in filter(None, ratings):
            rating = _GIVEN.fullmatch(one)
            if found is not None and rating is not None and is_name(rating[1]):
                given.setdefault(found[1], {})[rating[1]] = f"{float(rating[2]):g}"
            else:
                unclear.append(one)
        if found is None:
            unclear.append(part)
    return Criteria(given, rev.strip(), tuple(unclear))


def of_entry(entry: Entry) -> Criteria | None:
    """What an entry says of criteria; None where it says nothing."""
    there = entry.fields.get(CRITERIA)
    return None if there is None else read(there.value)


def criteria_rev(state: Snapshot) -> str:
    """The hash of everybody's ratings of criteria."""
    return _hash(_given(state))


def raw_of(state: Snapshot) -> str | None:
    """The right-hand side that shows this state; None where nobody rated a criterion."""
    given = _given(state)
    if not given:
        return None
    said = "; ".join(
        f"{reviewer}: {', '.join(f'{name}={text}' for name, text in ratings.items())}"
        for reviewer, ratings in given.items()
    )
    return encode_value(CRITERIA, f"{said} | {_hash(given)}")


def _given(state: Snapshot) -> dict[str, dict[str, str]]:
    found = {}
    for reviewer in state.reviewers():
        ratings = state.criteria_of(reviewer)
        if ratings:
            found[reviewer] = {name: f"{rating:g}" for name, rating in ratings.items()}
    return found


def _hash(given: Mapping[str, Mapping[str, str]]) -> str:
    return revision(
        sorted(
            [f"{PREFIX}{name}", reviewer, text]
            for reviewer, ratings in given.items()
            for name, text in ratings.items()
        )
    )
