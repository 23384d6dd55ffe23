"""Claims of cited papers that a notebook of the group did not bear out."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.checks.look import Look, Rule, shortened, span_of
from reviewkit.checks.manuscript import Part
from reviewkit.citations.found import Use
from reviewkit.claims.numbers import numbers
from reviewkit.claims.sentences import sentences
from reviewkit.records import CellLink
from reviewkit.records.findings import Finding

NOT_BORNE_OUT = Rule(
    "RK203", "not-reproduced", "warning", "a cited claim whose reproduction failed"
)

_BAD = {
    "failed": "the cell that is to reproduce it failed",
    "refuted": "the linked cell refutes it",
}


def not_reproduced(look: Look) -> Iterator[Finding]:
    """Cited papers with a claim that a linked cell failed to reproduce, or refuted.

    An error where the citing sentence says a number of the claim itself.
    """
    for citekey in look.cited:
        paper = look.facts.papers.get(citekey)
        for link in paper.cells if paper is not None else ():
            # A refutation that does not run says nothing against the claim.
            if link.state not in _BAD or (link.relation, link.state) == ("refutes", "failed"):
                continue
            part, use, repeated = _place(look, citekey, link)
            yield look.tell(
                NOT_BORNE_OUT,
                f"“{shortened(link.quote, 80)}” of {citekey}: {_BAD[link.state]}"
                f" ({link.notebook}, {link.by or 'somebody'}"
                f"{f', {link.at[:10]}' if link.at else ''}). Say so, or mend the cell.",
                part,
                span_of(use),
                citekey=citekey,
                severity="error" if repeated else None,
            )


def _place(look: Look, citekey: str, link: CellLink) -> tuple[Part, Use, bool]:
    """Where a sentence repeats the claim's number, else where the paper is cited first."""
    claimed = {one.value for one in numbers(link.quote)}
    for part, use, key in look.citations():
        if key == citekey:
            for start, end in sentences(part.prose):
                if start <= use.at < end:
                    said = {one.value for one in numbers(part.prose[start:end])}
                    if claimed & said:
                        return part, use, True
    part, use = look.cited[citekey]
    return part, use, False
