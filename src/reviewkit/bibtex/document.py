"""A .bib file: its bytes, its entries, and changes that touch nothing else."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

from reviewkit.bibtex import edits
from reviewkit.bibtex.encoding import Codec, newline_of
from reviewkit.bibtex.entry import Entry, parse
from reviewkit.bibtex.grammar import pieces
from reviewkit.bibtex.newentry import Raw, build_entry
from reviewkit.bibtex.problems import find_problems
from reviewkit.bibtex.scan import Index, index
from reviewkit.bibtex.splices import Splices
from reviewkit.bibtex.strings import Strings
from reviewkit.bibtex.subset import subset
from reviewkit.bibtex.tables import read_table
from reviewkit.bibtex.values import Macros, balanced
from reviewkit.errors import BibtexError
from reviewkit.records import Problem


class Entries(Sequence[Entry]):
    """The entries of a document in its order, those with repeated keys included."""

    def __init__(self, document: BibDocument) -> None:
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


class BibDocument:
    """The bytes of a .bib file as entries that can be read and edited one by one.

    Reading never fails: what cannot be understood stays as it is and is listed in
    `problems`. An edit either changes exactly its own bytes or raises `BibtexError` and
    changes nothing; `to_bytes` puts all edits together.
    """

    def __init__(self, data: bytes) -> None:
        collecting = gc.isenabled()
        gc.disable()
        try:
            found = index(data)
        finally:
            if collecting:
                gc.enable()
        self._index: Index = found
        self.codec = Codec(data)
        self.newline = newline_of(data)
        self.splices = Splices(data, found, self.newline)
        self._strings: Strings | None = None
        self._made: dict[int, Entry] = {}
        self._by_key: dict[str, int | Entry] | None = None
        self._history: list[tuple[Entry, bytes, bool]] = []

    @classmethod
    def from_bytes(cls, data: bytes) -> BibDocument:
        """Document of these bytes, whatever they are."""
        return cls(bytes(data))

    # -- reading

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

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything in the file that is broken or that other programs would lose."""
        return find_problems(self)

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

    def macros_at(self, place: int) -> Macros:
        """The @string definitions that hold at a place of the file, and the months."""
        return self.strings.at(place)

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

    # -- editing

    def set_field(self, entry: Entry, name: str, value: str) -> None:
        """Give the field this text; `value` comes back equal from the field.

        TeX's special characters are escaped in TeX fields (formulas in abstracts stay).
        A new field is put after the last one, in the entry's own style.

        Raises
        ------
        BibtexError
            The entry is broken, the name is none, or the text does not fit into the
            file's encoding; nothing has changed.
        """
        name = self._field_name(name)
        self._editable(entry)
        raw = self.codec.write_value(name, value)
        if self.newline != b"\n":
            raw = raw.replace(b"\n", self.newline)
        old = entry.raw
        new = edits.set_value(old, entry.parsed, name, raw, self.newline, restyle=True)
        self._accept(entry, new)
        if entry.fields[name].value != value:
            self.undo()
            raise BibtexError(
                f"The text for the field {name!r} would not be read back as it is; "
                "nothing was changed.",
                text=value[:80],
            )

    def set_raw(self, entry: Entry, name: str, raw: str) -> None:
        """Give the field this right-hand side, delimiters included.

        Raises
        ------
        BibtexError
            The text is no right-hand side, or as for `set_field`.
        """
        name = self._field_name(name)
        self._editable(entry)
        data = self.codec.write(raw, f"The value of {name!r}")
        if not raw.strip() or raw != raw.strip() or not balanced(raw) or not _is_value(data):
            raise BibtexError(
                f"{raw[:40]!r} is no BibTeX value; put it in braces.", text=raw[:80]
            )
        new = edits.set_value(entry.raw, entry.parsed, name, data, self.newline, restyle=False)
        self._accept(entry, new)

    def remove_field(self, entry: Entry, name: str, occurrence: int | None = None) -> None:
        """Take the field out, with one separator; nothing happens where there is none.

        Where the name is repeated, `occurrence` (from 0) says which one is meant.

        Raises
        ------
        BibtexError
            The entry is broken, or the name is repeated and no occurrence was given.
        """
        name = self._field_name(name)
        self._editable(entry)
        text = entry.raw
        numbers = [
            number
            for number, place in enumerate(entry.parsed.scan.fields)
            if self.codec.read(text[place[0] : place[1]]).lower() == name
        ]
        if not numbers:
            return
        if occurrence is None and len(numbers) > 1:
            raise BibtexError(
                f"The entry {entry.citekey!r} has the field {name!r} {len(numbers)} times; "
                "say which one is to go.",
                line=entry.line,
                text=name,
            )
        if not 0 <= (occurrence or 0) < len(numbers):
            raise BibtexError(f"The entry {entry.citekey!r} has no such field {name!r}.")
        self._accept(entry, edits.remove(text, entry.parsed, numbers[occurrence or 0]))

    def rename(self, entry: Entry, citekey: str) -> None:
        """Give the entry another key.

        Raises
        ------
        BibtexError
            The key is taken or cannot be one, or the entry is broken.
        """
        self._editable(entry)
        self._free_key(citekey)
        new = edits.rename(entry.raw, entry.parsed, self.codec.write(citekey, "The citekey"))
        if self.codec.read(new[slice(*parse(new).head.key)]) != citekey:
            raise BibtexError(f"The entry cannot take the key {citekey!r}.", line=entry.line)
        self._accept(entry, new)
        self._by_key = None

    def add_entry(
        self,
        type: str,
        citekey: str,
        fields: Mapping[str, str | Raw] | None = None,
        *,
        raw: str | None = None,
    ) -> Entry:
        """Add an entry after the last one, in the style of its neighbours.

        `fields` holds Unicode texts (or `Raw` right-hand sides); `raw` instead is the
        whole entry's text, taken as it is.

        Raises
        ------
        BibtexError
            The key is taken, or type, key, a name or a text cannot be written.
        """
        self._free_key(citekey)
        if raw is not None:
            text = self.codec.write(raw.strip(), "The entry")
        else:
            text = build_entry(self, type, citekey, fields or {})
        found = index(text)
        parsed = parse(text)
        sound = (
            len(found.entries) == 1
            and found.entries[0][:2] == (0, len(text))
            and not found.broken
            and parsed.scan.error is None
            and self.codec.read(text[slice(*parsed.head.key)]) == citekey
        )
        if not sound:
            raise BibtexError(
                f"The text for the entry {citekey!r} is no BibTeX entry with that key.",
                text=text[:80].decode("utf-8", "replace"),
            )
        end = len(self.splices.data)
        entry = Entry(self, (end, end), text, None, False)
        self._history.append((entry, text, True))
        self.splices.add(entry)
        if self._by_key is not None:
            self._by_key.setdefault(citekey, entry)
        return entry

    def remove_entry(self, entry: Entry) -> None:
        """Take the entry out, with the blank lines after it.

        Raises
        ------
        BibtexError
            The entry is broken: where it ends is not certain.
        """
        self._editable(entry)
        self._history.append((entry, entry.raw, False))
        entry.removed = True
        self.splices.touch(entry)
        self._by_key = None

    def undo(self) -> bool:
        """Take back the last edit, to the same bytes; False if there is none."""
        if not self._history:
            return False
        entry, text, removed = self._history.pop()
        entry.replace_text(text)
        entry.removed = removed
        self.splices.touch(entry)
        self._by_key = None
        return True

    def to_bytes(self) -> bytes:
        """The file's bytes with all edits; the same bytes where nothing was edited."""
        return self.splices.text

    # -- what entries and helpers ask for

    def made(self, item: int | Entry) -> Entry:
        """The entry for an item of the splices' order."""
        if not isinstance(item, int):
            return item
        entry = self._made.get(item)
        if entry is None:
            start, end, _, _ = self._index.entries[item]
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
            read = self.codec.read
            keys: dict[str, int | Entry] = {}
            late: list[int] = []
            for item in self.splices.order():
                if not isinstance(item, int):
                    keys.setdefault(item.citekey, item)
                    continue
                start, _, _, key = self._index.entries[item]
                if start in self._index.commented:
                    late.append(item)
                elif start in self.splices.touched:
                    keys.setdefault(self.splices.touched[start].citekey, item)
                else:
                    keys.setdefault(read(key) if key else "", item)
            for item in late:
                keys.setdefault(self.made(item).citekey, item)
            self._by_key = keys
        return self._by_key

    def _free_key(self, citekey: str) -> None:
        if not edits.CITEKEY.match(citekey):
            raise BibtexError(
                f"{citekey!r} cannot be a citekey: no blanks and none of "
                "\" # % ' ( ) , = { } \\ ~ @.",
                text=citekey[:80],
            )
        if citekey in self._keys():
            raise BibtexError(f"The citekey {citekey!r} is taken.", text=citekey)

    def _field_name(self, name: str) -> str:
        if not edits.FIELD_NAME.match(name):
            raise BibtexError(f"{name[:40]!r} cannot be a field's name.", text=name[:80])
        return name.lower()

    def _editable(self, entry: Entry) -> None:
        if entry.removed:
            raise BibtexError(f"The entry {entry.citekey!r} has been removed.")
        if entry.problem is not None:
            raise BibtexError(
                f"The entry {entry.citekey!r} is broken ({entry.problem}); "
                "mend it in an editor first.",
                line=entry.line,
                text=entry.raw[:80].decode("utf-8", "replace"),
            )

    def _accept(self, entry: Entry, text: bytes) -> None:
        self._history.append((entry, entry.raw, False))
        entry.replace_text(text)
        self.splices.touch(entry)


def _is_value(data: bytes) -> bool:
    return all(part for part in pieces(data)) and len(pieces(data)) > 0
