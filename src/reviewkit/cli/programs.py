"""Commands about other programs and their .bib files: adopt, mode."""

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
from reviewkit.records import GENERATED, MODES, ProjectInfo


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


@click.command()
@click.argument("wanted", metavar="[shared|generated]", type=click.Choice(MODES), required=False)
@project_option
@json_option
def mode(wanted: str | None, folder: Path | None, as_json: bool) -> None:
    """Say whether another program makes references.bib anew, or set it.

    A file that is `generated` (by Zotero or Better BibTeX, say) is never written: opinions go
    to references.reviewkit.bib. It is found out when such a program has rewritten the file.
    """
    with opened(folder) as project:
        if wanted is not None:
            project.set_mode(wanted, via="cli")
            write_files(project)
        info = project.info(path=str(project.root))
        line = mode_line(info, project)
    if as_json:
        print_json({"mode": info.mode})
    else:
        click.echo(f"{info.mode}: {line}")


def mode_line(info: ProjectInfo, project: Project) -> str:
    """Where opinions are written, in words."""
    name = project.bib_path.name
    if info.mode == GENERATED:
        beside = clean(project.generated_path.name)
        return f"another program makes {clean(name)}, so opinions are in {beside}"
    return f"opinions are written into {clean(name)}"


COMMANDS = (adopt, mode)
