"""The tree without what could reach beyond the document: raw code, attributes, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reviewkit.publishing.tree import Node, Nodes, changed, node

_OPEN_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+|#[^\s]*", re.IGNORECASE)
_CLASS = re.compile(r"[A-Za-z][\w-]*")
_IDENTIFIER = re.compile(r"[^\W_][\w.:-]*")
_SIZE = re.compile(r"\d{1,5}(?:\.\d+)?(?:%|px|cm|mm|in|pt|em)?")
#: Pandoc puts the file's name before the identifiers of a text that it read with others.
_PREFIX = re.compile(r"#?(?:text-\d+|mark)\.(?:md|html|tex)__")
_BREAKS = re.compile(r"\\(?:newpage|pagebreak|clearpage|cleardoublepage)(?:\[\d\])?(?:\{\})?\s*")
#: TeX that does more than typeset, in whatever way it is spelled. The names of environments
#: are commands, too.
_TEX_THAT_ACTS = re.compile(
    r"""\^\^ | \\(?:@ | input | include | openin | openout | read | write | immediate | special
      | catcode | csname | expandafter | scantokens | uppercase | lowercase | let(?![a-z]) | x?def
      | edef | gdef | newcommand | renewcommand | providecommand | newenvironment | usepackage
      | require | documentclass | directlua | latelua | verbatiminput | lstinput | every | after
      | jobname | font(?![a-z]) | loop(?![a-z]) | futurelet | use | expandargs | explsyntax
      | newdocument | renewdocument | file | pdf | string | meaning | endlinechar | shell | import
      | begin\s*+\{(?!(?:equation | align | alignat | aligned | alignedat | gather | gathered
        | multline | split | flalign | eqnarray | cases | array | subarray | math | displaymath
        | [bBpvV]?matrix | smallmatrix | [bBpvV]?smallmatrix | dcases | rcases | CD)\*?\})
    )""",
    re.VERBOSE | re.IGNORECASE,
)
#: Attributes that mean the same in every format, with what they may say.
_VALUES = {"width": _SIZE, "height": _SIZE, "reference-type": _CLASS, "reference": _IDENTIFIER}
PAGE_BREAK = "page-break"
#: Where the attributes stand in an element's content.
_WITH_ATTRIBUTES = {
    "Code": 0, "Link": 0, "Image": 0, "Span": 0, "CodeBlock": 0, "Div": 0, "Figure": 0, "Table": 0,
    "Header": 1,
}  # fmt: skip


def is_break(tex: str) -> bool:
    """Whether TeX asks for a new page and nothing else."""
    return _BREAKS.fullmatch(tex.strip()) is not None


def acts(tex: str) -> bool:
    """Whether a formula holds TeX that does more than typeset."""
    return _TEX_THAT_ACTS.search(tex) is not None


def safe(blocks: Nodes, tell: Callable[[str], None]) -> Nodes:
    """The blocks with nothing in them that a writer or program would carry out.

    `tell` is told what was left out, in words that go on after the cell's name.
    """

    def change(each: Node) -> Node | Nodes:
        kind = each["t"]
        if kind in ("RawBlock", "RawInline"):
            return _raw(each, tell)
        if kind in _WITH_ATTRIBUTES:
            at = _WITH_ATTRIBUTES[kind]
            content = list(each["c"])
            content[at] = _attributes(content[at])
            each = node(kind, content)
        if kind == "Link":
            return _link(each)
        if kind == "Math" and acts(each["c"][1]):
            tell("has a formula with TeX that is not about formulas; it is shown as text")
            return node("Code", [["", [], []], each["c"][1]])
        return each

    # Rows and cells of tables have attributes and no type.
    made: Nodes = changed(_bare_tables(blocks), change)
    return made


def _raw(each: Node, tell: Callable[[str], None]) -> Nodes:
    form, text = each["c"]
    if form in ("tex", "latex") and is_break(text):
        pause = node("Div", [["", [PAGE_BREAK], []], []])
        return [pause] if each["t"] == "RawBlock" else []
    # Single tags of HTML, and comments, say nothing that is worth a word.
    worth = form != "html" or (each["t"] == "RawBlock" and not text.lstrip().startswith("<!--"))
    if worth and text.strip():
        tell(f"has {form} that only {form} understands, and it was left out: {text[:60]!r}")
    return []


def _attributes(value: list[Any]) -> list[Any]:
    identifier, classes, pairs = value
    identifier = _PREFIX.sub("", identifier)
    kept = [[n, v] for n, v in pairs if n in _VALUES and _VALUES[n].fullmatch(v)]
    return [
        identifier if _IDENTIFIER.fullmatch(identifier) else "",
        [name for name in classes if _CLASS.fullmatch(name)],
        kept,
    ]


def _link(each: Node) -> Node | Nodes:
    attributes, inlines, (address, title) = each["c"]
    address = _PREFIX.sub("#", address) if address.startswith("#") else address
    if not _OPEN_ADDRESS.fullmatch(address):
        return list(inlines)
    return node("Link", [attributes, inlines, [address, title]])


def _bare_tables(value: Any) -> Any:
    """The tree with no attributes on rows, cells, heads, bodies and feet of tables."""
    if isinstance(value, list):
        if len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], list):
            return value
        return [_bare_tables(each) for each in value]
    if isinstance(value, dict):
        content = value.get("c")
        if value.get("t") == "Table" and isinstance(content, list):
            head, *rest = (_emptied(part) for part in content[3:])
            content = [*content[:3], head, *rest]
            return {"t": "Table", "c": [_bare_tables(each) for each in content]}
        return {name: _bare_tables(each) for name, each in value.items()}
    return value


def _emptied(value: Any) -> Any:
    """Equal to it, with nothing in the attributes outside of elements."""
    if not isinstance(value, list):
        return value
    if _is_attributes(value):
        return ["", [], []]
    return [_emptied(each) for each in value]


def _is_attributes(value: list[Any]) -> bool:
    return (
        len(value) == 3
        and isinstance(value[0], str)
        and all(isinstance(each, list) for each in value[1:])
    )
