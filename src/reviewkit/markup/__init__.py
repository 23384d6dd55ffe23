"""Papers and findings as static HTML and plain text, for places where no live view can be."""

from reviewkit.markup.card import paper_card_html, paper_card_text
from reviewkit.markup.findings import counts, findings_html, findings_text
from reviewkit.markup.links import links_text
from reviewkit.markup.table import papers_table_html, papers_table_text
from reviewkit.markup.topics import topics_html, topics_text

__all__ = [
    "counts",
    "findings_html",
    "findings_text",
    "links_text",
    "paper_card_html",
    "paper_card_text",
    "papers_table_html",
    "papers_table_text",
    "topics_html",
    "topics_text",
]
