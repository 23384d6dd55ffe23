import asyncio
import warnings
from pathlib import Path
from typing import Any

import pytest
from jupyter_events import EventLogger
from jupyter_server.utils import JupyterServerAuthWarning

from reviewkit.records import Me
from reviewkit.server import _jupyter_server_extension_points
from reviewkit.server.app import _SCHEMA, ReviewkitApp
from reviewkit.server.folders import Folders
from reviewkit.server.service import CHANGED, Service

ME = Me("ana", "Ana", "settings", False)


def test_jupyter_finds_the_extension(extension: Any) -> None:
    assert _jupyter_server_extension_points() == [
        {"module": "reviewkit.server", "app": ReviewkitApp}
    ]
    assert isinstance(extension, ReviewkitApp)


def test_the_extension_says_whether_it_works(extension: Any) -> None:
    assert extension.current_activity() is None


class TestClosedServer:
    @pytest.fixture
    def jp_server_config(self) -> dict[str, Any]:
        extensions = {"reviewkit.server": True}
        return {
            "ServerApp": {
                "jpserver_extensions": extensions,
                "allow_unauthenticated_access": False,
            }
        }

    def test_every_handler_asks_who_is_there(self, jp_configurable_serverapp: Any) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error", JupyterServerAuthWarning)
            jp_configurable_serverapp()


class TestLinkedFolders:
    @pytest.fixture
    def jp_server_config(self, tmp_path: Path) -> dict[str, Any]:
        return {
            "ServerApp": {"jpserver_extensions": {"reviewkit.server": True}},
            "ReviewkitApp": {"linked_folders": [str(tmp_path / "shared")]},
        }

    async def test_a_link_may_lead_to_a_shared_folder(
        self, ask: Any, library: Path, tmp_path: Path
    ) -> None:
        library.rename(tmp_path / "shared")
        library.symlink_to(tmp_path / "shared")
        code, info = await ask("project", project="group/references.bib")
        assert (code, info["path"], info["papers"]) == (200, "group", 2)


def service_of(root: Path, idle_seconds: float) -> tuple[Service, EventLogger]:
    events = EventLogger()
    events.register_event_schema(_SCHEMA)
    return Service(Folders(root), events, idle_seconds=idle_seconds, threads=2), events


async def closed(service: Service) -> None:
    async with asyncio.timeout(20):
        while service._projects.revision("group") is not None:
            await asyncio.sleep(0.01)


async def test_an_idle_project_is_closed_unless_somebody_listens(library: Path) -> None:
    service, events = service_of(library.parent, 0.2)
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def listen(logger: Any, schema_id: str, data: dict[str, Any]) -> None:
        await heard.put(data)

    events.add_listener(schema_id=CHANGED, listener=listen)
    try:
        await service.answer("project", "group", {}, lambda: ME)
        async with asyncio.timeout(20):
            event = await heard.get()
        assert (event["project"], event["citekeys"]) == ("group", [])
        assert service._projects.revision("group") is not None
        events.remove_listener(schema_id=CHANGED, listener=listen)
        await closed(service)
        # The next request opens it again.
        assert (await service.answer("project", "group", {}, lambda: ME))["papers"] == 2
    finally:
        await service.close()


async def test_the_end_of_the_server_closes_its_projects(library: Path) -> None:
    service, _ = service_of(library.parent, 3600)
    change = {"citekey": "smith2021", "rating": 4}
    await service.answer("review", "group", change, lambda: ME)
    await service.close()
    assert service._projects.revision("group") is None
    assert "matsubara2022bottlefit" in (library / "references.bib").read_text(encoding="utf-8")
