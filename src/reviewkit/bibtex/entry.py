"""An entry and its fields, read when looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from reviewkit.bibtex.encoding import Codec
from reviewkit.bibtex.grammar import Head, Scan, scan_fields, split_head
from reviewkit.bibtex.values import Macros, resolve, tex_to_value


class Context(Protocol):
    """What an entry needs of its document."""

    codec: Codec

    def macros_at(self, place: int) -> Macros:
        """The @string definitions that hold at a place of the file."""

    def place_of(self, entry: Entry) -> int:
        """Where the entry begins in the text as it is now."""

    def line_of(self, entry: Entry) -> int:
        """The line, from 1, on which the entry begins now."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry.

    `name` is as written, `raw` the right-hand side with its delimiters, `tex` the same
    with macros and `#` resolved and without delimiters, `value` its Unicode text. Bytes
    become text as UTF-8, else in the declared encoding, else as Windows-1252. `span` is
    the place of `raw` in bytes, in the document's text as it was when the field was read.
    """

    name: str
    raw: str
    tex: str
    value: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Head and fields of an entry's text; `first` maps lower-case names to their field."""

    head: Head
    scan: Scan
    first: dict[str, int]


class Fields(Mapping[str, Field]):
    """Fields by lower-case name, in the entry's order; of equal names the first."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    def __getitem__(self, name: str) -> Field:
        entry = self._entry
        number = entry.parsed.first[name.lower()]
        return entry.field_at(number)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entry.parsed.first)

    def __len__(self) -> int:
        return len(self._entry.parsed.first)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._entry.parsed.first


class Entry:
    """One entry of a document; stays valid while the document is edited.

    Made by `BibDocument`, which also makes all changes.
    """

    __slots__ = (
        "_context",
        "_parsed",
        "_text",
        "broken",
        "commented",
        "home",
        "is_new",
        "removed",
    )

    def __init__(
        self,
        context: Context,
        home: tuple[int, int],
        text: bytes,
        broken: str | None,
        commented: bool,
    ) -> None:
        self._context = context
        self._text = text
        self._parsed: Parsed | None = None
        #: Start and end in the bytes that were read (for a new entry: where it was put).
        self.home = home
        #: Why the entry cannot be edited; None if it can.
        self.broken = broken
        #: Inside @comment: BibTeX reads the entry, JabRef and biber do not.
        self.commented = commented
        #: Not in the bytes that were read.
        self.is_new = home[0] == home[1]
        self.removed = False

    def __repr__(self) -> str:
        return f"<Entry @{self.type}{{{self.citekey}}}>"

    @property
    def raw(self) -> bytes:
        """The entry's bytes as they are now."""
        return self._text

    @property
    def parsed(self) -> Parsed:
        """Places of head and fields within `raw`."""
        if self._parsed is None:
            self._parsed = parse(self._text)
        return self._parsed

    @property
    def citekey(self) -> str:
        """The key as written; empty if the entry has none."""
        start, end = self.parsed.head.key
        return self._context.codec.read(self._text[start:end])

    @property
    def type(self) -> str:
        """The entry type in lower case, without `@`."""
        start, end = self.parsed.head.kind
        return self._context.codec.read(self._text[start:end]).lower()

    @property
    def fields(self) -> Fields:
        """Fields by lower-case name."""
        return Fields(self)

    @property
    def span(self) -> tuple[int, int]:
        """Start and end, in bytes, in what `to_bytes` gives now."""
        start = self._context.place_of(self)
        return start, start + len(self._text)

    @property
    def line(self) -> int:
        """The line, from 1, on which the entry begins in the text as it is now."""
        return self._context.line_of(self)

    @property
    def problem(self) -> str | None:
        """Why the entry cannot be edited; None if it can."""
        return self.broken or self.parsed.scan.error

    def field_at(self, number: int) -> Field:
        """The n-th field, from 0, those with repeated names included."""
        name_start, name_end, start, end = self.parsed.scan.fields[number]
        read = self._context.codec.read
        name = read(self._text[name_start:name_end])
        raw = read(self._text[start:end])
        tex = self._resolved(raw)
        place = self._context.place_of(self)
        return Field(name, raw, tex, tex_to_value(name, tex), (place + start, place + end))

    def texts_of(self, name: str) -> tuple[str, str] | None:
        """TeX and Unicode text of a field without its place, which costs more; None: not there."""
        raw = self.raw_of(name)
        if raw is None:
            return None
        tex = self._resolved(raw)
        return tex, tex_to_value(name, tex)

    def value_of(self, name: str) -> str | None:
        """Unicode text of a field without its place, which costs more; None if not there."""
        texts = self.texts_of(name)
        return None if texts is None else texts[1]

    def raw_of(self, name: str) -> str | None:
        """Right-hand side of a field without its place, which costs more; None if not there."""
        number = self.parsed.first.get(name.lower())
        if number is None:
            return None
        _, _, start, end = self.parsed.scan.fields[number]
        return self._context.codec.read(self._text[start:end])

    def _resolved(self, raw: str) -> str:
        return resolve(raw, self._context.macros_at(self.home[0]))

    def all_fields(self) -> tuple[Field, ...]:
        """Every field in order, those with repeated names included."""
        return tuple(self.field_at(number) for number in range(len(self.parsed.scan.fields)))

    def replace_text(self, text: bytes, parsed: Parsed | None = None) -> None:
        """Take other bytes; for the document's use only."""
        self._text = text
        self._parsed = parsed


def parse(text: bytes) -> Parsed:
    """Head and fields of an entry's bytes."""
    head = split_head(text)
    if head is None:
        head = Head((0, 0), (0, 0), 0, False)
        return Parsed(head, Scan(error="this is no entry"), {})
    scan = scan_fields(text, head)
    if scan.error is None and scan.stopped != len(text):
        scan.error = "the entry goes on after its end"
    first: dict[str, int] = {}
    for number, place in enumerate(scan.fields):
        name = text[place[0] : place[1]].decode("utf-8", "replace").lower()
        first.setdefault(name, number)
    return Parsed(head, scan, first)
