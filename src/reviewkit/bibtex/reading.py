"""What can be read from a .bib file: entries, tables, problems, subsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import overload

from reviewkit.bibtex.encoding import Codec, newline_of
from reviewkit.bibtex.entry import Entry
from reviewkit.bibtex.grammar import Place
from reviewkit.bibtex.inheritance import Inherited, resolved
from reviewkit.bibtex.problems import (
    Finding,
    find_problems,
    findings_as_read,
    lines_of,
    moved_problems,
)
from reviewkit.bibtex.scan import Index, index
from reviewkit.bibtex.splices import Splices
from reviewkit.bibtex.strings import Strings
from reviewkit.bibtex.subset import subset
from reviewkit.bibtex.tables import read_places, read_table
from reviewkit.bibtex.values import Macros
from reviewkit.bulk import no_collecting
from reviewkit.records import Problem


class Entries(Sequence[Entry]):
    """The entries of a document in its order, those with repeated keys included."""

    def __init__(self, document: Reading) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document.splices.order())

    @overload
    def __getitem__(self, number: int) -> Entry: ...

    @overload
    def __getitem__(self, number: slice) -> list[Entry]: ...

    def __getitem__(self, number: int | slice) -> Entry | list[Entry]:
        made = self._document.made
        if isinstance(number, slice):
            return [made(item) for item in self._document.splices.order()[number]]
        return made(self._document.splices.order()[number])

    def __iter__(self) -> Iterator[Entry]:
        return map(self._document.made, self._document.splices.order())


class Reading:
    """The reading half of `BibDocument`; its text is the file's with all edits so far."""

    def __init__(self, data: bytes) -> None:
        with no_collecting():
            found = index(data)
        self._index: Index = found
        self.codec = Codec(data)
        self.newline = newline_of(data)
        self.splices = Splices(data, found, self.newline)
        self._strings: Strings | None = None
        self._made: dict[int, Entry] = {}
        self._by_key: dict[str, int | Entry] | None = None
        self._read_keys: list[str] | None = None
        self._findings: list[Finding] | None = None
        #: The same in documents that are known to say the same of the papers.
        self.words = object()

    @property
    def entries(self) -> Entries:
        """Every entry in file order; broken ones and repeated keys are among them."""
        return Entries(self)

    @property
    def citekeys(self) -> tuple[str, ...]:
        """The keys in file order, each once."""
        return tuple(key for key in self._keys() if key)

    def entry(self, citekey: str) -> Entry | None:
        """The first entry with this key (one outside @comment if there is one); or None."""
        found = self._keys().get(citekey)
        return None if found is None else self.made(found)

    def keys_in_order(self) -> list[str]:
        """The key of every entry, in the order of `entries`; empty where there is none."""
        texts, spans, touched = self._key_texts(), self._index.entries, self.splices.touched
        if not touched and isinstance(self.splices.order(), range):
            return list(texts)
        keys = []
        for item in self.splices.order():
            if not isinstance(item, int):
                keys.append(item.citekey)
            else:
                edited = touched.get(spans[item][0])
                keys.append(texts[item] if edited is None else edited.citekey)
        return keys

    def holding(self, needle: bytes) -> list[Entry]:
        """The entries of the file as it was read whose bytes hold the needle; quickly."""
        data, spans = self.splices.data, self._index.entries
        found: list[Entry] = []
        place, number = data.find(needle), 0
        while place >= 0:
            number = bisect_right(spans, place, lo=number, key=itemgetter(0)) - 1
            if number < 0:
                number, place = 0, data.find(needle, place + 1)
                continue
            end = spans[number][1]
            if place < end:
                found.append(self.made(number))
            place = data.find(needle, max(end, place + 1))
        return found

    def unlike(self, other: Reading) -> list[Entry]:
        """The entries, as they were read, whose bytes are no entry of the other document."""
        order, spans = other.splices.order(), other.index.entries
        data, touched = other.splices.data, other.splices.touched
        known = set()
        for item in order:
            if isinstance(item, int) and spans[item][0] not in touched:
                known.add(data[spans[item][0] : spans[item][1]])
            else:
                known.add(other.made(item).raw)
        mine = self.splices.data
        return [
            self.made(number)
            for number, (start, end, _) in enumerate(self._index.entries)
            if mine[start:end] not in known
        ]

    def keys_unlike(self, other: Reading, unlike: Iterable[Entry]) -> tuple[str, ...] | None:
        """Citekeys whose entries say something else than in the other document.

        `unlike` is what `self.unlike(other)` gave. None where it may be any: keys came or
        went, definitions changed, or entries have something of others.
        """
        if self.keys_in_order() != other.keys_in_order() or self._definitions() != (
            other._definitions()
        ):
            return None
        text = self.splices.data.lower()
        if b"crossref" in text or b"xdata" in text:
            return None
        return tuple(dict.fromkeys(entry.citekey for entry in unlike))

    def _definitions(self) -> list[bytes]:
        data = self.splices.data
        return [data[start:end] for kind, start, end in self._index.others if kind == "string"]

    @property
    def broken_blocks(self) -> tuple[Problem, ...]:
        """Blocks that cannot be read, told at once however large the file is."""
        places = sorted([*self._index.broken.items(), *self._index.loose])
        lines = lines_of(self.splices.data, [at for at, _ in places])
        return tuple(
            Problem(line, reason) for line, (_, reason) in zip(lines, places, strict=True)
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything in the file that is broken or that other programs would lose."""
        return find_problems(self)

    @property
    def known_problems(self) -> tuple[Problem, ...]:
        """Problems of the bytes that were read, at their lines of now; looked for once."""
        return moved_problems(self, self.look_through())

    def look_through(self) -> list[Finding]:
        """Look for problems in the bytes that were read; edits may go on meanwhile."""
        if self._findings is None:
            self._findings = findings_as_read(self)
        return self._findings

    @property
    def index(self) -> Index:
        """Blocks of the bytes that were read."""
        return self._index

    def table(self, names: Sequence[str], *, tex: bool = False) -> list[tuple[str | None, ...]]:
        """A row per entry, in the order of `entries`: values of the named fields.

        None where an entry lacks the field. With `tex` the values are undecoded, as
        `names.display_names` wants them. Much faster than reading entry by entry.
        """
        return read_table(self, tuple(name.lower() for name in names), tex=tex)

    def places(self) -> Iterator[tuple[bytes, list[Place]]]:
        """Where all fields of all entries are, in the order of `entries`; quickly.

        Each entry gives a text (the whole file's, or its own if it was edited) and the
        begin and end of name and right-hand side of each field in that text, in bytes.
        """
        return ((text, places) for _, text, places in read_places(self))

    def macros_at(self, place: int) -> Macros:
        """The @string definitions that hold at a place of the file, and the months."""
        return self.strings.at(place)

    def resolved(self, entry: Entry) -> dict[str, Inherited]:
        """The entry's fields and those it inherits, by name; see `inheritance.resolved`."""
        return resolved(self, entry)

    @property
    def strings(self) -> Strings:
        """All @string definitions."""
        if self._strings is None:
            self._strings = Strings(self.splices.data, self._index.others, self.codec)
        return self._strings

    def subset(self, citekeys: Iterable[str]) -> bytes:
        """A .bib of just these entries, in file order, with what they need.

        Their own bytes, the @string and @preamble that they use, and their crossref and
        xdata parents after them. Keys that are not there are left out.
        """
        return subset(self, list(citekeys))

    def to_bytes(self) -> bytes:
        """The file's bytes with all edits; the same bytes where nothing was edited."""
        return self.splices.text

    def made(self, item: int | Entry) -> Entry:
        """The entry for an item of the splices' order."""
        if not isinstance(item, int):
            return item
        entry = self._made.get(item)
        if entry is None:
            start, end, _ = self._index.entries[item]
            entry = self._made[item] = Entry(
                self,
                (start, end),
                self.splices.data[start:end],
                self._index.broken.get(start),
                start in self._index.commented,
            )
        return entry

    def place_of(self, entry: Entry) -> int:
        """Where the entry begins in what `to_bytes` gives now."""
        return self.splices.place_of(entry)

    def line_of(self, entry: Entry) -> int:
        """The line, from 1, on which the entry begins now."""
        return self.splices.line_at(self.splices.place_of(entry))

    def _keys(self) -> dict[str, int | Entry]:
        if self._by_key is None:
            texts = self._key_texts()
            keys: dict[str, int | Entry] = {}
            late: list[int] = []
            for item in self.splices.order():
                if not isinstance(item, int):
                    keys.setdefault(item.citekey, item)
                    continue
                start = self._index.entries[item][0]
                if start in self._index.commented:
                    late.append(item)
                elif start in self.splices.touched:
                    keys.setdefault(self.splices.touched[start].citekey, item)
                else:
                    keys.setdefault(texts[item], item)
            for item in late:
                keys.setdefault(self.made(item).citekey, item)
            self._by_key = keys
        return self._by_key

    def _key_texts(self) -> list[str]:
        """The keys of the entries that were read, by their numbers; empty where there is none."""
        if self._read_keys is None:
            keys = [key or b"" for _, _, key in self._index.entries]
            # Many times faster than one by one; what is not UTF-8 is guessed key by key.
            together = b"\n".join(keys)
            with suppress(UnicodeDecodeError):
                self._read_keys = together.decode("utf-8").split("\n")
            if self._read_keys is None or len(self._read_keys) != len(keys):
                self._read_keys = [self.codec.read(key) for key in keys]
        return self._read_keys
