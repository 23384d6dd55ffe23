"""The texts of the boxes of a flow diagram."""

from __future__ import annotations

from reviewkit.figures.chart import Chart
from reviewkit.flow import Flow

_SOURCES = 5
_REASONS = 4


def flow_chart(flow: Flow) -> Chart:
    """The boxes of a PRISMA 2020 flow diagram, row by row: its phase, the way on, what left."""
    sources = [f"{_short(s.name)} (n = {s.records})" for s in flow.sources[:_SOURCES]]
    left = flow.sources[_SOURCES:]
    if left:
        sources.append(f"{len(left)} more (n = {sum(s.records for s in left)})")
    gone = flow.known + flow.merged + flow.removed
    kept = flow.screened - flow.excluded
    reasons = [f"{_short(words)} (n = {n})" for words, n in flow.reasons[:_REASONS]]
    unread = flow.included - flow.included_read
    included = [f"Papers in this survey (n = {flow.included})"]
    if unread:
        included += [f"read (n = {flow.included_read})", f"not read yet (n = {unread})"]
    rows: tuple[tuple[str, list[str], list[str]], ...] = (
        ("Identification", [f"Records identified (n = {flow.identified})", *sources],
         [f"Removed before screening (n = {gone})", f"known already (n = {flow.known})",
          f"merged as duplicates (n = {flow.merged})", f"taken out (n = {flow.removed})"]),
        ("Screening", [f"Papers screened (n = {flow.screened})"],
         [f"Papers excluded (n = {flow.excluded})", *reasons]),
        ("Screening", [f"Papers to be read (n = {kept})"],
         [f"Papers not read yet (n = {flow.unread})"]),
        ("Screening", [f"Papers read (n = {flow.read})"],
         [f"Read, not in this survey (n = {flow.read - flow.included_read})"]),
        ("Included", included, []),
    )  # fmt: skip
    texts = tuple((phase, "\n".join(on), "\n".join(off)) for phase, on, off in rows)
    caption = (
        "How papers were found and chosen, after the flow diagram of PRISMA 2020 "
        "(https://doi.org/10.1136/bmj.n71)."
    )
    return Chart("flow", "flow", caption, texts=texts)


def _short(text: str) -> str:
    return text if len(text) <= 34 else text[:33] + "\u2026"
