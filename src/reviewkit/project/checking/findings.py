"""What a check of manuscripts found, as people and programs use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from reviewkit import markup
from reviewkit.records import SEVERITIES, Finding


class Findings(Sequence[Finding]):
    """The findings of one check, in the manuscripts' order.

    In a notebook it shows as a table, without what is private: an output is saved with its
    notebook. `private` has those.

    Parameters
    ----------
    findings
        All of them.
    fail
        The least severity for which the check counts as failed.
    shown
        Whether what is private is shown as well.
    """

    def __init__(
        self, findings: Sequence[Finding], fail: str = "warning", *, shown: bool = False
    ) -> None:
        self._findings = tuple(findings)
        self._fail = fail
        self._shown = shown

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: int | slice) -> Finding | Findings:
        if isinstance(index, slice):
            return Findings(self._findings[index], self._fail)
        return self._findings[index]

    def __len__(self) -> int:
        return len(self._findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    @property
    def private(self) -> Findings:
        """Those that tell of something that only who asked may see."""
        return Findings([one for one in self if one.private], self._fail, shown=True)

    @property
    def open(self) -> Findings:
        """Those that anybody may see."""
        return Findings([one for one in self if not one.private], self._fail)

    @property
    def failed(self) -> bool:
        """Whether any is bad enough for the check to count as failed."""
        return bool(self.failures)

    @property
    def failures(self) -> Findings:
        """Those that are bad enough for the check to count as failed."""
        bad = SEVERITIES[: SEVERITIES.index(self._fail) + 1]
        return Findings([one for one in self if one.severity in bad], self._fail)

    def of(self, rule: str) -> Findings:
        """Those of one rule, by its name or code."""
        return Findings([one for one in self if rule in (one.rule, one.code)], self._fail)

    def _visible(self) -> tuple[Sequence[Finding], int]:
        hidden = 0 if self._shown else len(self.private)
        return (self.open, hidden) if hidden else (self, 0)

    def __repr__(self) -> str:
        return markup.findings_text(*self._visible())

    def _repr_html_(self) -> str:
        return markup.findings_html(*self._visible())

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))
