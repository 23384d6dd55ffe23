"""Manuscripts out: a notebook or Markdown text as PDF, Word, HTML, LaTeX, Typst, MyST, Quarto.

`flatten` makes pieces of the manuscript, `build` one document of them, and `publish` the
files of a format. Each piece knows its cell, so that what goes wrong can be named.
"""

from reviewkit.publishing.document import Document, build
from reviewkit.publishing.flatten import flatten
from reviewkit.publishing.job import Citing, Job, Progress, Published
from reviewkit.publishing.pictures import Pictures
from reviewkit.publishing.piece import Flat, Told
from reviewkit.publishing.publish import publish
from reviewkit.publishing.targets import TARGETS, Target, checked_target, target_of

__all__ = [
    "TARGETS",
    "Citing",
    "Document",
    "Flat",
    "Job",
    "Pictures",
    "Progress",
    "Published",
    "Target",
    "Told",
    "build",
    "checked_target",
    "flatten",
    "publish",
    "target_of",
]
