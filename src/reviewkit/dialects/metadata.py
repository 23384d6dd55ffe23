r"""What programs keep of a whole library, in @comment blocks.

JabRef: `@Comment{jabref-meta: KEY:VALUE;}`, where `;` inside a value is `\;`. Its tree of
groups (`grouping`; before version 3.8 `groupstree`) has a level and a group a unit; a group's
parameters are separated by `;` once more. BibDesk: `@comment{BibDesk Static Groups{...}}`, a
property list of group names and citekeys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from reviewkit.bibtex import BibDocument
from reviewkit.records import Problem

_META = "jabref-meta:"
_STATIC_GROUPS = "bibdesk static groups"
#: Longer blocks are no metadata that anybody made by hand.
_LONGEST = 1 << 24

#: JabRef's names of the kinds of groups, and ours.
KINDS = {
    "AllEntriesGroup": "all",
    "StaticGroup": "static",
    "ExplicitGroup": "explicit",
    "SmartGroup": "smart",
    "KeywordGroup": "keyword",
    "SearchGroup": "search",
    "AutomaticKeywordGroup": "automatic keyword",
    "AutomaticPersonsGroup": "automatic persons",
    "TexGroup": "tex",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A group of papers.

    `path` holds the names from the outermost group to this one. `context` says how it stands
    to the groups around it: 0 independent, 1 papers of the group above only, 2 papers of the
    groups below too. `name_of_field` and `expression` say which papers a keyword or search
    group holds; `keys` are the citekeys that the group itself lists. `kind` is one of
    `KINDS`' values, or JabRef's own word where a newer version has another kind.
    """

    kind: str
    path: tuple[str, ...]
    context: int = 0
    name_of_field: str = ""
    expression: str = ""
    case_sensitive: bool = False
    regex: bool = False
    keys: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The group's own name; empty for the group of all papers."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a library says of itself; empty where no program said anything.

    `separator` of keywords is None where the library does not name one. `jabref` and
    `bibdesk` say whether the program left any block; `problems` what could not be read.
    """

    separator: str | None = None
    groups: tuple[Group, ...] = ()
    jabref: Mapping[str, str] = field(default_factory=dict)
    bibdesk: bool = False
    problems: tuple[Problem, ...] = ()


def metadata_of(document: BibDocument) -> Metadata:
    """Read the blocks of all programs."""
    meta: dict[str, str] = {}
    groups: list[Group] = []
    problems: list[Problem] = []
    bibdesk = False
    for start, text in _comments(document):
        lower = text[:60].lower().lstrip()
        if lower.startswith(_META):
            key, _, value = text.lstrip()[len(_META) :].strip().partition(":")
            meta.setdefault(key.strip(), value)
            if key.strip() in ("grouping", "groupstree"):
                groups += _tree(value, _line(document, start), problems)
        elif lower.startswith("bibdesk "):
            bibdesk = True
            if lower.startswith(_STATIC_GROUPS):
                groups += _static(text, _line(document, start), problems)
    separator = next(iter(_units(meta.get("keywordSeparator", ""))), "").strip()[:1] or None
    return Metadata(separator, tuple(groups), meta, bibdesk, tuple(problems))


def _comments(document: BibDocument) -> Iterator[tuple[int, str]]:
    data, read = document.splices.data, document.codec.read
    for kind, start, end in document.index.others:
        opened = data.find(b"{", start, end)
        if kind == "comment" and opened >= 0 and end - start < _LONGEST:
            yield start, read(data[opened + 1 : end - 1])


def _line(document: BibDocument, place: int) -> int:
    return document.splices.data.count(b"\n", 0, place) + 1


def _units(value: str) -> list[str]:
    r"""The parts of a JabRef value: `;` ends one, `\;` and `\\` stand for `;` and `\`."""
    found = [""]
    at = 0
    # Old versions wrapped long lines, wherever that was.
    text = value.replace("\r", "").replace("\n", "")
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in ("\\", ";"):
            found[-1] += text[at + 1]
            at += 1
        elif text[at] == ";":
            found.append("")
        else:
            found[-1] += text[at]
        at += 1
    return found


def _tree(value: str, line: int, problems: list[Problem]) -> Iterator[Group]:
    above: list[str] = []
    for unit in _units(value):
        if not unit.strip():
            continue
        level, _, rest = unit.strip().partition(" ")
        kind, colon, parameters = rest.partition(":")
        if not (level.isascii() and level.isdigit() and colon) or int(level) > len(above) + 1:
            problems.append(Problem(line, "a group that cannot be read", unit.strip()[:80]))
            continue
        words = [_unquoted(word) for word in _tokens(parameters)]
        if kind == "AllEntriesGroup":
            yield Group("all", ())
            continue
        above = [*above[: max(int(level) - 1, 0)], words[0] if words else ""]
        yield _group(kind, tuple(above), words)


def _group(kind: str, path: tuple[str, ...], words: Sequence[str]) -> Group:
    word = [*words, *[""] * 6]
    context = int(word[1]) if word[1] in ("0", "1", "2") else 0
    known = KINDS.get(kind, kind)
    if known == "keyword":
        return Group(
            known, path, context, word[2].lower(), word[3], word[4] == "1", word[5] == "1"
        )
    if known == "search":
        return Group(known, path, context, "", word[2], word[3] == "1", word[4] == "1")
    if known == "explicit":
        return Group(known, path, context, keys=frozenset(filter(None, words[2:])))
    if known.startswith("automatic"):
        return Group(known, path, context, word[2].lower())
    if known == "tex":
        return Group(known, path, context, expression=word[2])
    return Group(known, path, context)


def _tokens(text: str) -> list[str]:
    r"""Parts between `;`, where a sign after `\` is no separator."""
    found = [""]
    at = 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            found[-1] += text[at : at + 2]
            at += 1
        elif text[at] == ";":
            found.append("")
        else:
            found[-1] += text[at]
        at += 1
    return found


def _unquoted(text: str) -> str:
    out = ""
    at = 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            at += 1
        out += text[at]
        at += 1
    return out


def _static(text: str, line: int, problems: list[Problem]) -> Iterator[Group]:
    """The groups of BibDesk's property list: `group name` and `keys`, joined by commas."""
    start, end = text.find("<"), text.rfind(">")
    try:
        root = fromstring(text[start : end + 1].encode("utf-8"))
    except (ParseError, DefusedXmlException, ValueError) as error:
        problems.append(Problem(line, f"BibDesk's groups cannot be read ({error})", text[:80]))
        return
    for each in root.iter("dict"):
        pairs = dict(_pairs(each))
        if "group name" in pairs:
            keys = frozenset(
                key.strip() for key in pairs.get("keys", "").split(",") if key.strip()
            )
            yield Group("static", (pairs["group name"],), keys=keys)


def _pairs(each: Element) -> Iterator[tuple[str, str]]:
    children = list(each)
    for one, other in zip(children[::2], children[1::2], strict=False):
        if one.tag == "key" and other.tag == "string":
            yield one.text or "", other.text or ""
