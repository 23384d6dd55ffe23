"""BibTeX text: read without loss, edited in place, decoded exactly.

`BibDocument` is the one object to begin with.
"""

from reviewkit.bibtex.document import BibDocument
from reviewkit.bibtex.entry import Entry, Field
from reviewkit.bibtex.latex import latex_to_text
from reviewkit.bibtex.names import Name, display_names, split_authors
from reviewkit.bibtex.newentry import Raw
from reviewkit.bibtex.spelling import to_latex
from reviewkit.bibtex.values import decode_value, encode_value, is_verbatim

__all__ = [
    "BibDocument",
    "Entry",
    "Field",
    "Name",
    "Raw",
    "decode_value",
    "display_names",
    "encode_value",
    "is_verbatim",
    "latex_to_text",
    "split_authors",
    "to_latex",
]
