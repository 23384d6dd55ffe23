"""Edits that were safe and are not in the folder any more, and what a person wants of them."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.files.result import is_edit
from reviewkit.ops import opinions
from reviewkit.project.history.history import History
from reviewkit.records import Change, Problem


@dataclass(frozen=True, slots=True)
class HealResult:
    """What was written again, and damage of logs: file, line, byte and whether it is lost."""

    brought_back: int
    damage: tuple[Problem, ...]


class Healed(History):
    """What can be done where a checkout, reset or broken disk took edits away.

    Where the folder is not in git, or is still at the commit where it was, they are brought
    back when the project is opened and while it is open. After another commit was checked
    out, that may be as it should be, and a person decides.
    """

    def missing_edits(self) -> list[Change]:
        """The edits of this user that are not in the folder any more, oldest first."""
        with self._lock:
            healing, library = self._sync.healing, self._sync.library
            missing = healing.missing(self._sync.fold)
            # Of a paper that the log here knows nothing of, its own first edit says the key.
            keys = {op.paper: op.value for op in missing if op.field == "citekey"}
            return [
                opinions.change(op, library.key_of(op.paper) or keys.get(op.paper) or op.paper)
                for op in filter(is_edit, missing)
            ]

    def bring_back(self) -> int:
        """Write the missing edits into the folder's log again; how many.

        Raises
        ------
        NotDurableError
            They cannot be written now; they stay missing, and safe in the journal.
        """
        with self._lock:
            number = len(self.missing_edits())
            self._sync.healing.bring_back()
            self._tell(self._sync.receive())
            self._live.edited()
            return number

    def leave(self) -> int:
        """Leave the missing edits out, as long as this branch is checked out; how many.

        They stay in the private journal, and in whatever branch they were committed to.
        """
        with self._lock:
            number = len(self.missing_edits())
            self._sync.healing.leave()
            self._tell(None)
            return number

    def heal(self) -> HealResult:
        """Write everything again that the private journal knows and the folder lacks."""
        self.bring_back()
        with self._lock:
            healing = self._sync.healing
            number = sum(map(is_edit, healing.brought_back))
            return HealResult(number, tuple(healing.damage(self._sync.fold)))
