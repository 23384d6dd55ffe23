"""What leaves a project: its papers for other programs, its manuscripts as documents."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from reviewkit import exports
from reviewkit.errors import ProjectError, ValueRefusedError
from reviewkit.near import near
from reviewkit.project.history.purging import Purged
from reviewkit.project.manuscripts.documents import Documents, Wish, cited_of, private_notes
from reviewkit.project.manuscripts.output import (
    ExportRequest,
    ExportResult,
    Manuscripts,
    Papers,
    check_target,
    several,
    write_export,
)
from reviewkit.project.manuscripts.placing import place_all, zipped
from reviewkit.publishing import TARGETS, Published, Target, target_of
from reviewkit.publishing.job import Progress
from reviewkit.records import Problem

#: So many cells are named in a message.
_NAMED = 10


class Exporting(Purged):
    """A project whose papers and manuscripts can be written for others."""

    def export(
        self,
        path: str | os.PathLike[str],
        *,
        used_in: Manuscripts | None = None,
        papers: Papers | None = None,
        format: str | None = None,  # noqa: A002 - what people call it
        opinions: bool = False,
        style: str | None = None,
        template: str | os.PathLike[str] | None = None,
        code: bool = False,
        toc: bool = False,
        citations: Literal["biblatex", "natbib"] = "biblatex",
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> ExportResult:
        """Write papers into one file for other programs, or a manuscript as a document.

        Parameters
        ----------
        path
            A file that is there already goes to the project's trash. Of a document in several
            files (LaTeX, Typst, MyST, Quarto) it may be a folder or a .zip, too.
        used_in
            Notebooks, Markdown, .tex, .aux or .bcf files: just the papers that they cite. Of a
            document: the one notebook or Markdown file that it is made of.
        papers
            Just these, by citekey; with `used_in` these too. Without either: all.
        format
            One of `reviewkit.exports.FORMATS` or `reviewkit.publishing.TARGETS`; None: by the
            path's suffix (.bib, .ris, .json, .csv; .pdf, .docx, .html, .tex, .typ, .qmd). Each
            form of BibTeX has the definitions and the crossref parents that its entries need.
        opinions
            Whether ratings, tags and notes go with the papers.
        style
            Of a document's citations: one of `reviewkit.citing.STYLES`, or a .csl file; None:
            that of the notebook's bibliography cell, else APA. LaTeX cites by itself.
        template
            Of a document: a file instead of the template that is shipped, see
            docs/templates.md.
        code
            Of a document: show the source of code cells that do not say otherwise.
        toc
            Of a document: with a table of contents.
        citations
            Of LaTeX: the package that it cites with.
        progress
            Of a document: called with how many steps are done, of how many, and the next one.
        stop
            Of a document: set it from any thread to end the work; then nothing is written.

        Raises
        ------
        UnknownCitationError, UnknownPaperError
            Keys that the library lacks, with the near ones and the cells; nothing is written.
        ValueRefusedError, ProjectError, FormatError
            No such format or style; the project's own file; a manuscript that cannot be read or
            shows a private note.
        MissingProgramError, PandocError, TypesettingError
            A document cannot be made; what to install, or which cell is at fault.
        StoppedError
            `stop` was set.
        """
        target = _target(os.fspath(path), format)
        if target is None:
            self._write()
            request = ExportRequest(Path(path), used_in, papers, format, opinions)
            with self._lock:
                return write_export(self, self._sync, request)
        if papers is not None:
            raise ValueRefusedError(
                "A document holds the papers that its manuscript cites; leave `papers` out.",
                field="papers",
                value=papers,
            )
        file = Path(template).expanduser() if template is not None else None
        wish = Wish(style, file, code, toc, citations, opinions, progress, stop)
        return self._document(Path(path), os.fspath(path), _only(used_in), target, wish)

    def _document(
        self, path: Path, asked: str, manuscript: Path, target: Target, wish: Wish
    ) -> ExportResult:
        self._write()
        out = path.expanduser().absolute()
        documents = Documents(self.root, manuscript, wish)
        with self._lock:
            keys = self._sync.library.meanings()
        document = documents.document(keys)
        if self.reviewer is not None:
            documents.check_private(document, private_notes(self.private_reviews()))
        with self._lock:
            style = documents.style(self.root)
            cited, missing = cited_of(self._sync, document, style, opinions=wish.opinions)
        published = documents.published(target, document, cited)
        wish.begin(3)
        files, main = _placed(out, asked, target, published)
        with self._lock:
            for file in files:
                check_target(self, file, [manuscript])
            place_all(files, self._sync)
        wish.begin(4)
        problems = documents.problems(published.told)
        problems += tuple(
            Problem(None, f"{key} is not in the .bib file yet", key) for key in missing
        )
        shown = "1 paper" if len(document.keys) == 1 else f"{len(document.keys)} papers"
        told = [f"{main}: {manuscript.name} as {target.what}, with {shown} cited"]
        told += _left_out(documents.flat.unwritten) if target.template else []
        told += [problem.reason for problem in problems]
        return ExportResult(main, document.keys, "\n".join(told), target.name, problems)


def _left_out(cells: Sequence[int]) -> list[str]:
    """That the document lacks what a draft only asks somebody to write."""
    if not cells:
        return []
    named = ", ".join(map(str, cells[:_NAMED])) + (", …" if len(cells) > _NAMED else "")
    if len(cells) == 1:
        return [f"cell {named} is still to be written and left out"]
    return [f"{len(cells)} cells are still to be written and left out: {named}"]


def _target(path: str, asked: str | None) -> Target | None:
    """The document's format; None: papers are asked for."""
    if asked is not None and asked not in exports.FORMATS and asked not in TARGETS:
        formats = [*exports.FORMATS, *TARGETS]
        likely = near(asked, formats)
        hint = f" Did you mean {' or '.join(likely)}?" if likely else ""
        raise ValueRefusedError(
            f"There is no export format {asked!r}.{hint} Formats: {', '.join(formats)}.",
            field="format",
            value=asked,
        )
    return target_of(path, asked)


def _only(used_in: Manuscripts | None) -> Path:
    paths = several(used_in)
    if len(paths) != 1:
        raise ValueRefusedError(
            "A document is made of one manuscript: name it with used_in (--used-in FILE).",
            field="used_in",
            value=used_in,
        )
    return Path(paths[0]).expanduser()


def _placed(
    out: Path, asked: str, target: Target, published: Published
) -> tuple[dict[Path, bytes], Path]:
    """Where each file goes, the main file last, and the path to tell of."""
    if not target.several:
        if not out.parent.is_dir():
            raise ProjectError(f"There is no folder {out.parent}; make it first.")
        return {out: published.data}, out
    if out.suffix.lower() == ".zip":
        return {out: zipped(published.files)}, out
    if out.suffix.lower() in target.suffixes and not out.is_dir():
        published = _renamed(published, out.stem)
        folder = out.parent
    else:
        folder = out
    main = folder / published.main
    rest = {
        folder / name: data for name, data in published.files.items() if name != published.main
    }
    return {**rest, main: published.data}, main


def _renamed(published: Published, stem: str) -> Published:
    """The main file under the name that was asked for; what it names keeps its own."""
    main = stem + "." + published.main.rpartition(".")[2]
    files = {main if n == published.main else n: data for n, data in published.files.items()}
    return replace(published, main=main, files=files)
