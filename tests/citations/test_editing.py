"""Parts of manuscripts replaced, with every other byte as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.citations.editing import edited
from reviewkit.errors import FormatError, ValueRefusedError
from reviewkit.records import TextEdit

TEXT = st.text(
    st.characters(exclude_characters="\0\r\ufeff", exclude_categories=["Cs"]), max_size=40
)


@given(TEXT, TEXT, TEXT, st.booleans(), st.booleans())
def test_a_notebooks_cell_is_edited_within_its_json(
    before: str, what: str, new: str, lines: bool, ascii_only: bool
) -> None:
    source = before + what + "end"
    cells = [
        {"cell_type": "markdown", "source": "first"},
        {"cell_type": "markdown", "source": source.splitlines(keepends=True) if lines else source},
    ]
    notebook = {"cells": cells, "metadata": {"other": [1.50, "é"]}}
    data = json.dumps(notebook, ensure_ascii=ascii_only, indent=3).encode() + b"\n\n"
    edit = TextEdit(2, len(before), len(before) + len(what), new)
    after = json.loads(edited("x.ipynb", data, [edit]))
    assert "".join(after["cells"][1]["source"]) == before + new + "end"
    after["cells"][1] = cells[1]
    assert after == notebook


@given(TEXT, TEXT, TEXT)
def test_a_text_keeps_its_line_ends(before: str, what: str, new: str) -> None:
    text = before + what + "\nend\n"
    data = text.replace("\n", "\r\n").encode()
    after = edited("x.md", data, [TextEdit(None, len(before), len(before) + len(what), new)])
    rest = (before, "\nend\n")
    assert after.decode() == new.join(part.replace("\n", "\r\n") for part in rest)


def test_what_cannot_be_is_refused_and_nothing_is_changed() -> None:
    data = b'{"cells": [{"cell_type": "markdown", "source": "abc"}]}'
    for edit in (TextEdit(2, 0, 1, "x"), TextEdit(1, 2, 9, "x"), TextEdit(None, 0, 1, "x")):
        with pytest.raises(FormatError):
            edited("x.ipynb", data, [edit])
    with pytest.raises(FormatError, match="twice"):
        edited("x.ipynb", data, [TextEdit(1, 0, 2, "x"), TextEdit(1, 1, 3, "y")])
    with pytest.raises(ValueRefusedError):
        edited("x.md", "é".encode("latin-1"), [TextEdit(None, 0, 1, "→")])
