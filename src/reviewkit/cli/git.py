"""`reviewkit merge-bib`, which git calls when it merges."""

from __future__ import annotations

from pathlib import Path

import click

from reviewkit.files.bibmerge import merge_bib

_path = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("merge-bib")
@click.argument("base", type=_path)
@click.argument("ours", type=_path)
@click.argument("theirs", type=_path)
def merge_bib_command(base: Path, ours: Path, theirs: Path) -> None:
    """Merge the .bib file THEIRS into OURS by entry and field; BASE is what both began with.

    This is git's merge driver, which `reviewkit init` sets. It never stops on a conflict:
    what both sides changed differently waits in the entry, and the next `reviewkit sync`
    shows it as a conflict to settle.
    """
    merged = merge_bib(base.read_bytes(), ours.read_bytes(), theirs.read_bytes())
    ours.write_bytes(merged)


COMMANDS = (merge_bib_command,)
