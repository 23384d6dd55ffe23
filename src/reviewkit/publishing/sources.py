"""The manuscript's own text for MyST and Quarto, with what they need beside it."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from reviewkit.citations.manuscript import decoded, language_of
from reviewkit.citations.notebook import source_of
from reviewkit.publishing.cells import Cell, read_notebook
from reviewkit.publishing.dialects import for_myst, for_quarto
from reviewkit.publishing.fences import for_pandoc
from reviewkit.publishing.flatten import BIBLIOGRAPHY, attachments
from reviewkit.publishing.job import Job, Published
from reviewkit.publishing.matter import split_front
from reviewkit.publishing.options import options_of
from reviewkit.publishing.piece import Told
from reviewkit.publishing.tree import plain_text

_TITLE = re.compile(r"\s*#[ \t]+([^\n]+)\n?")


def write_myst(job: Job) -> Published:
    """A project for mystmd: the manuscript with its own text, `myst.yml` and a .bib.

    Its own bibliography stands where MyST puts it, so that a cell of ours would double it.
    """
    name, data = job.manuscript
    if language_of(name) == "notebook":
        notebook = json.loads(decoded(name, data))
        cells = enumerate(notebook["cells"], 1)
        notebook["cells"] = [_foreign(name, n, cell) for n, cell in cells if not _is_ours(cell)]
        notebook.get("metadata", {}).pop("reviewkit", None)
        data = (
            json.dumps(notebook, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
        )
    else:
        data = for_myst(decoded(name, data)).encode("utf-8", "replace")
    main = f"{job.name}.{name.rpartition('.')[2]}"
    about = _about(job)
    authors = about.pop("author", [])
    project = {**about, "authors": authors} if authors else about
    if job.document.numbered:
        project["numbering"] = {"headings": True}
    project |= {"bibliography": [f"{job.name}.bib"], "toc": [{"file": main}]}
    settings = {"version": 1, "project": project, "site": {"template": "article-theme"}}
    pictures, told = _beside(job)
    files = {"myst.yml": _yaml(settings).encode(), main: data, **pictures}
    return Published(main, {**files, f"{job.name}.bib": job.citing.bib}, told)


def write_quarto(job: Job) -> Published:
    """A Quarto document: the manuscript's text, its code to be run again, and a .bib."""
    name, data = job.manuscript
    text = decoded(name, data)
    images: dict[str, bytes] = {}
    if language_of(name) == "notebook":
        cells = read_notebook(name, text).cells
        body = "\n\n".join(filter(None, (_quarto_cell(cell, job, images) for cell in cells)))
    else:
        body = for_pandoc(split_front(text)[1])
    body = for_quarto(_without_title(body, _words(job.document.meta["title"])))
    settings = _about(job) | {
        "bibliography": f"{job.name}.bib",
        "number-sections": job.document.numbered,
        "toc": job.toc or job.document.toc,
        "execute": {"echo": False, "warning": False},
        "format": {"html": "default", "pdf": "default", "docx": "default"},
    }
    if job.citing.style:
        settings["csl"] = f"{job.name}.csl"
        images[f"{job.name}.csl"] = job.citing.style
    if language_of(name) == "notebook":
        settings["jupyter"] = "python3"
    pictures, told = _beside(job)
    main = f"{job.name}.qmd"
    whole = f"---\n{_yaml(settings)}---\n\n{body.strip()}\n".encode("utf-8", "replace")
    return Published(
        main, {main: whole, f"{job.name}.bib": job.citing.bib, **images, **pictures}, told
    )


def _without_title(body: str, title: str) -> str:
    """The text without a first heading that is its title, which stands above it."""
    first = _TITLE.match(body)
    if first is None:
        return body
    said = re.sub(r"\{#[^}]*\}|\W", "", first[1])
    return body[first.end() :] if said == re.sub(r"\W", "", title) else body


def _is_ours(cell: dict[str, Any]) -> bool:
    ours = cell.get("metadata", {}).get("reviewkit")
    return isinstance(ours, dict) and ours.get("role") == BIBLIOGRAPHY


def _foreign(name: str, number: int, cell: dict[str, Any]) -> dict[str, Any]:
    metadata = {k: v for k, v in cell.get("metadata", {}).items() if k != "reviewkit"}
    if cell.get("cell_type") != "markdown":
        return {**cell, "metadata": metadata}
    source = source_of(name, number, cell)
    return {**cell, "metadata": metadata, "source": for_myst(source)}


def _quarto_cell(cell: Cell, job: Job, images: dict[str, bytes]) -> str:
    if cell.role == BIBLIOGRAPHY:
        heading = cell.source.lstrip().split("\n")[0]
        return (heading + "\n\n" if heading.startswith("#") else "") + "::: {#refs}\n:::"
    if cell.kind == "code":
        options, source = options_of(cell)
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", cell.source)), default=0))
        lines = cell.source[: len(cell.source) - len(source)].strip()
        if not options.output and "output" not in lines and "include" not in lines:
            lines += "\n#| output: false"
        if options.code and "echo" not in lines:
            lines += "\n#| echo: true"
        inside = "\n".join(filter(None, (lines.strip(), source.strip("\n"))))
        return f"{fence}{{python}}\n{inside}\n{fence}" if inside else ""
    if cell.tags & {"remove-cell", "hide-cell"}:
        return ""
    source = split_front(cell.source)[1] if cell.number == 1 else cell.source
    if cell.kind == "raw" and "latex" in str(cell.metadata.get("raw_mimetype", "")):
        return f"```{{=latex}}\n{source}\n```"
    pictures: dict[str, bytes] = {}
    for name, file in attachments(cell, pictures):
        source = source.replace(f"attachment:{name}", job.place(file))
        images[job.place(file)] = pictures[file]
    return for_pandoc(source.rstrip())


def _about(job: Job) -> dict[str, Any]:
    """Title, authors, abstract and keywords as plain texts."""
    meta = job.document.meta
    about: dict[str, Any] = {"title": _words(meta["title"])}
    for name in ("subtitle", "date"):
        if name in meta:
            about[name] = _words(meta[name])
    if "author" in meta:
        about["author"] = [{"name": _words(each)} for each in meta["author"]["c"]]
    if "keywords" in meta:
        about["keywords"] = [_words(each) for each in meta["keywords"]["c"]]
    return about


def _words(value: Any) -> str:
    return " ".join(plain_text(value["c"]).split())


def _yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=90))


def _beside(job: Job) -> tuple[dict[str, bytes], tuple[Told, ...]]:
    """The pictures that the text names by path, where it names them."""
    inside = {path: data for path, data in job.beside.items() if _stays(path)}
    told = [
        Told(None, f"names a picture above its folder, which was left out: {path!r}")
        for path in job.beside
        if path not in inside
    ]
    return inside, tuple(told)


def _stays(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return ".." not in parts and parts[0] != "" and ":" not in parts[0]
