"""Finding papers: the index of a library and the words of a query."""

from reviewkit.search.index import UNREAD, Searchable, SearchIndex

__all__ = ["UNREAD", "SearchIndex", "Searchable"]
