"""Commands for what leaves the library: export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reviewkit import places
from reviewkit.citing import STYLES
from reviewkit.cli.base import NEEDS_A_PERSON, json_option, opened, project_option
from reviewkit.cli.output import clean, print_json
from reviewkit.cli.stopping import steps, stoppable
from reviewkit.exports import FORMATS
from reviewkit.publishing import TARGETS
from reviewkit.publishing.targets import beside

_FILE = click.Path(path_type=Path)
_MANUSCRIPT = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("out", type=click.Path())
@click.option(
    "--format",
    "kind",
    metavar="FORMAT",
    help=f"One of {', '.join([*FORMATS, *TARGETS])}; without it, by OUT's suffix.",
)
@click.option(
    "--to",
    metavar="FORMAT",
    type=click.Choice([*TARGETS]),
    help="OUT is the manuscript: write it in this format beside it.",
)
@click.option(
    "--used-in",
    multiple=True,
    type=_MANUSCRIPT,
    metavar="FILE...",
    help="Only what these notebooks, Markdown, .tex, .aux or .bcf files cite; of a document:"
    " the manuscript.",
)
@click.option("--papers", multiple=True, metavar="KEY...", help="Only these papers.")
@click.argument("more", nargs=-1, metavar="")
@click.option("--opinions", is_flag=True, help="Keep ratings, tags and notes.")
@click.option("--style", metavar="NAME", help=f"A .csl file or one of {', '.join(STYLES)}.")
@click.option("--template", type=_MANUSCRIPT, help="Instead of the one that is shipped.")
@click.option("--code", is_flag=True, help="Show the source of code cells.")
@click.option("--toc", is_flag=True, help="With a table of contents.")
@click.option(
    "--citations",
    type=click.Choice(["biblatex", "natbib"]),
    default="biblatex",
    show_default=True,
    help="Of LaTeX.",
)
@project_option
@json_option
@click.pass_context
def export(
    ctx: click.Context,
    /,
    out: str,
    kind: str | None,
    to: str | None,
    used_in: tuple[Path, ...],
    papers: tuple[str, ...],
    more: tuple[str, ...],
    opinions: bool,
    folder: Path | None,
    as_json: bool,
    **wish: Any,
) -> None:
    """Write OUT: papers as BibTeX, RIS, CSL-JSON or CSV, or a manuscript as a document.

    reviewkit export survey.bib --used-in survey.ipynb

    reviewkit export survey.pdf --used-in survey.ipynb --style ieee

    reviewkit export survey.ipynb --to docx
    """
    files, keys = list(used_in), [key for text in papers for key in text.split(",") if key]
    if to is not None:
        if files or kind:
            raise click.UsageError("With --to, OUT itself is the manuscript.")
        files, kind = [_MANUSCRIPT.convert(out, None, ctx)], to
        out = beside(files[0], TARGETS[to])
        folder = folder or places.project_folder(files[0].resolve().parent)
    if more and bool(files) == bool(keys):
        raise click.UsageError(
            "Name papers with --papers KEY, manuscripts with --used-in FILE, each time."
        )
    if files:
        files += [_MANUSCRIPT.convert(name, None, ctx) for name in more]
    else:
        keys += more
    with opened(folder) as project, stoppable() as stop:
        result = project.export(
            out,
            used_in=files or None,
            papers=keys or None,
            format=kind,
            opinions=opinions,
            progress=None if as_json else steps,
            stop=stop,
            **wish,
        )
        if as_json:
            print_json(result)
        else:
            click.echo(clean(result.message, lines=True))
    ctx.exit(NEEDS_A_PERSON if result.problems else 0)


COMMANDS = (export,)
