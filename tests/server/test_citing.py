"""The requests about citations, over the server."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

Ask = Callable[..., Awaitable[tuple[int, Any]]]


async def test_citations_are_shown(ask: Ask, library: Path) -> None:
    texts = ["See [@smith2021].", "`@smith2021`"]
    status, answer = await ask("cite", {"project": "group", "texts": texts, "style": "ieee"})
    assert status == 200
    assert [(c["text"], c["html"]) for c in answer["citations"]] == [(0, "[1]")]
    assert answer["bibliography"].startswith("\\[1\\] Z. Smith")


async def test_styles_are_told(ask: Ask, library: Path) -> None:
    status, answer = await ask("styles", project="group")
    assert status == 200
    assert {"name": "apa", "title": "APA, 7th edition"} in answer["styles"]


async def test_what_is_refused(ask: Ask, library: Path) -> None:
    for bad in ({"style": "/etc/x.csl"}, {"style": "nosuch"}, {"texts": "a"}, {"texts": [1]},
                {"texts": ["x" * 900_000] * 5}):  # fmt: skip
        status, answer = await ask("cite", {"project": "group", "texts": ["@a"], **bad})
        assert (status, answer["code"]) == (400, "value-refused"), bad
