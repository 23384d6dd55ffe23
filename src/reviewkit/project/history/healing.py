"""Edits that were safe and are not in the folder any more, and what a person wants of them."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.files.result import is_edit
from reviewkit.ops import opinions
from reviewkit.project.history.history import History
from reviewkit.records import Change, Problem
from reviewkit.store.logrules import MergedLogs


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

    def merge_logs(self, *, dry_run: bool = False) -> MergedLogs:
        """Make one log of each month's old ones, if the project has over 2,000 logs.

        Only logs that this user wrote in this folder, over 30 days ago. The old ones go to the
        trash, for seven days: in a git work tree at once, elsewhere with a call a day later.
        Outside of git it is done unasked as well.

        Parameters
        ----------
        dry_run
            Only say what would be done.

        Raises
        ------
        OSError
            The logs cannot be listed; nothing was changed.
        """
        with self._lock:
            self._tell(self._sync.receive())
            fold = self._sync.fold
        result = self._store.merge_logs(fold, dry_run=dry_run)
        with self._lock:
            # What went out of its place is known to be in another.
            self._settle()
        return result

    def heal(self) -> HealResult:
        """Write everything again that the private journal knows and the folder lacks."""
        self.bring_back()
        with self._lock:
            healing = self._sync.healing
            number = sum(map(is_edit, healing.brought_back))
            return HealResult(number, tuple(healing.damage(self._sync.fold)))
