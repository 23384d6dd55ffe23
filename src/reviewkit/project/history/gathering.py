"""The actions of a project, kept up as operations come: a long log is gone through once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.project.history.actions import Act, add


class Gathering:
    """All actions of one fold."""

    def __init__(self, fold: Fold) -> None:
        self.fold = fold
        self._acts: dict[str, Act] = {}
        self._gathered = 0
        self._rewritten = fold.rewritten

    def acts(self, private: Iterable[Op] = ()) -> dict[str, Act]:
        """The actions by name as they are now; `private` operations belong to them as well."""
        if self._rewritten != self.fold.rewritten:
            self._acts, self._gathered, self._rewritten = {}, 0, self.fold.rewritten
        # Operations never leave a fold, and new ones come last.
        add(self._acts, islice(self.fold, self._gathered, None))
        self._gathered = len(self.fold)
        found = dict(self._acts)
        add(found, private)
        return found
