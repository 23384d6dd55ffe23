"""`reviewkit move`: the operations to a database, or back into the folder."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.cli.base import project_option, project_path
from reviewkit.cli.output import clean
from reviewkit.project.opening.moving import connect, database_of, move_project
from reviewkit.store.postgresql.schema import POLICIES, TABLE

_FOLDER = "folder"


@click.command("move")
@project_option
@click.option(
    "--to",
    metavar="PLACE",
    help='A database, as postgresql://db.example.org/reviews, or "folder".',
)
@click.option("--print-sql", is_flag=True, help="Only print the SQL of the table and of rights.")
def move_command(folder: Path | None, to: str | None, print_sql: bool) -> None:
    """Keep all edits in a PostgreSQL database from now on, or in the folder again.

    The address stands in the project, without a password: each user's own is in ~/.pgpass,
    ~/.pg_service.conf or the environment. Whoever has the project open is told to open it
    again. Nothing is taken from the old place. Running it again copies what a copy of the
    folder that did not know of the move has written meanwhile.
    """
    if print_sql:
        click.echo(f"{TABLE}\n-- Optional: who may see and say what.\n\n{POLICIES}")
        return
    if to is None:
        raise click.UsageError("Say where to: --to postgresql://… or --to folder.")
    moved = move_project(project_path(folder), to=None if to == _FOLDER else to)
    click.echo(
        clean(f"{moved.there} edits are in {moved.where}; {moved.copied} of them are new there.")
    )


@click.command("connect")
@project_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def connect_command(folder: Path | None, yes: bool) -> None:
    """Allow the database that a project keeps its edits in.

    reviewkit connects to no host because a file says so: who gets a project whose edits are in
    a database says once that it may.
    """
    path = project_path(folder)
    address, _ = database_of(path)
    if address is None:
        click.echo("The edits of this project are in its folder: there is nothing to connect to.")
        return
    click.echo(clean(f"This project keeps its edits in {address}"))
    if yes or click.confirm("Connect to it from now on?"):
        connect(path)
        click.echo("Allowed. Open the project again where it was refused.")


COMMANDS = (move_command, connect_command)
