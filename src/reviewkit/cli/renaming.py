"""The command that gives a paper another citekey."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.base import NEEDS_A_PERSON, json_option, opened, project_option, warn
from reviewkit.cli.output import clean, print_json


@click.command()
@click.argument("old", metavar="KEY")
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@project_option
@json_option
@click.pass_context
def rename(
    ctx: click.Context,
    old: str,
    new: str | None,
    dry_run: bool,
    yes: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Give the paper KEY the citekey NEW (or the formula's), wherever it is cited.

    Both files and the project's notebooks, Markdown and LaTeX files change together; the old
    key goes on naming the paper. The changes are shown first.
    """
    with opened(folder) as project:
        plan = project.rename(old, new, dry_run=True)
        if not as_json:
            click.echo(clean(plan.diff, lines=True))
        for reason in plan.left:
            warn(f"Left as it is: {reason}")
        if not dry_run:
            if not (yes or as_json):
                click.confirm(f"Rename {clean(plan.old)} to {clean(plan.new)}?", abort=True)
            plan = project.rename(plan.old, plan.new, via="cli")
        if as_json:
            print_json(plan)
        else:
            click.echo(clean(plan.message, lines=True))
    ctx.exit(NEEDS_A_PERSON if plan.left else 0)


COMMANDS = (rename,)
