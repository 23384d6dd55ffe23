"""Recording an opinion in an open project, shared or private."""

from __future__ import annotations

from reviewkit.ops.opinions import review_of
from reviewkit.project.curating.editing import opinion_edits
from reviewkit.project.opening.opened import Opened
from reviewkit.project.opening.opinion import Opinion
from reviewkit.records import Paper, Review
from reviewkit.store.recorder import Edit


class Saying(Opened):
    """The part of a project that records what somebody says of a paper."""

    def say(self, paper: str | Paper, opinion: Opinion, reviewer: str | None, via: str) -> Review:
        """Record an opinion, durably; see `Project.review` for what it may say."""
        with self._lock:
            who = self._who(reviewer)
            key, identifier = self._identify(paper)
            if opinion.private:
                return self._say_privately(key, identifier, who, opinion, via)
            self._record(opinion_edits(self._sync, key, identifier, who, opinion), who, via)
            return review_of(self._sync.fold, identifier, who)

    def _say_privately(self, key: str, paper: str, who: str, opinion: Opinion, via: str) -> Review:
        private = self._private
        edits = opinion.edits(private.fold, paper, who)
        if edits and not private.fold.history(paper, None, "citekey"):
            # To name the paper by, should it ever be gone.
            edits.insert(0, Edit(paper, None, "citekey", key, (), True, "as it was"))
        self._record_privately(edits, who, via)
        return private.review([paper], who) or Review(who)
