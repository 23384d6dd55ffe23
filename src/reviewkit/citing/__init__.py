"""Citing: a text's citations by pandoc, citation styles, and what both give together."""

from reviewkit.citing.items import items
from reviewkit.citing.parsing import READING, Cited, Cluster, citations
from reviewkit.citing.styles import STYLES, style

__all__ = ["READING", "STYLES", "Cited", "Cluster", "citations", "items", "style"]
