"""What several current values of one field show, in whatever order they were made."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import choose


def _ops(field: str, *values: Any) -> list[Op]:
    return [
        Op(f"w.{n}", f"{n:016x}", "ana", "p.a", "ana", field, value, ("w.0",), "kernel")
        for n, value in enumerate(values, 1)
    ]


@pytest.mark.parametrize("values", itertools.permutations([True, None, None]))
def test_a_tag_is_there_while_anybody_says_so(values: tuple[object, ...]) -> None:
    assert choose("tag:core", _ops("tag:core", *values), lambda _: None) is True


@pytest.mark.parametrize("values", itertools.permutations(["Edited.", None]))
def test_a_change_of_a_note_outlives_a_deletion(values: tuple[object, ...]) -> None:
    assert choose("note:a.text", _ops("note:a.text", *values), lambda _: None) == "Edited."


def test_where_all_say_that_it_is_gone_it_is() -> None:
    for field in ("tag:core", "note:a.text", "rating"):
        assert choose(field, _ops(field, None, None), lambda _: None) is None


@pytest.mark.parametrize("field", ["rating", "bib:year"])
def test_of_other_values_the_last_is_shown(field: str) -> None:
    assert choose(field, _ops(field, 2, 5), lambda _: None) == 5
