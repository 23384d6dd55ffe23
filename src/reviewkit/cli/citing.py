"""Commands for citations: list them in a style, write them in pandoc's way."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.citing import STYLES
from reviewkit.cli.base import NEEDS_A_PERSON, json_option, opened, project_option, warn
from reviewkit.cli.output import clean, print_json
from reviewkit.records import as_json as json_of


def _show_styles(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        longest = max(map(len, STYLES))
        for name, title in STYLES.items():
            click.echo(f"{name:<{longest}}  {title}")
        ctx.exit()


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|KEY...")
@click.option("--style", metavar="STYLE", help="The name of a style, or a .csl file.")
@click.option(
    "--styles",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_styles,
    help="Name the shipped styles.",
)
@click.option("--write", is_flag=True, help="Put it into the notebook's bibliography cell.")
@click.option(
    "--to",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@project_option
@json_option
@click.pass_context
def bibliography(
    ctx: click.Context,
    sources: tuple[str, ...],
    style: str | None,
    write: bool,
    to: str,
    folder: Path | None,
    as_json: bool,
) -> None:
    """List what FILE cites, or the papers KEY, in a citation style.

    FILE is a notebook, Markdown or LaTeX. Without --style it is the one of the notebook's
    bibliography cell, else APA. Keys that the library lacks are told on stderr.
    """
    with opened(folder) as project:
        found = project.bibliography(
            sources[0] if len(sources) == 1 else sources, style, write=write
        )
    if as_json:
        print_json({**json_of(found), "text": found.text, "markdown": found.markdown})
    elif to == "text":
        click.echo(clean(found.text, lines=True))
    else:
        click.echo(found.markdown if to == "markdown" else found.html)
    if not as_json:
        warn(f"Written: {found.message}" if write else found.message)
    ctx.exit(NEEDS_A_PERSON if found.unknown else 0)


@click.command("convert-citations")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@project_option
@json_option
@click.pass_context
def convert_citations(
    ctx: click.Context, path: Path, dry_run: bool, yes: bool, folder: Path | None, as_json: bool
) -> None:
    r"""Write the citations of a notebook or Markdown file PATH in pandoc's way.

    Those of MyST ({cite:p}), LaTeX (\cite, \citep, \autocite...), <cite data-cite> and
    jupyterlab-citation-manager become [@key]. The changes are shown first.
    """
    with opened(folder) as project:
        result = project.convert_citations(path, dry_run=True)
        if not as_json:
            click.echo(clean(result.diff, lines=True), nl=False)
        for reason in result.left:
            warn(f"Left as it is: {reason}")
        if not dry_run and result.changes:
            if not (yes or as_json):
                click.confirm(f"Change {clean(str(path))}?", abort=True)
            result = project.convert_citations(path)
        if as_json:
            print_json(result)
        else:
            click.echo(clean(result.message, lines=True))
    ctx.exit(NEEDS_A_PERSON if result.left else 0)


COMMANDS = (bibliography, convert_citations)
