"""Where the operations of a project are kept: in its folder, or where its card says."""

from __future__ import annotations

from reviewkit.project.opening import trusted
from reviewkit.project.opening.optional import load
from reviewkit.project.opening.regaining import regain
from reviewkit.store.card import library_card
from reviewkit.store.folder import FolderStore
from reviewkit.store.gathering import gather
from reviewkit.store.gitsetup import set_up_clone
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine

_DATABASE = "reviewkit.store.postgresql.operations"


def store_of(layout: Layout, machine: Machine) -> FolderStore:
    """The project's store.

    Raises
    ------
    FormatError, NewerFormatError
        What the project's card says cannot be read here.
    MissingDependencyError
        The operations are in a database, and its driver is not installed.
    DatabaseOffError
        The user did not allow that database.
    ValueRefusedError
        The database's address says what an address may not say.
    """
    card = library_card(layout, machine.fs) or regain(layout, machine)
    if card is not None:
        set_up_clone(layout, machine.fs)
        if card.others:
            gather(card, layout, machine)
    if card is None or card.operations is None:
        return FolderStore(layout, machine, card=card)
    trusted.needed(card.id, card.operations, layout.root)
    operations = load(_DATABASE).DatabaseOperations(card.operations, card.id)
    return FolderStore(layout, machine, operations, card)
