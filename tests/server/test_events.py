import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from reviewkit.project import open_project
from reviewkit.server.service import CHANGED

REVIEW = """
import sys
from reviewkit.project import open_project
with open_project(sys.argv[1], reviewer="ben", watch=False) as project:
    project.review("smith2021", rating=2)
"""


class News:
    """What a browser hears."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket

    async def next(self) -> dict[str, Any]:
        """The next event about papers."""
        async with asyncio.timeout(20):
            while True:
                event = json.loads(await self._socket.read_message())
                if event.get("schema_id", event.get("__schema__")) == CHANGED:
                    return dict(event)


@pytest.fixture
def listening(jp_ws_fetch: Any) -> Callable[[], AbstractAsyncContextManager[News]]:
    """Opens the event stream as a browser does."""

    @asynccontextmanager
    async def _listening() -> AsyncIterator[News]:
        socket = await jp_ws_fetch("api", "events", "subscribe")
        try:
            yield News(socket)
        finally:
            socket.close()

    return _listening


def change(citekey: str, reviewer: str = "ana", **fields: Any) -> dict[str, Any]:
    return {"project": "group", "as": reviewer, "citekey": citekey, **fields}


async def test_an_edit_is_told_to_all_browsers(ask: Any, library: Path, listening: Any) -> None:
    _, before = await ask("project", project="group")
    async with listening() as one, listening() as other:
        await ask("review", change("smith2021", rating=4))
        for news in (one, other):
            event = await news.next()
            assert event["project"] == before["path"] == "group"
            assert event["citekeys"] == ["smith2021"]
            assert event["revision"] > before["revision"]


async def test_an_edit_of_another_process_is_told(ask: Any, library: Path, listening: Any) -> None:
    await ask("project", project="group")
    async with listening() as news:
        command = [sys.executable, "-c", REVIEW, str(library)]
        process = await asyncio.create_subprocess_exec(*command)
        event = await news.next()
        while event["citekeys"] is not None and "smith2021" not in event["citekeys"]:
            event = await news.next()
        assert await process.wait() == 0
    _, paper = await ask("paper", project="group", citekey="smith2021")
    assert [review["rating"] for review in paper["reviews"]] == [2]


async def test_a_burst_of_edits_is_told_in_few_messages(
    ask: Any, library: Path, listening: Any
) -> None:
    await ask("review", change("smith2021", rating=1))
    async with listening() as news:
        edits = 60
        with open_project(library, reviewer="ben", watch=False) as project:
            for number in range(edits):
                project.review("smith2021", rating=1 + number % 5)
        with open_project(library, reviewer="ben", watch=False) as project:
            project.review("matsubara2022bottlefit", status="done")
        heard = []
        while not heard or "matsubara2022bottlefit" not in (heard[-1]["citekeys"] or ()):
            heard.append(await news.next())
    assert len(heard) < edits / 2


async def test_a_project_at_the_root_has_an_empty_name(
    ask: Any, jp_root_dir: Path, library: Path, listening: Any
) -> None:
    (library / "references.bib").rename(jp_root_dir / "references.bib")
    _, info = await ask("project", project="")
    assert info["path"] == ""
    async with listening() as news:
        await ask("review", change("smith2021", rating=4) | {"project": ""})
        assert (await news.next())["project"] == ""
