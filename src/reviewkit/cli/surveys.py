"""Commands towards a survey: topics, questions, draft."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from reviewkit.cli.base import NEEDS_A_PERSON, json_option, opened, project_option, reviewer_option
from reviewkit.cli.output import clean, print_json
from reviewkit.cli.stopping import steps, stoppable
from reviewkit.drafts import Question
from reviewkit.markup import topics_text
from reviewkit.project import Project
from reviewkit.project.manuscripts.output import ExportResult
from reviewkit.project.opening.progress import Progress, stepping
from reviewkit.project.surveying.drafting import DraftResult
from reviewkit.publishing import TARGETS
from reviewkit.publishing.targets import beside
from reviewkit.records import as_json as as_json_value

_FILE = click.Path(path_type=Path)
#: So many cells are named one by one.
_NAMED = 12


@click.command()
@click.option("--number", "-k", type=click.IntRange(1), help="How many; without it, suggested.")
@click.option("--as-tags", is_flag=True, help="Give each paper its topic as a tag of yours.")
@click.option("--prefix", default="", help="What such a tag begins with, as 'topic: '.")
@reviewer_option
@project_option
@json_option
def topics(
    number: int | None,
    as_tags: bool,
    prefix: str,
    reviewer: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Suggest topics from the words of titles and abstracts."""
    with opened(folder, reviewer=reviewer, opinion=as_tags) as project:
        found = project.topics(number, progress=_progress("topics"))
        tagged = found.as_tags(prefix=prefix, via="cli") if as_tags else 0
        if as_json:
            print_json({"topics": found.topics, "other": found.other, "tagged": tagged})
            return
        click.echo(clean(topics_text(found.rows()), lines=True))
        if as_tags:
            papers = "1 paper" if tagged == 1 else f"{tagged} papers"
            click.echo(f"{papers} tagged; `reviewkit undo` takes the tags back")


@click.command()
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@project_option
@json_option
def questions(keys: tuple[str, ...], folder: Path | None, as_json: bool) -> None:
    """List what is open: asked in notes, rated far apart, or not settled.

    Papers come first whose ratings are farthest apart, then those of which most is asked.
    """
    with opened(folder) as project:
        found = project.questions(keys or None)
        if as_json:
            print_json(found)
            return
        lines = []
        for citekey, asked in groupby(found, lambda each: each.citekey):
            lines += [citekey, *(f"  {_question(each)}" for each in asked)]
        click.echo(clean("\n".join(lines) or "No open questions.", lines=True))


def _question(question: Question) -> str:
    people = ", ".join(question.by)
    if question.kind == "ratings":
        return f"ratings far apart: {question.text}"
    if question.kind == "versions":
        return f"two versions of the {question.text} ({people})"
    return f"{people}: {question.text}"


@click.command()
@click.argument("out", type=_FILE)
@click.option(
    "--by",
    metavar="GROUPING",
    help="tag, topic, year, venue or a column of the matrix; as before, at first tag.",
)
@click.option("--title", help="The survey's title; as before, at first 'Survey'.")
@click.option("--papers", multiple=True, metavar="KEY...", help="Only these papers.")
@click.option(
    "--min-rating",
    type=float,
    metavar="N",
    help="Only papers rated N or better on average; 0 for all.",
)
@click.option("--restore", is_flag=True, help="Make cells that were deleted again.")
@click.argument("more", nargs=-1, metavar="")
@click.option(
    "--to",
    "forms",
    multiple=True,
    type=click.Choice([*TARGETS]),
    metavar="FORMAT...",
    help=f"Then write it as a document beside it: {', '.join(TARGETS)}.",
)
@project_option
@json_option
@click.pass_context
def draft(
    ctx: click.Context,
    /,
    out: Path,
    by: str | None,
    title: str | None,
    papers: tuple[str, ...],
    min_rating: float | None,
    restore: bool,
    more: tuple[str, ...],
    forms: tuple[str, ...],
    folder: Path | None,
    as_json: bool,
) -> None:
    """Write or renew OUT, a notebook with a section a group; a person's edits stay.

    reviewkit draft survey.ipynb --by topic --to pdf
    """
    keys = [key for text in papers for key in text.split(",") if key]
    if more and not keys:
        raise click.UsageError("Name one notebook, and papers with --papers KEY.")
    keys += more
    with opened(folder) as project:
        result = project.draft(
            out,
            by=by,
            title=title,
            papers=keys or None,
            min_rating=min_rating,
            restore=restore,
            progress=_progress("drafting"),
        )
        if not as_json:
            click.echo(clean(told(result), lines=True))
        written = _documents(project, out, forms, quiet=as_json)
        if as_json:
            print_json({**as_json_value(result), "documents": written} if forms else result)
    ctx.exit(NEEDS_A_PERSON if any(done.problems for done in written) else 0)


def _documents(
    project: Project, notebook: Path, forms: Sequence[str], *, quiet: bool
) -> list[ExportResult]:
    """Write the notebook as documents beside it."""
    written = []
    with stoppable() as stop:
        for form in forms:
            done = project.export(
                beside(notebook, TARGETS[form]),
                used_in=notebook,
                format=form,
                progress=None if quiet else steps,
                stop=stop,
            )
            written.append(done)
            if not quiet:
                click.echo(clean(done.message, lines=True))
    return written


def told(result: DraftResult) -> str:
    """What drafting did, with the cells concerned and what is newer than a person's text."""
    lines = [result.message]
    for kind in ("changed", "moved", "removed"):
        names = [change.what for change in result.changes if change.kind == kind]
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            lines.append(f"{kind}: {', '.join(names[:_NAMED])}{more}")
    for change in result.kept:
        if change.diff:
            lines += [f"yours was kept, and the draft says otherwise now: {change.what}"]
            lines += [f"  {line}" for line in change.diff.splitlines()]
    return "\n".join(lines)


def _progress(what: str) -> Progress | None:
    """Progress for who waits at a terminal; none in a script."""
    return stepping(what) if sys.stderr.isatty() else None


COMMANDS = (topics, questions, draft)
