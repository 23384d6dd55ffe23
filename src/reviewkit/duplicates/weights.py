"""How much each level of agreement weighs.

A weight is the natural logarithm of how many times likelier a level is among records of one
paper than among others that are compared. Counted on two labelled sets (1,079 pairs of one
paper, 15,800 others; each set weighs the same) by `benchmarks/weights.py`, rounded to halves.
Where few pairs were counted, or where both sets disagree, the weight is an estimate and marked.
"""

from __future__ import annotations

PRIOR = -3.0
WEIGHTS = {
    ("title", "equal"): 5.5,
    ("title", "equal short"): 2.0,
    ("title", "variant"): 4.0,  # estimate
    ("title", "spelling"): 3.0,  # estimate
    ("title", "main"): 2.0,  # estimate
    ("title", "part"): 1.5,
    ("title", "close"): 1.0,
    ("title", "alike"): -2.0,
    ("title", "different"): -4.5,
    ("title", "generic"): 0.0,  # estimate: what it lacks, pages have to say
    ("title", "generic alike"): -3.0,  # estimate
    ("authors", "equal"): 2.0,
    ("authors", "fewer"): 1.0,  # estimate
    ("authors", "most"): -0.5,
    ("authors", "first"): -2.0,
    ("authors", "some"): -3.0,
    ("authors", "none"): -5.5,
    ("journal", "equal"): 1.5,
    ("journal", "alike"): -0.5,
    ("journal", "different"): -3.5,
    ("year", "equal"): 2.5,
    ("year", "close"): -3.0,
    ("year", "different"): -5.5,
    ("volume", "equal"): 2.0,
    ("volume", "different"): -5.0,
    ("issue", "equal"): 1.5,
    ("issue", "different"): -1.5,  # estimate
    ("pages", "equal"): 4.0,
    ("pages", "first"): 2.0,  # estimate
    ("pages", "count"): 1.5,
    ("pages", "near"): -2.0,  # estimate
    ("pages", "different"): -4.0,
    ("doi", "equal"): 9.0,  # estimate
    ("doi", "near"): 0.0,  # estimate
    ("doi", "different"): -6.0,  # estimate
    ("arxiv", "equal"): 9.0,  # estimate
    ("arxiv", "different"): -6.0,  # estimate
    ("pmid", "equal"): 9.0,  # estimate
    ("pmid", "different"): -6.0,  # estimate
    ("abstract", "equal"): 3.5,
    ("abstract", "alike"): 1.0,  # estimate
    ("abstract", "different"): -4.0,
}
