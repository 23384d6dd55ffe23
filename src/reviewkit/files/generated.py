"""references.reviewkit.bib: the reviewed papers, where another program makes references.bib.

Full entries with our fields beside their own, in UTF-8, so that LaTeX, JabRef and people can
use it. Our fields may be edited here and are taken in; everything else is copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.errors import BibtexError
from reviewkit.files import bibentry
from reviewkit.files.following import fields_of
from reviewkit.files.ownfields import OwnFields
from reviewkit.files.splicing import Splicing
from reviewkit.files.watched import TakenIn, WatchedFile
from reviewkit.library import Library
from reviewkit.records import Problem
from reviewkit.store.fs import FS
from reviewkit.store.layout import Layout

_HEADER = """\
% Made by reviewkit. {bib} is written anew by another program, so what people say of
% papers is kept here, with a copy of each entry. Ratings, tags and comments may be edited in
% this file; all else comes from {bib} and from edits made in reviewkit.
"""
_PARENTS = ("crossref", "xdata")


class GeneratedFile(WatchedFile):
    """The file beside references.bib, as it stands on disk and as it should."""

    def __init__(self, layout: Layout, fs: FS, own: OwnFields, splicing: Splicing) -> None:
        super().__init__(layout.generated, fs)
        self._bib = layout.bib_name
        self._own = own
        self._splicing = splicing
        self._texts: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    def changed(self) -> bool:
        """Whether the file on disk is not the one last seen."""
        return self._fs.signature(self._path) != self._signature

    def take_in(self) -> tuple[TakenIn, set[str]]:
        """Edits of our fields, and the papers whose entries are not as they were written."""
        taken, concerned = TakenIn(), set[str]()
        # Read before anything is noted: a look that fails is no look.
        signature = self._fs.signature(self._path)
        changed = signature is not None and signature != self._signature
        data = self._fs.read(self._path) if changed else b""
        between, self._saved_between = self._saved_between, None
        if between is not None:
            concerned |= self._take(between, taken)
        if signature == self._signature:
            return taken, concerned
        self._signature, self.looked = signature, True
        if data != self._data:
            self._data = data
            concerned |= self._take(data, taken)
        return taken, concerned

    def _take(self, data: bytes, taken: TakenIn) -> set[str]:
        document = BibDocument.from_bytes(data)
        concerned = set()
        for entry in document.holding(bibentry.MARK.encode()):
            mark = bibentry.read_mark(entry)
            if mark is None or entry.commented or entry.problem is not None:
                continue
            text = document.codec.read(entry.raw)
            if self._texts.get(mark.paper) == text:
                continue
            taken.add(self._own.take_in(entry, mark.paper, self.name))
            concerned.add(mark.paper)
            self._texts[mark.paper] = text
        return concerned

    def fields(self, paper: str) -> Mapping[str, str] | None:
        """The texts of the paper's entry here; None if it has none."""
        entry = _entry(self._texts.get(paper, ""))
        return None if entry is None else fields_of(entry[1])

    def astray(self, library: Library) -> list[Problem]:
        """Papers that the other program's file had and has no more, for people to know."""
        keys = (
            library.key_of(paper) or paper
            for paper in self._texts
            if library.entry_of(paper) is None and not self._splicing.is_known(paper)
        )
        return [
            Problem(None, f"{key} is not in {self._bib} any more; its opinions are kept here",
                    key, self.name)
            for key in sorted(keys)
        ]  # fmt: skip

    def refresh(self, papers: Iterable[str], library: Library) -> list[Problem]:
        """Make the entries of these papers anew; what could not be made."""
        problems = []
        for paper in papers:
            key = library.key_of(paper)
            if key is None or library.is_deleted(paper) or not library.says_something(paper):
                self._texts.pop(paper, None)
                continue
            there = _entry(self._texts.get(paper, ""))
            if there is not None and self._own.is_held(there[1], paper, self.name):
                continue
            try:
                text = self._made(paper, key, library)
            except BibtexError as error:
                problems.append(Problem(None, error.message, key, self.name))
                continue
            if text is None:
                self._texts.pop(paper, None)
            else:
                self._texts[paper] = text
        return problems

    def _made(self, paper: str, key: str, library: Library) -> str | None:
        entry = library.entry_of(paper)
        document = library.document
        text = None if entry is None else document.codec.read(entry.raw)
        for candidate in (text, self._splicing.lost(paper), self._texts.get(paper)):
            found = _entry(candidate or "")
            if found is not None:
                break
        else:
            found = self._from_log(paper, key)
            if found is None:
                return None
        copy, own = found
        if own.citekey != key:
            copy.rename(own, key)
        self._splicing.put(copy, own, paper)
        return copy.codec.read(own.raw).replace("\r\n", "\n")

    def _from_log(self, paper: str, key: str) -> tuple[BibDocument, Entry] | None:
        document = BibDocument.from_bytes(b"")
        entry = self._splicing.from_log(document, paper, key)
        return None if entry is None else (document, entry)

    def wanted(self, library: Library) -> bytes | None:
        """What the file should hold; None if it does, or if nobody has said anything yet."""
        self.looked = False
        if not self._texts and not self._data:
            return None
        data = self._whole(library)
        return None if data == self._data else data

    def _whole(self, library: Library) -> bytes:
        document = library.document
        read, source = document.codec.read, document.splices.data
        keys = {paper: library.key_of(paper) or paper for paper in self._texts}
        papers = sorted(self._texts, key=keys.__getitem__)
        parts = [_HEADER.format(bib=self._bib).rstrip("\n")]
        parts += [
            read(source[start:end])
            for kind, start, end in document.index.others
            if kind in ("string", "preamble")
        ]
        parts += [self._texts[paper] for paper in papers]
        parts += _parents(document, parts, set(keys.values()))
        text = "\n\n".join(part.replace("\r\n", "\n") for part in parts)
        return f"{text}\n".encode("utf-8", "replace")


def _entry(text: str) -> tuple[BibDocument, Entry] | None:
    """A document of just this entry, and the entry; None if the text is not one."""
    document = BibDocument.from_bytes(text.encode("utf-8", "replace"))
    if len(document.entries) != 1 or document.entries[0].problem is not None:
        return None
    return document, document.entries[0]


def _parents(document: BibDocument, texts: Iterable[str], there: set[str]) -> list[str]:
    """The entries that the texts refer to, those with opinions of their own left out."""
    found: dict[str, str] = {}
    waiting = [text for text in texts if any(name in text.lower() for name in _PARENTS)]
    while waiting:
        entry = _entry(waiting.pop())
        if entry is None:
            continue
        for name in _PARENTS:
            field = entry[1].fields.get(name)
            for key in [] if field is None else map(str.strip, field.value.split(",")):
                parent = document.entry(key)
                if parent is not None and key not in there and key not in found:
                    found[key] = document.codec.read(parent.raw)
                    waiting.append(found[key])
    return [found[key] for key in sorted(found)]
