"""A reviewer's short name, made of any name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

#: Longest slug, in characters.
SLUG_LENGTH = 60

# Latin letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
        "ƶ": "z",
    }
)


@lru_cache(maxsize=1000)
def slug(name: str) -> str:
    """Short name of a reviewer, of the characters `a-z`, `0-9` and `-`; never empty.

    Accents are folded and every run of other characters becomes one `-`: "Zoë Smith" is
    "zoe-smith". A name without any Latin letter or digit gets a short digest of itself,
    so that two such names stay two reviewers. A slug is its own slug.
    """
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not _is_mark(c))
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].rstrip("-")
    if short:
        return short
    return f"reviewer-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0
