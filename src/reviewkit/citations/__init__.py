"""Which keys a manuscript cites: notebooks, Markdown, LaTeX and LaTeX's .aux files."""

from reviewkit.citations.found import Citation, Citations
from reviewkit.citations.manuscript import SUFFIXES, cited_keys
from reviewkit.citations.renaming import rename_uses

__all__ = ["SUFFIXES", "Citation", "Citations", "cited_keys", "rename_uses"]
