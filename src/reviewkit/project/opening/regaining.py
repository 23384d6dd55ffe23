"""A project whose `.reviewkit` was deleted is known again by this user's journal of its folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewkit.store.card import Card, ensure_library
from reviewkit.store.journal import Journal
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine

_MARK = re.compile(rb"reviewkit\s*=\s*[{\"]\s*(p\.[a-z2-7]{10})")
_PAPER = re.compile(rb'"p":"(p\.[a-z2-7]{10})')


def regain(layout: Layout, machine: Machine) -> Card | None:
    """Write the card again that the project had; None if there is no such project.

    With its id the journal is found, from which edits are brought back, and private notes are.
    The .bib must name a paper of the journal: another project may stand where one was deleted.
    """
    try:
        marked = set(_MARK.findall(machine.fs.read(layout.bib)))
        if not (marked and machine.fs.may_write(layout.root)):
            return None
        found = [name for name, papers in _journals(layout, machine) if marked & papers]
        return ensure_library(layout, machine, Card(found[0])) if len(found) == 1 else None
    except OSError:
        return None


def _journals(layout: Layout, machine: Machine) -> Iterator[tuple[str, set[bytes]]]:
    """The libraries of which edits were made in this folder, with their papers."""
    journal = Journal(layout, machine)
    for library, is_folder in machine.fs.scan(machine.private_folder("")):
        if is_folder and library.startswith("lib-"):
            texts = (journal.kept(library, log) for log in journal.names(library))
            yield library, {paper for text in texts for paper in _PAPER.findall(text)}
