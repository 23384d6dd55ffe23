"""The numbers of one list, and what the words on both sides of them say of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reviewkit.claims.claim import Claim
from reviewkit.claims.comparison import phrase_against, share
from reviewkit.claims.direction import direction_of
from reviewkit.claims.kind import kind_of_measure
from reviewkit.claims.measures import Measure
from reviewkit.claims.qualifiers import qualifier_of
from reviewkit.claims.sides import FACTORS, Sides, Surroundings
from reviewkit.claims.where import context_of

# A sentence that is longer than this is data, and is quoted in part.
_LONGEST_QUOTE = 1200
# What is compared behind ", and the ..." is another thing.
_OTHER_SUBJECT = re.compile(r";\s|, and (?:an?|the|its|their|our)\s")
_IMPROVES = re.compile(r"\s?(?:\w+\s)?(?:improv|better)\w*(?:\s|$)")
# "7% over 120 h" is no more than 120 h.
_AVERAGE = re.compile(r"\W*On average\b")
_LONG = ("s", "min", "hours", "days", "weeks", "months", "years", "m", "km")
_OVER = re.compile(
    r"(?:^|[,(]|\b(?:of|for|with|to|by|from|at|in|after|and|than|takes?|took|lasts?|is|was|are|"
    r"were|"
    r"requires?|needs?|well|covering|spanning|across|includ\w+|contain\w*|has|have|"
    r"had))\s?(?:over|more than|above|>)\s?$"
)


class Group:
    """The numbers of one list, in one sentence; `previous` are the claims of the list before."""

    def __init__(
        self, around: Surroundings, members: Sequence[Measure], previous: Sequence[Claim]
    ) -> None:
        self.around, self.members = around, members
        self.sides = Sides(around, members, previous)

    def claims(self) -> Iterator[Claim]:
        """One claim a number."""
        quote, baseline = self._quote(), self._baseline()
        first = ""
        for one in self.members:
            number = one.number
            model = self._model(one)
            if model:
                kind, direction = model.kind, model.direction
            else:
                direction = direction_of(one, self.sides)
                kind = kind_of_measure(one, self.sides, direction)
                if direction == "up" and kind in ("latency", "cost") and self._improves():
                    direction = "down"
            inherited = (
                model.qualifier if model and not model.qualifier.startswith("range") else ""
            )
            qualifier = self._qualifier(one) or first or inherited
            first = qualifier if one.place == 0 and not one.edge else first
            against = share(baseline, one.place, self.sides.places) or (
                model.baseline if model else ""
            )
            yield Claim(
                number.start,
                number.end,
                number.value * one.scale,
                one.unit,
                kind,
                direction,
                number.size or (f"range {one.edge}" if one.edge else qualifier),
                "" if direction == "level" else against,
                context_of(one, self.members, self.sides, kind, f"{baseline} {against}"),
                quote,
            )

    def _model(self, one: Measure) -> Claim | None:
        """The claim of the list before that says what this number means, if nothing here does.

        "saves up to 49% and 89% of ... and 37% and 55% of ...", "(max 47%)".
        """
        alike = [claim for claim in self.sides.previous if claim.unit == one.unit]
        if not alike and one.unit in FACTORS[:2]:
            alike = [claim for claim in self.sides.previous if claim.unit in FACTORS[:2]]
        before_change = self.sides.before.endswith("from ") and not one.edge
        silent = self.sides.says_nothing and not before_change
        if not alike or not silent or self.sides.of_another or alike[0].direction == "level":
            return None
        return alike[min(one.place, len(alike) - 1)]

    def _quote(self) -> str:
        start, end = self.around.sentence
        if end - start > _LONGEST_QUOTE:
            start = max(start, self.members[0].number.start - _LONGEST_QUOTE // 2)
            end = min(end, start + _LONGEST_QUOTE)
        return self.around.text[start:end].strip()

    def _baseline(self) -> str:
        end = self.around.sentence[1]
        tail = self.around.text[self.members[-1].end : min(end, self.members[-1].end + 320)]
        found = (
            phrase_against(tail, len(self.sides.after))
            or phrase_against(self.sides.before)
            or phrase_against(_OTHER_SUBJECT.split(tail)[0])
        )
        carried = [claim.baseline for claim in self.sides.previous if claim.baseline]
        return found or (carried[0] if carried else self.around.against)

    def _qualifier(self, one: Measure) -> str:
        text, at = self.around.text, one.number.start
        before = text[max(self.around.sentence[0], self.around.left, at - 60) : at]
        found = qualifier_of(before, text[one.number.end : one.number.end + 24])
        if one.number.word is not None:
            found = "at least" if text[one.number.end :].startswith("-plus") else found
            return f"{found}, word" if found else "word"
        spans = before.endswith("over ") and (one.noun or one.unit in _LONG)
        if spans and not _OVER.search(text[max(self.around.sentence[0], at - 30) : at]):
            return ""
        found = found or qualifier_of("", text[one.end : one.end + 24])
        # "a speedup over 16 and 64 GPUs": there the word is no qualifier.
        start = self.around.sentence[0]
        if not found and one.unit in FACTORS and _AVERAGE.match(text, start, at):
            return "on average"
        return "" if found == "over" and self.sides.places > 1 and one.kind == "other" else found

    def _improves(self) -> bool:
        """Whether what went up is the quality: a latency improves by becoming less."""
        return bool(
            _IMPROVES.search(self.sides.near_before) or _IMPROVES.match(self.sides.near_after)
        )
