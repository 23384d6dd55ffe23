"""Commands about opinions: review, resolve, undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reviewkit.cli.base import (
    NEEDS_A_PERSON,
    json_option,
    opened,
    project_option,
    reviewer_option,
    warn,
    write_files,
)
from reviewkit.cli.output import clean, field_name, print_json, review_lines, value_text
from reviewkit.errors import ValueRefusedError
from reviewkit.records import STATUSES, Conflict, ConflictValue


@click.command()
@click.argument("citekey", metavar="KEY")
@reviewer_option
@click.option("--rating", metavar="1-5|none", help="Overall rating; `none` takes it back.")
@click.option(
    "--rate",
    "criteria",
    metavar="NAME=1-5|none",
    multiple=True,
    help="Rating of one criterion (novelty=4); may be repeated.",
)
@click.option("--status", type=click.Choice([*STATUSES, "none"]), help="How far it is read.")
@click.option("--tag", "tags", multiple=True, help="Attach this tag; may be repeated.")
@click.option("--untag", "untags", multiple=True, help="Take this tag off; may be repeated.")
@click.option("--note", help="Add this Markdown note.")
@click.option("--page", "--anchor", "anchor", metavar="WHERE",
    help="Where in the paper the note belongs: 4, 4-6, §4.2 or a few of its words.",
)  # fmt: skip
@click.option("--private", is_flag=True, help="Tags and note that only I see, on this machine.")
@project_option
@json_option
def review(
    citekey: str,
    reviewer: str | None,
    rating: str | None,
    criteria: tuple[str, ...],
    status: str | None,
    tags: tuple[str, ...],
    untags: tuple[str, ...],
    note: str | None,
    anchor: str | None,
    private: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Rate, tag or annotate the paper KEY; what is not named stays as it is."""
    changes: dict[str, Any] = {}
    if rating is not None:
        changes["rating"] = _rating(rating)
    if criteria:
        changes["criteria"] = dict(map(_criterion, criteria))
    if status is not None:
        changes["status"] = None if status == "none" else status
    if note is not None:
        changes["note"] = note
    if anchor is not None:
        if note is None:
            raise click.UsageError("Give --page together with the --note that belongs there.")
        changes["anchor"] = anchor
    if tags:
        changes["add_tags"] = tags
    if untags:
        changes["remove_tags"] = untags
    if not changes:
        raise click.UsageError(
            "Say what to record: --rating, --rate, --status, --tag, --untag or --note."
        )
    with opened(folder, reviewer=reviewer, opinion=True) as project:
        written = project.review(citekey, **changes, private=private, via="cli")
        write_files(project)
        if as_json:
            print_json(written)
        else:
            click.echo(f"{clean(citekey)}\n{review_lines(written, private=private)}")


@click.command()
@click.argument("citekey", metavar="KEY")
@click.argument("note", metavar="NOTE")
@reviewer_option
@project_option
@json_option
def publish(
    citekey: str, note: str, reviewer: str | None, folder: Path | None, as_json: bool
) -> None:
    """Make my private note NOTE on KEY (`show` has the ids) one that all see."""
    with opened(folder, reviewer=reviewer, opinion=True) as project:
        written = project.publish(citekey, note, via="cli")
        write_files(project)
        if as_json:
            print_json(written)
        else:
            click.echo(f"{clean(citekey)}\n{review_lines(written)}")


def _criterion(text: str) -> tuple[str, float | None]:
    name, given, rating = text.partition("=")
    if not given:
        raise click.UsageError(f"Write a criterion with its rating, as novelty=4, not {text!r}.")
    return name, _rating(rating.strip())


def _rating(text: str) -> float | None:
    if text == "none":
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise ValueRefusedError(
            f"A rating is a number from 1 to 5 or `none`, not {text!r}.",
            field="rating",
            value=text,
        ) from error
    return int(value) if value.is_integer() else value


@click.command()
@click.argument("citekey", metavar="[KEY]", required=False)
@click.argument("field", metavar="[FIELD]", required=False)
@click.option("--of", "reviewer", help="Whose opinion it is; without it, the paper's own field.")
@click.option("--keep", metavar="ID", help="The value to keep, by the start of its id.")
@click.option("--as", "by", metavar="NAME", help="Who decides; without it, me.")
@project_option
@json_option
@click.pass_context
def resolve(
    ctx: click.Context,
    citekey: str | None,
    field: str | None,
    reviewer: str | None,
    keep: str | None,
    by: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Settle a conflict: --keep one of its values; without --keep, show the conflicts."""
    with opened(folder, reviewer=by, opinion=keep is not None) as project:
        found = [
            conflict
            for conflict in project.conflicts()
            if citekey in (None, conflict.citekey)
            and field in (None, conflict.field, field_name(conflict.field))
            and (reviewer is None or reviewer == conflict.reviewer)
        ]
        if keep is None:
            if as_json:
                print_json(found)
            else:
                click.echo("\n\n".join(map(conflict_lines, found)) or "No conflicts.")
            ctx.exit(NEEDS_A_PERSON if found else 0)
        conflict, value = _kept(found, keep)
        paper = project.resolve(
            conflict.citekey, conflict.reviewer, conflict.field, value.id, via="cli"
        )
        write_files(project)
        if as_json:
            print_json(paper)
        else:
            name = clean(f"{conflict.citekey} {field_name(conflict.field)}")
            click.echo(f"{name}: {value_text(value.value)}")


def _kept(found: list[Conflict], keep: str) -> tuple[Conflict, ConflictValue]:
    matches = [
        (conflict, value)
        for conflict in found
        for value in conflict.values
        if value.id.startswith(keep)
    ]
    if len(matches) != 1:
        raise click.UsageError(
            f"{len(matches)} values begin with the id {keep!r}; `reviewkit resolve` shows all."
        )
    return matches[0]


def conflict_lines(conflict: Conflict) -> str:
    """A conflict with its values, latest first, one a line with its id."""
    of = f" of {conflict.reviewer}" if conflict.reviewer else ""
    lines = [clean(f"{conflict.citekey} {field_name(conflict.field)}{of}:")]
    for value in conflict.values:
        when = f", {value.at}" if value.at else ""
        who = clean(f"{value.by}{when}, {value.via}")
        alike = sum(other.said == value.said for other in conflict.values) > 1
        # Two that read alike are told apart by what stands in the file.
        shown = value_text(value.value if alike else value.said)
        lines.append(f"  {clean(value.id)}  {shown}  ({who})")
    return "\n".join(lines)


@click.command()
@click.argument("action", metavar="[ID]", required=False)
@reviewer_option
@project_option
@json_option
@click.pass_context
def undo(
    ctx: click.Context,
    action: str | None,
    reviewer: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Take back my last change, or the action ID of anybody (see `reviewkit log --actions`).

    Undoing an undo does the thing again. What somebody has changed since stays, and is named.
    """
    with opened(folder, reviewer=reviewer, opinion=True) as project:
        result = project.undo(action)
        write_files(project)
        if as_json:
            print_json(result)
        elif result.undone is not None:
            click.echo(clean(f"Undone: {result.undone} (do it again: undo {result.action})"))
        elif not result.left:
            click.echo("There is nothing to undo.")
        for part in result.left:
            warn(f"Stays as it is: {part}")
        ctx.exit(NEEDS_A_PERSON if action is not None and result.undone is None else 0)


COMMANDS = (review, publish, resolve, undo)
