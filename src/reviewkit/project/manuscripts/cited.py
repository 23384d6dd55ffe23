"""A manuscript and what it cites, before it is shown in a style."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewkit.citations import SUFFIXES, Citation, Citations
from reviewkit.citations.blocks import front_matter
from reviewkit.citations.manuscript import decoded, encoding_of, language_of
from reviewkit.citations.notebook import text_cells
from reviewkit.citing import STYLES, Cluster
from reviewkit.citing.bibliography import Bibliography
from reviewkit.citing.notebook import bibliography_cells, with_bibliography
from reviewkit.errors import FormatError

#: The style of a text that names none.
USUAL_STYLE = "apa"
#: What a bibliography's cell says where there is none.
NOTHING = "*Nothing is cited yet.*"


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may cite, with the number of its cell if it is one."""

    text: str
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """What a manuscript cites: its texts with their citations, and keys of other syntaxes."""

    texts: tuple[Text, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    also: tuple[str, ...] = ()
    everything: bool = False


def texts_of(name: str, data: bytes) -> tuple[Text, ...]:
    """The Markdown texts of a manuscript, without the bibliography; none of LaTeX."""
    language, text = language_of(name), decoded(name, data)
    if language == "latex":
        return ()
    if language == "markdown":
        return (Text(text[front_matter(text) :]),)
    cells = [cell for cell in text_cells(name, text) if cell.language == "markdown"]
    ours = {cell.number for cell in bibliography_cells(json.loads(text))}
    return tuple(Text(cell.text, cell.number) for cell in cells if cell.number not in ours)


def cited(texts: Sequence[Text], clusters: Sequence[Cluster], scanned: Citations) -> Cited:
    """What pandoc found in the texts, and the keys that stand in other programs' syntaxes."""
    found = {key for cluster in clusters for key in cluster.keys}
    also = tuple(key for key in scanned.keys if key not in found)
    return Cited(tuple(texts), tuple(clusters), also, scanned.everything)


def read(path: Path) -> bytes:
    """The manuscript's bytes."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FormatError(
            f"{path} cannot be read ({error.strerror or error}). Name a citekey, or a notebook, "
            f"Markdown or LaTeX file ({', '.join(SUFFIXES)})."
        ) from error


def own_style(path: Path, data: bytes) -> str:
    """The style that a notebook's bibliography cell names, else the usual one."""
    if language_of(path.name) != "notebook":
        return USUAL_STYLE
    found = bibliography_cells(json.loads(decoded(path.name, data)))
    return next((cell.style for cell in found if cell.style), USUAL_STYLE)


def with_cell(path: Path, data: bytes, found: Bibliography, cell_id: str) -> bytes:
    """The notebook's bytes with this bibliography; see `with_bibliography`."""
    if language_of(path.name) != "notebook":
        raise FormatError(
            f"{path.name} is no notebook. Only a notebook has a cell for the bibliography; print "
            "it instead, or export the text with `reviewkit export`."
        )
    encoding = encoding_of(path.name, data)
    text = data.decode(encoding)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    source = found.markdown or NOTHING
    made = with_bibliography(path.name, text[len(mark) :], source, found.style, cell_id)
    return (mark + made).encode(encoding)


def unknown_keys(
    cited: Cited, kept: Sequence[Cluster], known: dict[str, str]
) -> tuple[Citation, ...]:
    """The keys that the library lacks and where each is cited first."""
    found: dict[str, Citation] = {}
    for cluster in kept:
        text = cited.texts[cluster.text]
        for key in cluster.keys:
            if key not in known and key not in found:
                line = text.text.count("\n", 0, max(0, text.text.find(key))) + 1
                found[key] = Citation(key, line, text.cell)
    return tuple(found.values())


def message_of(number: int, style_name: str, unknown: Sequence[Citation]) -> str:
    """What a bibliography has, in words."""
    named = STYLES.get(style_name, style_name)
    told = f"{'1 paper' if number == 1 else f'{number} papers'} ({named})"
    if unknown:
        places = ", ".join(f"{citation.key} ({citation.where})" for citation in unknown)
        told += f"; not in the library: {places}"
    return told
