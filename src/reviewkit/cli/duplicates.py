"""Commands about papers that are there twice: duplicates, merge, keep-apart."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.base import (
    NEEDS_A_PERSON,
    json_option,
    opened,
    project_option,
    reviewer_option,
    write_files,
)
from reviewkit.cli.output import clean, columns_of, print_json, shortened, width
from reviewkit.records import Duplicate, Duplicates, FieldChoice

_NAME = 14


@click.command()
@project_option
@json_option
@click.pass_context
def duplicates(ctx: click.Context, folder: Path | None, as_json: bool) -> None:
    """List papers that are, or may be, there twice; exit code 1 if there are any."""
    with opened(folder) as project:
        found = project.duplicates()
    if as_json:
        print_json(found)
    else:
        click.echo(_listed(found))
    ctx.exit(NEEDS_A_PERSON if found.pairs else 0)


def _listed(found: Duplicates) -> str:
    if not found.pairs:
        return "No paper is there twice."
    parts = [_pair(pair) for pair in found.pairs]
    parts.append(
        f"{found.sure} sure, {found.maybe} to be looked at. The paper that would stay stands on"
        " the left.\nreviewkit merge KEEP OTHER makes them one; reviewkit keep-apart A B says"
        " that they are two."
    )
    return "\n\n".join(parts)


def _pair(pair: Duplicate) -> str:
    sure = "sure" if pair.sure else f"maybe ({pair.probability:.0%})"
    versions = ", preprint and published version" if pair.versions else ""
    lines = [f"{sure}{versions}: {clean(', '.join(pair.reasons))}"]
    lines.append(_line("", pair.keep, pair.other))
    lines.append(_line("type", pair.keep_type, pair.other_type))
    lines += [_field(choice) for choice in pair.fields]
    readers = (", ".join(pair.keep_reviewers), ", ".join(pair.other_reviewers))
    return "\n".join(lines + ([_line("opinions of", *readers)] if any(readers) else []))


def _field(choice: FieldChoice) -> str:
    mark = "*" if choice.keep and choice.other and choice.keep != choice.other else ""
    return _line(f"{choice.name}{mark}", choice.keep or "", choice.other or "")


def _line(name: str, left: str, right: str) -> str:
    half = (width() - _NAME - 4) // 2
    one, two = shortened(clean(left), half), shortened(clean(right), half)
    padded = shortened(clean(name), _NAME)
    return (
        f"  {padded}{' ' * (_NAME - columns_of(padded))}"
        f"{one}{' ' * (half - columns_of(one))}  {two}"
    ).rstrip()


@click.command()
@click.argument("keep", metavar="KEEP")
@click.argument("other", metavar="OTHER")
@click.option(
    "--take-other",
    "taken",
    metavar="FIELD",
    multiple=True,
    help="Take this field of OTHER though KEEP has it; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Only show what the paper would have.")
@reviewer_option
@project_option
@json_option
@click.pass_context
def merge(
    ctx: click.Context,
    keep: str,
    other: str,
    taken: tuple[str, ...],
    dry_run: bool,
    reviewer: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Make the papers KEEP and OTHER one; `reviewkit undo` makes them two again.

    All opinions of both stay, and OTHER's citekey still leads to the paper.
    """
    fields = dict.fromkeys(taken, "other")
    with opened(folder, reviewer=reviewer, opinion=not dry_run) as project:
        if dry_run:
            plan = project.compared(keep, other, fields)
            if as_json:
                print_json(plan)
            else:
                click.echo("\n".join(_planned(choice) for choice in plan))
            return
        settled = project.merge(keep, other, fields, via="cli")
        write_files(project)
        if as_json:
            print_json(settled)
        else:
            click.echo(clean(settled.message))
            if settled.conflicts:
                click.echo(f"Settle what differs: reviewkit resolve {clean(settled.keep)}")
    ctx.exit(NEEDS_A_PERSON if settled.conflicts else 0)


def _planned(choice: FieldChoice) -> str:
    text = choice.keep if choice.take == "keep" else choice.other
    source = "" if choice.take == "keep" else "  (of the other)"
    room = width() - _NAME - columns_of(source)
    return f"{clean(choice.name):{_NAME}}{shortened(clean(text or ''), room)}{source}"


@click.command("keep-apart")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@reviewer_option
@project_option
@json_option
def keep_apart(
    one: str, other: str, reviewer: str | None, folder: Path | None, as_json: bool
) -> None:
    """Say that A and B are two papers, however alike; the pair is listed no more."""
    with opened(folder, reviewer=reviewer, opinion=True) as project:
        settled = project.keep_apart(one, other, via="cli")
        write_files(project)
    if as_json:
        print_json(settled)
    else:
        click.echo(clean(settled.message))


COMMANDS = (duplicates, merge, keep_apart)
