"""What a check found, as a table for a page and as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from reviewkit.markup import parts
from reviewkit.records import SEVERITIES, Finding

#: Readable on white and on black.
_COLOURS = {"error": "#d1434b", "warning": "#b7791f", "hint": "#4a8bc2"}


def findings_html(findings: Sequence[Finding], hidden: int = 0) -> str:
    """Table of findings as HTML that needs no script, style sheet or network.

    Parameters
    ----------
    findings
        Their texts may hold anything; they are shown, never obeyed.
    hidden
        How many more there are that only who asked may see: a notebook keeps its outputs.
    """
    pieces = [f'<div style="line-height:1.45"><div><b>{parts.escaped(counts(findings))}</b>']
    pieces.append(f'<div style="{parts.FAINT}">{parts.escaped(_hidden(hidden))}</div></div>')
    for path, group in groupby(findings, key=lambda finding: finding.path):
        rows = "".join(map(_row, group))
        pieces.append(
            f'<div style="margin:.6em 0 .2em"><code>{parts.escaped(path)}</code></div>'
            f'<table style="border-collapse:collapse"><tbody>{rows}</tbody></table>'
        )
    return "".join([*pieces, "</div>"])


def _row(finding: Finding) -> str:
    place = [f"cell {finding.cell}"] if finding.cell is not None else []
    place += [f"line {finding.line}"] if finding.line is not None else []
    colour = _COLOURS.get(finding.severity, "inherit")
    style = f"color:{colour};font-weight:600;white-space:nowrap"
    mark = f'<span style="{style}">{finding.severity}</span>'
    what = parts.escaped(finding.message)
    if finding.quote:
        what += f'<div style="{parts.FAINT}">“{parts.escaped(finding.quote)}”</div>'
    rule = f"{parts.escaped(finding.code)} {parts.escaped(finding.rule)}"
    where = f'<span style="white-space:nowrap">{parts.escaped(", ".join(place))}</span>'
    return parts.row([mark, where, what, f'<span style="{parts.FAINT}">{rule}</span>'])


def findings_text(findings: Sequence[Finding], hidden: int = 0) -> str:
    """One line a finding, as compilers write them, and how many there are."""
    lines = []
    for finding in findings:
        place = [finding.path]
        place += [f"cell {finding.cell}"] if finding.cell is not None else []
        place += [f"line {finding.line}"] if finding.line is not None else []
        lines.append(
            parts.line(
                f"{', '.join(place)}: {finding.severity} {finding.code} [{finding.rule}] "
                f"{finding.message}"
            )
        )
    lines.append(counts(findings))
    lines += [_hidden(hidden)] if hidden else []
    return "\n".join(lines)


def counts(findings: Sequence[Finding]) -> str:
    """How many there are of each severity, as in 2 errors, 1 warning."""
    found = Counter(finding.severity for finding in findings)
    words = [f"{found[one]} {one}{'s' * (found[one] != 1)}" for one in SEVERITIES if found[one]]
    return ", ".join(words) or "Nothing to mend"


def _hidden(number: int) -> str:
    if not number:
        return ""
    more = "1 more" if number == 1 else f"{number} more"
    return f"{more} only you may see: `.private` tells. This output would keep it."
