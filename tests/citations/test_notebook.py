"""citations: keys cited in notebooks, and files that are none."""

import json
from typing import Any

import pytest

from reviewkit.citations import cited_keys
from reviewkit.errors import FormatError

KNOWN = {"ana2020", "ben2021", "cleo"}


def notebook(*cells: dict[str, Any]) -> bytes:
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}).encode()


def cell(kind: str, source: str | list[str], **metadata: str) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "metadata": metadata}


def test_markdown_and_raw_cells_are_read_and_code_cells_not() -> None:
    found = cited_keys(
        "s.ipynb",
        notebook(
            cell("markdown", ["One\n", "[@ana2020]"]),
            cell("code", "@cleo\ndef f(): 'ben2021 [@nobody]'"),
            cell("raw", r"% \cite{cleo}" + "\n" + r"\cite{ben2021}", raw_mimetype="text/latex"),
            cell("raw", "@cleo", raw_mimetype="text/x-python"),
            cell("markdown", "x\n\n[@nobody]"),
        ),
        KNOWN,
    )
    assert [(use.key, use.cell, use.line) for use in found.known] == [
        ("ana2020", 1, 2),
        ("ben2021", 3, 2),
    ]
    assert [use.where for use in found.unknown] == ["cell 5, line 3"]


def test_a_cell_does_not_reach_into_the_next() -> None:
    cells = [
        cell("markdown", "```\nnever closed"),
        cell("markdown", "<!-- open"),
        cell("raw", "@cleo"),
    ]
    assert cited_keys("s.ipynb", notebook(*cells), KNOWN).keys == ("cleo",)


def test_front_matter_opens_the_first_cell_only() -> None:
    front = "---\nnocite: '@*'\n---"
    assert cited_keys("s.ipynb", notebook(cell("raw", front)), KNOWN).everything
    assert not cited_keys(
        "s.ipynb", notebook(cell("raw", ""), cell("raw", front)), KNOWN
    ).everything


def test_notebooks_of_format_3() -> None:
    old = {"worksheets": [{"cells": [{"cell_type": "heading", "source": "On [@cleo]"}]}]}
    assert cited_keys("s.ipynb", json.dumps(old).encode(), KNOWN).keys == ("cleo",)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("s.ipynb", b"", r"s.ipynb is not a notebook.*line 1"),
        ("s.ipynb", b'{\n"cells": [', r"line 2, column 11.*Mend it"),
        ("s.ipynb", b"[]", r"without a list of cells"),
        ("s.ipynb", b'{"cells": {}}', r"without a list of cells"),
        ("s.ipynb", b'{"worksheets": [1]}', r"without a list of cells"),
        ("s.ipynb", b'{"worksheets": [{"cells": 3}]}', r"without a list of cells"),
        ("s.ipynb", b'{"cells": [3]}', r"not an object"),
        ("s.ipynb", b'{"cells": [{"cell_type": "raw", "source": 3}]}', r"source of cell 1"),
        ("s.ipynb", b"[" * 100_000, r"nested too deeply"),
        ("s.pdf", b"%PDF", r"s.pdf cannot be searched.*\.ipynb, \.md"),
        ("s.md", b"PNG\0\0", r"s.md is not text"),
        ("s.md", b"\xff\xfea", r"s.md is not text"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        cited_keys(name, data, KNOWN)
