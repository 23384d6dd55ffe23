"""What the citing commands and roles of other programs mean, as pandoc can say it.

Sources: natbib 8.31 and biblatex 3.20 (their manuals' tables of commands), sphinxcontrib-bibtex
2.6 and MyST (roles).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewkit.citations import latex


@dataclass(frozen=True, slots=True)
class NoForm:
    """Pandoc cannot say it, and why."""

    reason: str


#: How pandoc names the author: in the sentence, in parentheses, or not at all.
IN_TEXT, PARENTHESES, SUPPRESSED = "in-text", "()", "-"

#: Prefix, key and suffix of each paper.
Parts = list[tuple[str, str, str]]

_COMMANDS = {
    "cite": PARENTHESES, "citep": PARENTHESES, "parencite": PARENTHESES, "autocite": PARENTHESES,
    "supercite": PARENTHESES, "smartcite": PARENTHESES, "footcite": PARENTHESES,
    "footcitetext": PARENTHESES, "inlinecite": PARENTHESES, "newcite": IN_TEXT, "citet": IN_TEXT,
    "textcite": IN_TEXT, "citeyearpar": SUPPRESSED, "shortcite": PARENTHESES,
}  # fmt: skip
#: biblatex's commands of which a star takes the author away; natbib's names all of them.
_STARRED = frozenset({"cite", "parencite", "autocite"})
#: biblatex puts "p." before a page that is only a number; natbib puts what is given.
_PAGES_ADDED = frozenset(
    {"parencite", "autocite", "textcite", "footcite", "smartcite", "supercite"}
)
_ROLES = {
    "cite": PARENTHESES, "cite:p": PARENTHESES, "cite:ps": PARENTHESES, "cite:cp": PARENTHESES,
    "cite:t": IN_TEXT, "cite:ts": IN_TEXT, "cite:ct": IN_TEXT, "cite:cts": IN_TEXT,
    "cite:yearpar": SUPPRESSED, "footcite": PARENTHESES, "footcite:p": PARENTHESES,
    "footcite:ps": PARENTHESES, "footcite:t": IN_TEXT, "footcite:ts": IN_TEXT,
}  # fmt: skip
_ROLE_PART = re.compile(r"\s*(?:\{([^{}]*)\})?\s*([^{},;\s]+)\s*(?:\{([^{}]*)\})?\s*(?:[,;]|$)")
_ARGUMENT = re.compile(
    r"[ \t]*\n?[ \t]*(?:\[(?P<note>(?:[^\[\]{}\\]|\\.|\{[^{}]*\}){0,500})\]|\{(?P<keys>[^{}]*)\})"
)
_PAGES = re.compile(r"\d+(?:\s*[-–]+\s*\d+)?(?:\s*,\s*\d+(?:\s*[-–]+\s*\d+)?)*(?:\s*ff?\.?)?")
_NO_NOTE = NoForm("its note holds what pandoc would not read as a note")


def cited_by_role(role: str, inside: str) -> tuple[str, Parts] | NoForm:
    """What a MyST role cites."""
    form = _ROLES.get(role)
    if form is None:
        return NoForm(f"pandoc has no form for {{{role}}}")
    parts: Parts = []
    at = 0
    while at < len(inside.rstrip()):
        match = _ROLE_PART.match(inside, at)
        if match is None or match.end() == at:
            return NoForm("its list of keys is not clear")
        notes = note(match[1] or ""), note(match[3] or "")
        if notes[0] is None or notes[1] is None:
            return _NO_NOTE
        parts.append((notes[0], match[2], notes[1]))
        at = match.end()
    return form, parts


def cited_by_command(
    text: str, command: re.Match[str]
) -> tuple[int, tuple[str, Parts] | NoForm] | None:
    """Where a LaTeX command ends and what it cites; None: it is none that cites."""
    name, star = command[1], command[0].endswith("*")
    plain = name[0].lower() + name[1:]
    if not any(True for _ in latex.command_uses(text, command)):
        return None
    many = plain.endswith("s") and plain[:-1] in _COMMANDS
    base = plain[:-1] if many else plain
    groups, end = _groups(text, command.end(), many=many)
    if base not in _COMMANDS or not groups:
        return end, NoForm(f"pandoc has no form for \\{name}")
    form = SUPPRESSED if star and base in _STARRED else _COMMANDS[base]
    parts: Parts = []
    for notes, keys in groups:
        before = note(notes[0]) if len(notes) == 2 else ""
        after = note(notes[-1]) if notes else ""
        if before is None or after is None or len(notes) > 2:
            return end, _NO_NOTE
        if base in _PAGES_ADDED and _PAGES.fullmatch(after):
            after = f"p{'p' if re.search('[-–,f]', after) else ''}. {after}"
        several = [key for key, _ in latex.split_keys(keys, ",")]
        for number, key in enumerate(several):
            last = number == len(several) - 1
            parts.append((before if number == 0 else "", key, after if last else ""))
    return end, (form, parts)


def _groups(text: str, at: int, *, many: bool) -> tuple[list[tuple[list[str], str]], int]:
    """Notes and keys of a command, of each of its groups if it takes many; and its end."""
    found: list[tuple[list[str], str]] = []
    notes: list[str] = []
    end = at
    while match := _ARGUMENT.match(text, at):
        at = match.end()
        if match["keys"] is None:
            notes.append(match["note"])
            continue
        found.append((notes, match["keys"]))
        notes, end = [], at
        if not many:
            break
    return found, end


def note(text: str) -> str | None:
    """A LaTeX note as Markdown on one line; None: pandoc would read it as something else."""
    text = re.sub(r"\\(?:emph|textit)\{([^{}]*)\}", r"*\1*", text)
    text = text.replace("~", " ").replace(r"\,", "").replace(r"\&", "&").replace(r"\%", "%")
    text = re.sub(r"(?<=\d)\s*--\s*(?=\d)", "-", " ".join(text.split()))
    return None if re.search(r"[\\{}\[\];@`$<>]", text) else text
