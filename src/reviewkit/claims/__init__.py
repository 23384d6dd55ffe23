"""Quantities that a text of a paper states: how much, of what, against what, where."""

from reviewkit.claims.claim import Claim
from reviewkit.claims.extraction import extract
from reviewkit.claims.links import Link, links
from reviewkit.claims.mentions import Mention, mentions

__all__ = ["Claim", "Link", "Mention", "extract", "links", "mentions"]
