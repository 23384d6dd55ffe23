"""A note in Markdown as a block quotation that stays one, whatever the note is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reviewkit.drafts import markdown, phrase
from reviewkit.drafts.reading import Token, read

_LANGUAGE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,20}(?=\s|$)")
_RULE = "___"
_TASKS = {True: "☒ ", False: "☐ "}
_ALIGN = {"left": ":---", "right": "---:", "center": ":---:"}


def quote(text: str, speaker: str, keys: Mapping[str, str]) -> str:
    """Block quotation of a note, with who said it.

    Emphasis, formulas, code, lists, tables, quotations and links to the web stay; a heading
    becomes a line in bold, HTML its text. Only what is written as a citation of a paper that
    the library has is one.

    Parameters
    ----------
    text
        The note, in Markdown.
    speaker
        Who said it, as plain text.
    keys
        The library's citekeys, and former keys with the citekey that they mean now.
    """
    blocks = [*_Quotation(keys).blocks(read(markdown.seen(text))), [f"— {markdown.line(speaker)}"]]
    return "\n".join(_within("> ", _joined(blocks)))


def spoken(text: str, keys: Mapping[str, str]) -> str:
    """A sentence or two of a note on one line, to stand anywhere but at a line's beginning."""
    said = [phrase.cell(each, keys) for each in _phrases(read(markdown.seen(text)))]
    return " ".join(filter(None, said))


def _phrases(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What stands in paragraphs, wherever these are."""
    for token in tokens:
        if token["type"] in ("paragraph", "block_text", "heading", "table_cell"):
            yield token["children"]
        elif "children" in token:
            yield from _phrases(token["children"])
        elif token["type"].startswith("block_"):
            yield [{"type": "text", "raw": token["raw"]}]


class _Quotation:
    """Writes blocks, each as its lines."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = keys

    def blocks(self, tokens: Sequence[Token]) -> list[list[str]]:
        """The lines of each block that says anything."""
        return [lines for token in tokens if (lines := self._block(token))]

    def _block(self, token: Token) -> list[str]:
        kind = token["type"]
        if kind in ("paragraph", "block_text"):
            return phrase.lines(token["children"], self._keys)
        if kind == "heading":
            return phrase.lines([{"type": "strong", "children": token["children"]}], self._keys)
        if kind == "block_code":
            return _code(token)
        if kind == "block_quote":
            return _within("> ", _joined(self.blocks(token["children"])))
        if kind == "list":
            return self._list(token)
        if kind == "table":
            return self._table(token)
        if kind == "block_html":
            return phrase.lines([{"type": "inline_html", "raw": token["raw"]}], self._keys)
        return [_RULE] if kind == "thematic_break" else []

    def _list(self, token: Token) -> list[str]:
        facts = token.get("attrs", {})
        number = min(int(facts.get("start", 1)), 99999) if facts.get("ordered") else None
        items, tight = [], True
        for item in token["children"]:
            blocks = self.blocks(item["children"])
            if not blocks:
                continue
            if item["type"] == "task_list_item":
                blocks[0][0] = _TASKS[bool(item["attrs"]["checked"])] + blocks[0][0]
            kinds = [each["type"] for each in item["children"]]
            tight = tight and kinds[1:] in ([], ["list"]) and kinds[0] == "block_text"
            items.append((blocks, "- " if number is None else f"{number}. "))
            number = None if number is None else number + 1
        made = []
        for blocks, mark in items:
            first, *rest = _joined(blocks, tight=tight)
            made.append([mark + first, *_within(" " * len(mark), rest)])
        return _joined(made, tight=tight)

    def _table(self, token: Token) -> list[str]:
        head, *bodies = token["children"]
        rows = [head, *(row for body in bodies for row in body["children"])]
        width = len(head["children"])
        lines = []
        for row in rows:
            cells = [phrase.cell(each["children"], self._keys) for each in row["children"]]
            cells = [*cells, *[""] * width][:width]
            lines.append(f"| {' | '.join(cells)} |")
        marks = (_ALIGN.get(each["attrs"].get("align"), "---") for each in head["children"])
        return [lines[0], f"| {' | '.join(marks)} |", *lines[1:]]


def _code(token: Token) -> list[str]:
    text = token["raw"].removesuffix("\n").expandtabs(4)
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    language = _LANGUAGE.match(token.get("attrs", {}).get("info") or "")
    return [f"{fence}{language[0] if language else ''}", *text.split("\n"), fence]


def _joined(blocks: Sequence[list[str]], *, tight: bool = False) -> list[str]:
    """The lines of all blocks, with a line between them that keeps them apart."""
    lines: list[str] = []
    for block in blocks:
        lines += ([""] if lines and not tight else []) + block
    return lines


def _within(mark: str, lines: Sequence[str]) -> list[str]:
    return [f"{mark}{line}" if line else mark.rstrip() for line in lines]
