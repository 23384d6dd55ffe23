"""Who gives operations their ids, wherever they are kept."""

from __future__ import annotations

from reviewkit.store.machine import Machine


class Writer:
    """One person in one process: its operations are numbered without gaps.

    The name is 50 random bits, so neither a device id nor a lock has to be right.
    """

    def __init__(self, machine: Machine, slug: str) -> None:
        self._machine = machine
        self.slug = slug
        self.name = machine.name(10)
        self._count = 0

    def next_id(self) -> str:
        """The id of the next operation: the writer's name and a number without gaps."""
        self._count += 1
        return f"{self.name}.{self._count}"

    def rename(self) -> None:
        """Begin ids anew, after a failed append.

        Others may have read an operation before it was taken back, so its id must never come
        again for another edit; and a gap would look like edits still on their way.
        """
        self.name, self._count = self._machine.name(10), 0
