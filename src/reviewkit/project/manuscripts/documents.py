"""A manuscript of the project as a document: what it needs of the library, and where it goes."""

from __future__ import annotations

import html
import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from reviewkit import citing, exports
from reviewkit.citations import rename_uses
from reviewkit.citations.manuscript import decoded
from reviewkit.errors import (
    FormatError,
    PandocError,
    ProjectError,
    TypesettingError,
    ValueRefusedError,
)
from reviewkit.files.sync import Sync
from reviewkit.project.manuscripts.styles import style_within
from reviewkit.publishing import (
    Citing,
    Document,
    Flat,
    Job,
    Pictures,
    Progress,
    Published,
    Target,
    Told,
    build,
    flatten,
    publish,
)
from reviewkit.publishing.anchors import slug
from reviewkit.publishing.targets import template_fault
from reviewkit.publishing.tree import plain_text
from reviewkit.records import Problem, Review

#: The style where nobody names one.
STYLE = "apa"
#: A private note shorter than this may stand in any text.
_TELLING = 12
_STEPS = ("reading the manuscript", "reading citations", "writing the document", "saving it")


@dataclass(frozen=True, slots=True)
class Wish:
    """How a document is to look; see `Project.export`."""

    style: str | None = None
    template: Path | None = None
    code: bool = False
    toc: bool = False
    citations: Literal["biblatex", "natbib"] = "biblatex"
    opinions: bool = False
    progress: Progress | None = None
    stop: threading.Event | None = None

    def begin(self, step: int) -> None:
        """Tell that a step begins."""
        if self.progress is not None:
            self.progress(step, len(_STEPS), _STEPS[step] if step < len(_STEPS) else "done")


class Documents:
    """Makes a document of one manuscript.

    Parameters
    ----------
    root
        The project's folder, outside of which no picture is read.
    manuscript
        A notebook or Markdown file.
    wish
        How it is to look.
    """

    def __init__(self, root: Path, manuscript: Path, wish: Wish) -> None:
        self._wish = wish
        self._path = manuscript
        wish.begin(0)
        try:
            self._data = manuscript.read_bytes()
        except OSError as error:
            raise FormatError(
                f"{manuscript} cannot be read ({error.strerror or error}). Name a notebook or "
                "a Markdown file."
            ) from error
        folder = manuscript.resolve().parent
        inside = folder.is_relative_to(root.resolve())
        self._pictures = Pictures(folder, root if inside else folder)
        self.flat: Flat = flatten(manuscript.name, self._data, code=wish.code)

    def style(self, root: Path) -> str:
        """The style that is asked for, else that of the notebook's bibliography."""
        asked = self._wish.style
        return asked or (style_within(root, self.flat.style) if self.flat.style else STYLE)

    def document(self, keys: Mapping[str, str]) -> Document:
        """The document; `keys` are the library's, and former ones with what they mean now."""
        self._wish.begin(1)
        for former, key in keys.items():
            if former != key and former.encode() in self._data:
                self._data, _ = rename_uses(self._path.name, self._data, former, key)
        read = self._pictures.read
        return build(self._path.name, self.flat, keys, read, self._wish.stop)

    def published(self, target: Target, document: Document, cited: Citing) -> Published:
        """The files; `cited` is what the citations are made of.

        Raises
        ------
        TypesettingError
            The message names the cell.
        """
        self._wish.begin(2)
        wish = self._wish
        job = Job(
            document,
            cited,
            _file_name(self._path.stem),
            template=_template(wish.template, target),
            toc=wish.toc,
            citations=wish.citations,
            manuscript=(self._path.name, self._data),
            beside=dict(self._pictures.taken),
            stop=wish.stop,
        )
        try:
            return publish(job, target)
        except TypesettingError as error:
            if error.cell is None and wish.template is None:
                raise
            where = self.flat.where(error.cell) if error.cell else f"template {wish.template}"
            raise TypesettingError(f"{where}: {error.message}", cell=error.cell) from error
        except PandocError as error:
            if wish.template is None or '"template.' not in error.message:
                raise
            # Pandoc knows it by the name of our copy.
            named = error.message.replace(f"template{target.template}", str(wish.template))
            raise PandocError(named) from error

    def check_private(self, document: Document, notes: list[tuple[str, str]]) -> None:
        """Refuse a document that shows what only this reviewer may see.

        `notes` are the private notes with the citekeys of their papers.
        """
        told = [(cell, plain_text(blocks)) for cell, blocks in document.parts]
        told += list(_cell_texts(self._path.name, self._data))
        texts = [(cell, _bare(text)) for cell, text in told]
        for key, note in notes:
            wanted = _bare(note)
            cell = next((cell for cell, text in texts if wanted in text), False)
            if len(wanted) >= _TELLING and cell is not False:
                where = self.flat.where(cell)
                raise ValueRefusedError(
                    f"{where} shows your private note on {key}, which nobody else may see. Take "
                    "it out, clear the cell's output, or publish the note; then export again.",
                    field="private",
                    value=key,
                )

    def problems(self, told: tuple[Told, ...]) -> tuple[Problem, ...]:
        """What could not be shown, with the cells."""
        return tuple(Problem(None, f"{self.flat.where(each.cell)} {each.text}") for each in told)


def cited_of(
    sync: Sync, document: Document, style: str, opinions: bool
) -> tuple[Citing, list[str]]:
    """What the document's citations are made of, and the cited keys that no .bib holds yet."""
    library = sync.library
    keys = list(document.keys)
    shown = sync.bib.shown()

    def paper_of(key: str) -> Any:
        return library.paper(key) if key in library else None

    bib, _ = exports.write_bib("bibtex", shown, keys, paper_of, opinions)
    missing = [key for key in keys if shown.entry(key) is None]
    return Citing(citing.items(library, keys), citing.style(style), bib), missing


def private_notes(reviews: Mapping[str, Review]) -> list[tuple[str, str]]:
    """The texts of private notes with the citekeys of their papers."""
    return [(key, note.text) for key, review in reviews.items() for note in review.notes]


def _bare(text: str) -> str:
    """The letters and figures alone, so that markup does not hide a text."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _cell_texts(name: str, data: bytes) -> Iterator[tuple[int | None, str]]:
    """All texts of a manuscript, outputs included."""
    text = decoded(name, data)
    if not name.lower().endswith(".ipynb"):
        yield None, text
        return
    for number, cell in enumerate(json.loads(text).get("cells", []), 1):
        for each in _strings(cell):
            yield number, html.unescape(re.sub(r"<[^<>]*>", " ", each))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if value and all(isinstance(each, str) for each in value):
            yield "".join(value)
        else:
            for each in value:
                yield from _strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)


def _file_name(stem: str) -> str:
    """A name that every program takes in a path."""
    return (
        stem if re.fullmatch(r"[A-Za-z0-9][\w-]*", stem, re.ASCII) else slug(stem) or "manuscript"
    )


def _template(path: Path | None, target: Target) -> bytes | None:
    if path is None:
        return None
    if not target.template:
        raise ValueRefusedError(
            f"{target.name} takes no template.", field="template", value=str(path)
        )
    if path.suffix.lower() != target.template:
        raise ValueRefusedError(
            f"A template for {target.name} ends in {target.template}; {path.name} does not.",
            field="template",
            value=str(path),
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ProjectError(f"{path} cannot be read ({error.strerror or error}).") from error
    if fault := template_fault(data, target):
        raise ValueRefusedError(f"{path} {fault}", field="template", value=str(path))
    return data
