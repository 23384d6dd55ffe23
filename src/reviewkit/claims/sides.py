"""The words on both sides of a list of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewkit.claims.claim import Claim
from reviewkit.claims.contexts import Place
from reviewkit.claims.meaning import change_of, kind_of
from reviewkit.claims.measures import Measure

# "faster than A, and over 4x than B": what the second means stands before the first.
_GOES_ON = re.compile(
    r",?\s(?:and|or)\s(?:by )?(?:(?:over|up to|about|nearly|around|almost|more than|only|even) )?$"
)
# "2x faster and saves", "2x faster and reduce": what follows is said of something else.
AND_VERB = (
    r"\sand\s(?=[a-z]+(?:s|ed)\s|(?:reduc|improv|increas|achiev|lower|cut|sav|rais|boost|deliver|"
    r"reach|requir|provid)e?\s)"
)
_CLAUSE = re.compile(
    r"[;(),]|\.\s|\.$|\s(?:while|whereas|but|with|without|when|compared|relative|over|than|"
    rf"on)\s|{AND_VERB}|"
    r"\s(?:(?:rais|reduc|increas|improv|decreas|lower|boost|shorten)(?:es|s)|cuts)\s"
    r"(?!(?:in|of|for|over|to|by|from|with)\b)"
)
CLAUSES = re.compile(r"[;]|\.\s|,\s(?:while|and|with)\s|\s(?:while|whereas|but|when|which)\s|\)\s")
# "changes by less than 4%" is no change to less.
_THAN = re.compile(r"(?:less|more|fewer|greater|lower|higher) than (?:an? |about )?$")
# "latency falls by 47%, and load by 29%": the verb is the same, what falls another.
_AND_BY = re.compile(r"\s?(?:,|,? and)\s[A-Za-z][^;.,]{3,60}\bby (?:about |up to |over |only )?")
# Units of a change or a factor, of whatever it may be.
FACTORS = ("x", "%", "percentage points", "points")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text between the numbers before and after a list, and what holds for its sentence.

    `earlier` are the claims that its sentence made before.
    """

    text: str
    sentence: tuple[int, int]
    left: int
    right: int
    leading: Sequence[Place]
    extra: Sequence[re.Pattern[str]]
    against: str
    earlier: Sequence[Claim]


class Sides:
    """What stands before and after the numbers of one list, up to the numbers around it.

    `near_before` and `near_after` are the same within a clause. `previous` are the claims of the
    list before.
    """

    def __init__(
        self, around: Surroundings, members: Sequence[Measure], previous: Sequence[Claim]
    ) -> None:
        self.around, self.previous = around, previous
        text, self.start = around.text, members[0].number.start
        self.before = text[around.left : members[0].number.start]
        self.after = text[members[-1].end : around.right]
        self.places = members[-1].place + 1
        clause = _CLAUSE.search(self.after)
        self.near_after = self.after[: clause.start() if clause else len(self.after)]
        self.near_before = _THAN.sub("", CLAUSES.split(self.before)[-1])
        self.of_another = _AND_BY.fullmatch(self.before) is not None
        goes_on = _GOES_ON.search(self.before) is not None
        self.says_nothing = not self._says(self.near_after) and (
            goes_on or not self._says(self.before)
        )

    def _says(self, words: str) -> bool:
        """Whether the words have a meaning of their own for a number."""
        return change_of(words, True) is not None or kind_of(words, True, "down") is not None

    def sentence_before(self) -> str:
        """The end of the sentence before the first number of the list."""
        begin = max(self.around.sentence[0], self.start - 160)
        return self.around.text[begin : self.start]
