"""What a draft says of one paper: only what its record, its abstract and its readers say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from reviewkit.claims import extract
from reviewkit.claims.sentences import sentences
from reviewkit.drafts import markdown
from reviewkit.drafts.quotation import quote
from reviewkit.records import RATING_SCALE, Note, Paper, Review
from reviewkit.scores import mean_criteria

#: So many sentences with figures are quoted.
FIGURES = 3
# A sentence that says what the paper does, rather than what is known or wanted.
_CUE = re.compile(
    r"\b(?:we|this (?:paper|work|article|survey|study|report|thesis)|in this (?:paper|work|study))"
    r"\b[^.]{0,60}?\b(?:propos|present|introduc|develop|describ|design|stud(?:y|ies)\b|investigat|"
    r"analy[sz]|survey|review|show|explor|provid|address|demonstrat|examin|offer|evaluat)",
    re.IGNORECASE,
)
_LONGEST = 600


def paragraph(paper: Paper, keys: Mapping[str, str]) -> str:
    """The paper's text in a section: what it is, what its abstract says, what readers say.

    `keys` are those that a note may cite, each with the citekey that it means.
    """
    cited = markdown.citation(paper.citekey)
    # Two papers of one name are told apart by their citations.
    head = f"**{markdown.line(paper.title) or 'Without a title'}** {cited}"
    facts = [fact for fact in (authors(paper), paper.venue, str(paper.year or "")) if fact]
    if facts:
        head += f"\\\n{markdown.line(', '.join(facts))}."
    parts = [head]
    aim, figures = _quoted(paper.abstract_display or "")
    if aim:
        # The line above has just cited it; a style may name a paper by its whole title.
        parts.append(f"From the abstract: “{markdown.line(aim)}”")
    if figures:
        parts.append("\n".join(f"- “{markdown.line(each)}”" for each in figures))
    parts += filter(None, [rated(paper)])
    parts += [
        quote(note.text, speaker(review, note), keys)
        for review in sorted(paper.reviews, key=lambda review: review.reviewer)
        for note in review.notes
        if note.text.strip()
    ]
    return "\n\n".join(parts)


def rated(paper: Paper) -> str:
    """The readers' ratings in a sentence, with who gave which; empty if nobody rated it."""
    means = mean_criteria(paper.reviews)
    single = ", ".join(f"{markdown.line(name)} {round(mean, 1):g}" for name, mean in means.items())
    return " ".join(
        filter(None, (_rated_overall(paper), f"By criterion: {single}." if single else ""))
    )


def _rated_overall(paper: Paper) -> str:
    given = [review for review in paper.reviews if review.rating is not None]
    if not given or paper.score is None:
        return ""
    best = RATING_SCALE[1]
    who = ", ".join(f"{markdown.line(r.reviewer)} {r.rating:g}" for r in given)
    if len(given) == 1:
        return f"Rated {given[0].rating:g} of {best} by {markdown.line(given[0].reviewer)}."
    text = f"Rated {paper.score:.1f} of {best} on average ({who})."
    if paper.disagreement and paper.disagreement >= DISSENT:
        text += f" The readers are {paper.disagreement:g} apart."
    return text


#: Ratings so far apart are told as a dissent, and asked about among the open questions.
DISSENT = 2


def speaker(review: Review, note: Note) -> str:
    """Who said a note, with the rating that stands behind it, and on which page of the paper."""
    rating = None if review.rating is None else f"{review.rating:g} of {RATING_SCALE[1]}"
    where = f"on {note.where}" if note.anchor else None
    return ", ".join(filter(None, (review.reviewer, rating, where)))


def authors(paper: Paper) -> str:
    """The authors as a running text names them."""
    names = paper.authors
    if len(names) > 3:
        return f"{names[0]} et al."
    return " and ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else "".join(names)


def _quoted(abstract: str) -> tuple[str, list[str]]:
    """The sentence that says what the paper does, and those with its figures."""
    spans = [(start, end) for start, end in sentences(abstract) if abstract[start:end].strip()]
    if not spans:
        return "", []
    changes: Counter[int] = Counter()
    for claim in extract(abstract):
        at = next((n for n, (start, end) in enumerate(spans) if start <= claim.start < end), None)
        if at is not None:
            # What changed against something tells more than a size or a setting.
            changes[at] += (2 if claim.direction != "level" else 0) + (1 if claim.baseline else 0)
    texts = [" ".join(abstract[start:end].split()) for start, end in spans]
    aim = next((n for n, text in enumerate(texts) if _CUE.search(text)), 0)
    best = sorted((n for n in changes if n != aim and changes[n]), key=lambda n: (-changes[n], n))
    chosen = [_shortened(texts[n]) for n in sorted(best[:FIGURES])]
    return _shortened(texts[aim]), chosen


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0] + " […]"
