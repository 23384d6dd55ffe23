"""Commands about the programs around the library: lab, version."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

import click

from reviewkit.cli.base import json_option, project_option, project_path
from reviewkit.cli.output import print_json
from reviewkit.errors import MissingDependencyError


@click.command(context_settings={"ignore_unknown_options": True})
@project_option
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTERLAB OPTIONS]")
@click.pass_context
def lab(ctx: click.Context, folder: Path | None, arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on the project; further options are JupyterLab's."""
    path = project_path(folder).resolve()
    root = path if path.is_dir() else path.parent
    if importlib.util.find_spec("jupyterlab") is None:
        raise MissingDependencyError("JupyterLab is not installed: pip install jupyterlab")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}", *arguments]
    if os.name == "posix":
        os.execv(sys.executable, command)
    ctx.exit(subprocess.call(command))


@click.command()
@json_option
def version(as_json: bool) -> None:
    """Print the version of reviewkit."""
    try:
        number = installed_version("reviewkit")
    except PackageNotFoundError:
        number = "not installed as a package"
    if as_json:
        print_json({"version": number})
    else:
        click.echo(f"reviewkit {number}")


COMMANDS = (lab, version)
