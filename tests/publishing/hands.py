"""Notebooks, pictures and a library to write documents of."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from reviewkit.project import Project, open_project
from reviewkit.publishing import Citing, Document, Flat, Job, build, flatten
from reviewkit.publishing.tree import plain_text

BIB = r"""@string{nips = "Advances in Neural Information Processing Systems"}

@inproceedings{smith2020fast,
  author = {Smith, Ana and M{\"u}ller, Ben},
  title = {Fast {GPU} Inference \& more},
  booktitle = nips,
  year = 2020,
  pages = {1--12},
}

@incollection{lee2021chapter,
  author = {Lee, Chris},
  title = {A Chapter},
  crossref = {book2021},
}

@book{book2021,
  editor = {Mora, Dana},
  title = {The Book},
  booktitle = {The Book},
  publisher = {Publisher},
  year = {2021},
}

@article{o.hara:2022,
  author = {O'Hara, Eve},
  title = {Keys with signs},
  journal = {Journal},
  volume = {3},
  year = {2022},
}

@misc{unused2019,
  title = {Nobody cites it},
  year = {2019},
}
"""
KEYS = {key: key for key in ("smith2020fast", "lee2021chapter", "o.hara:2022", "unused2019")}
ITEMS = [
    {"id": key, "type": "article-journal", "title": f"Title of {key}",
     "author": [{"family": "Author", "given": "A."}], "issued": {"date-parts": [[2020]]}}
    for key in KEYS
]  # fmt: skip


def png(width: int = 8, height: int = 8, shade: int = 90) -> bytes:
    """A grey picture."""
    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">'
    '<rect width="90" height="40" fill="teal"/></svg>'
)


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def md(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def raw(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "raw", "metadata": metadata, "source": source}


def code(source: str, *outputs: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "outputs": list(outputs),
        "execution_count": 1,
    }


def shows(**bundle: Any) -> dict[str, Any]:
    """An output; `text_html` is of the type text/html."""
    data = {name.replace("_", "/", 1).replace("_", "+"): value for name, value in bundle.items()}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def picture(shade: int = 90, width: int = 64) -> dict[str, Any]:
    text = {"text/plain": "<Figure size 640x480 with 1 Axes>"}
    data = {"image/png": b64(png(width, 32, shade)), **text}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def notebook(*cells: dict[str, Any], **metadata: Any) -> bytes:
    content = {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content).encode()


def flat(*cells: dict[str, Any], code: bool = False, **metadata: Any) -> Flat:
    return flatten("survey.ipynb", notebook(*cells, **metadata), code=code)


def nothing(path: str) -> bytes:
    raise AssertionError(f"{path} was read")


def document(*cells: dict[str, Any], read: Any = nothing, **metadata: Any) -> Document:
    return build("survey.ipynb", flat(*cells, **metadata), KEYS, read)


def job(made: Document, name: str = "survey", **more: Any) -> Job:
    items = [item for item in ITEMS if item["id"] in made.keys]
    return Job(made, Citing(items, b"", BIB.encode()), name, **more)


def text_of(made: Document) -> str:
    return "\n".join(plain_text(blocks) for _, blocks in made.parts)


def blocks_of(made: Document) -> list[Any]:
    return [block for _, blocks in made.parts for block in blocks]


def told(made: Document) -> list[str]:
    return [f"{each.cell}: {each.text}" for each in made.told]


def write(folder: Path, cells: Sequence[dict[str, Any]], name: str = "survey.ipynb") -> Path:
    path = folder / name
    path.write_bytes(notebook(*cells))
    return path


def library(folder: Path, reviewer: str | None = "ana") -> Project:
    """A project with the library, open."""
    folder.mkdir(exist_ok=True)
    bib = folder / "references.bib"
    if not bib.exists():
        bib.write_text(BIB, encoding="utf-8")
    return open_project(folder, reviewer=reviewer, watch=False)


class Page(HTMLParser):
    """What is in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data
