"""Ratings of single criteria (novelty, soundness...): how they and their fields are named."""

from __future__ import annotations

import re
from functools import cache

#: What fields of such ratings begin with: `rating:novelty`.
PREFIX = "rating:"

#: No name is longer.
LONGEST = 40

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_name(text: str) -> bool:
    """Whether a criterion can be called so: small letters, digits and hyphens."""
    return len(text) <= LONGEST and _NAME.fullmatch(text) is not None


@cache
def criterion_of(field: str) -> str | None:
    """The criterion that a field or column rates; None where it does not."""
    name = field.removeprefix(PREFIX)
    return name if name != field and is_name(name) else None


def is_criterion(field: str) -> bool:
    """Whether the field is the rating of a criterion."""
    return field.startswith(PREFIX) and criterion_of(field) is not None
