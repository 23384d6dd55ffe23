"""Commands about papers: init, add, list, show."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reviewkit import identity
from reviewkit.cli.base import (
    NEEDS_A_PERSON,
    described,
    json_option,
    opened,
    project_option,
    reviewer_option,
    warn,
    write_files,
)
from reviewkit.cli.output import clean, paper_card, papers_table, print_json
from reviewkit.errors import ReviewkitError
from reviewkit.project import Project
from reviewkit.project.beginning import begin
from reviewkit.project.curating.source import named
from reviewkit.records import SORTS, STATUSES, AddResult, as_json
from reviewkit.store.gitsetup import is_in_git, set_up_git


@click.command()
@click.argument("place", metavar="[DIR|FILE.bib]", default=".", type=click.Path(path_type=Path))
@click.option("--no-git", is_flag=True, help="Do not tell git how to merge the project's files.")
def init(place: Path, no_git: bool) -> None:
    """Make DIR (or this folder) a project, with the .bib file that is there or a new one.

    The library is references.bib; where there is none but one other .bib file it is that,
    and FILE.bib says which if there are several. In a git work tree, git is told how to
    merge the project's files, in .gitattributes and for this clone. It may be run again at
    any time.
    """
    library, is_new = begin(place)
    if is_new:
        where = "" if library.parent == Path() else f" --project {library.parent}"
        click.echo(f"Made {library}. Add papers: reviewkit add FILE...{where}")
    else:
        with opened(library) as project:
            papers = f"{len(project)} paper{'s' * (len(project) != 1)}"
            click.echo(f"{library} is the library, with {papers}.")
    if not no_git and is_in_git(library.parent):
        for line in set_up_git(library):
            click.echo(clean(line))


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--lookup/--no-lookup", default=None, help="Look up papers that are only named.")
@project_option
@reviewer_option
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    files: tuple[str, ...],
    lookup: bool | None,
    folder: Path | None,
    reviewer: str | None,
    as_json: bool,
) -> None:
    """Add the papers of each FILE (`-` reads standard input), whatever its format.

    In place of a FILE a DOI, an arXiv id or an address may stand.

    BibTeX, RIS, CSL-JSON, EndNote XML, PubMed, CSV of any program, daily papers (JSON or a
    pasted page), Markdown lists, and DOIs, arXiv ids and addresses in any text. Papers that
    are there already are completed, not doubled; papers that are only named (by DOI, arXiv
    id...) are queued: see `reviewkit lookup`.
    """
    done: list[dict[str, object]] = []
    codes = [0]
    with opened(folder, reviewer=reviewer) as project:
        by = project.reviewer or identity.author(identity.who_am_i())
        for file in files:
            try:
                result = _added(project, file, by, lookup)
            except ReviewkitError as error:
                said = described(error)
                warn(said if said.startswith(file) else f"{file}: {said}")
                codes.append(error.exit_code)
                continue
            done.append({"file": file, **_json(result)})
            if not as_json:
                click.echo(clean(f"{file}: {result.message}", lines=True))
                for alike in result.maybe:
                    why = ", ".join(alike.reasons)
                    line = f"{alike.citekey} may be the same as {alike.other}: {why}"
                    click.echo(clean(f"{file}: {line}"))
                for problem in result.problems:
                    place = f"line {problem.line}: " if problem.line else ""
                    warn(f"{file}: {place}{problem.reason}")
            codes.append(NEEDS_A_PERSON if result.problems or result.queued else 0)
        write_files(project)
    if as_json:
        print_json(done)
    ctx.exit(max(codes))


def _added(project: Project, file: str, by: str, lookup: bool | None) -> AddResult:
    if file == "-":
        data = sys.stdin.buffer.read()
        return project.add(data, name="standard input", by=by, via="cli", lookup=lookup)
    path = Path(file)
    if path.is_file():
        return project.add(path, by=by, via="cli", lookup=lookup)
    if named(file) is None:
        raise click.UsageError(f"There is no file {file}.")
    return project.add(file, by=by, via="cli", lookup=lookup)


def _json(result: AddResult) -> dict[str, object]:
    value: dict[str, object] = as_json(result)
    return value


_at_option = click.option(
    "--at", metavar="TIME", help="As it was then (2026-11-01T10:00; UTC without a zone)."
)


@click.command("list")
@click.argument("text", default="")
@click.option("--tag", help="Only papers with this tag.")
@click.option("--status", type=click.Choice(STATUSES), help="Only papers with this status.")
@click.option("--reviewer", help="Only papers on which this reviewer has an opinion.")
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="citekey",
    show_default=True,
    help="In which order.",
)
@_at_option
@project_option
@json_option
def list_(
    text: str,
    tag: str | None,
    status: str | None,
    reviewer: str | None,
    sort: str,
    at: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """List the papers that hold each word of TEXT in title, authors, tags, notes or key."""
    with opened(folder) as project:
        library = project if at is None else project.at(at)
        papers = library.find(text, tag=tag, status=status, reviewer=reviewer, sort=sort)
        if as_json:
            print_json(papers)
        elif papers:
            click.echo(papers_table(papers))
        elif not len(library):
            click.echo("The library is empty. Add papers: reviewkit add FILE...")
        else:
            click.echo(f"None of the {len(library)} papers is like that.")


@click.command()
@click.argument("citekey", metavar="KEY")
@_at_option
@project_option
@json_option
def show(citekey: str, at: str | None, folder: Path | None, as_json: bool) -> None:
    """Show one paper with its abstract and everybody's opinions."""
    with opened(folder) as project:
        paper = project.as_seen_by(citekey) if at is None else project.at(at)[citekey]
        if as_json:
            print_json(paper)
        else:
            click.echo(paper_card(paper))


COMMANDS = (init, add, list_, show)
