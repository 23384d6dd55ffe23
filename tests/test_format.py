"""The examples of docs/format.md are what the code writes and reads."""

from __future__ import annotations

import re
from pathlib import Path

from reviewkit import tables
from reviewkit.ops import ids
from reviewkit.ops.op import OP_VERSION, decode, encode
from reviewkit.ops.values import possible
from reviewkit.store.card import FORMAT

FORMAT_MD = (Path(__file__).resolve().parent.parent / "docs" / "format.md").read_text("utf-8")


def test_the_lines_are_read_and_written_again() -> None:
    [block] = re.findall(r"^```json\n(.*?)^```", FORMAT_MD, re.DOTALL | re.MULTILINE)
    lines = block.encode().splitlines(keepends=True)
    assert len(lines) == 2
    for line in lines:
        op = decode(line.rstrip(b"\n"))
        assert encode(op) == line
        assert possible(op.field, op.value)


def test_every_key_of_a_line_is_explained() -> None:
    explained = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", FORMAT_MD, re.M))))
    keys = {"v", "i", "t", "by", "p", "r", "f", "x", "s", "a", "g", "o", "z", "c"}
    assert keys <= explained


def test_the_format_and_version_are_the_codes() -> None:
    assert f"Format {FORMAT}." in FORMAT_MD
    assert f"`v` | version of the operation: {OP_VERSION}." in FORMAT_MD


def test_the_paper_of_the_example() -> None:
    [(key, paper)] = re.findall(r"citekey `(\w+)` is `(p\.\w+)`", FORMAT_MD)
    assert ids.paper_id(key) == paper


def test_all_columns_are_explained() -> None:
    table = FORMAT_MD.split("## reviews.csv")[1].split("##")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == list(tables.COLUMNS)


def test_rev_is_made_as_described() -> None:
    cells = {
        "rating": "4.0",
        "tags": "b; a",
        "notes": "[abcdef] Second.\r\n\r\n[aaaaaa] First.",
    }
    described = [
        [["rating", "4"], ["tags", "a; b"]],
        [["aaaaaa", "First."], ["abcdef", "Second."]],
    ]
    assert tables.row_rev(cells) == ids.revision(described)
