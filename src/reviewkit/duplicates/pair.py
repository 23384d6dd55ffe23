"""A record as the finder sees it, and two records that may be one paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as it is written somewhere.

    Parameters
    ----------
    id
        Its citekey, or any other name of its own.
    fields
        BibTeX names in lower case to Unicode text; people as "First von Last, Jr and ..." or
        "Last, First and ..."; the type under "entrytype". What is not known is absent or "".
    """

    id: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are, or may be, the same paper.

    Parameters
    ----------
    a, b
        Their ids, in the order of the records.
    probability
        Of being the same paper, from 0 to 1.
    sure
        Whether the pair lies above the line that let no more than one of a thousand through
        wrongly where it was measured; otherwise it is one for a person to look at.
    versions
        Whether one is a preprint of the other.
    reasons
        What speaks for it and against it, in words for people; their text may be anything
        that the records hold.
    """

    a: str
    b: str
    probability: float
    sure: bool
    versions: bool
    reasons: tuple[str, ...]
