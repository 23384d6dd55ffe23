"""The project's name card, `.reviewkit/library.json`: which project this is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewkit.errors import FormatError, NewerFormatError
from reviewkit.store.cardtext import said_by
from reviewkit.store.fs import FS
from reviewkit.store.gitid import id_in_git
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.whole import write_whole

#: Format of the log that this reviewkit reads and writes.
FORMAT = 1
#: The least reader that knows of operations outside of the folder.
OUTSIDE = 2

#: The id names folders of this user, and the card comes from others.
_ID = re.compile(r"[A-Za-z0-9][\w-]{0,99}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Card:
    """What `library.json` says.

    `operations` is the database that has the project's operations; None: they are in the
    folder. `others` are further ids, of clones in which the same project was begun apart.
    """

    id: str
    operations: str | None = None
    others: tuple[str, ...] = ()


def library_card(layout: Layout, fs: FS) -> Card | None:
    """The project's card; None before its first edit.

    Raises
    ------
    FormatError
        `library.json` cannot be read.
    NewerFormatError
        The project needs a newer reviewkit.
    """
    try:
        data = fs.read(layout.library_json)
    except FileNotFoundError:
        return None
    return _card(data, layout)


def _card(data: bytes, layout: Layout) -> Card:
    try:
        said = said_by(data)
        ids = sorted({*map(str, said["id"]), *_words(said.get("others", []))})
        needed, databases = max(map(int, said["min_reader"])), said.get("operations", [None])
        if wrong := [name for name in ids if not _ID.fullmatch(name)]:
            raise ValueError(f"{wrong[0][:40]!r} is no id")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(
            f"{layout.library_json} cannot be read ({error}). Restore it from a copy of the "
            "project, or delete it: the next edit writes a new one."
        ) from error
    if needed > OUTSIDE or not all(isinstance(name, str | None) for name in databases):
        raise NewerFormatError(
            f"{layout.root} needs a newer reviewkit (format {needed}, this one knows {OUTSIDE}). "
            "Upgrade with: pip install -U reviewkit"
        )
    if len(said["id"]) > 1 and databases != [None]:
        raise FormatError(
            f"git put two of {layout.library_json} together, and one names a database, which "
            "must be that of the whole group. Take the file as it is in the clone that uses the "
            "database, and commit it."
        )
    # All clones must choose the same, whichever side git put first.
    first = str(said["id"][0]) if len(said["id"]) == 1 else ids[0]
    return Card(first, databases[0], tuple(name for name in ids if name != first))


def _words(values: list[Any]) -> list[str]:
    return [name for value in values for name in str(value).split()]


def library_id(layout: Layout, fs: FS) -> str | None:
    """The project's id; see `library_card`."""
    card = library_card(layout, fs)
    return None if card is None else card.id


def write_card(
    layout: Layout, machine: Machine, card: Card, *, only_if_other: bool = False
) -> None:
    """Put another card in the place of the project's.

    `only_if_other`: not where it says just that already.

    Raises
    ------
    OSError
        It could not be written; the former one stands.
    """
    fs, path, data = machine.fs, layout.library_json, _bytes_of(layout, card)
    if only_if_other and fs.read(path) == data:
        return
    temporary = path.with_name(f"{path.name}.{machine.name(12)}.tmp")
    try:
        write_whole(temporary, data, fs)
        fs.move(temporary, path)
    finally:
        fs.remove(temporary)
    fs.sync_folder(path.parent)


def _bytes_of(layout: Layout, card: Card) -> bytes:
    said: dict[str, Any] = {
        "id": card.id,
        "format": FORMAT,
        "min_reader": FORMAT if card.operations is None else OUTSIDE,
        "bib": layout.bib_name,
    }
    if card.others:
        said["others"] = " ".join(card.others)
    if card.operations is not None:
        said["operations"] = card.operations
    return json.dumps(said, indent=1).encode() + b"\n"


def ensure_library(layout: Layout, machine: Machine, had: Card | None = None) -> Card:
    """The project's card; made, with its folder, at the first edit.

    `had` is what it was, if it was taken away meanwhile.
    """
    fs = machine.fs
    if (known := library_card(layout, fs)) is not None:
        return known
    fs.make_folder(layout.meta)
    fs.sync_folder(layout.root)
    card = had or Card(id_in_git(layout.root, fs) or f"lib-{machine.name(16)}")
    _write_new(layout.meta / ".gitignore", b"/trash/\n", machine)
    _write_new(layout.library_json, _bytes_of(layout, card), machine)
    return library_card(layout, fs) or card


def _write_new(path: Path, data: bytes, machine: Machine) -> None:
    # Under another name first: a reader never sees half a file, and the first writer wins.
    fs = machine.fs
    temporary = path.with_name(f"{path.name}.{machine.name(12)}.tmp")
    write_whole(temporary, data, fs)
    try:
        fs.link(temporary, path)
    except FileExistsError:
        return
    except OSError:
        if not fs.exists(path):
            fs.move(temporary, path)
        return
    finally:
        fs.remove(temporary)
    fs.sync_folder(path.parent)
