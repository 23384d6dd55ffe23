"""Putting our fields into the entries of references.bib, and entries that are missing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from reviewkit.bibtex import BibDocument, Entry, Raw
from reviewkit.bibtex.placing import Placed, put_back
from reviewkit.errors import BibtexError
from reviewkit.files import bibentry
from reviewkit.files.former import Former
from reviewkit.library import Library
from reviewkit.library.overlay import remembered
from reviewkit.ops.criteria import is_criterion
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id
from reviewkit.ops.slugs import slug
from reviewkit.ops.snapshot import now


class Splicing:
    """Makes a document's entries show what the log says, entry by entry."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self._lost: dict[str, str] = {}
        #: Keywords of entries before a file came that is ahead of its log, by paper.
        self._early: dict[str, str | None] = {}
        self._removed: dict[str, tuple[BibDocument, Entry]] = {}

    def remember_lost(self, before: BibDocument, library: Library, former: Former) -> None:
        """Keep the entries that vanished from the file though the log speaks of them.

        `former` knows the papers of the file as it was.
        """
        for key in set(before.citekeys).difference(library.document.citekeys):
            entry = before.entry(key)
            if entry is not None:
                mark = bibentry.read_mark(entry)
                paper = mark.paper if mark is not None else former.paper_of(key) or paper_id(key)
                if library.entry_of(paper) is None and library.says_something(paper):
                    self._lost[paper] = before.codec.read(entry.raw)

    def note_early(self, paper: str, before: Entry | None) -> None:
        """Take note that an entry has tags among its keywords of which no log has come yet.

        Beside our `rev` they would look like keywords of its own: when it is written, it gets
        those that it had `before`. None: it has no such tags.
        """
        self._early.pop(paper, None)
        if before is not None:
            self._early[paper] = before.raw_of("keywords")

    def lost(self, paper: str) -> str | None:
        """The text of the paper's entry when it vanished; None if it did not."""
        return self._lost.get(paper)

    def put(self, document: BibDocument, entry: Entry, paper: str) -> None:
        """Put the paper's values into this entry.

        Raises
        ------
        BibtexError
            The entry cannot be edited safely; none of its fields was.
        """
        wanted = bibentry.rendering(now(self._fold, paper), paper, self._touched(paper, entry))
        if paper in self._early:
            wanted.setdefault("keywords", self._early[paper])
        _put(document, entry, _as_spelt(entry, wanted))
        self._early.pop(paper, None)

    def everything(self, data: bytes) -> BibDocument:
        """A document of these bytes with all that can be put into it of what people said."""
        library = Library(BibDocument.from_bytes(data), self._fold)
        for paper in list(self._fold.papers()):
            key = library.key_of(paper)
            if key is not None:
                # What cannot be written is told when the file is made.
                with suppress(BibtexError):
                    self.paper(library, paper, key)
        return library.document

    def paper(self, library: Library, paper: str, key: str) -> None:
        """Put the paper's values into its entry, made where it is missing.

        Raises
        ------
        BibtexError
            The entry cannot be edited safely; none of its fields was.
        """
        entry = library.entry_of(paper)
        if library.is_deleted(paper):
            if entry is not None:
                library.document.remove_entry(entry)
                self._removed[paper] = (library.document, entry)
                library.forget(paper)
            return
        if entry is None:
            entry = self._back(library, paper) or self._new_entry(library.document, paper, key)
            if entry is None:
                return
            library.adopt(paper, entry)
            # It may have been kept with the key that it had then.
            library.learn(paper)
            present = library.key_of(paper)
            if present is not None and entry.citekey != present:
                library.document.rename(entry, present)
        if bibentry.MARK in entry.fields or library.says_something(paper):
            self.put(library.document, entry, paper)

    def _back(self, library: Library, paper: str) -> Entry | None:
        """The entry of a paper that was taken out, in its place again; None if it was not."""
        document, entry = self._removed.pop(paper, (None, None))
        if document is library.document and entry is not None and entry.removed:
            document.bring_back(entry)
            return entry
        was = self._was(paper)
        passed = set()
        while was is not None:
            data = put_back(library.document, was)
            if data is not None:
                library.load(BibDocument.from_bytes(data))
                return library.entry_of(paper)
            # Its neighbour has been taken out as well: then where that one stood.
            neighbour = library.paper_of(was.after) if was.after is not None else None
            before = self._was(neighbour) if neighbour not in (None, paper) else None
            if before is None or neighbour in passed:
                return None
            passed.add(neighbour)
            was = replace(was, after=before.after, lead=before.lead)
        return None

    def _was(self, paper: str | None) -> Placed | None:
        kept = remembered(self._fold, paper) if paper is not None else None
        if kept is None:
            return None
        return Placed(**{name: kept.value[name] for name in ("text", "after", "lead", "gap")})

    def _new_entry(self, document: BibDocument, paper: str, key: str) -> Entry | None:
        if paper in self._lost:
            return document.add_entry("misc", key, raw=_named(key, self._lost[paper]))
        return self.from_log(document, paper, key)

    def is_known(self, paper: str) -> bool:
        """Whether the log knows enough of the paper to make an entry of it."""
        kept = remembered(self._fold, paper)
        return kept is not None or bool(self._fold.current(paper, None, "bib:title"))

    def from_log(self, document: BibDocument, paper: str, key: str) -> Entry | None:
        """The paper's entry as the log knows it, added to a document; None without a title."""
        kept = remembered(self._fold, paper)
        if kept is not None:
            return document.add_entry("misc", key, raw=_named(key, kept.value["text"]))
        snapshot = now(self._fold, paper)
        fields = {n: Raw(raw) for n, raw in snapshot.bib_fields().items()}
        if "title" not in fields:
            return None
        kind = snapshot.values.get((None, "type"), "misc")
        return document.add_entry(str(kind), key, fields)

    def _touched(self, paper: str, entry: Entry) -> set[str]:
        """Names of the fields that reviewkit may have written for the paper."""
        touched = {bibentry.THEIRS} & entry.fields.keys()
        if bibentry.MARK in entry.fields:
            # Also those of edits that are not known here yet: beside our `rev` they would
            # look as if somebody had typed them.
            written = (n for n in entry.fields if n.startswith(bibentry.COMMENT))
            touched.update(written, {bibentry.RATINGS, bibentry.CRITERIA} & entry.fields.keys())
        for owner, field in self._fold.fields(paper):
            if owner is None and field.startswith("bib:"):
                touched.update({field[4:]} - {"keywords", bibentry.CRITERIA})
            elif owner is not None and field.startswith("note:"):
                touched.add(bibentry.COMMENT + owner)
            elif owner is not None and field.startswith("tag:"):
                touched.add("keywords")
            elif owner is not None and is_criterion(field):
                touched.add(bibentry.CRITERIA)
            elif owner is not None and field in ("rating", "status"):
                touched.add(bibentry.RATINGS)
                touched.update(["ranking"] if field == "rating" else [])
        return touched


def _as_spelt(entry: Entry, wanted: dict[str, str | None]) -> dict[str, str | None]:
    """The fields of people's notes under the names that the entry has for them.

    JabRef makes `comment-zo--smith` of Zoë Smith: under another name she would not see it.
    """
    found = dict(wanted)
    for name in entry.fields:
        if not name.startswith(bibentry.COMMENT):
            continue
        usual = bibentry.COMMENT + slug(name.removeprefix(bibentry.COMMENT))
        if name != usual and wanted.get(usual) is not None:
            found[name] = found.pop(usual, None) or wanted[usual]
            if usual in entry.fields:
                found[usual] = None
    return found


def _named(key: str, text: str) -> str:
    """The text of an entry with this key; it may have been kept with a former one."""
    document = BibDocument.from_bytes(text.encode("utf-8", "surrogatepass"))
    for entry in document.entries[:1]:
        if entry.citekey != key:
            document.rename(entry, key)
    return document.to_bytes().decode("utf-8", "surrogatepass")


def _put(document: BibDocument, entry: Entry, wanted: dict[str, str | None]) -> None:
    done = 0
    try:
        for name, given in wanted.items():
            there, raw = entry.raw_of(name), given
            if raw is not None and bibentry.is_ours(name):
                # A note says what its author typed, whatever letters the file has.
                raw = document.codec.fitting(name, raw)
            if raw is None and there is not None:
                document.remove_field(entry, name)
            elif raw is not None and not (there and bibentry.same(name, there, raw)):
                document.set_raw(entry, name, _lines(raw, document.newline))
            else:
                continue
            done += 1
    except BibtexError:
        # Half of our fields without the new `rev` would look like somebody's edit.
        for _ in range(done):
            document.undo()
        raise


def _lines(raw: str, newline: bytes) -> str:
    return raw if newline == b"\n" else raw.replace("\n", newline.decode("ascii"))
