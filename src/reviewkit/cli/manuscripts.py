"""Commands for what leaves the library: export, draft."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.base import json_option, opened, project_option
from reviewkit.cli.output import clean, print_json

_FILE = click.Path(path_type=Path)
_MANUSCRIPT = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("out", type=_FILE)
@click.option(
    "--used-in",
    multiple=True,
    type=_MANUSCRIPT,
    metavar="FILE",
    help="Only what this notebook, Markdown or TeX file cites; may be repeated.",
)
@click.argument("more", nargs=-1, type=_MANUSCRIPT, metavar="[FILE...]")
@click.option("--opinions", is_flag=True, help="Keep ratings, tags and notes in the entries.")
@project_option
@json_option
def export(
    out: Path,
    used_in: tuple[Path, ...],
    more: tuple[Path, ...],
    opinions: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Write OUT, a .bib of the papers, or of just those that the FILEs cite."""
    if more and not used_in:
        raise click.UsageError("Name the manuscripts with --used-in FILE.")
    files = [*used_in, *more] or None
    with opened(folder) as project:
        result = project.export(out, used_in=files, opinions=opinions)
        if as_json:
            print_json(result)
        else:
            click.echo(clean(result.message, lines=True))


@click.command()
@click.argument("out", type=_FILE)
@click.option("--by", type=click.Choice(["tag"]), default="tag", show_default=True)
@project_option
@json_option
def draft(out: Path, by: str, folder: Path | None, as_json: bool) -> None:
    """Write OUT, a notebook with a section for each tag; a person's edits stay."""
    with opened(folder) as project:
        result = project.draft(out, by=by)
        if as_json:
            print_json(result)
        else:
            click.echo(clean(result.message, lines=True))


COMMANDS = (export, draft)
