"""The formats that a manuscript can be written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from reviewkit.errors import ValueRefusedError
from reviewkit.near import near

_BODY = re.compile(r"\$\{?\s*body\b")


@dataclass(frozen=True, slots=True)
class Target:
    """A format: what it is for, the ends of files' names, and whether it is several files.

    `template` is the end of the name of a template for it; empty: it has none. `keeps_text`:
    it holds the manuscript's own text, for another program to make a document of.
    """

    name: str
    what: str
    suffixes: tuple[str, ...]
    several: bool = False
    template: str = ""
    keeps_text: bool = False


_ALL = (
    Target("pdf", "a PDF, typeset by Typst", (".pdf",), template=".typ"),
    Target("docx", "Word", (".docx",), template=".docx"),
    Target("html", "one web page that needs nothing else", (".html", ".htm"), template=".html"),
    Target("latex", "LaTeX with a .bib and pictures", (".tex",), several=True, template=".tex"),
    Target("typst", "Typst with pictures", (".typ",), several=True, template=".typ"),
    Target(
        "myst",
        "a MyST project: myst.yml, the manuscript and a .bib",
        (),
        several=True,
        keeps_text=True,
    ),
    Target("quarto", "Quarto with a .bib and pictures", (".qmd",), several=True, keeps_text=True),
)
#: The formats by name.
TARGETS = {target.name: target for target in _ALL}


def target_of(path: str, asked: str | None) -> Target | None:
    """The format that was asked for, or the one of the path's suffix; None: it is no document.

    Raises
    ------
    ValueRefusedError
        A zip or folder, and nobody said in which format.
    """
    if asked is not None:
        return TARGETS.get(asked)
    suffix = "." + path.rpartition(".")[2].lower()
    found = next((target for target in _ALL if suffix in target.suffixes), None)
    if found is None and (suffix == ".zip" or path.endswith(("/", "\\"))):
        several = [name for name, target in TARGETS.items() if target.several]
        raise ValueRefusedError(
            f"{path!r} can hold any of the formats {', '.join(several)}: say which one.",
            field="format",
            value=path,
        )
    return found


def checked_target(name: str) -> Target:
    """The format of this name.

    Raises
    ------
    ValueRefusedError
        There is none; the message names the near ones.
    """
    if name in TARGETS:
        return TARGETS[name]
    likely = near(name, TARGETS)
    hint = f" Did you mean {' or '.join(likely)}?" if likely else ""
    raise ValueRefusedError(
        f"There is no document format {name!r}.{hint} Formats: {', '.join(TARGETS)}.",
        field="format",
        value=name,
    )


def template_fault(data: bytes, target: Target) -> str:
    """Why a template cannot be used, going on after its name; empty: nothing is seen of it."""
    if target.template == ".docx":
        try:
            with ZipFile(BytesIO(data)) as file:
                whole = "word/styles.xml" in file.namelist()
        except BadZipFile:
            whole = False
        return "" if whole else "is no Word document: save it anew as .docx."
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "is no text in UTF-8: save it as that."
    return "" if _BODY.search(text) else "has no $body$, where the document would stand."


def beside(manuscript: Path, target: Target) -> str:
    """Where a manuscript's document goes if nobody says it."""
    if target.several:
        return str(manuscript.with_name(f"{manuscript.stem}-{target.name}"))
    return str(manuscript.with_suffix(target.suffixes[0]))
