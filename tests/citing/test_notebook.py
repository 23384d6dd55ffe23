"""The bibliography cell is put into a notebook without touching anything else."""

import json
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.citing.notebook import bibliography_cells, with_bibliography
from reviewkit.errors import FormatError

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
CELLS = st.lists(
    st.builds(
        lambda kind, source, split, extra: {
            "cell_type": "markdown",
            **extra,
            "metadata": {"reviewkit": {"role": kind, "style": "x"}}
            if kind
            else {"tags": ["source"]},
            "source": source.splitlines(keepends=True) if split else source,
        },
        st.sampled_from(["", "bibliography", "other"]),
        TEXTS,
        st.booleans(),
        st.dictionaries(st.sampled_from(["id", "attachments"]), TEXTS, max_size=2),
    ),
    max_size=4,
)
LAYOUTS: list[dict[str, Any]] = [
    {"indent": 1}, {"indent": 4}, {"indent": "\t"}, {}, {"separators": (",", ":")},
    {"indent": 1, "sort_keys": True}, {"indent": 1, "ensure_ascii": False},
]  # fmt: skip


def put(text: str, source: str = "New *text*.\n\nMore", style: str = "apa") -> str:
    return with_bibliography("a.ipynb", text, source, style, "abcd1234")


@settings(max_examples=150)
@given(CELLS, st.sampled_from(LAYOUTS), TEXTS, st.booleans(), st.integers(0, 5))
def test_only_the_cell_changes(
    cells: list[Any], layout: dict[str, Any], source: str, crlf: bool, minor: int
) -> None:
    notebook = {"cells": cells, "metadata": {"cells": [1]}, "nbformat": 4, "nbformat_minor": minor}
    text = json.dumps(notebook, **layout) + "\n"
    text = text.replace("\n", "\r\n") if crlf else text
    made = put(text, source)
    after = json.loads(made)
    ours = bibliography_cells(after)
    assert [(cell.source, cell.style) for cell in ours] == [(source, "apa")] * max(1, len(ours))
    before = [n for n, cell in enumerate(cells) if not bibliography_cells({"cells": [cell]})]
    assert [after["cells"][n] for n in before] == [cells[n] for n in before]
    assert {**after, "cells": []} == {**notebook, "cells": []}
    assert put(made, source) == made
    if not bibliography_cells(notebook) and cells:
        # What was there stands there still, byte for byte.
        start = text.rindex("]", 0, text.index('"metadata"', text.rindex('"source"')))
        common = next(
            (n for n, pair in enumerate(zip(text, made, strict=False)) if pair[0] != pair[1])
        )
        assert made.endswith(text[common:]) and common <= start + 1
        assert after["cells"][-1].get("id") == ("abcd1234" if minor == 5 else None)


def test_it_looks_as_jupyter_writes_it() -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# A", id="a"),
            nbformat.v4.new_code_cell("1", id="b"),
        ]
    )
    text = nbformat.writes(notebook) + "\n"
    for before in (text, nbformat.writes(nbformat.v4.new_notebook()) + "\n"):
        made = put(before)
        read = nbformat.reads(made, as_version=4)
        nbformat.validate(read)
        assert nbformat.writes(read) + "\n" == made
    made = put(put(text), "Other", "ieee")
    assert nbformat.writes(nbformat.reads(made, as_version=4)) + "\n" == made
    assert '"style": "ieee"' in made


def test_what_is_no_notebook_of_today() -> None:
    for text in ("[]", "{}", '{"worksheets": [{"cells": []}]}', '{"cells": 1}'):
        with pytest.raises(FormatError, match="save it again"):
            put(text)
    code = {"cell_type": "code", "metadata": {"reviewkit": {"role": "bibliography"}}}
    odd = [None, 1, {"cell_type": "markdown", "metadata": [], "source": 1}, code]
    assert bibliography_cells({"cells": odd}) == []
