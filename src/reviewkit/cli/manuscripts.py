"""Commands for what leaves the library: export, draft."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.base import NEEDS_A_PERSON, json_option, opened, project_option
from reviewkit.cli.output import clean, print_json
from reviewkit.exports import FORMATS

_FILE = click.Path(path_type=Path)
_MANUSCRIPT = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("out", type=_FILE)
@click.option(
    "--format",
    "kind",
    metavar="FORMAT",
    help=f"One of {', '.join(FORMATS)}; without it, by OUT's suffix.",
)
@click.option(
    "--used-in",
    multiple=True,
    type=_MANUSCRIPT,
    metavar="FILE...",
    help="Only what these notebooks, Markdown or TeX files cite.",
)
@click.option("--papers", multiple=True, metavar="KEY...", help="Only these papers.")
@click.argument("more", nargs=-1, metavar="")
@click.option("--opinions", is_flag=True, help="Keep ratings, tags and notes.")
@project_option
@json_option
@click.pass_context
def export(
    ctx: click.Context,
    out: Path,
    kind: str | None,
    used_in: tuple[Path, ...],
    papers: tuple[str, ...],
    more: tuple[str, ...],
    opinions: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Write OUT, a file of the papers in BibTeX, RIS, CSL-JSON or CSV."""
    files, keys = list(used_in), [key for text in papers for key in text.split(",") if key]
    if more and bool(files) == bool(keys):
        raise click.UsageError(
            "Name papers with --papers KEY, manuscripts with --used-in FILE, each time."
        )
    if files:
        files += [_MANUSCRIPT.convert(name, None, ctx) for name in more]
    else:
        keys += more
    with opened(folder) as project:
        result = project.export(
            out, used_in=files or None, papers=keys or None, format=kind, opinions=opinions
        )
        if as_json:
            print_json(result)
        else:
            click.echo(clean(result.message, lines=True))
    ctx.exit(NEEDS_A_PERSON if result.problems else 0)


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
