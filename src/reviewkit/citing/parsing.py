"""The citations of Markdown texts as pandoc itself reads them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reviewkit.citations.found import Use, is_meant
from reviewkit.errors import PandocError
from reviewkit.pandoc import run

#: How Markdown is read: `(@a)` at a line's start is a citation and not the number of an example,
#: an address is one even bare, and a cell that begins with a rule holds no settings of pandoc.
READING = "markdown-yaml_metadata_block-pandoc_title_block-example_lists+autolink_bare_uris"
#: Quotes and dashes stay as they were typed, so that what was written can be found again.
_LITERAL = f"{READING}-smart"
_DIVIDER = "reviewkit-text-"
#: So many texts are remembered: the cells of some long notebooks.
_MOST_TEXTS = 4000


@dataclass(frozen=True, slots=True)
class Cited:
    """One key within a citation.

    `mode` is "normal" (in parentheses), "in-text" (the author in the sentence) or
    "suppressed" (without the author). `prefix` and `suffix` are plain text.
    """

    key: str
    mode: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A citation of one or more papers at one place.

    `written` is its source, on one line and without marks of emphasis; `node` pandoc's own
    JSON of it. Of the texts given, `text` counts (from 0) the one that it is in.
    """

    cited: tuple[Cited, ...]
    written: str
    node: str
    text: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The cited keys, in their order."""
        return tuple(cited.key for cited in self.cited)

    def is_meant(self) -> bool:
        """Whether a citation was meant even if no paper has the key: no handle, no figure."""
        bare = self.cited[0].mode == "in-text" and not self.cited[0].suffix
        return any(is_meant(Use(key, 0, "bare" if bare else "certain")) for key in self.keys)


_MODES = {
    "NormalCitation": "normal",
    "AuthorInText": "in-text",
    "SuppressAuthor": "suppressed",
}


def citations(
    markdown: str | Sequence[str],
    *,
    stop: threading.Event | None = None,
    seconds: float = 60,
) -> tuple[Cluster, ...]:
    """The citations of one Markdown text or several, in their order.

    Each text is read by itself: what one leaves open does not reach into the next.

    Raises
    ------
    MissingProgramError, PandocError, StoppedError
        As for `reviewkit.pandoc.run`.
    """
    texts = [markdown] if isinstance(markdown, str) else list(markdown)
    known = {text: _remembered.get(text) for text in dict.fromkeys(texts)}
    # Without the sign there is none of pandoc's citations.
    todo = [text for text, found in known.items() if found is None and "@" in text]
    if todo:
        for text, found in zip(todo, _parsed(todo, stop, seconds), strict=True):
            known[text] = found
            _remembered.put(text, found)
    return tuple(
        Cluster(cluster.cited, cluster.written, cluster.node, number)
        for number, text in enumerate(texts)
        for cluster in known[text] or ()
    )


def _parsed(
    texts: list[str], stop: threading.Event | None, seconds: float
) -> list[tuple[Cluster, ...]]:
    files: dict[str, bytes] = {}
    for number, text in enumerate(texts):
        files[f"{number}.md"] = f"{text}\n".encode("utf-8", "replace")
        files[f"{number}-end.md"] = f"::: {{#{_DIVIDER}{number}}}\n:::\n".encode()
    read = run(
        "", _LITERAL, "json", "--file-scope", *files, files=files, stop=stop, seconds=seconds
    )
    try:
        blocks = json.loads(read)["blocks"]
    except RecursionError:
        raise PandocError(
            "A text is nested too deeply to be read. Try with a part of it."
        ) from None
    found: list[list[Cluster]] = [[]]
    for block in blocks:
        if block["t"] == "Div" and _DIVIDER in block["c"][0][0]:
            found.append([])
        else:
            found[-1] += (_cluster(node) for node in cites(block))
    return [tuple(clusters) for clusters in found[:-1]]


def cites(node: Any) -> Iterator[Any]:
    """The `Cite` nodes within a part of pandoc's tree, in their order."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            if node.get("t") == "Cite":
                yield node
            else:
                waiting += reversed(node.values())


def _cluster(node: Any) -> Cluster:
    cited = tuple(
        Cited(
            one["citationId"],
            _MODES[one["citationMode"]["t"]],
            flat(one["citationPrefix"]),
            flat(one["citationSuffix"]),
        )
        for one in node["c"][0]
    )
    return Cluster(cited, flat(node["c"][1]), json.dumps(node, ensure_ascii=False))


def flat(inlines: Any) -> str:
    """The text of inlines on one line, without marks of emphasis."""
    parts: list[str] = []
    waiting = [inlines]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            content: Any = node.get("c")
            if node["t"] in ("Space", "SoftBreak", "LineBreak"):
                parts.append(" ")
            elif node["t"] == "Str":
                parts.append(content)
            elif node["t"] in ("Code", "Math"):
                parts.append(content[1])
            elif node["t"] in ("Span", "Cite", "Link"):
                waiting.append(content[1])
            elif node["t"] != "RawInline":
                waiting.append(content)
    return "".join(parts)


class _Remembered:
    """What was found in texts, so that after an edit only the edited text is read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[str, tuple[Cluster, ...]] = {}

    def get(self, text: str) -> tuple[Cluster, ...] | None:
        with self._lock:
            found = self._found.pop(text, None)
            if found is not None:
                self._found[text] = found
            return found

    def put(self, text: str, found: tuple[Cluster, ...]) -> None:
        with self._lock:
            self._found[text] = found
            while len(self._found) > _MOST_TEXTS:
                del self._found[next(iter(self._found))]


_remembered = _Remembered()
