"""Commands of the comparison matrix: matrix, column, fill, claims."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.base import json_option, opened, project_option, reviewer_option, write_files
from reviewkit.cli.output import clean, print_json
from reviewkit.matrix import TYPES
from reviewkit.project import Project
from reviewkit.project.comparing.matrix import SUFFIXES


@click.command()
@click.option(
    "--columns",
    multiple=True,
    metavar="NAME,...",
    help="These columns, also ones that are only suggested; without it, all that people made.",
)
@click.option("--papers", multiple=True, metavar="KEY,...", help="Only these papers.")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"Write FILE ({', '.join(SUFFIXES)}) instead.",
)
@click.option(
    "--suggested/--filled",
    default=None,
    help="With what only the papers' own words suggest, marked with ?; else what people said."
    " On the screen it is shown, in a file it is not.",
)
@project_option
@json_option
def matrix(
    columns: tuple[str, ...],
    papers: tuple[str, ...],
    to: Path | None,
    suggested: bool | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Show the comparison matrix: papers by attributes."""
    names, keys = _split(columns), _split(papers)
    with opened(folder) as project:
        shown = project.matrix(names or None, keys or None)
        if to is not None:
            path = shown.write(to, suggested=bool(suggested))
            click.echo(clean(f"{shown.summary()} written to {path}"))
            return
        with_suggestions = suggested is not False
        if as_json:
            print_json(shown.records(suggested=with_suggestions))
        elif shown.columns:
            click.echo(clean(shown.to_text(suggested=with_suggestions), lines=True))
            click.echo(clean(shown.summary()), err=True)
        else:
            click.echo(_no_columns(project))


def _split(given: tuple[str, ...]) -> list[str]:
    return [name.strip() for text in given for name in text.split(",") if name.strip()]


def _no_columns(project: Project) -> str:
    offered = project.offered_columns()
    hint = f" Look at some: reviewkit matrix --columns {','.join(offered[:3])}" if offered else ""
    return f"The matrix has no columns yet. Make one: reviewkit column NAME.{hint}"


@click.command()
@click.argument("name")
@click.option("--type", "kind", type=click.Choice(TYPES), help="Without it, what NAME says.")
@click.option("--unit", default="", help="Of a number: ms, x, %...")
@click.option("--choices", multiple=True, metavar="WORD,...", help="Of a choice.")
@click.option("--about", help="What is suggested for it (speedup, dataset, hardware, code...).")
@click.option("--remove", is_flag=True, help="Take the column out; what was filled in is kept.")
@project_option
def column(
    name: str,
    kind: str | None,
    unit: str,
    choices: tuple[str, ...],
    about: str | None,
    remove: bool,
    folder: Path | None,
) -> None:
    """Make NAME a column of the comparison matrix."""
    with opened(folder) as project:
        if remove:
            project.remove_column(name, via="cli")
            click.echo(clean(f"The column {name} is out; `reviewkit undo` brings it back."))
            return
        made = project.add_column(
            name, kind, unit=unit, choices=_split(choices), about=about, via="cli"
        )
        click.echo(clean(f"{made.title}: {made.type}"))


@click.command()
@click.argument("citekey", metavar="KEY")
@click.argument("name", metavar="COLUMN")
@click.argument("value", required=False)
@click.option("--quote", default="", help="The words of the paper that it rests on.")
@click.option("--clear", is_flag=True, help="Take my value back.")
@project_option
@reviewer_option
def fill(
    citekey: str,
    name: str,
    value: str | None,
    quote: str,
    clear: bool,
    folder: Path | None,
    reviewer: str | None,
) -> None:
    """Say that VALUE stands in COLUMN of the paper KEY."""
    if (value is None) != clear:
        raise click.UsageError("Give a VALUE, or --clear to take yours back.")
    with opened(folder, reviewer=reviewer, opinion=True) as project:
        cell = project.fill(citekey, name, None if clear else value, quote=quote, via="cli")
        click.echo(clean(f"{citekey}, {cell.column.title}: {cell.text or '(nothing)'}"))
        write_files(project)


COMMANDS = (matrix, column, fill)
