"""The keys of Zotero's own BibTeX export: ``vaswani_attention_2017``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewkit.citekeys.facts import KeyFacts
from reviewkit.citekeys.folding import to_ascii

#: Articles and little words of four languages, which the title's part passes over.
_BANNED = frozenset(
    """
    a an the some from on in to of do with der die das ein eine einer eines einem einen un une la
    le les l el las los al uno una unos unas de des del d
    """.split()
)
_SIGN = re.compile(r"%([aty])")


@dataclass(frozen=True, slots=True)
class ZoteroFormat:
    """Zotero's ``%a_%t_%y``: first author, first telling word of the title, year."""

    format: str = "%a_%t_%y"

    def __call__(self, facts: KeyFacts) -> str:
        """The key, not yet kept apart from others; empty if the paper gives nothing."""
        parts = {
            "a": facts.people[0].family if facts.people else "noauthor",
            "t": self._title_word(facts.title) or "notitle",
            "y": "nodate" if facts.year is None else str(facts.year),
        }
        key = _SIGN.sub(lambda found: parts[found[1]], self.format)
        return re.sub("[^a-z0-9_-]", "", re.sub(r"\s+", "_", to_ascii(key).lower()))

    @staticmethod
    def _title_word(title: str) -> str:
        words = re.split(r"[\s'\u2019]+", re.sub(r"<[^<>]*>", "", title))
        plain = (re.sub(r"[^\w-]", "", word) for word in words)
        return next((word for word in plain if word and word.lower() not in _BANNED), "")
