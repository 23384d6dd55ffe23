"""Repairs of what is broken in a .bib file: proposed, each as small as can be, never made alone.

A repair is safe when nothing can be lost by it: every field that could be read reads the
same, BibTeX reads at least what it read before, and every byte of text is still there.
Others are offered: a person has to want them, because something elsewhere (a citation, a
manuscript's encoding) may depend on it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from reviewkit.bibtex import mends, recoding
from reviewkit.bibtex.entry import Entry
from reviewkit.bibtex.mends import Edit, Keys, Mend
from reviewkit.bibtex.problems import Finding, findings
from reviewkit.errors import BibtexError

if TYPE_CHECKING:
    from reviewkit.bibtex.reading import Reading


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that mends one problem.

    `place` is that of the problem and `edits` are start, end and new bytes of each part,
    all in the document's bytes; `reason` says what is wrong and `what` what is done.
    """

    kind: str
    place: int
    reason: str
    what: str
    edits: tuple[Edit, ...]
    safe: bool


_OF_ENTRIES: dict[str, Callable[[Mend], tuple[str, tuple[Edit, ...], bool] | None]] = {
    "missing-comma": mends.missing_comma,
    "extra-comma": mends.extra_comma,
    "empty-value": mends.empty_value,
    "bare-value": mends.bare_value,
    "unknown-macro": mends.unknown_macro,
    "percent-line": mends.percent_line,
    "broken-entry": mends.unclosed,
    "repeated-field": mends.repeated_field,
    "repeated-key": mends.repeated_key,
    "odd-key": mends.odd_key,
}
_OF_FILES: dict[str, Callable[[bytes], tuple[str, tuple[Edit, ...], bool] | None]] = {
    "utf-16": recoding.from_utf_16,
    "not-utf-8": recoding.to_utf_8,
    "lone-cr": recoding.from_lone_cr,
}


def propose(document: Reading) -> list[Repair]:
    """A repair for each problem of the document's text that has one, in its order."""
    text = document.to_bytes()
    if text is not document.splices.data:
        document = type(document)(text)
    keys = Keys(document)
    found = findings(document)
    return [repair for finding in found for repair in _repairs(document, keys, finding)]


def _repairs(document: Reading, keys: Keys, finding: Finding) -> Iterator[Repair]:
    made = None
    if finding.kind in _OF_FILES:
        made = _OF_FILES[finding.kind](document.splices.data)
        if made is not None and made[2] and finding.kind == "not-utf-8":
            what, edits, _ = made
            made = what, edits, not _changed(document, applied(document.splices.data, edits))
    elif finding.kind in _OF_ENTRIES:
        spans = document.index.entries
        number = bisect_right(spans, finding.place, key=itemgetter(0)) - 1
        start, end, _ = spans[number]
        text = document.splices.data[start:end]
        made = _OF_ENTRIES[finding.kind](Mend(document, keys, start, text, finding.place - start))
    if made is not None:
        yield Repair(finding.kind, finding.place, finding.reason, *made)


def apply(document: Reading, repairs: Sequence[Repair]) -> bytes:
    """The document's bytes with these repairs of it; of overlapping ones the first.

    Raises
    ------
    BibtexError
        With the repairs some entry would not read as before, or a problem would be left
        or new.
    """
    text = document.to_bytes()
    before = type(document)(text)
    edits: list[Edit] = []
    done: list[Repair] = []
    for repair in repairs:
        if not any(_overlap(one, other) for one in repair.edits for other in edits):
            edits += repair.edits
            done.append(repair)
    new = applied(text, edits)
    after = type(document)(new)
    had = Counter(finding.kind for finding in findings(before))
    has = Counter(finding.kind for finding in findings(after))
    worse = {kind for kind in has if has[kind] > had[kind]} - {"key-case"}
    kept = {repair.kind for repair in done if has[repair.kind] >= had[repair.kind]}
    changed = _changed(before, new) if all(repair.safe for repair in done) else []
    if worse or kept or changed:
        raise BibtexError(
            "These repairs together would not leave everything else as it is; "
            "make them one kind at a time, or mend the place in an editor.",
            text=", ".join(sorted(worse | kept | {entry.citekey for entry in changed})),
        )
    return new


def applied(text: bytes, edits: Sequence[Edit]) -> bytes:
    """The text with these parts replaced; insertions at one place stand in their order."""
    parts: list[bytes] = []
    last = 0
    for start, end, new in sorted(edits, key=itemgetter(0, 1)):
        parts += (text[last:start], new)
        last = end
    return b"".join([*parts, text[last:]])


def _overlap(one: Edit, other: Edit) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _changed(before: Reading, new: bytes) -> list[Entry]:
    """Sound entries that are not there any more with the same type, key and values."""
    after = type(before)(new)
    there = Counter(_says(entry) for entry in after.unlike(before))
    lost = []
    for entry in before.unlike(after):
        if entry.problem is None:
            said = _says(entry)
            if not there[said]:
                lost.append(entry)
            there[said] -= 1
    return lost


def _says(entry: Entry) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    values = ((name, " ".join((entry.value_of(name) or "").split())) for name in entry.fields)
    return entry.type, entry.citekey, tuple(values)
