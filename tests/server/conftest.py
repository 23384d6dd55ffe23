import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_jupyter.jupyter_server import *  # noqa: F403
from tornado.httpclient import HTTPClientError

LIBRARY = """\
@inproceedings{matsubara2022bottlefit,
  author = {Matsubara, Yoshitomo and Callegaro, Davide},
  title = {{BottleFit}: Learning Compressed Representations},
  year = {2022},
}

@article{smith2021,
  author = {Smith, Zo{\\"e}},
  title = {On Small Things},
  year = {2021},
}
"""


@pytest.fixture(autouse=True)
def own_settings(private_home: Path) -> Path:
    return private_home


@pytest.fixture
def jp_server_config() -> dict[str, Any]:
    return {"ServerApp": {"jpserver_extensions": {"reviewkit.server": True}}}


@pytest.fixture
def library(jp_root_dir: Path) -> Path:
    """A project in the folder `group` below the server's root."""
    folder = jp_root_dir / "group"
    folder.mkdir()
    (folder / "references.bib").write_text(LIBRARY, encoding="utf-8")
    return folder


Ask = Callable[..., Awaitable[tuple[int, Any]]]


@pytest.fixture
def ask(jp_fetch: Callable[..., Awaitable[Any]]) -> Ask:
    """Status and JSON of `reviewkit/NAME`: a GET of the parameters, or a POST of the body."""

    async def _ask(
        name: str,
        body: Any = None,
        *,
        method: str | None = None,
        headers: Any = None,
        **params: Any,
    ) -> tuple[int, Any]:
        content = body if isinstance(body, str) or body is None else json.dumps(body)
        try:
            response = await jp_fetch(
                "reviewkit",
                name,
                method=method or ("GET" if body is None else "POST"),
                body=content,
                params=params,
                headers=headers,
            )
        except HTTPClientError as error:
            assert error.response is not None
            return error.code, json.loads(error.response.body)
        return response.code, json.loads(response.body)

    return _ask


@pytest.fixture
def extension(jp_serverapp: Any) -> Any:
    """The running extension."""
    return jp_serverapp.extension_manager.extension_apps["reviewkit.server"].copy().pop()
