"""Moving a project's operations to a database, or back into its folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from reviewkit.errors import NotDurableError, ReviewkitError
from reviewkit.project.opening import trusted
from reviewkit.project.opening.optional import load
from reviewkit.store.card import ensure_library, library_card, write_card
from reviewkit.store.layout import Layout, find
from reviewkit.store.logs import LogOperations, whole_lines
from reviewkit.store.machine import Machine

_DATABASE = "reviewkit.store.postgresql.operations"
_ADDRESS = "reviewkit.store.postgresql.address"


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: how many lines the new place lacked, and how many it has."""

    where: str
    copied: int
    there: int


def move_project(
    path: str | os.PathLike[str] = ".", *, to: str | None, machine: Machine | None = None
) -> Moved:
    """Keep a project's operations elsewhere from now on; what was there before stays there.

    Calling it again with the same place copies what is in the folder and not there, as edits
    of a copy of the folder that did not know of the move.

    Parameters
    ----------
    path
        The project's folder or .bib file.
    to
        The address of a database, without password; None: the project's folder.

    Raises
    ------
    ProjectError, FormatError, ValueRefusedError, MissingDependencyError, UnreachableError
        Nothing was moved.
    NotDurableError
        Not everything is in the new place. Call again; nothing was taken from the old one.
    """
    machine = machine or Machine()
    layout = find(path, machine.fs)
    try:
        card = ensure_library(layout, machine)
        if card.operations is not None and card.operations != to:
            trusted.needed(card.id, card.operations, layout.root)
        old = _Database(card.operations, card.id) if card.operations is not None else None
        new: _Place = _Folder(layout, machine)
        sources: list[_Place] = [_Folder(layout, machine)]
        if to is not None:
            load(_DATABASE).prepare(to)
            new = _Database(to, card.id)
            trusted.trust(card.id, to)
        if old is not None:
            sources.append(old)
        before = len(new.lines())
        _copy(sources, new)
        if card.operations != to:
            write_card(layout, machine, replace(card, operations=to))
            # Who wrote to the old place until now was told that it is safe.
            _copy(sources, new)
        there = len(new.lines())
    except ReviewkitError:
        raise
    except OSError as error:
        raise NotDurableError(
            error.errno or 0,
            f"The edits of {layout.root} could not be moved ({error.strerror or error}). "
            "Nothing was taken away; make room or permission and try again.",
        ) from error
    return Moved(new.where, there - before, there)


def connect(path: str | os.PathLike[str] = ".", *, machine: Machine | None = None) -> str | None:
    """Allow, for this user and from now on, the database that a project keeps its edits in.

    Parameters
    ----------
    path
        The project's folder or .bib file.

    Returns
    -------
    str or None
        The database's address; None: the edits are in the folder, and nothing needs allowing.

    Raises
    ------
    ProjectError, FormatError, NewerFormatError
        There is no such project, or its card or the user's settings cannot be read.
    ValueRefusedError
        The address says what an address may not say.
    MissingDependencyError
        The driver is not installed.
    """
    address, library = database_of(path, machine=machine)
    if address is not None:
        load(_ADDRESS).checked(address)
        trusted.trust(library, address)
    return address


def database_of(
    path: str | os.PathLike[str] = ".", *, machine: Machine | None = None
) -> tuple[str | None, str]:
    """The address of the database that a project names (None: none), and the project's id.

    Raises
    ------
    ProjectError, FormatError, NewerFormatError
        There is no such project, or its card cannot be read.
    """
    machine = machine or Machine()
    card = library_card(find(path, machine.fs), machine.fs)
    return (None, "") if card is None else (card.operations, card.id)


class _Place(Protocol):
    """Lines to be copied from or to."""

    where: str

    def write(self, lines: bytes) -> None:
        """Make more lines durable there."""

    def lines(self) -> set[bytes]:
        """All whole lines that are there, without their line feeds."""


class _Folder:
    def __init__(self, layout: Layout, machine: Machine) -> None:
        self._layout, self._machine = layout, machine
        self.where = str(layout.ops)

    def write(self, lines: bytes) -> None:
        LogOperations(self._layout, self._machine).write_again(lines)

    def lines(self) -> set[bytes]:
        return set(whole_lines(self._layout.ops, self._machine.fs))


class _Database:
    def __init__(self, address: str, library: str) -> None:
        self._operations: Any = load(_DATABASE).DatabaseOperations(address, library)
        self.where = address

    def write(self, lines: bytes) -> None:
        self._operations.write_again(lines)

    def lines(self) -> set[bytes]:
        return set(self._operations.lines().split(b"\n")) - {b""}


def _copy(sources: Iterable[_Place], new: _Place) -> None:
    """Write what the new place lacks, and see that it is there."""
    wanted = set[bytes]().union(*(source.lines() for source in sources))
    if lacking := wanted - new.lines():
        new.write(b"".join(line + b"\n" for line in sorted(lacking)))
        if wanted - new.lines():
            raise NotDurableError(
                0, f"Not all edits are in {new.where}: somebody takes them away. Try again."
            )
