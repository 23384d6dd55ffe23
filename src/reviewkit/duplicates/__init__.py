"""Which records are one paper, also where they are written differently.

`find` looks through a library, `Finder` compares newcomers with one, `groups` joins pairs.
Nothing here merges: a pair is something to tell a person.
"""

from reviewkit.duplicates.finder import Finder, find
from reviewkit.duplicates.grouping import groups
from reviewkit.duplicates.pair import Pair, Record

__all__ = ["Finder", "Pair", "Record", "find", "groups"]
