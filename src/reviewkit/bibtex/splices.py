"""The document's text: the bytes that were read, with all edits put in at once.

Entries keep their own new bytes; nothing is joined before somebody asks. So a thousand
edits cost about as much as one, and bytes outside them are never even copied apart.
Before the text is given away it is looked through: bytes outside the edits are the ones
that were read, and each changed slice is one whole entry with the values it was given.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from reviewkit.bibtex.edits import Change
from reviewkit.bibtex.entry import Entry
from reviewkit.bibtex.scan import Index
from reviewkit.errors import BibtexError

#: Start and end in the bytes that were read, and what stands there now.
Splice = tuple[int, int, bytes]

_BLANK = b" \t\r\n"


class Splices:
    """Edited, removed and new entries of one file, and where all of it stands."""

    def __init__(self, data: bytes, found: Index, newline: bytes) -> None:
        self.data = data
        self.index = found
        self.newline = newline
        #: Entries that were edited or removed, by their start in the bytes.
        self.touched: dict[int, Entry] = {}
        #: What edited and new entries must hold when they are read back.
        self.promised: dict[Entry, Change] = {}
        self._unproved: set[Entry] = set()
        self._new: list[Entry] = []
        self._fixed_anchor: tuple[int, bytes, bytes] | None = None
        self._text: bytes | None = data
        self._order: Sequence[int | Entry] | None = None
        self._places: tuple[list[int], list[int], dict[int, int]] | None = None
        self._lines: list[int] | None = None

    def touch(self, entry: Entry, change: Change | None) -> None:
        """Take note that this entry changed; None: it is as it was read."""
        if change is None:
            self.promised.pop(entry, None)
        else:
            self.promised[entry] = change
        self._unproved.add(entry)
        if not entry.is_new:
            self.touched[entry.home[0]] = entry
        self._text = self._order = self._places = self._lines = None

    def add(self, entry: Entry, change: Change) -> None:
        """Put a new entry after the last one."""
        self._new.append(entry)
        self.touch(entry, change)

    @property
    def text(self) -> bytes:
        """The bytes with all edits; the very same object where there are none.

        Raises
        ------
        BibtexError
            They would not be what was read with just these edits. That is a mistake of
            ours; it must not reach the file.
        """
        if self._text is None:
            splices = self._list()
            view = memoryview(self.data)
            parts: list[bytes | memoryview] = []
            last = 0
            for start, end, text in splices:
                parts += (view[last:start], text)
                last = end
            parts.append(view[last:])
            text = b"".join(parts)
            if not (self._is_kept(text, splices) and self._is_as_promised(text)):
                raise BibtexError(
                    "The file's text with the edits would not be what it should; "
                    "nothing was written. Please report this with a copy of the file."
                )
            self._text = text
        return self._text

    def _is_kept(self, text: bytes, splices: Sequence[Splice]) -> bool:
        """Whether all bytes outside the splices are the ones that were read."""
        view = memoryview(self.data)
        at = last = 0
        for start, end, new in [*splices, (len(view), len(view), b"")]:
            if start < last or not self._is_between_or_whole(start, end, new):
                return False
            if not text.startswith(view[last:start], at):
                return False
            at += start - last + len(new)
            last = end
        return at == len(text)

    def _is_between_or_whole(self, start: int, end: int, new: bytes) -> bool:
        """Whether a splice is no part of an entry: it comes between, or for a whole one.

        Blank lines may go with an entry that is removed.
        """
        spans = self.index.entries
        number = bisect_right(spans, start, key=itemgetter(0)) - 1
        if start == end:
            return number < 0 or spans[number][0] == start or spans[number][1] <= start
        if number < 0 or spans[number][0] != start:
            return False
        gap = self.data[spans[number][1] : end]
        return spans[number][1] <= end and not gap.strip(_BLANK) and not (gap and new)

    def _is_as_promised(self, text: bytes) -> bool:
        """Whether each entry that changed since the last look reads as it must."""
        for entry in self._unproved:
            if entry.removed:
                continue
            start = self.place_of(entry)
            change = self.promised.get(entry)
            if change is None:
                if text[start : start + entry.home[1] - entry.home[0]] != entry.raw:
                    return False
            elif not change.stands_in(text, start, start + len(entry.raw)):
                return False
        self._unproved.clear()
        return True

    def order(self) -> Sequence[int | Entry]:
        """Entries in file order: numbers in the index, and new ones."""
        if self._order is None:
            items = self.index.entries
            gone = {start for start, entry in self.touched.items() if entry.removed}
            new = [entry for entry in self._new if not entry.removed]
            if not gone and not new:
                self._order = range(len(items))
            else:
                kept: list[int | Entry] = []
                anchor = self._anchor()[0]
                for number, item in enumerate(items):
                    if item[0] >= anchor and new:
                        kept += new
                        new = []
                    if item[0] not in gone:
                        kept.append(number)
                self._order = kept + new
        return self._order

    def entry_before(self, entry: Entry) -> int | None:
        """Number of the entry that was read before this one and is still there."""
        spans, touched = self.index.entries, self.touched
        number = bisect_left(spans, entry.home[0], key=itemgetter(0)) - 1
        while number >= 0 and spans[number][0] in touched and touched[spans[number][0]].removed:
            number -= 1
        return number if number >= 0 else None

    def without(self, entry: Entry) -> tuple[bytes, bytes]:
        """What would meet if this entry were not there.

        Returns
        -------
        tuple
            The text between the entries that are still there before and after it, and the
            one after it (empty: it is the last).
        """
        data, spans, touched = self.data, self.index.entries, self.touched
        before = self.entry_before(entry)
        at = 0 if before is None else spans[before][1]
        gaps: list[bytes] = []
        for number in range(0 if before is None else before + 1, len(spans)):
            start, end, _ = spans[number]
            gaps.append(data[at:start])
            at = max(at, end)
            other = touched.get(start)
            if start != entry.home[0] and not (other and other.removed):
                return b"".join(gaps), data[start:end] if other is None else other.raw
        return b"".join([*gaps, data[at:]]), b""

    def place_of(self, entry: Entry) -> int:
        """Where the entry begins in `text`."""
        if self._places is None:
            self._places = self._measure()
        ends, sums, new = self._places
        if entry.is_new:
            place = new.get(id(entry))
            return len(self.text) if place is None else place
        number = bisect_right(ends, entry.home[0]) - 1
        return entry.home[0] + (sums[number] if number >= 0 else 0)

    def line_at(self, place: int) -> int:
        """The line, from 1, of a place in `text`; CR, LF and CRLF end lines."""
        if self._lines is None:
            self._lines = [0]
            at = 0
            for line in self.text.splitlines(keepends=True):
                at += len(line)
                self._lines.append(at)
        return (
            bisect_right(self._lines, place)
            if place < self._lines[-1]
            else max(len(self._lines) - 1, 1)
        )

    def _list(self) -> list[Splice]:
        new = [entry for entry in self._new if not entry.removed]
        anchor, before, after = self._anchor()
        splices: list[Splice] = []
        for start, entry in self.touched.items():
            end = entry.home[1]
            if entry.removed:
                splices.append((start, end if new and end == anchor else self._gap_end(end), b""))
            elif entry.raw != self.data[start:end]:
                splices.append((start, end, entry.raw))
        if new:
            gap = self._gap()
            splices.append((anchor, anchor, before + gap.join(e.raw for e in new) + after))
        return sorted(splices, key=lambda splice: splice[:2])

    def _measure(self) -> tuple[list[int], list[int], dict[int, int]]:
        ends: list[int] = []
        sums: list[int] = []
        places: dict[int, int] = {}
        anchor, before, _ = self._anchor()
        gap = len(self._gap())
        total = 0
        for start, end, text in self._list():
            if start == end:
                place = anchor + total + len(before)
                for entry in self._new:
                    if not entry.removed:
                        places[id(entry)] = place
                        place += len(entry.raw) + gap
            total += len(text) - (end - start)
            ends.append(end)
            sums.append(total)
        return ends, sums, places

    def _gap_end(self, end: int) -> int:
        while self.data[end : end + 1] and self.data[end] in _BLANK:
            end += 1
        return end

    def _anchor(self) -> tuple[int, bytes, bytes]:
        """Where new entries go, and what stands before and after them."""
        if self._fixed_anchor is None:
            self._fixed_anchor = self._find_anchor()
        return self._fixed_anchor

    def _find_anchor(self) -> tuple[int, bytes, bytes]:
        newline = self.newline
        index = self.index
        for start, end, _ in reversed(index.entries):
            if start not in index.broken and start not in index.commented:
                return end, self._gap(), b""
        definitions = [end for kind, _, end in index.others if kind != "comment"]
        if definitions:
            return definitions[-1], newline * 2, b""
        comments = [start for kind, start, _ in index.others if kind == "comment"]
        if comments:
            return comments[0], b"", newline * 2
        end = len(self.data)
        lead = b"" if end == 0 else newline if self.data.endswith(b"\n") else newline * 2
        return end, lead, newline

    def _gap(self) -> bytes:
        """What stands between the last two entries, if blank; else an empty line."""
        entries = self.index.entries[-2:]
        if len(entries) == 2:
            gap = self.data[entries[0][1] : entries[1][0]]
            if gap and not gap.strip(_BLANK) and (b"\n" in gap or b"\r" in gap):
                return gap
        return self.newline * 2
