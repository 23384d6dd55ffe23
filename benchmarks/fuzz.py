"""Hostile .bib files: corpus files torn and mended at random, and what must hold for them.

    python -m benchmarks.fuzz [--seed N] [--seconds S] [FOLDER...]

Without folders the test corpus is used. For each made file: it comes back byte for byte;
entries lie in it in order and without overlap; reading all values and problems raises
nothing; random edits are exact or refused, and undoing them gives back the file; and all of
it takes time in proportion to the file. What fails is printed with its seed and kept beside
as `fuzz-SEED.bib`; the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.errors import BibtexError

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "bib"
#: What files are torn up with.
SHARDS = (
    *(sign.encode() for sign in '{}"(),=#%@\\\n \r\t\0~$'),
    b"@article{",
    b"\n@book{k,",
    b"@misc(k, ",
    b"@string{a = ",
    b"@comment{",
    b"@preamble{",
    b"title = {x},",
    b'note = "y" # a,',
    b"}\n\n",
    b"{" * 12,
    b"}" * 12,
    b"\xfc",
    b"\xc3",
    "é".encode(),
    b"\xef\xbb\xbf",
    b"\r\n",
)
TEXTS = ("x", "a & b_c", "{", "}\n@misc{z,", "é ∑", '"', "\\", " x  y ", "$x$", "\n\n", "")
#: Seconds for a file and for each of its bytes; far more than is needed.
_PATIENCE = (2.0, 1e-4)


def torn(data: bytes, random_: random.Random, limit: int = 20_000) -> bytes:
    """The bytes with some parts lost, doubled, moved, or replaced by shards."""
    at = random_.randrange(max(1, len(data) - limit + 1))
    data = data[at : at + limit]
    for _ in range(random_.randint(1, 8)):
        start = random_.randint(0, len(data))
        end = min(len(data), start + int(random_.expovariate(1 / 20)))
        match random_.randrange(5):
            case 0:
                part = b""
            case 1:
                part = data[start:end] * random_.choice((2, 2, 3, 50))
            case 2:
                part = data[end : end + 200]
            case 3:
                part = random_.choice(SHARDS) * random_.choice((1, 1, 1, 2, 300))
            case _:
                part = random_.randbytes(end - start)
        data = data[:start] + part + data[end:]
    return data


def check(data: bytes, random_: random.Random, edits: int = 20) -> None:
    """Assert what must hold for any bytes."""
    began = time.process_time()
    document = BibDocument.from_bytes(data)
    assert document.to_bytes() == data, "the bytes do not come back"
    last = 0
    for entry in document.entries:
        start, end = entry.span
        assert last <= start < end <= len(data), "entries overlap"
        assert data[start:end] == entry.raw, "an entry is not where it says"
        for field in entry.all_fields():
            assert document.codec.read(data[slice(*field.span)]) == field.raw, "a field's place"
        last = end
    places = [[text[c:d] for _, _, c, d in found] for text, found in document.places()]
    by_entry = [[e.raw[c:d] for _, _, c, d in e.parsed.scan.fields] for e in document.entries]
    assert places == by_entry, "the quick reading of all fields differs"
    assert len(document.table(("title", "note"))) == len(document.entries)
    assert all(problem.line is None or problem.line > 0 for problem in document.problems)
    for _ in range(edits if len(document.entries) else 0):
        _edit_and_look(document, random_)
    while document.undo():
        pass
    assert document.to_bytes() == data, "undoing all edits gives other bytes"
    spent = time.process_time() - began
    fixed, each = _PATIENCE
    assert spent < fixed + each * len(data) * (edits + 1), f"{spent:.1f} s for {len(data)} bytes"


def _edit_and_look(document: BibDocument, random_: random.Random) -> None:
    before = document.to_bytes()
    old = [entry.raw for entry in document.entries]
    number = random_.randrange(len(old)) if old else 0
    if not old:
        return
    entry = document.entries[number]
    start, end = entry.span
    try:
        text = _edit(document, entry, random_)
    except BibtexError:
        assert document.to_bytes() == before, "a refused edit changed something"
        return
    after = document.to_bytes()
    again = [one.raw for one in BibDocument.from_bytes(after).entries]
    assert again == [one.raw for one in document.entries], "a new reading gives other entries"
    if text is not None:
        assert after == before[:start] + entry.raw + before[end:], "bytes outside differ"
        assert again == [*old[:number], entry.raw, *old[number + 1 :]], "other entries differ"
        assert entry.value_of(text[0]) == text[1], "the text is read otherwise"


def _edit(
    document: BibDocument, entry: Entry, random_: random.Random
) -> tuple[str, str | None] | None:
    """Make one edit of any kind; name and text of the field if it was one of a field."""
    names = [*entry.fields, "note", "comment-ana"]
    name = random_.choice(names)
    match random_.randrange(6):
        case 0 | 1:
            text = random_.choice(TEXTS)
            document.set_field(entry, name, text)
            return name, text
        case 2:
            is_once = sum(field.name.lower() == name for field in entry.all_fields()) == 1
            document.remove_field(entry, name)
            return (name, None) if is_once else None
        case 3:
            document.rename(entry, f"k{random_.randrange(1000)}")
        case 4:
            document.add_entry("misc", f"n{random_.randrange(1000)}", {"title": "T"})
        case _:
            document.remove_entry(entry)
    return None


def run(files: Sequence[Path], seed: int, seconds: float) -> int:
    """Tear files for so long; how many failed."""
    until = time.monotonic() + seconds
    made = failed = 0
    while time.monotonic() < until:
        random_ = random.Random(seed)
        data = torn(random_.choice(files).read_bytes(), random_)
        try:
            check(data, random_)
        except AssertionError as error:
            failed += 1
            Path(f"fuzz-{seed}.bib").write_bytes(data)
            print(f"seed {seed}: {error}", flush=True)
        except Exception:
            Path(f"fuzz-{seed}.bib").write_bytes(data)
            print(f"seed {seed}:", flush=True)
            raise
        made += 1
        seed += 1
    print(f"{made} files, {failed} failed; the next seed is {seed}")
    return failed


def main() -> None:
    """Tear the files of the folders."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    folders = options.folders or [CORPUS]
    files = [path for folder in folders for path in sorted(folder.glob("*.bib"))]
    raise SystemExit(1 if run(files, options.seed, options.seconds) else 0)


if __name__ == "__main__":
    main()
