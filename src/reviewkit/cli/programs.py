"""Commands about other programs and their .bib files: adopt."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.base import (
    NEEDS_A_PERSON,
    json_option,
    opened,
    project_option,
    reviewer_option,
    warn,
    write_files,
)
from reviewkit.cli.output import clean, print_json
from reviewkit.project import Project


@click.command()
@click.argument("citekeys", nargs=-1, metavar="[KEY...]")
@reviewer_option
@click.option("--keywords", is_flag=True, help="Take the entries' keywords as tags, too.")
@click.option("--dry-run", is_flag=True, help="Only say what would be adopted.")
@project_option
@json_option
@click.pass_context
def adopt(
    ctx: click.Context,
    citekeys: tuple[str, ...],
    reviewer: str | None,
    keywords: bool,
    dry_run: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Make ratings and comments that JabRef, BibDesk or others left in the .bib reviews.

    Of all papers, or of KEYs only. What is adopted already stays as it is; `reviewkit undo`
    takes all of it back.
    """
    with opened(folder, reviewer=reviewer, opinion=True) as project:
        result = project.adopt(
            reviewer, citekeys or None, keywords=keywords, dry_run=dry_run, via="cli"
        )
        write_files(project)
    if as_json:
        print_json(result)
    else:
        click.echo(f"{'would adopt' if dry_run else 'adopted'}: {result.message}")
        for problem in result.problems:
            warn(f"{problem.text}: {problem.reason}")
    ctx.exit(NEEDS_A_PERSON if result.problems else 0)


def opinions_line(project: Project) -> str | None:
    """That the .bib holds opinions of another program which nobody has adopted; else None."""
    papers = len(project.found_opinions())
    if not papers:
        return None
    many = "1 paper holds" if papers == 1 else f"{papers} papers hold"
    return clean(f"{many} ratings or comments of {project.program().title}: reviewkit adopt")


COMMANDS = (adopt,)
