"""Look-ups of bibliographic services: lookup."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit import identity
from reviewkit.cli.base import (
    NEEDS_A_PERSON,
    json_option,
    opened,
    project_option,
    reviewer_option,
    warn,
    write_files,
)
from reviewkit.cli.output import clean, print_json, table
from reviewkit.lookup import settings
from reviewkit.project import Project
from reviewkit.records import AddResult, Wanted


@click.command()
@click.argument("citekeys", nargs=-1, metavar="[KEY...]")
@click.option("--list", "listing", is_flag=True, help="Only show what is queued.")
@click.option("--drop", "dropped", multiple=True, metavar="ID", help="Take ID out of the queue.")
@click.option("--complete", is_flag=True, help="Fill gaps of the papers KEY, or of all papers.")
@click.option("--once", is_flag=True, help="Allow it this time, though look-ups are off.")
@click.option("--on/--off", "on", default=None, help="Switch look-ups on or off, for good.")
@click.option("--mailto", metavar="ADDRESS", help="With --on: whom the services may write to.")
@project_option
@reviewer_option
@json_option
@click.pass_context
def lookup(
    ctx: click.Context,
    citekeys: tuple[str, ...],
    listing: bool,
    dropped: tuple[str, ...],
    complete: bool,
    once: bool,
    on: bool | None,
    mailto: str | None,
    folder: Path | None,
    reviewer: str | None,
    as_json: bool,
) -> None:
    """Look up the papers that are only named (by DOI, arXiv id...) and add them.

    Nothing is sent to anybody before you switch look-ups on. What is not found stays queued;
    so does the rest when you press Ctrl-C.
    """
    if citekeys and not complete:
        raise click.UsageError("Citekeys go with --complete.")
    if mailto is not None and on is None:
        raise click.UsageError("Give --mailto together with --on.")
    if on is not None:
        _switch(on, mailto)
        return
    with opened(folder, reviewer=reviewer) as project:
        by = project.reviewer or identity.author(identity.who_am_i())
        if listing or dropped:
            if dropped:
                project.drop(*dropped, by=by, via="cli")
            _show(project.queue(), as_json)
            return
        try:
            if complete:
                result = project.complete(citekeys or None, once=once, by=by, via="cli")
            else:
                result = project.lookup(once=once, by=by, via="cli")
        except KeyboardInterrupt:
            write_files(project)
            warn(f"Stopped. What was found is added; {len(project.queue())} stay queued.")
            ctx.exit(NEEDS_A_PERSON)
        write_files(project)
        _report(project, result, as_json)
        ctx.exit(NEEDS_A_PERSON if result.queued or result.problems else 0)


def _switch(on: bool, mailto: str | None) -> None:
    known = settings.switch(on, mailto)
    if not on:
        click.echo("Look-ups are off: nothing is sent to anybody.")
        return
    whom = f"with the address {known.mailto}" if known.mailto else "without an address"
    click.echo(f"Look-ups are on, {whom}.")
    if not known.mailto:
        click.echo("Services answer faster to who can be written to: add --mailto ADDRESS.")


def _show(queue: tuple[Wanted, ...], as_json: bool) -> None:
    if as_json:
        print_json(queue)
    elif queue:
        rows = [(item.id, item.by, (item.at or "")[:10], item.reason) for item in queue]
        click.echo(table(("ID", "BY", "SINCE", "WHY IT WAITS"), rows, flexible=3))
    else:
        click.echo("Nothing is queued.")


def _report(project: Project, result: AddResult, as_json: bool) -> None:
    if as_json:
        print_json(result)
        return
    click.echo(clean(result.message))
    for key in result.added:
        click.echo(clean(f"  {key}: {project[key].title}"))
    for key, names in (result.completed or {}).items():
        click.echo(clean(f"  {key}: {', '.join(names)}"))
    for problem in result.problems:
        warn(f"  {problem.text}: {problem.reason}")


COMMANDS = (lookup,)
