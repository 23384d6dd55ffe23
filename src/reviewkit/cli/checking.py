"""Commands for manuscripts: check them, and link claims to the cells that reproduce them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from reviewkit import markup
from reviewkit.checks import RULES
from reviewkit.cli.base import (
    NEEDS_A_PERSON,
    json_option,
    opened,
    project_option,
    reviewer_option,
    warn,
)
from reviewkit.cli.output import clean, print_json
from reviewkit.errors import ValueRefusedError
from reviewkit.project import Findings, Project

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}


@click.command()
@click.argument("files", type=_FILE, nargs=-1, metavar="FILE...")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, after showing it.")
@click.option("--yes", is_flag=True, help="With --fix: do not ask.")
@click.option("--rules", is_flag=True, help="List the rules, and check nothing.")
@project_option
@reviewer_option
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[Path, ...],
    fix: bool,
    yes: bool,
    rules: bool,
    folder: Path | None,
    reviewer: str | None,
    as_json: bool,
) -> None:
    """Look FILEs over: notebooks, Markdown, Quarto or LaTeX.

    Exit code 1: there are errors or warnings (hints alone are 0; `fail` under [check] in
    reviewkit.toml sets another limit).
    """
    if rules:
        _list_rules(as_json=as_json)
        return
    if not files:
        raise click.UsageError("Name the manuscripts to check: `reviewkit check survey.ipynb`.")
    names = [str(path) for path in files]
    with opened(folder, reviewer=reviewer) as project:
        found = project.check(names)
        if fix:
            _mend(project, found, ask=not (yes or as_json))
            found = project.check(names)
    if as_json:
        print_json(list(found))
    else:
        _print(found)
    ctx.exit(NEEDS_A_PERSON if found.failed else 0)


def _print(found: Findings) -> None:
    for finding in found:
        where = click.style(clean(finding.where), bold=True)
        word = click.style(finding.severity, fg=_COLOURS[finding.severity])
        rule = f"{finding.code} [{finding.rule}]"
        click.echo(f"{where}: {word} {rule} {clean(finding.message)}")
    mendable = sum(finding.fix is not None for finding in found)
    click.echo(markup.counts(found) + (f"; --fix mends {mendable}" if mendable else ""))


def _mend(project: Project, found: Findings, *, ask: bool) -> None:
    for mended in project.fixes(found):
        click.echo(clean(mended.diff, lines=True), err=True)
        number = "1 fix" if mended.fixes == 1 else f"{mended.fixes} fixes"
        if ask and not click.confirm(f"Write {number} to {clean(mended.path)}?", err=True):
            continue
        kept = project.mend(mended)
        where = f"; as it was, it is {kept}" if kept is not None else ""
        warn(f"{number} written to {mended.path}{where}")


def _list_rules(*, as_json: bool) -> None:
    every = sorted(RULES.values(), key=lambda rule: rule.code)
    if as_json:
        print_json(every)
        return
    for rule in every:
        click.echo(f"{rule.code}  {rule.name:<18} {rule.severity:<8} {rule.what}")


@click.command()
@click.argument("citekey")
@click.argument("quote")
@click.argument("notebook", type=_FILE)
@click.argument("cell")
@click.option("--refutes", is_flag=True, help="The cell passes when the claim does not hold.")
@click.option("--anyway", is_flag=True, help="Also words that abstract and notes do not have.")
@project_option
@reviewer_option
@json_option
def link(
    citekey: str,
    quote: str,
    notebook: Path,
    cell: str,
    refutes: bool,
    anyway: bool,
    folder: Path | None,
    reviewer: str | None,
    as_json: bool,
) -> None:
    """Link words of a paper to the CELL (id, or number from 1) that reproduces them."""
    place: str | int = int(cell) if cell.isdigit() and len(cell) < 5 else cell
    relation = "refutes" if refutes else "reproduces"
    with opened(folder, reviewer=reviewer, opinion=True) as project:
        link_it = partial(project.link, citekey, quote, notebook.absolute(), place, relation)
        try:
            made = link_it(anyway=anyway, via="cli")
        except ValueRefusedError as error:
            if error.field != "anyway":
                raise
            click.confirm(f"{clean(error.message)}\nLink them now?", err=True, abort=True)
            made = link_it(anyway=True, via="cli")
    if as_json:
        print_json(made)
    else:
        click.echo(clean(f"{citekey}: linked to cell {made.cell} of {made.notebook}"))


COMMANDS = (check, link)
