"""A .bib file: its bytes, its entries, and changes that touch nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from reviewkit.bibtex import edits
from reviewkit.bibtex.edits import Change, change_of
from reviewkit.bibtex.entry import Entry, parse
from reviewkit.bibtex.grammar import pieces
from reviewkit.bibtex.newentry import Raw, build_entry
from reviewkit.bibtex.reading import Reading
from reviewkit.bibtex.scan import index
from reviewkit.bibtex.values import balanced
from reviewkit.errors import BibtexError


class BibDocument(Reading):
    """The bytes of a .bib file as entries that can be read and edited one by one.

    Reading never fails: what cannot be understood stays as it is and is listed in
    `problems`. An edit either changes exactly its own bytes or raises `BibtexError` and
    changes nothing; `to_bytes` puts all edits together.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._history: list[tuple[Entry, bytes, Change | None, bool]] = []

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Document of these bytes, whatever they are."""
        return cls(bytes(data))

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
        if entry.value_of(name) != value:
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
            raise BibtexError(f"{raw[:40]!r} is no BibTeX value; put it in braces.", text=raw[:80])
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
        self._accept(entry, new)
        self._by_key = None

    def add_entry(
        self,
        entry_type: str,
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
            text = build_entry(self, entry_type, citekey, fields or {})
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
        change = change_of(text, parsed)
        self._history.append((entry, text, change, True))
        self.splices.add(entry, change)
        if self._by_key is not None:
            self._by_key.setdefault(citekey, entry)
        return entry

    def remove_entry(self, entry: Entry) -> None:
        """Take the entry out, with the blank lines after it.

        Raises
        ------
        BibtexError
            The entry is broken: where it ends is not certain. Or what stands before it is:
            it would reach further without this one.
        """
        self._editable(entry)
        before = self.splices.entry_before(entry)
        between, following = self.splices.without(entry)
        # A broken entry would reach further, and what is no block could become one.
        alone = [len(between)] if following else []
        made = [start for start, _, _ in index(between + following).entries]
        if made != alone or (before is not None and self.made(before).broken):
            raise BibtexError(
                f"What stands before {entry.citekey!r} is broken and would run into what comes "
                "after; mend it in an editor first.",
                line=entry.line,
            )
        promised = self.splices.promised.get(entry)
        self._history.append((entry, entry.raw, promised, False))
        entry.removed = True
        self.splices.touch(entry, promised)
        self._by_key = None

    def bring_back(self, entry: Entry) -> None:
        """Undo `remove_entry`: the same bytes in the same place."""
        promised = self.splices.promised.get(entry)
        self._history.append((entry, entry.raw, promised, True))
        entry.removed = False
        self.splices.touch(entry, promised)
        self._by_key = None

    def undo(self) -> bool:
        """Take back the last edit, to the same bytes; False if there is none."""
        if not self._history:
            return False
        entry, text, promised, removed = self._history.pop()
        entry.replace_text(text)
        entry.removed = removed
        self.splices.touch(entry, promised)
        self._by_key = None
        return True

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

    def _accept(self, entry: Entry, change: Change) -> None:
        promised = self.splices.promised.get(entry)
        self._history.append((entry, entry.raw, promised, False))
        entry.replace_text(change.text, change.parsed)
        self.splices.touch(entry, change)


def _is_value(data: bytes) -> bool:
    return all(part for part in pieces(data)) and len(pieces(data)) > 0
