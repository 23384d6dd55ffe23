"""Topics suggested from the papers' words: TF-IDF and a non-negative factorisation of it.

Needs scikit-learn. Equal papers in equal order give equal topics: the factorisation starts
from singular vectors, not from chance, and nothing else is drawn.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from threadpoolctl import threadpool_limits

from reviewkit.errors import ValueRefusedError
from reviewkit.records import Paper
from reviewkit.topics.labels import label_of, spellings
from reviewkit.topics.topic import FEWEST, OTHER, Topic, Topics
from reviewkit.topics.words import WORDS

#: More topics than this are no overview any more.
MOST_TOPICS = 20
# Where the number of topics is to be found out, so many papers are looked at.
_SAMPLE = 500
_WORDS = 20_000
_ROUNDS = 120
_TERMS = 8
_TOKEN = r"(?u)\b[^\W\d_][\w\-]*\w\b"  # noqa: S105 - no password
# A paper with less of its topic's words than this share of the median belongs to none.
FAINT = 0.5
_ADDRESS = re.compile(r"https?://\S+")

#: Called with how many steps are done, of how many, and what is being done.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Model:
    """A factorisation: weights of papers and of words in each topic."""

    papers: Any
    words: Any

    def likeness(self, matrix: Any) -> Any:
        """Cosine of every paper's words and every topic's."""
        norms = np.linalg.norm(self.words, axis=1, keepdims=True)
        return np.asarray(matrix @ (self.words / np.where(norms, norms, 1)).T)


def find(
    papers: Sequence[Paper], k: int | None = None, progress: Progress | None = None
) -> Topics:
    """Topics of papers by the words of their titles, abstracts and keywords.

    Parameters
    ----------
    k
        How many topics; None: as many (at most `MOST_TOPICS`) as make the words that stand
        together in one topic stand together most often in papers. Fewer may come out, as a
        topic of a single paper is none.
    progress
        Told of each step.

    Raises
    ------
    ValueRefusedError
        `k` is not a number of topics that these papers can have.

    Notes
    -----
    TF-IDF of words and pairs of words (sublinear, at least two papers, at most half of
    them), non-negative matrix factorisation started by NNDSVD [1]_. Labels are the words with
    the highest ``mean_in * log(mean_in / mean_all)``. The number of topics maximises the mean
    normalised pointwise mutual information [2]_ of each topic's leading words, weighted by
    the topic's papers.

    References
    ----------
    .. [1] Boutsidis, Gallopoulos (2008): SVD based initialization. Pattern Recognition 41.
    .. [2] Bouma (2009): Normalized pointwise mutual information in collocation extraction.
    """
    number = len(papers)
    if k is not None and not 1 <= k <= max(1, number // 2):
        raise ValueRefusedError(
            f"{number} papers cannot have {k} topics. Use 1 to {max(1, number // 2)}.",
            field="k",
            value=k,
        )
    keys = tuple(paper.citekey for paper in papers)
    if number < FEWEST:
        return Topics((), keys)
    told = progress or _silent
    told(0, 1, "words")
    texts = [text_of(paper) for paper in papers]
    matrix, terms = weighted(texts)
    if matrix is None:
        return Topics((), keys)
    if k is None:
        k = _number(matrix, told)
    k = min(k, *matrix.shape)
    told(0, 1, f"{k} topics")
    likeness = _factored(matrix, k).likeness(matrix)
    found = _grouped(matrix, terms, likeness, keys)
    spelled = spellings(texts)
    named = [
        replace(topic, label=spelled(topic.label), terms=tuple(map(spelled, topic.terms)))
        for topic in found.topics
    ]
    found = replace(found, topics=tuple(named))
    told(1, 1, "topics")
    return found


def _silent(_done: int, _total: int, _what: str) -> None:
    """Nobody waits."""


def text_of(paper: Paper) -> str:
    """The paper's words that may tell its topic."""
    # A title says more of the topic than a sentence of the abstract.
    parts = [paper.title, paper.title, paper.abstract_display or "", ". ".join(paper.keywords)]
    return _ADDRESS.sub(" ", ". ".join(part for part in parts if part))


def weighted(texts: list[str]) -> tuple[Any, Any]:
    """TF-IDF of the texts, a row each, and the words of its columns; None without words."""
    vectorizer = TfidfVectorizer(
        stop_words=sorted(ENGLISH_STOP_WORDS | WORDS),
        ngram_range=(1, 2),
        min_df=2,
        max_df=0.5,
        sublinear_tf=True,
        token_pattern=_TOKEN,
        dtype=np.float64,
        max_features=_WORDS,
    )
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError:
        # No word stands in two papers and not in most of them.
        return None, None
    return matrix, vectorizer.get_feature_names_out()


def _factored(matrix: Any, k: int) -> Model:
    # NNDSVD's own randomness is fixed by its seed; coordinate descent has none.
    model = NMF(n_components=k, init="nndsvd", random_state=0, max_iter=_ROUNDS, tol=1e-3)
    # More threads only wait for each other here, and change the last digits.
    # Where all is explained, its error is the root of less than nothing by a rounding.
    with threadpool_limits(1), np.errstate(invalid="ignore"), warnings.catch_warnings():
        # Grouping needs no more digits than these rounds give.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return Model(model.fit_transform(matrix), model.components_)


def _number(matrix: Any, told: Progress) -> int:
    """How many topics: the number whose leading words keep company best."""
    step = -(-matrix.shape[0] // _SAMPLE)
    sample = matrix[::step]
    root = matrix.shape[0] ** 0.5
    least = max(2, min(round(0.8 * root), MOST_TOPICS // 2))
    most = max(least, min(round(1.4 * root), MOST_TOPICS, matrix.shape[0] // 3))
    numbers = range(least, most + 1, 2 if most - least > 8 else 1)
    best = (-np.inf, least)
    for done, k in enumerate(numbers):
        told(done, len(numbers), f"{k} topics?")
        # Ties and nearly so go to the smaller number, on every machine.
        coherence = round(_coherence(sample, min(k, *sample.shape)), 6)
        if coherence > best[0]:
            best = (coherence, k)
    return int(best[1])


def _coherence(matrix: Any, k: int) -> float:
    model = _factored(matrix, k)
    sizes = np.bincount(model.likeness(matrix).argmax(axis=1), minlength=k)
    present = matrix > 0
    values = []
    for words in model.words:
        leading = np.argsort(-words, kind="stable")[:_TERMS]
        values.append(_company(present[:, leading].toarray()))
    return float(np.average(values, weights=sizes))


def _company(present: Any) -> float:
    """Mean NPMI of the columns' pairs."""
    share = present.mean(axis=0)
    both = (present.T.astype(float) @ present) / len(present)
    above = np.triu_indices(len(share), 1)
    together, apart = both[above], np.outer(share, share)[above]
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(together / apart) / -np.log(together)
    npmi[together == 0] = -1
    npmi[together == 1] = 0
    return float(npmi.mean()) if len(npmi) else 0.0


def _grouped(matrix: Any, terms: Any, likeness: Any, keys: tuple[str, ...]) -> Topics:
    # Rounded, so that the last bits of another machine's arithmetic change nothing.
    likeness = np.round(likeness, 6)
    chosen, strength = likeness.argmax(axis=1), likeness.max(axis=1)
    faint = strength < FAINT * np.median(strength)
    everywhere = np.asarray(matrix.mean(axis=0)).ravel()
    places = _places(likeness)
    topics, other = [], [keys[n] for n in np.flatnonzero(faint)]
    labels: set[str] = {OTHER}
    for topic in range(likeness.shape[1]):
        members = np.flatnonzero((chosen == topic) & ~faint)
        words = label_of(matrix[members], terms, everywhere) if len(members) > 1 else []
        label = ", ".join(words[:3])
        if not words or label in labels:
            other += [keys[n] for n in members]
            continue
        labels.add(label)
        order = sorted(members, key=lambda n: (-strength[n], keys[n]))
        found = tuple(keys[n] for n in order)
        topics.append(Topic(label, tuple(words), found, places[topic]))
    topics.sort(key=lambda topic: (-len(topic.papers), topic.label))
    known = {key: n for n, key in enumerate(keys)}
    return Topics(tuple(topics), tuple(sorted(other, key=known.__getitem__)))


def _places(likeness: Any) -> list[tuple[float, float]]:
    """Where the topics stand on a plane: those that the same papers are like, close together.

    Classical scaling (Torgerson 1952) of the distances between the columns.
    """
    if likeness.shape[1] < 3:
        return [(float(n), 0.0) for n in range(likeness.shape[1])]
    columns = likeness / np.maximum(np.linalg.norm(likeness, axis=0), 1e-12)
    distance = 1 - np.clip(columns.T @ columns, 0, 1)
    centred = distance**2 - (distance**2).mean(axis=0)
    centred = -(centred - centred.mean(axis=1, keepdims=True)) / 2
    values, vectors = np.linalg.eigh((centred + centred.T) / 2)
    plane = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    # The sign of a vector is chance, that of its largest part is made positive.
    plane *= np.where(plane[np.abs(plane).argmax(axis=0), [0, 1]] < 0, -1, 1)
    plane = np.round(plane / max(1e-12, np.abs(plane).max()), 3) + 0.0
    return [(float(x), float(y)) for x, y in plane]
