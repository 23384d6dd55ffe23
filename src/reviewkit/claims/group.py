"""The numbers of one list, and what the words on both sides of them say of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewkit.claims.claim import Claim, Direction, Kind
from reviewkit.claims.comparison import (
    contexts,
    first_contexts,
    names_dataset,
    phrase_against,
    share,
)
from reviewkit.claims.meaning import change_of, kind_of
from reviewkit.claims.measures import Measure
from reviewkit.claims.qualifiers import qualifier_of

# A sentence that is longer than this is data, and is quoted in part.
_LONGEST_QUOTE = 1200
_FEW_WORDS = r"(?:[\w~<>-]+\s?){0,4}"
_BY = re.compile(rf"\bby\s(?:an? )?{_FEW_WORDS}$")
# The metric stands before the number: "latency of", "rose to".
_METRIC_BEFORE = re.compile(
    rf"(?:\w:|\b(?:by|of|(?<!up )to|at|from))\s(?:an?\s|the\s)?{_FEW_WORDS}$"
)
_CHANGE_OF = re.compile(
    r"(?:reductions?|drops?|loss(?:es)?|savings?|improvements?|gains?|increases?|decreases?|"
    r"speed-?ups?|degradations?|boosts?|declines?)\s(?:of|by|to|"
    r"in [\w\s-]{2,40} of)\s[\w\s~<>]{0,24}$"
)
_CHANGES = re.compile(
    r"\b(?:outperform|surpass|exceed|los(?:e|ing)|sav|reduc|decreas|increas|improv|cut|"
    r"lower|boost|gain)\w*"
    r"\s(?:[\w-]+\s){0,2}(?:up to |about |around |over |more than |~|at least )?$"
)
_REMAINS = re.compile(
    r"\s?\\?%\s+of\s+(?!reduction|improvement|speed|savings?|increase|decrease|"
    r"end-to-end sp|loss|drop)"
)
_FASTER = re.compile(
    r"(?:\s|-)(?:\w+\s)?(?:fast|slow|speed-?up|acceleration|quick)\w*", re.IGNORECASE
)
# "faster than A, and over 4x than B": what the second means stands before the first.
_GOES_ON = re.compile(
    r",?\s(?:and|or)\s(?:(?:over|up to|about|nearly|around|almost|more than|only|even) )?$"
)
_BRACKET = re.compile(
    r"[^\w]{0,3}\(\+?|,?\s(?:against|vs\.?|versus|(?:as )?compared (?:to|with))\s"
)
_SPEEDUP = re.compile(r"\bspeed-?ups?\s?\($")
_WHICH = re.compile(r"\s?(?:,\s)?(?:which|that)\s")
_ENDS = re.compile(r"(?:\s?(?:[,;]\s)?and\s|[.;])")
_CLAUSE = re.compile(
    r"[;(),]|\.\s|\.$|\s(?:while|whereas|but|with|when|compared|over|than|"
    r"on)\s"
)
_PHRASE = re.compile(r"\s(?:for|that|which|of|in|using|at|to|and)\s")
_CLAUSES = re.compile(
    r"[;]|\.\s|,\s(?:while|and|with)\s|\s(?:while|whereas|but|when|which)\s|\)\s"
)
_COORDINATED = re.compile(
    r"[\w-]+(?:\s[\w-]+){0,4}(?:,\s(?!and\b)[\w-]+(?:\s[\w-]+){0,3})*,?\sand\s[\w-]+(?:\s(?!and\b)[\w-]+){0,2}"
)
_CONTEXT_END = re.compile(r";|,\s(?!(?:and )?[A-Z])|\.\s|\b(?:while|whereas)\b")
_AND = re.compile(r",\s(?:and\s)?|\sand\s")
# "improvement in latency" is about latency.
_LEADING = re.compile(r"^.*\b(?:in|of|on|over|for|with|to|by)\s")
_VERB = re.compile(r"halv|doubl|tripl|quadrupl", re.IGNORECASE)
_FACTORS = ("x", "%", "percentage points", "points")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text between the numbers before and after a list, and what holds for its sentence."""

    text: str
    sentence: tuple[int, int]
    left: int
    right: int
    leading: Sequence[str]
    extra: Sequence[re.Pattern[str]]
    against: str


class Group:
    """The numbers of one list, in one sentence; `previous` are the claims of the list before."""

    def __init__(
        self, around: Surroundings, members: Sequence[Measure], previous: Sequence[Claim]
    ) -> None:
        self.around, self.members, self.previous = around, members, previous
        text = around.text
        self.before = text[around.left : members[0].number.start]
        self.after = text[members[-1].end : around.right]
        self.places = members[-1].place + 1
        clause = _CLAUSE.search(self.after)
        self.near_after = self.after[: clause.start() if clause else len(self.after)]
        self.near_before = _CLAUSES.split(self.before)[-1]
        goes_on = _GOES_ON.search(self.before) is not None
        self.says_nothing = not self._says(self.near_after) and (
            goes_on or not self._says(self.before)
        )

    def _says(self, words: str) -> bool:
        """Whether the words have a meaning of their own for a number."""
        return change_of(words, True) is not None or kind_of(words, True, "down") is not None

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
                direction = self._direction(one)
                kind = self._kind(one, direction)
            qualifier = self._qualifier(one) or first or (model.qualifier if model else "")
            first = qualifier if one.place == 0 and not one.edge else first
            against = share(baseline, one.place, self.places) or (model.baseline if model else "")
            yield Claim(
                number.start,
                number.end,
                number.value * one.scale,
                one.unit,
                kind,
                direction,
                number.size or (f"range {one.edge}" if one.edge else qualifier),
                "" if direction == "level" else against,
                self._context(one, kind, against),
                quote,
            )

    def _model(self, one: Measure) -> Claim | None:
        """The claim of the list before that says what this number means, if nothing here does.

        "saves up to 49% and 89% of ... and 37% and 55% of ...", "(max 47%)".
        """
        alike = [claim for claim in self.previous if claim.unit == one.unit]
        if not alike or not self.says_nothing or alike[0].direction == "level":
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
        found = phrase_against(self.after) or phrase_against(self.before) or phrase_against(tail)
        carried = [claim.baseline for claim in self.previous if claim.baseline]
        return found or (carried[0] if carried else self.around.against)

    def _qualifier(self, one: Measure) -> str:
        text, at = self.around.text, one.number.start
        before = text[max(self.around.sentence[0], at - 30) : at]
        if one.number.word is not None:
            return "word"
        found = qualifier_of(before, text[one.number.end : one.number.end + 24])
        # "a speedup over 16 and 64 GPUs": there the word is no qualifier.
        return "" if found == "over" and self.places > 1 and one.kind == "other" else found

    def _context(self, one: Measure, kind: Kind, baseline: str) -> str:
        around = self.around
        if kind == "other" and one.unit.endswith("s") and one.unit not in _FACTORS:
            return "; ".join(contexts(around.text[one.number.end : one.end], around.extra))
        end = min(around.sentence[1], self.members[-1].end + 160)
        words = around.text[self.members[-1].end : end]
        stop = _CONTEXT_END.search(words)
        where = first_contexts(words[: stop.start() if stop else len(words)], around.extra)
        if not where and kind not in ("size", "other"):
            where = contexts(self.near_before, around.extra)
        if self.places > 1 and len(where) == self.places:
            where = [where[one.place]]
        where = [name for name in where if name not in baseline]
        return "; ".join(dict.fromkeys([*around.leading, *where]))

    def _direction(self, one: Measure) -> Direction:
        if one.unit not in _FACTORS and one.kind == "other":
            return "level" if one.noun else self._absolute(one)
        if one.unit not in _FACTORS:
            return self._absolute(one)
        text, number = self.around.text, one.number
        if one.unit == "%" and _REMAINS.match(text, number.end, number.end + 40):
            return "level"
        if number.word == "x" and (verb := _VERB.match(text, number.start, number.end)):
            return "down" if verb[0].lower() == "halv" else "up"
        behind = self._by()
        if behind:
            return behind
        phrase = _PHRASE.search(self.near_after, 4)
        ahead = change_of(self.near_after[: phrase.start() if phrase else None], True)
        if ahead and not _WHICH.match(self.near_after):
            return ahead
        behind = change_of(self.near_before, nearest_first=False)
        if one.unit == "x":
            return behind or change_of(self.near_after, True) or "up"
        changes = _CHANGE_OF.search(self.near_before) or _CHANGES.search(self.near_before)
        if changes and behind:
            return change_of(changes[0], True) or behind
        return "up" if text[number.start - 1 : number.start] == "+" else "level"

    def _by(self) -> Direction | None:
        by = _BY.search(self.near_before)
        if by is None:
            return None
        said = change_of(self.near_before[: by.start()], nearest_first=False)
        # "cuts memory by half and traffic by 3x": the verb stands once.
        if said is None and self.previous and re.match(r"\s?,?\s?and\s", self.before):
            said = self.previous[0].direction
        return None if said == "level" else said

    def _absolute(self, one: Measure) -> Direction:
        if one.unit == "bit":
            return "level"
        ahead = change_of(" ".join(_PHRASE.split(self.near_after)[0].split()[:2]), True)
        changes = _CHANGES.search(self.near_before) if one.kind == "accuracy" else None
        return self._by() or ahead or (change_of(changes[0], True) if changes else None) or "level"

    def _kind(self, one: Measure, direction: Direction) -> Kind:
        if one.unit not in (*_FACTORS, "ratio"):
            return one.kind
        if one.kind != "other":
            return one.kind
        if one.unit == "x" and (_FASTER.match(self.after) or _SPEEDUP.search(self.before)):
            return "speedup"
        before_first = _METRIC_BEFORE.search(self.before) is not None
        after, before = self._part(one, self.after), self._part(one, self.before)
        after, before = after or self.near_after, before or self.near_before
        ahead, behind = kind_of(after, True, direction), kind_of(before, False, direction)
        before_first = before_first or _ENDS.match(self.after) is not None
        kind = (behind or ahead) if before_first else (ahead or behind)
        if kind:
            return kind
        if self.previous and _BRACKET.fullmatch(self.before) and self.previous[-1].kind != "other":
            return self.previous[-1].kind
        if direction == "down" and not one.unit.endswith("points"):
            return "reduction"
        if one.unit == "%" and names_dataset(self.after[:60]):
            return "accuracy"
        if one.unit.endswith("points"):
            return "accuracy"
        return "speedup" if one.unit == "x" and direction == "up" else "other"

    def _part(self, one: Measure, words: str) -> str:
        """The one of as many coordinated metrics as there are numbers: "A and B by 4% and 5%"."""
        if self.places < 2:
            return ""
        for match in _COORDINATED.finditer(words):
            parts = [_LEADING.sub("", part) for part in _AND.split(match[0])]
            if len(parts) == self.places and any(kind_of(part, True, "down") for part in parts):
                return parts[one.place]
        return ""
