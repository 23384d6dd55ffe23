"""The quantities, data sets and hardware that the papers' own words name."""

from __future__ import annotations

from collections.abc import Callable

from reviewkit.matrix.suggestions import Reading
from reviewkit.project.comparing.readings import names_of, readings, readings_of
from reviewkit.project.history.healing import Healed
from reviewkit.records import FoundClaim, Paper


class Claiming(Healed):
    """The part of a project that reads what papers claim."""

    def _reader(self) -> Callable[[str], list[Reading]]:
        """What gives the texts of the paper of a citekey."""
        settings, library = names_of(self.root), self._sync.library
        return lambda key: list(readings_of(library, key, settings))

    def claims(self, paper: str | Paper) -> list[FoundClaim]:
        """The quantities that a paper states, each with the sentence to judge it by.

        Read by rules from the abstract and from what reviewers quoted in their notes (lines
        that begin with `>`). Offsets are into the abstract as it is shown:
        `paper.abstract_display`, or `paper.abstract` where nothing had to be mended.
        """
        with self._lock:
            key, _ = self._identify(paper)
            found = self._sync.library.paper(key)
        return [
            FoundClaim(
                reading.source,
                claim.start,
                claim.end,
                reading.text[claim.start : claim.end],
                claim.value,
                claim.unit,
                claim.kind,
                claim.direction,
                claim.qualifier,
                claim.baseline,
                claim.context,
                claim.quote,
            )
            for reading in readings(found, names_of(self.root))
            for claim in reading.claims
        ]
