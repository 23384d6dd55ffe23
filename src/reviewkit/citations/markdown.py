"""Keys cited in Markdown: pandoc's, MyST's, LaTeX's, Typst's and HTML's ways of writing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reviewkit.citations import latex
from reviewkit.citations.blocks import front_matter, prose
from reviewkit.citations.found import Use

# In the order in which Markdown itself gives way: what is found first from the left is
# passed over whole, so that nothing within a code span, address or formula is a citation.
TOKEN = re.compile(
    r"""
      (?P<escape> \\[!-/:-@\[-`{-~] )
    | (?P<command> \\(?:[A-Za-z]*[Cc]ite[A-Za-z]*|bibentry|[A-Za-z]*cquote)\*?(?=[\[({<\s]) )
    | \{(?P<role>[\w:.+-]+)\}(?P<fence>`++)(?P<inside>.+?)(?<!`)(?P=fence)(?!`)
    | (?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)(?P<raw>\{=(?:latex|tex|beamer)\})?
    | `++
    | \$\$(?:\\.|\$(?!\$)|[^$\\])+\$\$
    | \$(?=[^\s$])(?:\\.|[^$\\])*?(?<=\S)\$(?!\d)
    | <cite\b[^<>]*?\bdata-cite\s*=\s*(?P<quote>["']?)(?P<cited>[^"'<>]*)(?P=quote)[^<>]*>
    | </?[A-Za-z][^<>]*>
    | @\{(?P<braced>[^{}\s]+)\}
    | (?<![^\W_])@(?P<key>\w(?:\w|[:.\#$%&\-+?<>~/](?=\w)|[:/](?=/))*)
    | (?<![\w@])[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\])}"'`;]*
    | (?<=\])\(\s*(?:<[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)
    | \#cite\(\s*<(?P<label>[^<>\s]+)>
    | \[\^[^\]\s]+\]
    | (?P<bracket>[\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)
_ROLE = re.compile(r"(?:foot|full|footfull|no)?cite(?::\w+)?")
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
# What stands before is the text of a link or span, or the name of a link's target.
_NO_CITATION = re.compile(r"\(\S|\{|:[ \t]+\S+://")
_AFFIX = re.compile(r"\{[^{}]*\}")
_EVERYTHING = re.compile(r"(?<!\w)@\*(?!\w)")


def uses(text: str, *, opens_file: bool) -> Iterator[Use]:
    """Keys cited in a Markdown text; `opens_file`: YAML at its start is no prose."""
    front = front_matter(text) if opens_file else 0
    for match in _EVERYTHING.finditer(text, 0, front):
        yield Use("*", match.start(), "everything")
    shown = text[:front] + prose(text[front:])
    start = 0
    for gap in BLANK_LINES.finditer(shown + "\n\n"):
        yield from _paragraph(shown[start : gap.start()], start)
        start = gap.end()


def _paragraph(text: str, start: int) -> Iterator[Use]:
    # Bare uses wait for the bracket around them to close: within [...] they are certain.
    waiting: list[list[Use]] = [[]]
    for match in TOKEN.finditer(text):
        if match["bracket"] == "[":
            waiting.append([])
        elif match["bracket"] and len(waiting) > 1:
            bracketed = waiting.pop()
            if not _NO_CITATION.match(text, match.end()):
                bracketed = [use.as_certain() for use in bracketed]
            waiting[-1] += bracketed
        else:
            waiting[-1] += [replace(use, at=start + use.at) for use in _token(match)]
    for found in waiting:
        yield from found


def _token(match: re.Match[str]) -> Iterator[Use]:
    if match["key"] or match["braced"]:
        group = "key" if match["key"] else "braced"
        yield Use(match[group], match.start(group), "bare")
    elif match["label"]:
        yield Use(match["label"], match.start("label"))
    elif match["cited"]:
        yield from _listed(match, "cited")
    elif match["role"] and _ROLE.fullmatch(match["role"]):
        yield from _listed(match, "inside")
    elif match["command"]:
        command = latex.COMMAND.match(match.string, match.start())
        if command:
            yield from latex.command_uses(match.string, command)
    elif match["raw"]:
        for use in latex.uses(latex.blank(match["code"])):
            yield replace(use, at=match.start("code") + use.at)


def _listed(match: re.Match[str], group: str) -> Iterator[Use]:
    # MyST writes {prefix}key{suffix}; both may hold commas.
    keys = _AFFIX.sub(lambda affix: " " * len(affix[0]), match[group])
    for key, offset in latex.split_keys(keys, ",;"):
        yield Use(key, match.start(group) + offset)
