"""What all commands share: the project option, exit codes and messages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from reviewkit import identity, places
from reviewkit.cli.output import clean
from reviewkit.errors import FormatError, ProjectError, ReviewkitError
from reviewkit.project import Project, open_project
from reviewkit.records import ProjectInfo

#: Exit code of a command that is done, but after which a person has something to decide.
NEEDS_A_PERSON = 1
#: Exit code of a command that could not be done as it was asked.
WRONG_USE = 2
#: Longest first sentence of a command in the list of all.
_SENTENCE = 300

Command = TypeVar("Command", bound=Callable[..., Any])


class _Group(click.Group):
    """Commands in sections, whose refusals are messages, not tracebacks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sections: dict[str, list[click.Command]] = {}

    def add_section(self, title: str, commands: Iterable[click.Command]) -> None:
        """Add commands that `--help` names together."""
        listed = self._sections.setdefault(title, [])
        for command in commands:
            self.add_command(command)
            listed.append(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name the commands by section, each with its whole first sentence."""
        for title, commands in self._sections.items():
            rows = [(c.name or "", c.get_short_help_str(_SENTENCE)) for c in commands]
            with formatter.section(title):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        # Text from a file may hold what the terminal's encoding cannot show.
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except ReviewkitError as error:
            warn(described(error))
            ctx.exit(error.exit_code)
        except OSError as error:
            # A file that is in the way or may not be written; without a name it is no user's.
            if error.filename is None:
                raise
            warn(f"{error.filename}: {error.strerror or type(error).__name__}")
            ctx.exit(WRONG_USE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    None, "--version", package_name="reviewkit", message="reviewkit %(version)s",
    help="Print the version.",
)  # fmt: skip
def main() -> None:
    """Annotate, rate and tag papers in references.bib and reviews.csv.

    Exit codes: 0 done, 1 something needs a person, 2 wrong use.
    """


project_option = click.option(
    "--project",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The project's folder; without it, the nearest one upwards with references.bib.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

reviewer_option = click.option(
    "--reviewer", metavar="NAME", help="Whose opinion it is; without it, mine."
)


@contextmanager
def opened(
    folder: Path | None, *, reviewer: str | None = None, opinion: bool = False
) -> Iterator[Project]:
    """The project of the folder, or of the nearest folder upwards; closed afterwards.

    Raises
    ------
    ReviewerError
        It is opened for an `opinion`, and nobody said whose.
    """
    if opinion and reviewer is None:
        identity.needed(identity.who_am_i())
    with open_project(project_path(folder), reviewer=reviewer, watch=False) as project:
        yield project


def project_path(folder: Path | None) -> Path:
    """The project's folder.

    Raises
    ------
    ProjectError
        The folder does not exist, or there is no project upwards of here.
    """
    if folder is not None:
        if not folder.exists():
            raise ProjectError(f"There is no folder {folder}. `reviewkit init {folder}` makes it.")
        return folder
    found = places.project_folder(Path.cwd())
    if found is None:
        raise ProjectError(
            f"Neither {Path.cwd()} nor a folder above it holds a references.bib."
            " Give the folder with --project, or make a project here with `reviewkit init`."
        )
    return found


def write_files(project: Project) -> None:
    """Bring references.bib and reviews.csv up to date, or say on stderr what waits.

    The edits themselves are durable before this: a locked file does not lose them.
    """
    project.flush()
    for reason in project.info_waiting():
        warn(f"Saved, but {reason}: it is written as soon as that is possible.")


def warn(message: str) -> None:
    """One message for a person, on stderr."""
    click.echo(clean(message, lines=True), err=True)


def described(error: ReviewkitError) -> str:
    """The error's message, with the problems of a file one a line."""
    lines = [error.message]
    if isinstance(error, FormatError):
        for problem in error.problems:
            place = f"line {problem['line']}: " if problem.get("line") else ""
            line = f"  {place}{problem.get('reason', '')}"
            if line.strip() not in error.message:
                lines.append(line)
    return "\n".join(lines)


def wanted_lines(info: ProjectInfo) -> list[str]:
    """That papers are only named so far, and what to do; else nothing."""
    papers = "1 paper waits" if info.wanted == 1 else f"{info.wanted} papers wait"
    return [f"{papers} for a look-up: `reviewkit lookup`"] if info.wanted else []


def missing_lines(info: ProjectInfo) -> list[str]:
    """That edits of mine are not in the folder any more, and what to do; else nothing."""
    edits = "1 of your edits is" if info.missing == 1 else f"{info.missing} of your edits are"
    ways = "`reviewkit doctor --heal` brings them back, `--leave` leaves them out"
    return [f"{edits} not in this folder any more: {ways}"] if info.missing else []
