"""The open questions of a draft: those that matter most in full, the others counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from reviewkit.drafts import markdown
from reviewkit.drafts.cells import Cell
from reviewkit.drafts.questions import Question, questions
from reviewkit.drafts.quotation import spoken
from reviewkit.drafts.sections import counted
from reviewkit.records import Paper

_HEADING = "## Open questions"
#: The section where there is nothing to ask.
NOTHING_OPEN = (
    f"{_HEADING}\n\n"
    "*Nobody's note asks anything, no conflict is open and no ratings are far apart.*"
)
#: Of so many papers the questions are told, and of each so many.
PAPERS = 12
EACH = 4
#: So many of the other papers are named.
_NAMED = 30


def question_cells(papers: Sequence[Paper], keys: Mapping[str, str]) -> list[Cell]:
    """A cell that counts them, one a paper for the first, and one that tells where others are.

    `keys` are those that a note may cite, each with the citekey that it means.
    """
    found = questions(papers)
    by_paper = [(key, list(asked)) for key, asked in groupby(found, lambda each: each.citekey)]
    if not found:
        return [Cell("questions", "", "markdown", NOTHING_OPEN)]
    told, others = by_paper[:PAPERS], by_paper[PAPERS:]
    cells = [Cell("questions", "", "markdown", f"{_HEADING}\n\n{_counts(found, len(by_paper))}")]
    cells += [Cell("question", key, "markdown", _paper(key, asked, keys)) for key, asked in told]
    if others:
        cells.append(Cell("further", "", "markdown", _further(others)))
    return cells


def _counts(found: Sequence[Question], papers: int) -> str:
    are = "is" if len(found) == 1 else "are"
    text = f"{counted(len(found), 'question')} {are} open, on {counted(papers, 'paper')}."
    if papers > 1:
        text += (
            " First stand papers on whose quality the readers are farthest apart, then those "
            "of which most is asked."
        )
    return text


def _paper(citekey: str, asked: Sequence[Question], keys: Mapping[str, str]) -> str:
    lines = [f"- {_line(question, keys)}" for question in asked[:EACH]]
    if len(asked) > EACH:
        lines.append(f"- … and {len(asked) - EACH} more in its notes.")
    return "\n".join([f"On {markdown.named(citekey)}:", "", *lines])


def _line(question: Question, keys: Mapping[str, str]) -> str:
    people = markdown.line(", ".join(question.by))
    if question.kind == "ratings":
        return f"How good is it? The ratings are far apart: {markdown.line(question.text)}."
    if question.kind == "versions":
        return f"Two versions of the {markdown.line(question.text)} are not settled ({people})."
    return f"{people} asks: “{spoken(question.text, keys)}”"


def _further(others: Sequence[tuple[str, Sequence[Question]]]) -> str:
    number = sum(len(asked) for _, asked in others)
    are = "is" if number == 1 else "are"
    text = f"{counted(number, 'more question')} {are} open on {counted(len(others), 'paper')}: "
    text += ", ".join(_named(others[:_NAMED]))
    if len(others) > _NAMED:
        text += f" and {len(others) - _NAMED} more"
    return f"{text}. `project.questions(papers)` lists them all."


def _named(others: Sequence[tuple[str, Sequence[Question]]]) -> Iterator[str]:
    for citekey, asked in others:
        yield markdown.named(citekey) + (f" ({len(asked)})" if len(asked) > 1 else "")
