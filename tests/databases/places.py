"""The same project with its operations in either place, as several processes have it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.store.card import Card, ensure_library, write_card
from reviewkit.store.folder import FolderStore
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.postgresql.operations import DatabaseOperations
from reviewkit.store.recorder import Edit, Recorder

PAPER = "p.aaaaaaaaaa"


class Process:
    """What one process has of a project's operations."""

    def __init__(self, store: FolderStore, by: str) -> None:
        self.store = store
        self.fold = Fold()
        self.recorder = Recorder(store, self.fold)
        self.by = by

    def rate(self, value: object, paper: str = PAPER) -> Op:
        return self.say("rating", value, paper)

    def say(self, field: str, value: object, paper: str = PAPER) -> Op:
        edit = Edit(paper, self.by, field, value)
        return self.recorder.record([edit], by=self.by, via="kernel")[0]

    def ids(self) -> set[str]:
        self.recorder.receive()
        return {op.id for op in self.fold}


class Place(Protocol):
    """Where operations are."""

    layout: Layout
    machine: Machine

    def process(self, by: str = "ana") -> Process:
        """Another process that has the project open."""

    def raw(self) -> bytes:
        """All bytes of operations that are there."""


class Folder:
    def __init__(self, root: Path) -> None:
        self.layout = Layout(root)
        self.machine = Machine()

    def process(self, by: str = "ana") -> Process:
        return Process(FolderStore(self.layout, self.machine), by)

    def raw(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted(self.layout.ops.rglob("*.jsonl")))


class Database:
    def __init__(self, root: Path, address: str) -> None:
        self.layout = Layout(root)
        self.machine = Machine()
        card = ensure_library(self.layout, self.machine)
        self.card = Card(card.id, address)
        write_card(self.layout, self.machine, self.card)

    def operations(self) -> DatabaseOperations:
        assert self.card.operations is not None
        return DatabaseOperations(self.card.operations, self.card.id)

    def process(self, by: str = "ana") -> Process:
        store = FolderStore(self.layout, self.machine, self.operations(), self.card)
        return Process(store, by)

    def raw(self) -> bytes:
        return self.operations().lines()
