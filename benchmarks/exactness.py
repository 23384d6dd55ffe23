"""Whether edits of real .bib files are exact: every file, every entry, every kind of edit.

    python -m benchmarks.exactness [--sample N] FOLDER...

For each `*.bib` in the folders: reading and writing without an edit gives the same bytes;
then, one at a time and each undone again, for every entry (or N of each file, evenly
spread): a field is added, one is set, one is removed, the citekey is changed, the entry is
removed; and per file an entry is added. An edit is

- *exact* if the bytes before and after the entry are the same, those of the entry differ by
  just the field, key or separator concerned, a new reading gives the wanted value and all
  other entries with the bytes they had, and undoing it gives the original file;
- *refused* if it raised `BibtexError` and the file's bytes stayed as they were;
- *damaged* otherwise: each is printed, and the exit code is 1.

Bytes are compared here without the package's own checks; the new reading is its own.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.errors import BibtexError

TEXTS = (
    "seen",
    "100 % & more_or #less $5",
    "Zoë Ωμέγα – 深度",
    "one\n\ntwo {x}\n@misc{y,}",
    'unpaired { and "quotes"',
    r"C:\temp \alpha ~ ^",
)
NEW_KEY = "a-new-key:2026"

#: Says what is wrong with the new bytes of an entry, beside the old ones and its new reading.
Check = Callable[[bytes, bytes, Entry | None], str | None]


@dataclass
class Tally:
    """What came of the edits, by their kind."""

    exact: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    damaged: list[str] = field(default_factory=list)

    def note(self, kind: str, where: str, outcome: str | BibtexError | None) -> None:
        """Count one outcome: None is exact, text says what was damaged."""
        if outcome is None:
            self.exact[kind] += 1
        elif isinstance(outcome, BibtexError):
            self.refused[kind] += 1
            self.reasons[f"{kind}: {_kind_of(str(outcome))}"] += 1
        else:
            self.damaged.append(f"{where}: {kind}: {outcome}")

    def lines(self) -> Iterator[str]:
        """The result for people."""
        done = sum(self.exact.values()) + sum(self.refused.values()) + len(self.damaged)
        refused = sum(self.refused.values())
        for kind in sorted(self.exact | self.refused):
            yield f"{kind:16} {self.exact[kind]:8} exact {self.refused[kind]:6} refused"
        yield f"{done} edits, {refused} refused ({refused / max(done, 1):.2%})"
        yield from (f"  refused {count:6}  {why}" for why, count in self.reasons.most_common(20))
        yield f"{len(self.damaged)} damaged"
        yield from (f"  {line}" for line in self.damaged[:50])


def _kind_of(message: str) -> str:
    """The message without what is in quotation marks, so that equal reasons count together."""
    return "'...'".join(message.split("'")[::2])[:90]


def measure(path: Path, tally: Tally, sample: int | None) -> None:
    """Try all edits on one file."""
    data = path.read_bytes()
    document = BibDocument.from_bytes(data)
    tally.note("no edit", path.name, None if document.to_bytes() == data else "bytes differ")
    before = [entry.raw for entry in document.entries]
    texts = itertools.cycle(TEXTS)
    step = max(1, len(before) // sample) if sample else 1
    for number in range(0, len(before), step):
        for kind, edit in EDITS.items():
            entry = document.entries[number]
            old, (start, end) = entry.raw, entry.span
            where = f"{path.name} entry {number} (byte {start})"
            try:
                check = edit(document, entry, next(texts))
                if check is None:
                    continue
            except BibtexError as error:
                same = document.to_bytes() == data
                tally.note(kind, where, error if same else "refused, but changed")
                continue
            new = document.to_bytes()
            wrong = _wrong(data, (start, end), old, new, check, before, number)
            document.undo()
            if wrong is None and document.to_bytes() != data:
                wrong = "undo gives other bytes"
            tally.note(kind, where, wrong)
    _add_entry(document, data, before, path.name, tally)


def _wrong(
    data: bytes,
    span: tuple[int, int],
    old: bytes,
    new: bytes,
    check: Check,
    before: list[bytes],
    number: int,
) -> str | None:
    start, end = span
    if len(new) <= len(data) - (end - start):
        # An entry goes with the blank lines after it.
        end = len(data) - (len(new) - start)
        if data[span[1] : end].strip(b" \t\r\n"):
            return "more than the entry was removed"
    new_end = len(new) - (len(data) - end)
    if new[:start] != data[:start] or new[new_end:] != data[end:]:
        return "bytes outside the entry differ"
    part = new[start:new_end]
    again = BibDocument.from_bytes(new)
    now = [entry.raw for entry in again.entries]
    if not part:
        expected = before[:number] + before[number + 1 :]
        return check(old, part, None) if now == expected else "other entries read otherwise"
    if now[:number] != before[:number] or now[number + 1 :] != before[number + 1 :]:
        return "other entries read otherwise"
    if now[number] != part:
        return "the entry is read with other bytes"
    return check(old, part, again.entries[number])


def _add_field(document: BibDocument, entry: Entry, text: str) -> Check | None:
    if "reviewkit-note" in entry.fields:
        return None
    document.set_field(entry, "reviewkit-note", text)

    def check(old: bytes, new: bytes, again: Entry | None) -> str | None:
        if _inserted_at(old, new, len(old)) is None:
            return "more than an insertion"
        return _reads(again, "reviewkit-note", text)

    return check


def _set_field(document: BibDocument, entry: Entry, text: str) -> Check | None:
    names = list(entry.fields)
    if not names:
        return None
    name = names[len(names) // 2]
    place = entry.span[0]
    start, end = (at - place for at in entry.fields[name].span)
    document.set_field(entry, name, text)

    def check(old: bytes, new: bytes, again: Entry | None) -> str | None:
        after = len(old) - end
        if new[:start] != old[:start] or new[len(new) - after :] != old[end:]:
            return "bytes outside the value differ"
        return _reads(again, name, text)

    return check


def _remove_field(document: BibDocument, entry: Entry, _: str) -> Check | None:
    names = list(entry.fields)
    if not names:
        return None
    name = names[-1]
    *_, start, end = entry.parsed.scan.fields[entry.parsed.first[name]]
    raw = entry.raw[start:end]
    kept = [(one.name, one.raw) for one in entry.all_fields()]
    del kept[entry.parsed.first[name]]
    document.remove_field(entry, name, occurrence=0)

    def check(old: bytes, new: bytes, again: Entry | None) -> str | None:
        at = _inserted_at(new, old, start)
        if at is None:
            return "more than a removal"
        gone = old[at : at + len(old) - len(new)]
        rest = gone.replace(raw, b"", 1).strip(b" \t\r\n\f\v,=")
        if document.codec.read(rest).lower() != name:
            return f"more than the field was removed: {gone!r}"
        now = [(one.name, one.raw) for one in again.all_fields()] if again else []
        return None if now == kept else "other fields read otherwise"

    return check


def _rename(document: BibDocument, entry: Entry, _: str) -> Check | None:
    start, end = entry.parsed.head.key
    document.rename(entry, NEW_KEY)

    def check(old: bytes, new: bytes, again: Entry | None) -> str | None:
        key = NEW_KEY.encode()
        if new not in (old[:start] + key + old[end:], old[:start] + key + b"," + old[end:]):
            return "bytes outside the key differ"
        return None if again and again.citekey == NEW_KEY else "the key is read otherwise"

    return check


def _remove_entry(document: BibDocument, entry: Entry, _: str) -> Check | None:
    document.remove_entry(entry)
    return lambda old, new, again: "something is left" if new or again else None


EDITS: dict[str, Callable[[BibDocument, Entry, str], Check | None]] = {
    "add a field": _add_field,
    "set a field": _set_field,
    "remove a field": _remove_field,
    "change the key": _rename,
    "remove the entry": _remove_entry,
}


def _add_entry(
    document: BibDocument, data: bytes, before: list[bytes], name: str, tally: Tally
) -> None:
    fields = dict(zip(("title", "note", "url"), TEXTS[:3], strict=True))
    fields["url"] = "https://example.org/a_b%20c"
    try:
        entry = document.add_entry("misc", NEW_KEY, fields)
    except BibtexError as error:
        tally.note("add an entry", name, error)
        return
    new = document.to_bytes()
    start, end = entry.span
    again = BibDocument.from_bytes(new)
    found = again.entry(NEW_KEY)
    wrong = None
    if _inserted_at(data, new, start) is None:
        wrong = "more than an insertion"
    elif found is None or found.raw != new[start:end]:
        wrong = "the new entry is not read"
    elif [one.raw for one in again.entries if one.citekey != NEW_KEY] != before:
        wrong = "other entries read otherwise"
    else:
        pairs = (_reads(found, field_name, text) for field_name, text in fields.items())
        wrong = next(filter(None, pairs), None)
    document.undo()
    if wrong is None and document.to_bytes() != data:
        wrong = "undo gives other bytes"
    tally.note("add an entry", name, wrong)


def _inserted_at(short: bytes, long: bytes, latest: int) -> int | None:
    """The last place, up to this one, where an insertion makes the long text of the short."""
    more = len(long) - len(short)
    for at in range(min(latest, len(short)), -1, -1):
        if long[at + more :] == short[at:] and long[:at] == short[:at]:
            return at
        if long[at + more :] != short[at:]:
            return None
    return None


def _reads(entry: Entry | None, name: str, text: str) -> str | None:
    found = entry.value_of(name) if entry is not None else None
    return None if found == text else f"{name} is read as {found!r}, not {text!r}"


def main() -> None:
    """Measure the files of the folders and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, help="entries of each file (all, if not given)")
    options = parser.parse_args()
    tally = Tally()
    files = [path for folder in options.folders for path in sorted(folder.glob("*.bib"))]
    for path in files:
        measure(path, tally, options.sample)
    print(f"{len(files)} files")
    print("\n".join(tally.lines()))
    raise SystemExit(1 if tally.damaged or not files else 0)


if __name__ == "__main__":
    main()
