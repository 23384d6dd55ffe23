"""A project that can show how it was."""

from __future__ import annotations

from datetime import datetime

from reviewkit.ops.clock import end_of
from reviewkit.project.comparing.comparing import Comparing
from reviewkit.project.history.past import Past


class Remembering(Comparing):
    """The part of a project that knows its former states."""

    def at(self, time: str | datetime) -> Past:
        """The project as it was: papers, reviews, conflicts and matrix, to read only.

        Everybody's edits until then count, by the times of the machines where they were
        made. Of the papers' own fields the log knows those that were edited in reviewkit;
        what only the .bib said then is not known, and shown as the file says it today.

        Parameters
        ----------
        time
            ISO 8601 or a datetime, UTC unless it names a zone. What is given to the second
            means all of that second.

        Raises
        ------
        ValueRefusedError
            It is no such time.

        Examples
        --------
        >>> review = project.review("smith2021", rating=4)
        >>> project.at("2020-01-01")["smith2021"].reviews
        ()
        """
        last = end_of(time)
        with self._lock:
            ops, bib = list(self._sync.fold), self._sync.library.document.to_bytes()
        return Past(last, ops, bib, self)
