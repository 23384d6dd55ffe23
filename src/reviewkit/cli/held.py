"""Commands about changes in the files that wait for a look: held, accept, dismiss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from reviewkit.cli.base import (
    NEEDS_A_PERSON,
    json_option,
    opened,
    project_option,
    warn,
    write_files,
)
from reviewkit.cli.output import clean, print_json
from reviewkit.records import Decided, HeldItem

#: Of longer texts only the beginning is shown; `--json` has all of it.
_SHOWN = 60

#: So many are shown one by one by `status`; more are only counted there.
_FEW = 5

as_option = click.option("--as", "by", metavar="NAME", help="Who decides; without it, me.")
all_option = click.option("--all", "every", is_flag=True, help="All that are held.")
ids_argument = click.argument("ids", metavar="[ID]...", nargs=-1)


@click.command()
@project_option
@json_option
@click.pass_context
def held(ctx: click.Context, folder: Path | None, as_json: bool) -> None:
    """Show changes in the files that were not taken in unasked; exit code 1 if there are any."""
    with opened(folder) as project:
        found = project.held()
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(map(_lines, found)) or "Nothing is held.")
        if found:
            click.echo("Decide: reviewkit accept ID or --all, reviewkit dismiss ID or --all")
    ctx.exit(NEEDS_A_PERSON if found else 0)


@click.command()
@ids_argument
@all_option
@as_option
@project_option
@json_option
@click.pass_context
def accept(
    ctx: click.Context,
    ids: tuple[str, ...],
    every: bool,
    by: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Take held changes in as edits, by the start of their ids; `undo` takes that back."""
    with opened(folder, reviewer=by, opinion=True) as project:
        chosen = _chosen(project.held(), ids, every=every)
        result = project.accept(chosen, by=project.reviewer, via="cli")
        write_files(project)
    _tell(result, "accepted", as_json=as_json)
    ctx.exit(NEEDS_A_PERSON if result.refused else 0)


@click.command()
@ids_argument
@all_option
@as_option
@project_option
@json_option
def dismiss(
    ids: tuple[str, ...], every: bool, by: str | None, folder: Path | None, as_json: bool
) -> None:
    """Let held changes go: the files say again what they said before."""
    with opened(folder, reviewer=by, opinion=True) as project:
        chosen = _chosen(project.held(), ids, every=every)
        result = project.dismiss(chosen, by=project.reviewer, via="cli")
        write_files(project)
    _tell(result, "dismissed", as_json=as_json)


def _chosen(found: Sequence[HeldItem], ids: tuple[str, ...], *, every: bool) -> list[str]:
    if every == bool(ids):
        raise click.UsageError("Say which: one or several ids of `reviewkit held`, or --all.")
    chosen = [item.id for item in found] if every else []
    for begin in ids:
        matches = [item.id for item in found if item.id.startswith(begin)]
        if len(matches) != 1:
            raise click.UsageError(
                f"{len(matches)} held changes begin with the id {begin!r}; `reviewkit held` "
                "shows all."
            )
        chosen += matches
    return chosen


def _tell(result: Decided, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(result)
        return
    click.echo(f"{result.decided} change{'' if result.decided == 1 else 's'} {what}")
    for problem in result.refused:
        warn(f"{problem.text or problem.path}: {problem.reason}")


def held_summary(found: Sequence[HeldItem]) -> list[str]:
    """What is held in few lines: one by one, or how many of each kind."""
    if not found:
        return []
    if len(found) <= _FEW:
        return [*map(_lines, found), "Decide: reviewkit held"]
    counted = Counter((item.file, item.reason) for item in found)
    lines = [
        clean(f"{number} changes in {file} need a look: {reason}")
        for (file, reason), number in counted.most_common(_FEW)
    ]
    rest = len(found) - sum(n for _, n in counted.most_common(_FEW))
    return [*lines, *([f"{rest} more changes need a look"] if rest else []), "See: reviewkit held"]


def _lines(item: HeldItem) -> str:
    """A held change: where it is, what was and is there, and why it waits."""
    of = f" of {item.reviewer}" if item.reviewer else ""
    where = clean(f"{item.file} {item.citekey or ''}{of} {item.field or ''}".strip())
    change = f": {_short(item.was)} -> {_short(item.now)}" if item.field else ""
    return f"{clean(item.id)}  {where}{change}\n  {clean(item.reason)}"


def _short(text: str | None) -> str:
    shown = clean(text or "")
    return repr(shown[: _SHOWN - 1] + "…" if len(shown) > _SHOWN else shown)


COMMANDS = (held, accept, dismiss)
