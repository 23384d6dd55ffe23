"""The method section: how papers were found and chosen, with every count and its meaning."""

from __future__ import annotations

from reviewkit.drafts import markdown
from reviewkit.drafts.sections import counted
from reviewkit.drafts.survey import Survey
from reviewkit.flow import Flow, Source

#: So many imports are told one by one.
_SOURCES = 10


def method(survey: Survey) -> str:
    """The section's text; the heading only where nothing is known."""
    parts = ["## Method"]
    flow = survey.flow
    if flow is not None:
        parts += [_found(flow), _chosen(flow, survey), _table(flow)]
    return "\n\n".join(parts)


def _found(flow: Flow) -> str:
    text = f"{counted(flow.identified, 'record').capitalize()} "
    text += "was" if flow.identified == 1 else "were"
    told = [_source(source) for source in flow.sources[:_SOURCES]]
    left = flow.sources[_SOURCES:]
    if left:
        records = counted(sum(source.records for source in left), "record")
        told.append(f"{records} from {counted(len(left), 'further import')}")
    text += f" identified: {'; '.join(told)}." if told else " identified."
    gone = []
    if flow.known:
        gone.append(f"{flow.known} described a paper that was there already")
    if flow.merged:
        gone.append(f"{flow.merged} {_was(flow.merged)} merged into another as its duplicate")
    if flow.removed:
        gone.append(f"{flow.removed} {_was(flow.removed)} removed")
    if gone:
        text += f" Of these, {_listed(gone)}."
    left_over = "paper remained" if flow.screened == 1 else "papers remained"
    return f"{text} {flow.screened} {left_over} to be screened."


def _chosen(flow: Flow, survey: Survey) -> str:
    excluded = counted(flow.excluded, "paper") if flow.excluded else "None"
    text = f"{excluded} {_was(flow.excluded or 1)} excluded"
    if flow.reasons:
        reasons = [f"{markdown.line(reason)}: {number}" for reason, number in flow.reasons[:6]]
        text += f" ({'; '.join(reasons)})"
    kept = flow.screened - flow.excluded
    others = "other " if flow.excluded else ""
    if flow.screened and kept == 1:
        text += f"; the {others}one was {'read' if flow.read else 'not read yet'}"
    elif flow.screened and flow.read == kept > 1:
        all_others = f"{kept} others" if flow.excluded else str(kept)
        text += f", and all {all_others} were read by at least one of us"
    elif flow.screened and kept and not flow.read:
        text += f"; none of the {others}{kept} has been read yet"
    elif flow.screened and kept:
        text += f"; of the {others}{kept}, {flow.read} "
        text += f"{_was(flow.read)} read by at least one of us"
        text += f" and {flow.unread} {_was(flow.unread)} not read yet" if flow.unread else ""
    text += f". This survey tells of {counted(flow.included, 'paper')}"
    if flow.read and flow.included and flow.included_read != flow.included:
        read = flow.included_read
        text += f", of which {read or 'none'} {_was(read or 1)} read"
    text += f"{': ' if survey.choice else ''}{survey.choice}. "
    return f"{text}They are grouped by {survey.grouped}."


def _table(flow: Flow) -> str:
    rows = [
        ("Identified", flow.identified, "records of all imports that were not undone, and papers "
         "that stood in the library's file without being imported"),
        ("Known before", flow.known, "records of imports that described a paper which the "
         "library had already; an import that changed nothing is not counted"),
        ("Merged", flow.merged, "papers that somebody merged into another one"),
        ("Removed", flow.removed, "papers that were taken out of the library"),
        ("Screened", flow.screened, "papers in the library"),
        ("Excluded", flow.excluded, "papers with a decision of a reviewer that excludes them, "
         "and none that includes them"),
        ("Not read", flow.unread, "papers not excluded that no reviewer rated or marked as "
         "skimmed, read or done"),
        ("Read", flow.read, "papers not excluded that a reviewer rated or marked so"),
        ("Included", flow.included, "papers that stand in this survey"),
    ]  # fmt: skip
    lines = ["| Step | Papers | What is counted |", "|:--|--:|:-----------|"]
    lines += [f"| {step} | {number} | {what} |" for step, number, what in rows]
    return "\n".join([*lines, "", "Table: How papers were found and chosen."])


def _source(source: Source) -> str:
    name = markdown.line(source.name)
    if not source.by:
        return f"{source.records} in {name} itself"
    day = f" on {source.day}" if source.day else ""
    return f"{source.records} from {name}, imported{day} by {markdown.line(source.by)}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
