"""How Quarto and MyST write labels and references: what other dialects have becomes theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})(.*)")
#: Labels of pandoc-crossref: Quarto has a hyphen where it has a colon.
_COLON = re.compile(r"(?<![\w@/`\\])([@#])(fig|tbl|tab|eq|sec):(?=\w)")
_OPTION = re.compile(r"(#\|[ \t]*label:[ \t]*)(fig|tbl|tab)[:]")
_ROLE = re.compile(r"\{(?:ref|numref|eq)\}`(?:[^`<>]*<)?([A-Za-z][\w.:-]*)>?`")
_TARGET = re.compile(r"\(([A-Za-z][\w.:-]*)\)=[ \t]*")
_HEADING = re.compile(r"(#{1,6}[ \t]+[^{}\n]*?)[ \t]*\{#([A-Za-z][\w.:-]*)\}[ \t]*")
_PLAIN_HEADING = re.compile(r"#{1,6}[ \t]+[^{}\n]*")
_NUMBER = re.compile(r"(.*\$\$)[ \t]*\{#([A-Za-z][\w.:-]*)\}[ \t]*")
_FIGURE = re.compile(
    r"!\[(.*)\]\(<?([^()<>]+?)>?\)"
    r"\{#([A-Za-z][\w.:-]*)(?:[ ]+width=\"?([\d.]+[a-z%]*)\"?)?\}[ \t]*"
)
_CAPTION = re.compile(r"(?:Table)?:[ \t]+(.*?)[ \t]*\{#([A-Za-z][\w.:-]*)\}[ \t]*")


def for_quarto(text: str) -> str:
    """The text with labels and references as Quarto reads them."""
    lines: list[str] = []
    target = ""
    for line, code in _lines(text):
        if code:
            lines.append(_OPTION.sub(lambda m: f"{m[1]}{_name(m[2])}-", line))
            continue
        if said := _TARGET.fullmatch(line):
            target = said[1]
            continue
        made = _ROLE.sub(lambda m: f"@{m[1]}", line)
        if target and made.strip():
            if _PLAIN_HEADING.fullmatch(made):
                made = f"{made.rstrip()} {{#{target}}}"
            target = ""
        lines.append(_COLON.sub(lambda m: f"{m[1]}{_name(m[2])}-", made))
    return "\n".join(lines)


def for_myst(text: str) -> str:
    """The text with labels as MyST reads them; it takes references as they are."""
    lines: list[str] = []
    for line, code in _lines(text):
        made = None if code else next(filter(None, (one(line, lines) for one in _MYST)), None)
        lines += [line] if made is None else made
    return "\n".join(lines)


def _name(kind: str) -> str:
    return "tbl" if kind == "tab" else kind


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """The lines, each with whether it stands in a fence of code."""
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.fullmatch(line)
        yield line, bool(fence or match)
        if match and not fence:
            fence = match[1] if "`" not in match[2] or match[1][0] == "~" else ""
        elif match and match[1].startswith(fence) and not match[2].strip():
            fence = ""


def _heading(line: str, _: list[str]) -> list[str] | None:
    match = _HEADING.fullmatch(line)
    return [f"({match[2]})=", match[1]] if match else None


def _formula(line: str, _: list[str]) -> list[str] | None:
    match = _NUMBER.fullmatch(line)
    return [f"{match[1]} ({match[2]})"] if match else None


def _figure(line: str, _: list[str]) -> list[str] | None:
    match = _FIGURE.fullmatch(line)
    if match is None:
        return None
    caption, path, label, width = match.groups()
    options = [f":label: {label}", *([f":width: {width}"] if width else [])]
    return [f":::{{figure}} {path}", *options, caption, ":::"]


def _table(line: str, before: list[str]) -> list[str] | None:
    """The caption under a pipe table, which goes into a directive; takes the table's lines."""
    match = _CAPTION.fullmatch(line)
    end = len(before)
    while end and not before[end - 1].strip():
        end -= 1
    begin = end
    while begin and before[begin - 1].lstrip().startswith("|"):
        begin -= 1
    if match is None or begin == end:
        return None
    table = before[begin:end]
    del before[begin:]
    return [f":::{{table}} {match[1]}", f":label: {match[2]}", "", *table, ":::"]


_MYST: tuple[Callable[[str, list[str]], list[str] | None], ...] = (
    _heading,
    _formula,
    _figure,
    _table,
)
