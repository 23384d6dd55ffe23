r"""Other ways of citing in Markdown, turned into pandoc's.

Read are MyST's roles (``{cite:p}`a` ``, sphinxcontrib-bibtex), LaTeX's commands of natbib and
biblatex with their notes, ``<cite data-cite="a">``, jupyterlab-citation-manager's
``<cite id="x">``, and ``<doi:10.x>``. What pandoc has no form for is left as it is and told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from reviewkit.citations import latex, markdown
from reviewkit.citations.blocks import front_matter, prose
from reviewkit.citations.forms import IN_TEXT, PARENTHESES, NoForm, cited_by_command, cited_by_role


@dataclass(frozen=True, slots=True)
class Change:
    """What stands at a place of the text, and what is to stand there."""

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Left:
    """A citation that stays as it is: its line (from 1), its text and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """The changes of one text, in order, and what is left."""

    changes: tuple[Change, ...] = ()
    left: tuple[Left, ...] = ()

    def applied(self, text: str) -> str:
        """The text with all changes made."""
        for change in reversed(self.changes):
            text = text[: change.start] + change.after + text[change.end :]
        return text


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of citations that do not name a key.

    `doi` gives the key of a DOI's paper, None if the library has none; `marked` the keys behind
    an id of jupyterlab-citation-manager, None in their place where the library lacks a paper.
    """

    doi: Callable[[str], str | None] = lambda _: None
    marked: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)


_ROLE = re.compile(r"(?:foot|full|footfull|no)?cite(?::\w+)?")
_DOI = re.compile(r"<doi:(?P<a>[^<>\s]+)>|\[\]\((?:<)?doi:(?P<b>[^()<>\s]+)>?\)")
_CITE = re.compile(r"<cite\b(?P<attributes>[^<>]*)>(?P<inner>.*?)</cite\s*>", re.S | re.I)
_ATTRIBUTE = r"""\b%s\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
#: What pandoc takes for a key without braces around it.
_PLAIN_KEY = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*")
_TOUCHES_BEFORE = re.compile(r"[^\W_]|@")
_GOES_ON = re.compile(r"[\w@]|[:.#$%&\-+?<>~/]\w")
_NO_KEY = "its key cannot be written in pandoc's way"
_NO_ROOM = "what stands beside it would become part of the citation"


def to_pandoc(text: str, *, opens_file: bool = False, known: Known | None = None) -> Conversion:
    """What to change in a Markdown text so that its citations are written in pandoc's way."""
    known = known or Known()
    front = front_matter(text) if opens_file else 0
    shown = " " * front + prose(text[front:])
    changes: list[Change] = []
    left: list[Left] = []
    for start, end, found in _found(shown, known):
        written = found if isinstance(found, NoForm) else _fitting(text, start, end, found)
        if isinstance(written, NoForm):
            line = text.count("\n", 0, start) + 1
            left.append(Left(line, " ".join(text[start:end].split()), written.reason))
        else:
            changes.append(Change(start, end, text[start:end], written))
    return Conversion(tuple(changes), tuple(left))


Written = str | NoForm


def _found(shown: str, known: Known) -> Iterator[tuple[int, int, Written]]:
    """Each citation of another syntax: its place and how pandoc has it."""
    done = start = 0
    # As pandoc reads: nothing reaches from one paragraph into the next.
    for gap in markdown.BLANK_LINES.finditer(shown + "\n\n"):
        for match in markdown.TOKEN.finditer(shown, start, gap.start()):
            found = _of_token(shown, match, known) if match.start() >= done else None
            if found is not None:
                yield found
                done = found[1]
        start = gap.end()


def _of_token(shown: str, match: re.Match[str], known: Known) -> tuple[int, int, Written] | None:
    start, end = match.span()
    if match["role"]:
        if not _ROLE.fullmatch(match["role"]):
            return None
        return start, end, _joined(cited_by_role(match["role"], match["inside"]))
    if match["command"]:
        command = latex.COMMAND.match(shown, start)
        found = cited_by_command(shown, command) if command else None
        return None if found is None else (start, found[0], _joined(found[1]))
    if shown[start] not in "<[":
        return None
    doi = _DOI.match(shown, start)
    if doi:
        key = known.doi(doi["a"] or doi["b"])
        absent = NoForm("the library has no paper with this DOI")
        written = absent if key is None else _joined((PARENTHESES, [("", key, "")]))
        return doi.start(), doi.end(), written
    cite = _CITE.match(shown, start)
    return None if cite is None else _of_element(cite, known)


def _of_element(cite: re.Match[str], known: Known) -> tuple[int, int, Written] | None:
    data = _attribute(cite["attributes"], "data-cite")
    mark = _attribute(cite["attributes"], "id")
    keys: list[str | None]
    if data:
        keys = [key.strip() for key in re.split("[,;]", data) if key.strip()]
    elif mark in known.marked:
        keys = list(known.marked[mark])
    else:
        return None
    missing = NoForm("the library lacks a paper that it cites")
    parts = [("", key, "") for key in keys if key is not None]
    whole = len(parts) == len(keys) and parts
    return cite.start(), cite.end(), _joined((PARENTHESES, parts)) if whole else missing


def _attribute(attributes: str, name: str) -> str:
    found = re.search(_ATTRIBUTE % re.escape(name), attributes, re.IGNORECASE)
    return next(filter(None, found.groups()), "") if found else ""


def _joined(found: tuple[str, list[tuple[str, str, str]]] | NoForm) -> Written:
    """Pandoc's way of writing it."""
    if isinstance(found, NoForm):
        return found
    form, parts = found
    written = [(prefix, _key(key), suffix) for prefix, key, suffix in parts]
    if not written or any(key is None for _, key, _ in written):
        return NoForm(_NO_KEY)
    if form == IN_TEXT:
        if any(prefix for prefix, _, _ in written):
            return NoForm("a note before an author in the sentence has no form")
        return "; ".join(f"{key} [{suffix}]" if suffix else f"{key}" for _, key, suffix in written)
    sign = "-" if form.startswith("-") else ""
    inside = (
        f"{f'{prefix} ' if prefix else ''}{sign}{key}{f', {suffix}' if suffix else ''}"
        for prefix, key, suffix in written
    )
    return f"[{'; '.join(inside)}]"


def _key(key: str) -> str | None:
    if _PLAIN_KEY.fullmatch(key):
        return f"@{key}"
    return None if re.search(r"[{}\s\\]", key) or not key else f"@{{{key}}}"


def _fitting(text: str, start: int, end: int, written: Written) -> Written:
    """The citation where it is to stand, or why it cannot stand there."""
    if isinstance(written, NoForm):
        return written
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    if written.startswith("["):
        touches = before in ("]", "!", "^") or after[:1] in ("(", "[", "{")
        return NoForm(_NO_ROOM) if touches else written
    if _TOUCHES_BEFORE.match(before) or re.match(r"[ \t]*\n?[ \t]*\[", text[end:]):
        return NoForm(_NO_ROOM)
    if written[-1] not in "]}" and _GOES_ON.match(after):
        head, _, key = written.rpartition("@")
        return f"{head}@{{{key}}}"
    return written
