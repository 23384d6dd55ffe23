"""What stands within a paragraph of a note, written so that it means just that."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote as percent

from reviewkit.citations.found import Use, readings
from reviewkit.drafts import markdown
from reviewkit.drafts.formula import formula, raised, settled
from reviewkit.drafts.reading import KEY, Token
from reviewkit.drafts.tags import paired, without_tags

BREAK = "\\\n"
# Stands behind each key, until it is seen whether what follows would be taken for a part of it.
_KEY_END = "\x01"
_GROWING = re.compile(rf"@([^\s@{{}}{_KEY_END}]+){_KEY_END}(?=\w|[:.#$%&\-+?~/]\w)")
_STYLES = {"strong": "**", "emphasis": "*", "strikethrough": "~~"}
_WEB = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_USE = re.compile(rf"(?<![\w@.])@({KEY})")
_CITED = re.compile(rf"(?P<before>[^@]*?)(?P<mode>-?)@(?P<key>{KEY})(?P<after>[^@]*)", re.DOTALL)
_LOCATED = re.compile(rf"@(?P<key>{KEY})(?: \[(?P<where>.*)\])?", re.DOTALL)
_NOWHERE: frozenset[str] = frozenset()


def lines(tokens: Sequence[Token], keys: Mapping[str, str]) -> list[str]:
    """The lines of a paragraph, none of which begins anything else; `keys` as for `quote`."""
    text = _Writer(keys).settled(tokens)
    rows = [markdown.opening(row) for each in text.split(BREAK) if (row := each.strip(" \t"))]
    return [f"{row}\\" for row in rows[:-1]] + rows[-1:]


def cell(tokens: Sequence[Token], keys: Mapping[str, str]) -> str:
    """The same for a cell of a table, which has one line."""
    text = _Writer(keys, in_table=True).settled(tokens)
    return " ".join(text.replace(BREAK, " ").split())


class _Writer:
    def __init__(self, keys: Mapping[str, str], *, in_table: bool = False) -> None:
        self._keys = keys
        self._in_table = in_table

    def settled(self, tokens: Sequence[Token]) -> str:
        """The tokens in Markdown, with keys and formulas apart from what follows them."""
        return settled(_GROWING.sub(r"@{\1}", self.written(tokens)).replace(_KEY_END, ""))

    def written(self, tokens: Sequence[Token], within: frozenset[str] = _NOWHERE) -> str:
        """The tokens in Markdown; `within` tells in what they stand."""
        text = ""
        was_styled = False
        for token in paired(tokens):
            kind = token["type"]
            if kind in _STYLES:
                piece = self.written(token["children"], within | {kind})
                # Marks that meet others of their kind would be read as something else.
                is_styled = kind not in within and not was_styled and bool(piece.strip())
                piece = f"{_STYLES[kind]}{piece}{_STYLES[kind]}" if is_styled else piece
            else:
                piece, is_styled = self._piece(token, within), False
            # Code or brackets that meet would be read as one.
            text += f" {piece}" if text[-1:] + piece[:1] in ("``", "][", "](") else piece
            was_styled = is_styled if piece else was_styled
        return text

    def _piece(self, token: Token, within: frozenset[str]) -> str:
        kind, raw = token["type"], token.get("raw", "")
        if kind == "linebreak":
            return BREAK
        if kind == "codespan":
            return self._code(html.unescape(raw))
        if kind == "maths":
            return formula(raw, self._in_table) or markdown.text(raw)
        if kind in ("sub", "sup"):
            text = plain(token["children"])
            return raised(kind, text) or markdown.text(f"{'^' if kind == 'sup' else '_'}({text})")
        if kind in ("link", "image"):
            return self._link(token, within)
        if kind in ("group", "named") and "link" not in within:
            return self._group(raw) if kind == "group" else self._named(raw)
        if kind == "inline_html":
            raw = without_tags(raw)
        return BREAK.join(markdown.text(html.unescape(row)) for row in raw.split("\n"))

    def _code(self, code: str) -> str:
        code = " ".join(code.split("\n"))
        if "``" in code or not code.strip() or (self._in_table and "|" in code):
            return markdown.text(code)
        return f"`` {code} ``" if "`" in code else f"`{code}`"

    def _link(self, token: Token, within: frozenset[str]) -> str:
        shown = self.written(token.get("children", ()), within | {"link"}).replace(BREAK, " ")
        address = str(token.get("attrs", {}).get("url", ""))
        if token["type"] == "image":
            shown = rf"\[picture{': ' if shown else ''}{shown}\]"
        if not _WEB.match(address) or "link" in within:
            return shown
        own = markdown.address(address)
        if plain(token.get("children", ())) == address and own.startswith("<"):
            return own
        return f"[{shown or markdown.text(address)}]({percent(address, safe='/:?#&+,;=%~.-!')})"

    def _group(self, raw: str) -> str:
        """`[see @a, p. 3; @b]`, if the library has them all."""
        made = []
        for each in raw[1:-1].split(";"):
            match = _CITED.fullmatch(each.strip())
            found = self._found(match["key"], "certain") if match else None
            if match is None or found is None:
                return self._loose(raw)
            before, after = markdown.text(match["before"]), markdown.text(match["after"])
            made.append(f"{before}{match['mode']}{_key(found[0])}{found[1]}{after}")
        return f"[{'; '.join(made)}]"

    def _named(self, raw: str) -> str:
        """`@a`, or `@a [p. 3]`."""
        match = _LOCATED.fullmatch(raw)
        found = self._found(match["key"], "bare") if match else None
        if match is None or found is None:
            return self._loose(raw)
        where = match["where"]
        return f"{_key(found[0])}{found[1]}" + (
            f" [{markdown.text(where)}]" if where and not found[1] else ""
        )

    def _loose(self, raw: str) -> str:
        """Text in which the papers that the library has are cited by their authors."""
        text, done = "", 0
        for match in _USE.finditer(raw):
            found = self._found(match[1], "bare")
            if found is not None:
                text += markdown.text(raw[done : match.start()])
                text += f"{_key(found[0])}{found[1]}"
                done = match.end()
        return text + markdown.text(raw[done:])

    def _found(self, written: str, kind: str) -> tuple[str, str] | None:
        """The citekey that is meant, and what stands behind it; None: the library lacks it."""
        key = written[1:-1] if written.startswith("{") else written
        use = Use(key, 0, "certain" if kind == "certain" else "bare")
        for name in readings(use):
            if name in self._keys:
                return self._keys[name], markdown.text(key[len(name) :])
        return None


def _key(citekey: str) -> str:
    return f"{markdown.named(citekey)}{_KEY_END}"


def plain(tokens: Sequence[Token]) -> str:
    """The text of tokens without any markup."""
    return "".join(
        html.unescape(token["raw"]) if "raw" in token else plain(token.get("children", ()))
        for token in tokens
    )
