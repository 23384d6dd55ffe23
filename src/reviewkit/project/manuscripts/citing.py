"""Citations in a style: of notebooks and other texts, and the bibliography of both."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from reviewkit.citations import SUFFIXES, cited_keys
from reviewkit.citing import Cluster, citations, items, style
from reviewkit.citing.bibliography import Bibliography
from reviewkit.citing.rendering import Rendering, render
from reviewkit.errors import (
    FormatError,
    UnknownPaperError,
    UnknownPapersError,
)
from reviewkit.files.replace import replace as replace_file
from reviewkit.near import near
from reviewkit.project.history.healing import Healed
from reviewkit.project.manuscripts.cited import (
    NOTHING,
    USUAL_STYLE,
    Cited,
    Text,
    cited,
    message_of,
    own_style,
    read,
    texts_of,
    unknown_keys,
    with_cell,
)
from reviewkit.project.manuscripts.styles import style_within
from reviewkit.records import CitedTexts, Paper, ShownCitation

#: How often a save that meets our writing is renewed anew before we give up.
_ROUNDS = 5

Source = str | os.PathLike[str] | Paper | Iterable[str | Paper]


class Citing(Healed):
    """What can be asked of a project about citations in a style."""

    def bibliography(
        self,
        source: Source,
        style: str | os.PathLike[str] | None = None,
        *,
        write: bool = False,
        stop: threading.Event | None = None,
    ) -> Bibliography:
        """The papers that a manuscript cites, or those given, as a list in a citation style.

        Parameters
        ----------
        source
            A notebook, Markdown or LaTeX file; or citekeys or papers. A text is a citekey if the
            library has it, else a file.
        style
            One of `reviewkit.citing.STYLES`, or the path of a .csl file. None: the style of the
            notebook's bibliography cell, else APA.
        write
            Put it into the notebook's bibliography cell; a new one at the end if there is none.
            All else in the file stays byte for byte; what was there goes to the trash.
        stop
            Ends it when it is set, from any thread.

        Returns
        -------
        Bibliography
            With `text`, `markdown` and `html`; in a notebook it shows itself. Cited keys that
            the library lacks are in `unknown` with their places, and change nothing else.

        Raises
        ------
        UnknownPaperError
            A given citekey is unknown.
        MissingProgramError
            Pandoc is not installed; the message says how to install it.
        ValueRefusedError, FormatError, PandocError
            No such style; a file that cannot be read, or is no notebook to write to.
        """
        path = self._manuscript(source)
        if path is None:
            if write:
                raise FormatError("Only the bibliography of a notebook can be written into it.")
            return self._listed(self._given(source), style or USUAL_STYLE, stop)
        data = read(path)
        found = self._of_file(path, data, style, stop)
        if write:
            self._put(path, data, found, style, stop)
        return found

    def show_citations(
        self,
        texts: Sequence[str],
        style: str = USUAL_STYLE,
        *,
        stop: threading.Event | None = None,
        seconds: float = 60,
    ) -> CitedTexts:
        """The citations of a document's Markdown texts as a style shows them all together.

        `seconds` is how long reading and showing them may take each.
        """
        cited = Cited(tuple(map(Text, texts)), citations(texts, stop=stop, seconds=seconds))
        rendering, bibliography, kept = self._rendered(cited, style, stop, seconds)
        lacking = {citation.key for citation in bibliography.unknown}
        shown = zip(kept, rendering.shown, strict=True)
        return CitedTexts(
            style=style,
            citations=tuple(
                ShownCitation(
                    text=cluster.text,
                    written=cluster.written,
                    citekeys=tuple(self._current(key) for key in cluster.keys),
                    html=one.html,
                    note=one.note,
                    unknown=tuple(key for key in cluster.keys if key in lacking),
                )
                for cluster, one in shown
            ),
            bibliography=bibliography.markdown or NOTHING,
            unknown=tuple(citation.key for citation in bibliography.unknown),
            message=bibliography.message,
        )

    def allowed_style(self, style: str) -> str:
        """The style, if a view may name it: by its name, or as a file within the project.

        Raises
        ------
        ValueRefusedError
            It is a file somewhere else.
        """
        return style_within(self.root, style)

    def _current(self, key: str) -> str:
        with self._lock:
            return self._sync.library.resolve(key) or key

    def _manuscript(self, source: Source) -> Path | None:
        """The file that is meant; None: papers are."""
        if isinstance(source, os.PathLike):
            return Path(source).expanduser()
        if not isinstance(source, str) or source in self:
            return None
        path = Path(source).expanduser()
        is_file = source.lower().endswith(tuple(SUFFIXES)) or path.is_file()
        return path if is_file else None

    def _given(self, source: Source) -> list[str]:
        several = [source] if isinstance(source, str | Paper) else source
        asked = [one.citekey if isinstance(one, Paper) else str(one) for one in several]  # type: ignore[union-attr]
        with self._lock:
            known = self._sync.library.citekeys()
            unknown = {key: near(key, known) for key in asked if key not in self}
        if len(unknown) == 1:
            raise UnknownPaperError(*unknown.popitem())
        if unknown:
            raise UnknownPapersError(unknown)
        return asked

    def _listed(
        self, keys: Sequence[str], style: str | os.PathLike[str], stop: threading.Event | None
    ) -> Bibliography:
        return self._rendered(Cited(also=tuple(keys)), style, stop)[1]

    def _of_file(
        self,
        path: Path,
        data: bytes,
        style: str | os.PathLike[str] | None,
        stop: threading.Event | None,
    ) -> Bibliography:
        cited = self._read_citations(path, data, stop)
        return self._rendered(cited, style or own_style(path, data), stop)[1]

    def _read_citations(self, path: Path, data: bytes, stop: threading.Event | None) -> Cited:
        texts = texts_of(path.name, data)
        with self._lock:
            library = self._sync.library
            scanned = cited_keys(path.name, data, library.citekeys(), library.aliases())
        return cited(texts, citations([one.text for one in texts], stop=stop), scanned)

    def _rendered(
        self,
        cited: Cited,
        style_name: str | os.PathLike[str],
        stop: threading.Event | None,
        seconds: float = 60,
    ) -> tuple[Rendering, Bibliography, list[Cluster]]:
        csl = style(style_name, self.root)
        with self._lock:
            library = self._sync.library
            keys = [key for cluster in cited.clusters for key in cluster.keys]
            listed = library.citekeys() if cited.everything else cited.also
            keys += listed
            names = {key: library.resolve(key) for key in dict.fromkeys(keys)}
            known = {key: name for key, name in names.items() if name is not None}
            papers = items(library, known.values())
        if b'"abstract"' not in csl:
            papers = [{k: v for k, v in one.items() if k != "abstract"} for one in papers]
        kept = [
            cluster
            for cluster in cited.clusters
            if any(key in known for key in cluster.keys) or cluster.is_meant()
        ]
        also = dict.fromkeys(known[key] for key in listed if key in known)
        rendering = render(kept, papers, csl, also=also, names=known, stop=stop, seconds=seconds)
        unknown = unknown_keys(cited, kept, known)
        told = rendering.bibliography
        name = os.fspath(style_name)
        message = message_of(len(told), name, unknown)
        return rendering, told.of(name, unknown, message), kept

    def _put(
        self,
        path: Path,
        data: bytes,
        found: Bibliography,
        style: str | os.PathLike[str] | None,
        stop: threading.Event | None,
    ) -> None:
        """Put the bibliography into the notebook; a save that meets it gets its own."""
        machine, trash = self._store.machine, self._store.layout.trash
        for _ in range(_ROUNDS):
            after = with_cell(path, data, found, machine.name(8))
            if after == data:
                return
            came_out = replace_file(path, after, trash, machine).came_out
            if came_out is None or came_out == data:
                return
            data = came_out
            found = self._of_file(path, data, style, stop)
