"""What pandoc leaves as it is within a line: tags of HTML, and MyST's roles."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from reviewkit.citations.latex import split_keys
from reviewkit.publishing.tree import Node, Nodes, attr, image, node, words

_WRAPS = {
    "b": "Strong",
    "strong": "Strong",
    "i": "Emph",
    "em": "Emph",
    "u": "Underline",
    "ins": "Underline",
    "s": "Strikeout",
    "del": "Strikeout",
    "strike": "Strikeout",
    "sub": "Subscript",
    "sup": "Superscript",
}
_ROLE = re.compile(r"(?P<before>.*)\{(?P<role>(?:foot|full|footfull|no)?cite(?::\w+)?)\}", re.S)
_TO = re.compile(r"(?P<before>.*)\{(?P<role>ref|numref|eq)\}", re.S)
_NAMED = re.compile(r"\s*(?:(?P<words>[^<>]*)<)?\s*(?P<label>[A-Za-z][\w.:-]*)\s*>?\s*")
_KEY = re.compile(r"(?:\{(?P<prefix>[^{}]*)\})?(?P<key>[^{}]+)(?:\{(?P<suffix>[^{}]*)\})?")


def without_tags(row: Nodes) -> Nodes:
    """The row with what its tags of HTML and roles mean; tags that mean nothing here go."""
    made: Nodes = []
    at = 0
    while at < len(row):
        each = row[at]
        at += 1
        if each["t"] == "RawInline" and each["c"][0] == "html":
            tag = _Tag(each["c"][1])
            end = _closing(row, at, tag.name) if tag.opens else None
            if end is not None and tag.wraps:
                made += tag.around(without_tags(row[at:end]))
                at = end + 1
            else:
                made += tag.alone()
        elif (
            each["t"] == "Str"
            and at < len(row)
            and (role := _role(each, row[at]) or _reference(each, row[at]))
        ):
            made += role
            at += 1
        else:
            made.append(each)
    return made


def citation(keys: list[tuple[str, str, str]], *, in_text: bool, shown: Nodes) -> Node:
    """A citation of keys, each with the words before and after it."""
    mode = node("AuthorInText" if in_text else "NormalCitation")
    cited = [
        {
            "citationId": key,
            "citationPrefix": words(prefix),
            "citationSuffix": words(suffix),
            "citationMode": mode if number == 0 else node("NormalCitation"),
            "citationNoteNum": 0,
            "citationHash": 0,
        }
        for number, (prefix, key, suffix) in enumerate(keys)
    ]
    return node("Cite", [cited, shown])


def _closing(row: Nodes, at: int, name: str) -> int | None:
    """Where the tag is closed that was opened before `at`."""
    depth = 1
    for place in range(at, len(row)):
        each = row[place]
        if each["t"] == "RawInline" and each["c"][0] == "html":
            tag = _Tag(each["c"][1])
            if tag.name == name:
                depth += 1 if tag.opens else -1 if tag.closes else 0
                if depth == 0:
                    return place
    return None


class _Tag(HTMLParser):
    """One tag: its name in lower case (empty: it is none) and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.name = ""
        self.opens = self.closes = False
        self.values: dict[str, str] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an opening tag."""
        self.name, self.opens = tag, True
        self.values = {name: value or "" for name, value in attrs}

    def handle_endtag(self, tag: str) -> None:
        """Take a closing tag; one that closes itself opens nothing."""
        self.closes, self.opens = not self.opens, False
        self.name = tag

    @property
    def wraps(self) -> bool:
        """Whether it means something for what stands within it."""
        cites = self.name == "cite" and "data-cite" in self.values
        links = self.name == "a" and "href" in self.values
        return self.name in _WRAPS or cites or links or self.name in ("code", "kbd")

    def around(self, inner: Nodes) -> Nodes:
        """What stands for the tag and all within it."""
        if self.name == "cite":
            keys = [("", key, "") for key, _ in split_keys(self.values["data-cite"], ",;")]
            return [citation(keys, in_text=False, shown=inner)] if keys else inner
        if self.name == "a":
            return [node("Link", [attr(), inner, [self.values["href"], ""]])]
        return [node(_WRAPS[self.name], inner)] if self.name in _WRAPS else inner

    def alone(self) -> Nodes:
        """What stands for a tag that holds nothing."""
        if self.name == "br":
            return [node("LineBreak")]
        if self.name == "img" and "src" in self.values:
            width = self.values.get("width", "")
            width = f"{width}px" if width.isdigit() else width
            return [image(self.values["src"], words(self.values.get("alt", "")), width)]
        return []


def _reference(before: Node, code: Node) -> Nodes | None:
    """MyST's role of a reference over the code that follows it, as a link to the label."""
    match = _TO.fullmatch(before["c"])
    if match is None or code["t"] != "Code":
        return None
    named = _NAMED.fullmatch(code["c"][1])
    if named is None:
        return None
    # "Figure %s" asks for the number, which comes with its name.
    said = "" if "%s" in (named["words"] or "") else (named["words"] or "").strip()
    kind = "eqref" if match["role"] == "eq" else "" if said else "any"
    attributes = ["", [], [["reference-type", kind]] if kind else []]
    made = [node("Link", [attributes, words(said), [f"#{named['label']}", ""]])]
    return [node("Str", match["before"]), *made] if match["before"] else made


def _role(before: Node, code: Node) -> Nodes | None:
    """MyST's role over the code that follows it."""
    match = _ROLE.fullmatch(before["c"])
    if match is None or code["t"] != "Code":
        return None
    keys = []
    for text in re.split(r"[,;](?![^{]*\})", code["c"][1]):
        one = _KEY.fullmatch(text.strip())
        if one is None:
            return None
        suffix = f", {one['suffix']}" if one["suffix"] else ""
        keys.append((one["prefix"] or "", one["key"].strip(), suffix))
    in_text = match["role"] in ("cite:t", "cite:ct", "cite:author")
    made = [citation(keys, in_text=in_text, shown=[code])]
    return [node("Str", match["before"]), *made] if match["before"] else made
