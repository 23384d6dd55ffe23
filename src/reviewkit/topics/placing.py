"""Papers that came later, put into topics that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reviewkit.records import Paper
from reviewkit.topics.finding import FAINT, Model, text_of, weighted
from reviewkit.topics.topic import Topics


def placed(papers: Sequence[Paper], topics: Topics) -> Topics:
    """The topics with the papers that they do not know yet, each in the topic it is most like."""
    known = {key for topic in topics.topics for key in topic.papers} | set(topics.other)
    new = [n for n, paper in enumerate(papers) if paper.citekey not in known]
    if not new:
        return topics
    keys = [paper.citekey for paper in papers]
    matrix, _ = weighted([text_of(paper) for paper in papers]) if topics.topics else (None, None)
    if matrix is None:
        return replace(topics, other=(*topics.other, *(keys[n] for n in new)))
    at = {key: n for n, key in enumerate(keys)}
    centres = np.vstack(
        [
            np.asarray(matrix[[at[key] for key in topic.papers if key in at]].sum(axis=0))
            for topic in topics.topics
        ]
    )
    likeness = np.round(Model(None, centres).likeness(matrix), 6)
    own = [
        likeness[at[key], n] for n, t in enumerate(topics.topics) for key in t.papers if key in at
    ]
    faint = FAINT * float(np.median(own)) if own else 0.0
    found = topics
    for n in new:
        best = int(likeness[n].argmax())
        found = replace(found, other=(*found.other, keys[n]))
        if likeness[n, best] > faint:
            found = found.move(keys[n], best)
    return found
