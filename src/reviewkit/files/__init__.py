"""references.bib and reviews.csv: writing our part of them, taking in what others wrote."""
