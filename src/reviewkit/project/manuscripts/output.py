"""Out again: the papers that a manuscript uses, in any format."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit import exports
from reviewkit.bibtex import BibDocument
from reviewkit.citations import SUFFIXES, cited_keys
from reviewkit.errors import (
    FormatError,
    ProjectError,
    UnknownCitationError,
    UnknownPaperError,
    UnknownPapersError,
    ValueRefusedError,
)
from reviewkit.files.replace import replace
from reviewkit.files.sync import Sync
from reviewkit.library import Library
from reviewkit.near import near
from reviewkit.project.surveying.flowing import decisions
from reviewkit.records import Paper, Problem

if TYPE_CHECKING:
    from reviewkit.project.opening.reading import Reading

Manuscripts = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
Papers = str | Paper | Sequence[str | Paper]


@dataclass(frozen=True)
class ExportRequest:
    """What is to be exported; see `Project.export`."""

    path: Path
    used_in: Manuscripts | None = None
    papers: Papers | None = None
    format: str | None = None
    opinions: bool = False


@dataclass(frozen=True)
class ExportResult:
    """The file written, its format and the citekeys in it, in the library's order.

    `problems` are the papers that were asked for and could not be handed on.
    """

    path: Path
    citekeys: tuple[str, ...]
    message: str = ""
    format: str = "bibtex"
    problems: tuple[Problem, ...] = ()


def write_export(project: Reading, sync: Sync, request: ExportRequest) -> ExportResult:
    """Write the papers that were asked for into one file; see `Project.export`."""
    target = request.path.expanduser().absolute()
    kind = exports.format_of(target.name, request.format)
    if request.opinions and kind in exports.OPINIONLESS:
        raise ValueRefusedError(
            f"A {kind} export never holds opinions; choose another format to hand them on.",
            field="format",
            value=kind,
        )
    check_target(project, target, request.used_in)
    library = sync.library
    chosen = _chosen(library, request)
    keys = library.citekeys() if chosen is None else chosen
    problems: tuple[Problem, ...] = ()
    if kind in exports.ITEM_WRITERS:
        data = exports.ITEM_WRITERS[kind](_items(sync, keys), request.opinions)
    else:
        paper_of = cache(lambda key: library.paper(key) if key in library else None)
        document = sync.bib.shown()
        data, problems = exports.write_bib(kind, document, chosen, paper_of, request.opinions)
        problems += _not_written_yet(document, keys)
    write_new(target, data, sync)
    missing = {problem.text for problem in problems}
    written = tuple(key for key in keys if key not in missing)
    papers = "1 paper" if len(written) == 1 else f"{len(written)} papers"
    told = [f"{papers} written to {request.path}", *(problem.reason for problem in problems)]
    return ExportResult(target, written, "\n".join(told), kind, problems)


def check_target(project: Reading, target: Path, used_in: Manuscripts | None) -> None:
    """Refuse to write over the project's own files and the manuscripts.

    Raises
    ------
    ProjectError
        It is one of them.
    """
    own = (project.bib_path, project.csv_path, project.generated_path)
    inside = project.root.resolve() / ".reviewkit" in target.resolve().parents
    if inside or any(_same(target, path) for path in own):
        raise ProjectError(
            f"{target.name} is the project's own file. Give the export another name."
        )
    if any(_same(target, Path(path).expanduser()) for path in several(used_in)):
        raise ProjectError(f"{target.name} is the manuscript. Give the export another name.")


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def several(used_in: Manuscripts | None) -> list[str | os.PathLike[str]]:
    """The manuscripts as a list."""
    if used_in is None:
        return []
    return [used_in] if isinstance(used_in, str | os.PathLike) else list(used_in)


def _chosen(library: Library, request: ExportRequest) -> list[str] | None:
    """The citekeys asked for, in the library's order; None for all."""
    if request.used_in is None and request.papers is None:
        return None
    wanted = set(_used(library, request.used_in)) if request.used_in is not None else set()
    given = request.papers if request.papers is not None else ()
    several = [given] if isinstance(given, str | Paper) else given
    asked = [paper.citekey if isinstance(paper, Paper) else paper for paper in several]
    known = library.citekeys()
    unknown = {key: near(key, known) for key in asked if key not in library}
    if len(unknown) == 1:
        raise UnknownPaperError(*unknown.popitem())
    if unknown:
        raise UnknownPapersError(unknown)
    wanted.update(asked)
    return [key for key in known if key in wanted]


def _items(sync: Sync, keys: Sequence[str]) -> Iterator[exports.Item]:
    library = sync.library
    document = library.document
    for key in keys:
        paper = library.paper(key)
        entry = library.entry_of(paper.id) or document.entry(key)
        fields = exports.with_inherited(library.fields(key), document, entry)
        yield exports.Item(paper, fields, tuple(decisions(sync, paper.id)))


def _not_written_yet(document: BibDocument, keys: Sequence[str]) -> tuple[Problem, ...]:
    reason = "{} was left out: it is not in the .bib file yet"
    waiting = [key for key in keys if document.entry(key) is None]
    return tuple(Problem(None, reason.format(key), key) for key in waiting)


def _used(library: Library, used_in: Manuscripts) -> list[str]:
    keys, unknown = used_keys(library, used_in)
    if unknown:
        known = library.citekeys()
        raise UnknownCitationError(
            {key: near(key, known) for key in unknown},
            ", ".join(Path(path).name for path in several(used_in)),
            unknown,
        )
    return keys


def used_keys(library: Library, used_in: Manuscripts) -> tuple[list[str], dict[str, str]]:
    """The citekeys that manuscripts cite; and those that the library lacks, with their places.

    Raises
    ------
    FormatError
        A file cannot be read.
    """
    known = library.citekeys()
    keys: dict[str, None] = {}
    unknown: dict[str, str] = {}
    for given in several(used_in):
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
        unknown |= {citation.key: citation.where for citation in found.unknown}
    return list(keys), unknown


def write_new(target: Path, data: bytes, sync: Sync) -> bytes | None:
    """Put the file in place; what came out of it, None if there was none."""
    if not target.parent.is_dir():
        raise ProjectError(f"There is no folder {target.parent}; make it first.")
    if target.is_dir():
        raise ProjectError(f"{target} is a folder; name a file in it.")
    return replace(target, data, sync.store.layout.trash, sync.store.machine).came_out
