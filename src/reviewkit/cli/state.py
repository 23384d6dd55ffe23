"""Commands about a project's state: sync, status, log."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit import identity
from reviewkit.cli.base import (
    NEEDS_A_PERSON,
    json_option,
    missing_lines,
    opened,
    project_option,
    wanted_lines,
)
from reviewkit.cli.held import held_summary
from reviewkit.cli.opinions import conflict_lines
from reviewkit.cli.output import clean, field_name, print_json, value_text
from reviewkit.cli.programs import mode_line, opinions_line
from reviewkit.records import GENERATED, Action, Change, Problem, ProjectInfo


@click.command()
@project_option
@json_option
@click.pass_context
def sync(ctx: click.Context, folder: Path | None, as_json: bool) -> None:
    """Take in what changed in the two files, and write what is new into them; once."""
    with opened(folder) as project:
        result = project.sync()
        if as_json:
            print_json(result)
        else:
            click.echo(clean(result.message, lines=True))
        ctx.exit(NEEDS_A_PERSON if result.held else 0)


@click.command()
@project_option
@json_option
@click.pass_context
def status(ctx: click.Context, folder: Path | None, as_json: bool) -> None:
    """Say how the project stands; exit code 1 if something needs a person."""
    with opened(folder) as project:
        # What cannot be written is to be told, and would be tried in the end anyway.
        project.flush()
        info = project.info(me=identity.who_am_i(), path=str(project.root))
        # Sought only for people: in a large library it takes a second.
        found = None if as_json else opinions_line(project)
        where = f"{info.mode}: {mode_line(info, project)}" if info.mode == GENERATED else None
    if as_json:
        print_json(info)
    else:
        click.echo("\n".join([*_status_lines(info), *filter(None, (where, found))]))
    asks = info.conflicts or info.held or info.problems or info.missing
    ctx.exit(NEEDS_A_PERSON if asks else 0)


def _papers(number: int) -> str:
    return f"{number} paper{'s' * (number != 1)}"


def _status_lines(info: ProjectInfo) -> list[str]:
    me = f"reviewing as {clean(info.me.reviewer)}" if info.me.reviewer else "no reviewer named yet"
    lines = [f"{clean(info.name)}: {_papers(info.papers)}, {me}"]
    lines += [
        f"  {clean(person.reviewer)}: {_papers(person.papers)} judged" for person in info.people
    ]
    lines += [clean(reason) for reason in info.waiting]
    lines += [*wanted_lines(info), *missing_lines(info)]
    lines += [conflict_lines(conflict) for conflict in info.conflicts]
    lines += held_summary(info.held)
    lines += [_problem_line(problem) for problem in info.problems]
    if info.conflicts:
        lines.append("Settle a conflict: reviewkit resolve KEY FIELD --keep ID")
    return lines


def _problem_line(problem: Problem) -> str:
    place = ":".join(str(part) for part in (problem.path, problem.line) if part)
    return clean(f"{place}: {problem.reason}" if place else problem.reason)


@click.command()
@click.argument("citekey", metavar="[KEY]", required=False)
@click.option("--limit", type=click.IntRange(1), help="Only the latest so many.")
@click.option("--reviewer", metavar="NAME", help="Only what NAME did, or of NAME's reviews.")
@click.option("--since", metavar="TIME", help="Only from then on (2026-11-01T10:00; UTC).")
@click.option("--actions", "as_actions", is_flag=True, help="Whole actions, with ids for `undo`.")
@project_option
@json_option
def log(
    citekey: str | None,
    limit: int | None,
    reviewer: str | None,
    since: str | None,
    as_actions: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Who changed what, when and by which way, newest last; of all papers or of KEY."""
    with opened(folder) as project:
        changes = project.log(paper=citekey, reviewer=reviewer, since=since)
        if as_actions:
            said = {change.group or change.id for change in changes}
            actions = [action for action in project.actions(limit=None) if action.id in said]
            latest: list[Action] = actions[:limit][::-1]
    if as_actions:
        lines = list(map(_action_line, latest))
    else:
        shown = changes if as_json else [change for change in changes if not _is_ground(change)]
        changes = shown[-(limit or 0) :]
        lines = list(map(_change_line, changes))
    if as_json:
        print_json(latest if as_actions else changes)
    else:
        click.echo("\n".join(lines) or "Nothing has been changed yet.")


def _action_line(action: Action) -> str:
    when = (action.at or "").replace("T", " ")[:19]
    stays = "" if action.can_undo else ", changed since"
    state = ", undone" if action.undone else stays
    return clean(f"{action.id}  {when}  {action.by}  {action.what} ({action.via}{state})")


def _is_ground(change: Change) -> bool:
    # Recorded with a paper's first edit: what its file said before, which nobody changed.
    return (change.origin or "").endswith("as it was")


def _change_line(change: Change) -> str:
    of = f" of {change.reviewer}" if change.reviewer and change.reviewer != change.by else ""
    when = (change.at or "").replace("T", " ")[:19]
    if change.field.startswith("tag:"):
        said = change.field[len("tag:") :] if change.value else f"{change.field[4:]} taken off"
        what = f"tag{of}: {said}"
    elif change.field == "unfound":
        what = value_text(change.value)
    elif change.field == "wanted":
        value = change.value or {}
        what = f"wanted: {value.get('kind')} {value.get('value')}" if value else "wanted no more"
    else:
        what = f"{field_name(change.field)}{of}: {value_text(change.value)}"
    # An undo's origin is the action that it took back, which `log --actions` tells in words.
    found = f": {change.origin}" if change.origin and change.via != "undo" else ""
    return clean(f"{when}  {change.by}  {change.citekey} {what} ({change.via}{found})")


COMMANDS = (sync, status, log)
