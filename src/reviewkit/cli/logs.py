"""`reviewkit merge-logs`: few logs of very many old ones."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.base import json_option, opened, project_option
from reviewkit.cli.output import clean, print_json
from reviewkit.store.logrules import RULES, MergedLogs


@click.command("merge-logs")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@project_option
@json_option
def merge_logs(dry_run: bool, folder: Path | None, as_json: bool) -> None:
    """Make one log of each month's old ones, in a project of over 2,000 logs.

    Each process that edits begins a log of its own. Of those that you wrote in this folder over
    30 days ago, a month's are put together in one file, which is compared with them. They go to
    .reviewkit/trash when this is run again a day later. Edits, their history and ids stay what
    they are. Outside of git all of it is done by itself; in a git work tree only by this command,
    at once, and then to be committed.
    """
    with opened(folder) as project:
        result = project.merge_logs(dry_run=dry_run)
    if as_json:
        print_json(result)
        return
    click.echo(_said(result, dry_run=dry_run))
    for reason, number in result.kept:
        click.echo(clean(f"  {number:,} stay: {reason}"))


def _said(result: MergedLogs, *, dry_run: bool) -> str:
    if result.logs <= RULES.more_than:
        are = "is 1 log" if result.logs == 1 else f"are {result.logs:,} logs"
        return f"There {are}; over {RULES.more_than:,}, old ones are merged."
    if not (result.into or result.gone):
        return f"There are {result.logs:,} logs; none of them can be merged now."
    said = []
    if result.into:
        verb = "now stand" if result.done else "would stand"
        said.append(
            f"{result.merged:,} of {result.logs:,} logs {verb} in {result.into:,} new ones."
        )
    if result.gone:
        verb = "went" if result.done else "would go"
        said.append(f"{result.gone:,} old ones {verb} to .reviewkit/trash, for a week.")
    elif result.done:
        said.append("The old ones go in a day: run this again, or leave the project open.")
    if not (result.done or dry_run):
        said.append("But another process is at it. Try again.")
    return "\n".join(said)


COMMANDS = (merge_logs,)
