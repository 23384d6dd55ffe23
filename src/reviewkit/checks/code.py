"""The code of a notebook up to one of its cells, so that a change of it is noticed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from reviewkit.citations.notebook import notebook_cells, source_of, written_in
from reviewkit.ops.ids import base32


@dataclass(frozen=True, slots=True)
class CellCode:
    """Hashes of a code cell's source and of the code cells before it."""

    code: str
    before: str


def cell_codes(name: str, text: str) -> dict[str, CellCode]:
    """The code of each code cell of a notebook, by the cell's id.

    Blank space at the ends of a cell and line ends do not count; cells without an id are
    part of what is before the others.

    Raises
    ------
    FormatError
        The text is not a notebook.
    """
    found: dict[str, CellCode] = {}
    before = hashlib.sha256()
    for number, cell in enumerate(notebook_cells(name, text), start=1):
        if cell.get("cell_type") != "code" or written_in(cell) != "code":
            continue
        code = source_of(name, number, cell).replace("\r\n", "\n").strip()
        data = code.encode("utf-8", "surrogatepass")
        identifier = cell.get("id")
        if isinstance(identifier, str):
            own = base32(hashlib.sha256(data).digest(), 10)
            found[identifier] = CellCode(own, base32(before.copy().digest(), 10))
        # The length keeps two cells apart from one that reads like both.
        before.update(b"%d:" % len(data) + data)
    return found
