"""Files that are put in place while people go on editing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.files.replace import Replaced, replace
from reviewkit.store.machine import Machine


@dataclass
class Writing:
    """Files to put in place, without any lock; then what came of it."""

    papers: set[str]
    targets: list[tuple[Path, bytes, bytes | None]]
    trash: Path
    machine: Machine
    done: list[tuple[Path, bytes, Replaced]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Replace each file; one that cannot be written now is waited for."""
        for path, data, last in self.targets:
            try:
                replaced = replace(path, data, self.trash, self.machine, last or b"")
                self.done.append((path, data, replaced))
            except OSError as error:
                self.waiting.append(f"waiting for {path.name} ({error.strerror or error})")
