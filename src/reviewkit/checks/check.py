"""All checks of a manuscript, one after the other, and what silences them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from reviewkit.checks import keys, leaks, leftovers, numbers, paragraphs, reading, results, upkeep
from reviewkit.checks.facts import Facts
from reviewkit.checks.look import Look, Rule
from reviewkit.checks.manuscript import Manuscript, Part
from reviewkit.checks.settings import CheckSettings
from reviewkit.records.findings import SEVERITIES, Finding

#: Each rule with what finds its findings, in the order of the codes.
_FINDERS: tuple[tuple[Rule, Callable[[Look], Iterator[Finding]]], ...] = (
    (keys.UNKNOWN, keys.unknown),
    (reading.UNREAD, reading.unread),
    (reading.ONE_READER, reading.one_reader),
    (reading.RETRACTED, reading.retracted),
    (reading.UNSETTLED, reading.unsettled),
    (keys.TWO_KEYS, keys.two_keys),
    (reading.UNCITED, reading.uncited),
    (numbers.NUMBER, numbers.number),
    (paragraphs.UNCITED_PARAGRAPH, paragraphs.uncited_paragraph),
    (results.NOT_BORNE_OUT, results.not_reproduced),
    (upkeep.BIBLIOGRAPHY, upkeep.bibliography),
    (upkeep.STALE, upkeep.stale),
    (leftovers.CAPTION, leftovers.caption),
    (leftovers.UNFINISHED, leftovers.unfinished),
    (leaks.LEAK, leaks.leak),
)

#: All rules by name.
RULES: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule, _ in _FINDERS})

#: The code of each rule by its name.
CODES: Mapping[str, str] = MappingProxyType({rule.name: rule.code for rule, _ in _FINDERS})

_IGNORE = re.compile(r"reviewkit:[ \t]*ignore(?P<file>-file)?\b(?P<rules>[^\n>]*)")
_NAME = re.compile(r"[A-Za-z][\w-]*")


def check(manuscript: Manuscript, facts: Facts, settings: CheckSettings) -> list[Finding]:
    """All findings, in the manuscript's order; those of the whole of it come last.

    Silenced are rules that the settings turn off, and those that a comment with
    `reviewkit: ignore RULE...` names in the same cell, or in a file without cells in the same
    or the next paragraph; `ignore-file` silences the whole manuscript. Without a rule the
    comment silences all. What is private is never silenced.
    """
    look = Look(manuscript, facts, settings)
    found = [
        finding
        for rule, find in _FINDERS
        if rule.name not in settings.off
        for finding in find(look)
    ]
    silence = _Silence(manuscript)
    heard = (one for one in found if one.private or not silence.covers(one))
    return sorted(heard, key=_place)


def _place(finding: Finding) -> tuple[float, float, int, str]:
    return (
        finding.cell if finding.cell is not None else float("inf") if finding.line is None else 0,
        finding.start if finding.start is not None else -1,
        SEVERITIES.index(finding.severity),
        finding.code,
    )


class _Silence:
    """What the comments of a manuscript silence."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._everywhere: list[frozenset[str]] = []
        #: Cell (None: the file), from and to which character, which rules (none: all).
        self._spans: list[tuple[int | None, int, int, frozenset[str]]] = []
        for part in manuscript.parts:
            for match in _IGNORE.finditer(part.text):
                words = _NAME.findall(match["rules"].replace("--", " "))
                names = frozenset(name.lower() for name in words)
                if match["file"]:
                    self._everywhere.append(names)
                else:
                    start, end = _reach(part, match.start())
                    self._spans.append((part.number, start, end, names))

    def covers(self, finding: Finding) -> bool:
        """Whether a comment silences the finding."""
        for names in self._everywhere:
            if _named(finding, names):
                return True
        return any(
            cell == finding.cell
            and finding.line is not None
            and start <= (finding.start or 0) < end
            and _named(finding, names)
            for cell, start, end, names in self._spans
        )


def _named(finding: Finding, names: frozenset[str]) -> bool:
    return not names or finding.rule in names or finding.code.lower() in names


def _reach(part: Part, at: int) -> tuple[int, int]:
    """From and to which character a comment speaks."""
    if part.number is not None:
        return 0, len(part.text) + 1
    breaks = [match.span() for match in re.finditer(r"\n(?:[ \t]*\n)+", part.text)]
    start = max((end for _, end in breaks if end <= at), default=0)
    after = [begin for begin, _ in breaks if begin >= at]
    alone = re.fullmatch(
        r"\s*(?:<!--.*?-->|%[^\n]*)\s*",
        part.text[start : after[0] if after else len(part.text)],
        re.DOTALL,
    )
    which = 1 if alone else 0
    return start, after[which] if len(after) > which else len(part.text) + 1
