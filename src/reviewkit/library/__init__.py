"""The papers of a .bib document together with what people said of them."""

from reviewkit.library.library import Library

__all__ = ["Library"]
