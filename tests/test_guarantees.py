"""docs/guarantees.md names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")


def test_every_promise_names_its_tests() -> None:
    promised = TEXT.split("## Promised")[1].split("## Not promised")[0]
    rows = [line for line in promised.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 5
    for row in rows:
        assert re.findall(r"`(tests/[^`]+\.py)`", row), row


def test_the_tests_that_are_named_exist() -> None:
    named = set(re.findall(r"`((?:tests|docs)/[^`]+\.(?:py|md))`", TEXT))
    assert len(named) > 12
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
