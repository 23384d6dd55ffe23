"""What leaves the library: BibTeX, RIS, CSL-JSON and tables of chosen papers.

Pure: each writer takes values and gives bytes. `FORMATS` names them all.
"""

from reviewkit.exports.csl import csl_item
from reviewkit.exports.formats import FORMATS, OPINIONLESS, format_of
from reviewkit.exports.item import Fields, Item, with_inherited
from reviewkit.exports.writing import ITEM_WRITERS, write_bib

__all__ = [
    "FORMATS",
    "ITEM_WRITERS",
    "OPINIONLESS",
    "Fields",
    "Item",
    "csl_item",
    "format_of",
    "with_inherited",
    "write_bib",
]
