"""An open project whose logs were taken away under it, as a checkout or rollback does."""

from __future__ import annotations

from reviewkit.files.sync import Sync
from reviewkit.store.git import is_busy


def settled(sync: Sync, by: str) -> Sync | None:
    """The state that the folder's logs give; the same object where nothing was taken away.

    Two processes, of which one has seen what is gone and one has not, would else write the
    files in turns. What this user made is brought back, or asked about, first; `by` is who
    takes in what was saved meanwhile. None while git is at it.
    """
    store = sync.store
    if not store.operations.lost:
        return sync
    if is_busy(store.layout.root, store.machine):
        return None
    there = {op.id for op in store.operations.read_all()}
    if all(op.id in there for op in sync.fold):
        store.operations.lost = False
        return sync
    if sync.met:
        sync.take_in(by)
    store.operations.begin_again()
    found = Sync(store, sync.recorder.clock)
    found.papers_version = sync.papers_version + 1
    found.wording_version = sync.wording_version + 1
    found.open(by)
    return found
