"""Citekeys for new papers, by the formula that a group likes.

A key that exists is never changed here; this only names what has none yet.
"""

from reviewkit.citekeys.facts import KeyFacts, Person
from reviewkit.citekeys.formula import NAMED, Formula, formula
from reviewkit.citekeys.scholar import make
from reviewkit.citekeys.taken import Citekeys, unique

__all__ = ["NAMED", "Citekeys", "Formula", "KeyFacts", "Person", "formula", "make", "unique"]
