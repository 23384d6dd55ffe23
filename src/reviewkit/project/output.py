"""Out again: the .bib that a manuscript uses, and the draft of a survey."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.bibtex import BibDocument, encode_value
from reviewkit.citations import SUFFIXES, cited_keys
from reviewkit.drafts import build
from reviewkit.errors import FormatError, ProjectError, UnknownCitationError
from reviewkit.files import bibentry
from reviewkit.files.replace import replace
from reviewkit.files.sync import Sync
from reviewkit.library import Library
from reviewkit.near import near

if TYPE_CHECKING:
    from reviewkit.project.reading import Reading

Manuscripts = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


@dataclass(frozen=True)
class ExportResult:
    """The file written and the citekeys in it, in the library's order."""

    path: Path
    citekeys: tuple[str, ...]
    message: str = ""


@dataclass(frozen=True)
class DraftResult:
    """The notebook written and what was done to it, in words."""

    path: Path
    message: str = ""


def write_export(
    project: Reading,
    sync: Sync,
    path: Path,
    used_in: Manuscripts | None,
    opinions: bool,
) -> ExportResult:
    """Write a .bib of exactly the papers that the manuscripts cite; without any: of all.

    The entries' own text is kept, with the @string definitions and crossref parents that
    they need. Our fields are left out unless `opinions`. A file of that name goes to the
    project's trash.

    Raises
    ------
    UnknownCitationError
        Keys that the library lacks, with the near ones; nothing is written.
    """
    target = path.expanduser().absolute()
    _not_ours(project, target)
    library = sync.library
    keys = _used(library, used_in) if used_in is not None else library.citekeys()
    data = library.document.subset(keys)
    if not opinions:
        data = without_opinions(data, library)
    _write(target, data, sync)
    order = [key for key in library.citekeys() if key in set(keys)]
    papers = "1 paper" if len(order) == 1 else f"{len(order)} papers"
    return ExportResult(target, tuple(order), f"{papers} written to {path}")


def _not_ours(project: Reading, target: Path) -> None:
    if target.resolve() in (project.bib_path.resolve(), project.csv_path.resolve()):
        raise ProjectError(
            f"{target.name} is the project's own file. Give the export another name."
        )


def _used(library: Library, used_in: Manuscripts) -> list[str]:
    paths = [used_in] if isinstance(used_in, str | os.PathLike) else list(used_in)
    known = library.citekeys()
    keys: dict[str, None] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for given in paths:
        path = Path(given).expanduser()
        try:
            data = path.read_bytes()
        except OSError as error:
            raise FormatError(
                f"{path} cannot be read ({error.strerror or error}). Name notebooks, Markdown "
                f"or LaTeX files ({', '.join(SUFFIXES)})."
            ) from error
        found = cited_keys(path.name, data, known, library.aliases())
        keys.update(dict.fromkeys(known if found.everything else found.keys))
        unknown |= {key: near(key, known) for key in found.unknown_keys}
    if unknown:
        raise UnknownCitationError(unknown, ", ".join(Path(p).name for p in paths))
    return list(keys)


def without_opinions(data: bytes, library: Library) -> bytes:
    """The same entries without the fields that reviewkit wrote."""
    document = BibDocument.from_bytes(data)
    for entry in document.entries:
        paper = library.id_of(entry.citekey)
        if b"reviewkit" not in entry.raw or paper is None or entry.problem is not None:
            continue
        rated = bibentry.RATINGS in entry.fields
        for name in list(entry.fields):
            ours = name in (bibentry.MARK, bibentry.RATINGS) or name.startswith(bibentry.COMMENT)
            if ours or (name == "ranking" and rated):
                document.remove_field(entry, name)
        _own_keywords(document, entry.citekey, library)
    return document.to_bytes()


def _own_keywords(document: BibDocument, citekey: str, library: Library) -> None:
    entry = document.entry(citekey)
    if entry is None or "keywords" not in entry.fields:
        return
    own = library.paper(citekey).keywords
    there = bibentry.split_keywords(entry.fields["keywords"].value)
    if sorted(own) == sorted(there):
        return
    if own:
        document.set_raw(entry, "keywords", encode_value("keywords", ", ".join(own)))
    else:
        document.remove_field(entry, "keywords")


def write_draft(project: Reading, sync: Sync, path: Path, by: str) -> DraftResult:
    """Write a survey notebook with a section a tag; drafting again leaves edits alone.

    Raises
    ------
    FormatError
        There is a file of that name that is no notebook; it is left as it is.
    """
    target = path.expanduser().absolute()
    previous: dict[str, Any] | None = None
    cited: tuple[str, ...] = ()
    if target.exists():
        try:
            data = target.read_bytes()
            previous = json.loads(data)
            library = sync.library
            cited = cited_keys(target.name, data, library.citekeys(), library.aliases()).keys
        except ValueError as error:
            raise FormatError(
                f"{path} is there and is no notebook ({error}). Give the draft another name."
            ) from error
    relative = os.path.relpath(project.root, target.parent).replace(os.sep, "/")
    made = build(project.papers(), by=by, project=relative, previous=previous, also_cited=cited)
    text = json.dumps(made.notebook, ensure_ascii=False, indent=1).encode() + b"\n"
    if previous is None or text != data:
        _write(target, text, sync)
    return DraftResult(target, made.message)


def _write(target: Path, data: bytes, sync: Sync) -> None:
    if not target.parent.is_dir():
        raise ProjectError(f"There is no folder {target.parent}; make it first.")
    replace(target, data, sync.store.layout.trash, sync.store.machine)
