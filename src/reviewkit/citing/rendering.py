"""Citations and their bibliography in a style: pandoc's citeproc on our own CSL-JSON."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from reviewkit.citing import inlines
from reviewkit.citing.bibliography import Bibliography, Reference
from reviewkit.citing.parsing import Cluster
from reviewkit.pandoc import run

#: So many renderings are remembered; each is about as large as its bibliography.
_MOST = 24
_PLACE = "reviewkit-place-"


@dataclass(frozen=True, slots=True)
class Shown:
    """One citation as its style shows it: safe HTML and plain text.

    `note` is the HTML of its footnote, in styles that cite in those: what stands in the
    sentence then ends with the note's number.
    """

    html: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """The citations of a document in their order, and its bibliography."""

    shown: tuple[Shown, ...]
    bibliography: Bibliography


def render(
    clusters: Sequence[Cluster],
    items: Sequence[dict[str, Any]],
    style: bytes,
    *,
    also: Iterable[str] = (),
    names: dict[str, str] | None = None,
    stop: threading.Event | None = None,
    seconds: float = 60,
) -> Rendering:
    """What the citations of one document look like, all of them together.

    Numbers, "2020a" and "et al." depend on what else is cited, so that there is no rendering
    one at a time. Equal questions are answered from memory.

    Parameters
    ----------
    clusters
        In the document's order.
    items
        CSL-JSON of the cited papers. A key without an item is shown in bold with "?".
    style
        CSL, as `styles.style` gives it.
    also
        Keys that the bibliography lists without a citation.
    names
        Per cited key the `id` of its item where that is another: a former key's paper.

    Raises
    ------
    PandocError, MissingProgramError, StoppedError
        As for `reviewkit.pandoc.run`.
    """
    renamed = names or {}
    nodes = [_with_names(cluster, renamed) for cluster in clusters]
    asked = _Asked(
        json.dumps(nodes, ensure_ascii=False),
        tuple(also),
        json.dumps(list(items), ensure_ascii=False),
        style,
        _How(stop, seconds),
    )
    return _rendered(asked)


def _with_names(cluster: Cluster, names: dict[str, str]) -> Any:
    node = json.loads(cluster.node)
    for one in node["c"][0]:
        one["citationId"] = names.get(one["citationId"], one["citationId"])
    return node


@dataclass(frozen=True, slots=True)
class _How:
    stop: threading.Event | None
    seconds: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that a rendering depends on; how it is ended makes no other question of it."""

    nodes: str
    also: tuple[str, ...]
    items: str
    style: bytes
    how: _How = field(compare=False)


@lru_cache(maxsize=_MOST)
def _rendered(asked: _Asked) -> Rendering:
    nodes = json.loads(asked.nodes)
    blocks = [_div(f"{_PLACE}{n}", [{"t": "Para", "c": [node]}]) for n, node in enumerate(nodes)]
    document = {
        "pandoc-api-version": [1, 23],
        "meta": {"nocite": {"t": "MetaInlines", "c": [_nocite(asked.also)]}} if asked.also else {},
        "blocks": [*blocks, _div("refs", [])],
    }
    made = run(
        json.dumps(document, ensure_ascii=False),
        "json",
        "json",
        "--citeproc",
        "--csl=style.csl",
        "--bibliography=items.json",
        files={"style.csl": asked.style, "items.json": asked.items.encode()},
        stop=asked.how.stop,
        seconds=asked.how.seconds,
    )
    shown: list[Shown] = []
    references: tuple[Reference, ...] = ()
    hanging = False
    for block in json.loads(made)["blocks"]:
        name, classes, _ = block["c"][0]
        if name == "refs":
            references = tuple(map(_reference, block["c"][1]))
            hanging = "hanging-indent" in classes
        else:
            shown.append(_shown(block["c"][1][0]["c"], 1 + sum(bool(one.note) for one in shown)))
    return Rendering(tuple(shown), Bibliography(references, hanging=hanging))


def _div(name: str, blocks: list[Any]) -> Any:
    return {"t": "Div", "c": [[name, [], []], blocks]}


def _nocite(keys: Iterable[str]) -> Any:
    cited = [
        {
            "citationId": key,
            "citationPrefix": [],
            "citationSuffix": [],
            "citationMode": {"t": "AuthorInText"},
            "citationNoteNum": 0,
            "citationHash": 0,
        }
        for key in keys
    ]
    return {"t": "Cite", "c": [cited, []]}


def _shown(content: list[Any], number: int) -> Shown:
    noted = inlines.notes(content)
    if not noted:
        return Shown(inlines.html(content).strip(), inlines.plain(content))
    before = inlines.html(content).strip(), inlines.plain(content)
    note = inlines.html(noted).strip()
    return Shown(f"{before[0]}<sup>{number}</sup>", f"{before[1]}[{number}]", note)


def _reference(block: Any) -> Reference:
    """An entry; its label and its text stand in spans of their own if the style aligns them."""
    key = block["c"][0][0].removeprefix("ref-")
    content = inlines.of_blocks([block])
    label: list[Any] = []
    if content and content[0]["t"] == "Span" and "csl-left-margin" in content[0]["c"][0][1]:
        label, content = content[0]["c"][1], content[1:]
    return Reference(
        key,
        text=inlines.plain(content),
        html=inlines.html(content).strip(),
        markdown=inlines.markdown([*label, {"t": "Space"}, *content]),
        label=inlines.plain(label),
    )
