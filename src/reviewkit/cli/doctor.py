"""`reviewkit doctor`: what is wrong with the installation or the project, and mending it."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path

import click

from reviewkit import identity
from reviewkit.bibtex.consequences import KINDS
from reviewkit.cli.base import (
    NEEDS_A_PERSON,
    json_option,
    missing_lines,
    opened,
    project_option,
    project_path,
    wanted_lines,
)
from reviewkit.cli.output import clean, print_json
from reviewkit.cli.programs import mode_line, opinions_line
from reviewkit.errors import ReviewkitError
from reviewkit.project import Project
from reviewkit.store.gitsetup import merges_by_line

#: So many problems of one kind are shown one by one; `--json` has them all.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Finding:
    """One thing that doctor looked at; `fine` is false where a person must do something."""

    about: str
    fine: bool
    message: str


@click.command()
@click.option("--diff", "show_diff", is_flag=True, help="Print what --fix would change.")
@click.option("--fix", is_flag=True, help="Make the safe repairs of the .bib file.")
@click.option("--heal", is_flag=True, help="Bring back edits that a log or the folder lost.")
@click.option("--leave", is_flag=True, help="Leave out edits that a checkout took away.")
@click.option(
    "--only",
    "kinds",
    metavar="KIND",
    multiple=True,
    type=click.Choice(KINDS),
    help="Only repairs of this kind, also one that is not safe; may be given again.",
)
@project_option
@json_option
@click.pass_context
def doctor(
    ctx: click.Context,
    show_diff: bool,
    fix: bool,
    heal: bool,
    leave: bool,
    kinds: tuple[str, ...],
    folder: Path | None,
    as_json: bool,
) -> None:
    """Look for what could be wrong with the installation and the project.

    Every problem of the .bib file is named with its line and with what other programs make
    of it. Repairs are shown with --diff and made with --fix, which changes the fewest bytes
    it can and keeps the old file in .reviewkit/trash. What this user said is in a private
    journal, too: --heal writes again what the folder lacks of it.
    """
    if heal or leave:
        with opened(folder) as project:
            ctx.exit(_heal(project, as_json) if heal else _leave(project))
    if show_diff or fix:
        with opened(folder) as project:
            if show_diff:
                _print_diff(project.repairs_diff(kinds=kinds or None))
            if fix:
                _fix(project, kinds, as_json)
        return
    findings = [*_installation(), _person(), *_project(folder)]
    if as_json:
        print_json(findings)
    else:
        for finding in findings:
            mark = "ok " if finding.fine else "!! "
            click.echo(clean(f"{mark} {finding.about}: {finding.message}", lines=True))
    ctx.exit(0 if all(finding.fine for finding in findings) else NEEDS_A_PERSON)


def _print_diff(diff: bytes) -> None:
    """As bytes for `patch` and `git apply`; for a terminal without what would move it."""
    if sys.stdout.isatty():
        click.echo(clean(diff.decode("utf-8", "replace"), lines=True), nl=False)
    else:
        click.echo(diff, nl=False)


def _fix(project: Project, kinds: tuple[str, ...], as_json: bool) -> None:
    result = project.repair(kinds=kinds or None)
    if as_json:
        print_json(result)
        return
    for repair in result.repairs:
        line = f"{project.bib_path.name}:{repair.line}: {repair.reason}: {repair.what}"
        click.echo(clean(line))
    if result.kept is not None:
        click.echo(clean(f"The file as it was is kept for seven days: {result.kept}"))
    else:
        click.echo("There is nothing to repair.")


def _heal(project: Project, as_json: bool) -> int:
    result = project.heal()
    if as_json:
        print_json(result)
    else:
        number = result.brought_back
        edits = "1 edit was" if number == 1 else f"{number} edits were"
        click.echo(f"{edits} brought back." if number else "Nothing that you said is missing.")
        for problem in result.damage:
            click.echo(clean(f"{problem.path}:{problem.line or 1}: {problem.reason}"))
    return NEEDS_A_PERSON if any("lost" in problem.reason for problem in result.damage) else 0


def _leave(project: Project) -> int:
    number = project.leave()
    edits = "1 edit stays" if number == 1 else f"{number} edits stay"
    click.echo(f"{edits} out of this branch." if number else "No edit is missing.")
    return 0


def _installation() -> list[_Finding]:
    findings = [_Finding("Python", True, f"{platform.python_version()} ({sys.platform})")]
    for package, missing in (
        ("reviewkit", "not installed as a package: pip install ."),
        ("jupyterlab", "not installed; the panel needs it: pip install jupyterlab"),
        ("anywidget", "not installed; widgets need it: pip install anywidget"),
    ):
        try:
            findings.append(_Finding(package, True, version(package)))
        except PackageNotFoundError:
            findings.append(_Finding(package, False, missing))
    panel = Path(sys.prefix, "share", "jupyter", "labextensions", "reviewkit", "package.json")
    here = panel.is_file()
    message = "found" if here else f"not at {panel.parent}: install reviewkit again with pip"
    findings.append(_Finding("JupyterLab extension", here, message))
    return findings


def _person() -> _Finding:
    try:
        me = identity.who_am_i()
    except ReviewkitError as error:
        return _Finding("reviewer", False, error.message)
    known = f"{me.name} ({me.reviewer}), from {me.source}"
    return _Finding("reviewer", True, known if me.reviewer else "not named yet; the panel asks")


def _project(folder: Path | None) -> list[_Finding]:
    try:
        path = project_path(folder)
        with opened(path) as project:
            project.flush()
            info = project.info(me=None, path=str(path))
            findings = [_Finding("project", True, f"{path}, {info.papers} papers")]
            findings += _bib(project)
            bib = project.bib_path.name
            found = opinions_line(project)
            where = mode_line(info, project)
            logs = project.merge_logs(dry_run=True)
    except ReviewkitError as error:
        return [_Finding("project", False, error.message)]
    for problem in info.problems:
        if problem.path != bib or problem.line is None:
            place = ":".join(str(part) for part in (problem.path, problem.line) if part)
            findings.append(_Finding("problem", False, f"{place}: {problem.reason}"))
    findings += [
        _Finding("held back", False, f"{item.citekey or item.file}: {item.reason}")
        for item in info.held
    ]
    if info.conflicts:
        findings.append(_Finding("conflicts", False, f"{len(info.conflicts)}: reviewkit resolve"))
    waiting = [*info.waiting, *wanted_lines(info), *missing_lines(info)]
    findings += [_Finding("waiting", True, reason) for reason in waiting]
    findings += [_Finding("opinions", True, found)] if found else []
    if logs.into or logs.gone:
        message = f"{logs.logs} of them; old ones can be made few: reviewkit merge-logs"
        findings.append(_Finding("logs", True, message))
    findings.append(_Finding("mode", True, f"{info.mode}: {where}"))
    if merges_by_line(path):
        message = "it merges both files line by line here: `reviewkit init` has it do so by field"
        findings.append(_Finding("git", True, message))
    return findings


def _bib(project: Project) -> list[_Finding]:
    """Problems of the .bib by kind, each kind with what other programs do; then the repairs."""
    problems = project.bib_problems()
    repairs = project.repairs()
    name = project.bib_path.name
    findings: list[_Finding] = []
    ranked = sorted(problems, key=lambda problem: (KINDS.index(problem.kind), problem.line))
    for kind, group in groupby(ranked, key=lambda problem: problem.kind):
        of_kind = list(group)
        lines = [clean(f"{name}:{problem.line}: {problem.reason}") for problem in of_kind[:_SHOWN]]
        if len(of_kind) > _SHOWN:
            lines.append(f"and {len(of_kind) - _SHOWN} more like this (--json has the lines)")
        lines.append(of_kind[0].consequence)
        offered = [repair for repair in repairs if repair.kind == kind]
        if offered:
            safe = all(repair.safe for repair in offered)
            command = f"--fix --only {kind}"
            how = "safe" if safe else "changes what citations or other programs mean; look first"
            lines.append(f"{len(offered)} can be repaired ({how}): reviewkit doctor {command}")
        findings.append(_Finding(kind, False, "\n    ".join(lines)))
    safe_ones = sum(repair.safe for repair in repairs)
    if safe_ones:
        message = f"{safe_ones} safe ones: reviewkit doctor --diff shows and --fix makes them"
        findings.append(_Finding("repairs", True, message))
    return findings


COMMANDS = (doctor,)
