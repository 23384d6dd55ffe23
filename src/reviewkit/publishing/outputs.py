"""What a code cell showed when it was run, as pieces."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reviewkit.publishing.cells import Cell
from reviewkit.publishing.options import Options
from reviewkit.publishing.pictures import kind_of, name_of, width_of
from reviewkit.publishing.piece import Piece, Told

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[@-_]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: What Python shows of things that have no text of their own, widgets among them.
_NO_TEXT = re.compile(r"\s*(?:\[?<[^\n]*>\]?|[A-Z]\w*\(.*\))\s*", re.DOTALL)
_SCRIPTED = re.compile(r"<(?:script|iframe|canvas)\b", re.IGNORECASE)
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
#: More lines of text than this are no part of a paper.
_MOST_LINES = 200


@dataclass(slots=True)
class Outputs:
    """The pieces of cells' outputs, gathered one cell after another.

    `images` are the pictures by file name, `told` what could not be shown.
    """

    images: dict[str, bytes] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    def pieces(self, cell: Cell, options: Options) -> Iterator[Piece]:
        """The outputs of one cell in their order."""
        captions = list(options.captions)
        pictures = 0
        printed = ""
        for output in cell.outputs:
            if output.get("output_type") == "stream" and output.get("name") != "stderr":
                printed += _text(output.get("text"))
                continue
            yield from self._printed(cell, printed)
            printed = ""
            for piece in self._shown(cell, output, options):
                if piece.syntax == "image":
                    # With one caption all pictures make one figure.
                    one = len(captions) < 2
                    at = 0 if one else pictures
                    caption = captions[at] if at < len(captions) else ""
                    label = options.label if pictures == 0 or one else ""
                    group = cell.number if captions and one else 0
                    pictures += 1
                    yield Piece(
                        cell.number, "image", piece.text, label, caption,
                        options.width or piece.width, options.alt or piece.alt, group=group,
                    )  # fmt: skip
                else:
                    yield piece
        yield from self._printed(cell, printed)
        is_figure = bool(options.captions) or options.label.startswith("fig")
        if is_figure and not cell.outputs:
            self._tell(cell, "is a figure that was not drawn; run it")

    def _printed(self, cell: Cell, text: str) -> Iterator[Piece]:
        shown = plain(text)
        if shown.strip():
            lines = shown.rstrip().split("\n")
            if len(lines) > _MOST_LINES:
                self._tell(cell, f"prints {len(lines)} lines; the first {_MOST_LINES} are shown")
                lines = [*lines[:_MOST_LINES], "…"]
            yield Piece(cell.number, "text", "\n".join(lines))

    def _shown(self, cell: Cell, output: Mapping[str, Any], options: Options) -> Iterator[Piece]:
        kind = output.get("output_type")
        if kind in ("error", "pyerr"):
            name = plain(_text(output.get("ename"))) or "an error"
            what = plain(_text(output.get("evalue"))).strip().split("\n")[0][:200]
            self._tell(cell, f"ended with {name}: {what}; mend it and run it again")
        elif kind in ("display_data", "execute_result", "pyout"):
            data = output.get("data")
            bundle = data if isinstance(data, dict) else _old_bundle(output)
            metadata = output.get("metadata")
            known = metadata if isinstance(metadata, dict) else {}
            yield from self._best(cell, bundle, known, options)

    def _best(
        self,
        cell: Cell,
        bundle: Mapping[str, Any],
        metadata: Mapping[str, Any],
        options: Options,
    ) -> Iterator[Piece]:
        """The richest form that paper can show."""
        number, label, caption = cell.number, options.label, options.table_caption
        text = plain(_text(bundle.get("text/plain")))
        fallback = "" if _NO_TEXT.fullmatch(text) else text.rstrip()
        if markdown := _text(bundle.get("text/markdown")).strip():
            yield Piece(number, "markdown", markdown, label, caption)
            return
        for kind in _PICTURES:
            size = metadata.get(kind)
            known = size if isinstance(size, dict) else {}
            name = self._picture(kind, bundle.get(kind))
            if name:
                width = width_of(self.images[name], known.get("width"))
                alt = " ".join(plain(_text(known.get("alt"))).split())
                yield Piece(number, "image", name, width=width, alt=alt)
                return
            if bundle.get(kind):
                self._tell(cell, f"has a picture that is broken ({kind}); run it again")
        if html := _text(bundle.get("text/html")).strip():
            if not fallback and _SCRIPTED.search(html) and "<table" not in html.lower():
                self._tell(cell, "shows something interactive that has no still picture")
            yield Piece(number, "html", html, label, caption, fallback=fallback)
        elif latex := _text(bundle.get("text/latex")).strip():
            yield Piece(number, "latex", latex, label, caption, fallback=fallback)
        elif fallback:
            yield from self._printed(cell, fallback)
        elif any("widget-view" in kind for kind in bundle):
            self._tell(cell, "shows a widget that has no still picture")

    def _picture(self, kind: str, value: Any) -> str | None:
        text = _text(value)
        data = text.encode("utf-8", "replace") if "svg" in kind else base64_bytes(text)
        name = name_of(data) if data else None
        if name is None or (kind_of(data) == "svg") != ("svg" in kind):
            return None
        self.images[name] = data
        return name

    def _tell(self, cell: Cell, text: str) -> None:
        self.told.append(Told(cell.number, text))


def plain(text: str) -> str:
    """Text of a terminal without what steers the terminal; a line written over is left out."""
    text = _ESCAPES.sub("", text).replace("\r\n", "\n")
    lines = (line.rpartition("\r")[2] if "\r" in line else line for line in text.split("\n"))
    return _UNSEEN.sub("", "\n".join(lines))


def _old_bundle(output: Mapping[str, Any]) -> dict[str, Any]:
    """Data of notebooks of format 3, which name their types by short names."""
    names = {
        "text": "text/plain",
        "html": "text/html",
        "svg": "image/svg+xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
        "latex": "text/latex",
    }
    return {mime: output[name] for name, mime in names.items() if name in output}


def base64_bytes(text: str) -> bytes:
    """The bytes of Base64 text; none if it is not that."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""
