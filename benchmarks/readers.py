"""What reviewkit and its rivals do with one .bib file; each loads its package when it runs.

So a process that does one task has nothing else in memory, and a rival that is not
installed is shown as such.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

from reviewkit.bibtex import BibDocument
from reviewkit.bibtex.grammar import nested

#: So many edits go into one save of `many`.
EDITS = 1000
_BLOCK = re.compile(rb"@\w++\{" + nested(7) + rb"\}")


class RivalError(Exception):
    """A rival cannot do the task; the text says why."""


def limit(path: Path) -> None:
    """Read the bytes and find the blocks' ends with one compiled expression."""
    for _ in _BLOCK.finditer(path.read_bytes()):
        pass


def opening(path: Path) -> None:
    """Read the bytes and find every entry with its key."""
    BibDocument.from_bytes(path.read_bytes())


def places(path: Path) -> None:
    """Open, and find all fields of all entries with their places."""
    for _ in BibDocument.from_bytes(path.read_bytes()).places():
        pass


def change(path: Path) -> None:
    """Open, change one field, write."""
    _edit(path, 1)


def many(path: Path) -> None:
    """Open, change one field of many entries, write once."""
    _edit(path, EDITS)


def _edit(path: Path, edits: int) -> None:
    document = BibDocument.from_bytes(path.read_bytes())
    keys = document.citekeys
    for number in range(edits):
        entry = document.entry(keys[(len(keys) // 2 + number) % len(keys)])
        assert entry is not None
        document.set_field(entry, "note", f"seen {number}")
    path.with_suffix(".ours").write_bytes(document.to_bytes())


def splitter(path: Path) -> None:
    """What bibtexparser needs to cut the text into blocks, and no more."""
    _load("bibtexparser.splitter").Splitter(path.read_text(encoding="utf-8")).split()


def bibtexparser(path: Path) -> None:
    """bibtexparser's own way: parse, change one field, write."""
    package = _load("bibtexparser")
    library = package.parse_string(path.read_text(encoding="utf-8"))
    library.entries[len(library.entries) // 2]["note"] = "seen"
    _out(path).write_text(package.write_string(library), encoding="utf-8")


def pybtex(path: Path) -> None:
    """Parse, change one field, write."""
    library = _load("pybtex.database").parse_file(str(path), bib_format="bibtex")
    keys = list(library.entries)
    library.entries[keys[len(keys) // 2]].fields["note"] = "seen"
    library.to_file(str(_out(path)), bib_format="bibtex")


def refkit(path: Path) -> None:
    """Read, patch one field, write."""
    package = _load("refkit")
    document = package.BibDocument.read(path)
    patch = {
        "kind": "add_field",
        "entry_id": len(document.entries) // 2,
        "name": "note",
        "value": "seen",
    }
    try:
        document.apply_patch([patch])["document"].write(_out(path))
    except package.RefkitError as error:
        raise RivalError(str(error)) from error


def citerra(path: Path) -> None:
    """Parse, change one field, write as much of the source as it keeps."""
    package = _load("citerra")
    document = package.parse(path.read_text(encoding="utf-8"))
    keys = document.keys()
    document.set_field(keys[len(keys) // 2], "note", "seen")
    config = package.WriterConfig(preserve_raw=True)
    _out(path).write_text(document.write(config), encoding="utf-8")


OURS = {task.__name__: task for task in (limit, opening, places, change, many)}
RIVALS = {task.__name__: task for task in (splitter, bibtexparser, pybtex, refkit, citerra)}


def _load(name: str) -> Any:
    return import_module(name)


def _out(path: Path) -> Path:
    return path.with_suffix(".theirs")
