"""`reviewkit purge`: erase what one said, for good."""

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
)
from reviewkit.cli.output import clean, field_name, print_json, value_text
from reviewkit.project.history.purging import KINDS, PurgeResult


@click.command()
@click.argument("citekey", metavar="[KEY]", required=False)
@click.option("--all-papers", is_flag=True, help="Of all papers, instead of KEY.")
@click.option("--note", metavar="ID", help="Only this note; the tables show the ids: [ID].")
@click.option("--tag", metavar="TAG", help="Only this tag.")
@click.option("--only", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these.")
@click.option("--yes", is_flag=True, help="Erase without asking.")
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@reviewer_option
@project_option
@json_option
@click.pass_context
def purge(
    ctx: click.Context,
    citekey: str | None,
    all_papers: bool,
    note: str | None,
    tag: str | None,
    kinds: tuple[str, ...],
    yes: bool,
    dry_run: bool,
    reviewer: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Erase for good what I said of KEY; this alone cannot be undone.

    Without --note, --tag or --only it is all that I said. Everything is shown first, with all
    that it ever said, and where it will still be; then `erase` must be typed.
    """
    if (citekey is None) != all_papers:
        raise click.UsageError("Say of which paper: KEY, or --all-papers.")
    with opened(folder, reviewer=reviewer, opinion=True) as project:
        asked = {"note": note, "tag": tag, "kinds": kinds}
        result = project.purge(citekey, **asked, dry_run=True)  # type: ignore[arg-type]
        if not (as_json and yes):
            click.echo("\n".join(_preview(result)), err=as_json)
        if not dry_run and (yes or _confirmed()):
            result = project.purge(citekey, **asked)  # type: ignore[arg-type]
    if as_json:
        print_json(result)
    elif result.done:
        click.echo(f"{_edits(result.edits)} and {result.copies} older copies of the files erased.")
    else:
        click.echo("Nothing was erased.")
    for reason in project.info_waiting() if result.done else ():
        warn(f"Erased from the log, but {reason}: run this again.")
        ctx.exit(NEEDS_A_PERSON)


def _confirmed() -> bool:
    said = click.prompt("Type `erase` to go on", default="", show_default=False, err=True)
    return bool(said.strip().lower() == "erase")


def _preview(result: PurgeResult) -> list[str]:
    lines = [f"Erased for good, of what {clean(result.reviewer)} said:"]
    for one in result.erased:
        private = " (private)" if one.private else ""
        lines.append(clean(f"  {one.citekey} {field_name(one.field)}{private}"))
        lines += [f"    {value_text(value)}" for value in one.values]
    if not result.erased:
        lines.append("  nothing more: only what an earlier purge has left over")
    lines.append(
        f"That is {_edits(result.edits)} in the log. With them go {result.copies} older copies of"
        " the two files in .reviewkit/trash, and what this machine's journal and cache have."
    )
    lines.append("Nothing brings it back: not undo, nor the journal. Still there afterwards:")
    return [*lines, *(clean(f"  {reason}") for reason in result.beyond)]


def _edits(number: int) -> str:
    return f"{number} edit{'' if number == 1 else 's'}"


COMMANDS = (purge,)
