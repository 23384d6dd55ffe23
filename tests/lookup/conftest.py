from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reviewkit.lookup.cache import Cache
from reviewkit.lookup.hosts import HOSTS
from reviewkit.lookup.pace import Paces
from reviewkit.lookup.settings import LookupSettings
from reviewkit.lookup.transfer import Bounds
from reviewkit.lookup.web import Web
from tests.lookup.service import Service, SetClock


@pytest.fixture(autouse=True)
def own_home(private_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("OPENALEX_API_KEY", "S2_API_KEY", "REVIEWKIT_LOOKUP"):
        monkeypatch.delenv(name, raising=False)
    return private_home


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def service(clock: SetClock) -> Iterator[Service]:
    running = Service(clock)
    yield running
    running.close()


@pytest.fixture
def web(service: Service, clock: SetClock, tmp_path: Path) -> Iterator[Callable[..., Web]]:
    """Make a `Web` that asks the service for every host."""
    made: list[Web] = []

    def _web(**others: Any) -> Web:
        settings = LookupSettings(
            True, "ana@example.org", {host.name: service.base for host in HOSTS}
        )
        given: dict[str, Any] = {
            "clock": clock,
            "random": Random(1),
            "paces": Paces(clock),
            "cache": Cache(tmp_path / "cache"),
            "bounds": Bounds(connect=5, read=5, total=5, size=200_000),
        }
        made.append(Web(settings, **(given | others)))
        return made[-1]

    yield _web
    for each in made:
        each.__exit__(None, None, None)
