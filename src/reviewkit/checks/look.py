"""One look at a manuscript: what a rule is given, and how it tells what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from reviewkit.checks.facts import Facts
from reviewkit.checks.manuscript import Manuscript, Part
from reviewkit.checks.settings import CheckSettings
from reviewkit.citations.found import Use
from reviewkit.records.findings import Finding, Fix

_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable code and name, its usual severity, and what it looks for."""

    code: str
    name: str
    severity: str
    what: str


@dataclass(frozen=True)
class Look:
    """A manuscript, and what its checks know and want."""

    manuscript: Manuscript
    facts: Facts
    settings: CheckSettings = field(default_factory=CheckSettings)

    @cached_property
    def cited(self) -> dict[str, tuple[Part, Use]]:
        """Where each paper of the library is cited first, by citekey, in that order."""
        found: dict[str, tuple[Part, Use]] = {}
        for part, use, key in self.citations():
            found.setdefault(key, (part, use))
        return found

    def citations(self) -> Iterator[tuple[Part, Use, str]]:
        """Go through all citations of papers that the library has, with their citekeys."""
        for part in self.manuscript.parts:
            for use in part.uses:
                key = self.facts.key_of(use) if use.kind != "everything" else None
                if key is not None:
                    yield part, use, key

    def tell(
        self,
        rule: Rule,
        message: str,
        part: Part | None = None,
        span: tuple[int, int] | None = None,
        *,
        citekey: str | None = None,
        severity: str | None = None,
        quote: str | None = None,
        fix: Fix | None = None,
        private: bool = False,
    ) -> Finding:
        """A finding of a rule; without `part` it is of the whole manuscript."""
        if quote is None:
            quote = part.text[slice(*span)] if part is not None and span is not None else ""
        return Finding(
            rule=rule.name,
            code=rule.code,
            severity=self.settings.severity.get(rule.name, severity or rule.severity),
            message=message,
            path=self.manuscript.name,
            cell=part.number if part is not None else None,
            cell_id=part.id if part is not None else None,
            line=part.line(span[0]) if part is not None and span is not None else None,
            start=span[0] if span is not None else None,
            end=span[1] if span is not None else None,
            quote=shortened(quote),
            citekey=citekey,
            fix=fix,
            private=private,
        )


def shortened(text: str, length: int = _QUOTE) -> str:
    """The text on one line, ending in an ellipsis where something was cut."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def span_of(use: Use) -> tuple[int, int]:
    """Where the key of a citation stands."""
    return use.at, use.at + len(use.key)
