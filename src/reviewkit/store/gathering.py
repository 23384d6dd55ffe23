"""What this user has of a project under other ids, where it was begun in several clones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from reviewkit.store.card import Card, write_card
from reviewkit.store.fs import FS
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.whole import write_whole


def gather(card: Card, layout: Layout, machine: Machine) -> None:
    """Let the private notes and journals of all ids be found, and leave one card.

    Files get a second name, so that what is erased or added under one is under the other. What
    this user's disk does not allow is tried again with the next opening.
    """
    fs = machine.fs
    for other in card.others:
        old, new = machine.private_folder(other), machine.private_folder(card.id)
        with suppress(OSError):
            for path in list(_files(old, PurePath(), fs)):
                _name_too(old / path, new / path, other, fs)
    with suppress(OSError):
        write_card(layout, machine, card, only_if_other=True)


def _files(folder: Path, below: PurePath, fs: FS) -> Iterator[PurePath]:
    for name, is_folder in fs.scan(folder / below) if fs.is_folder(folder / below) else ():
        if is_folder:
            yield from _files(folder, below / name, fs)
        elif name.endswith(".jsonl"):
            yield below / name


def _name_too(path: Path, name: Path, other: str, fs: FS) -> None:
    """Give a log a name in the other folder, also where one of that name goes on there."""
    had = fs.signature(name)
    mine = fs.signature(path)
    if had is not None and mine is not None and had.inode != mine.inode:
        name = name.with_name(f"{name.stem}-{other}.jsonl")
    if fs.exists(name):
        return
    fs.make_folder(name.parent)
    try:
        fs.link(path, name)
    except OSError:
        write_whole(name, fs.read(path), fs)
