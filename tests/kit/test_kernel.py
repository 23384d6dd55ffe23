"""The widget in a real kernel, talked to as a front end does."""

import os
import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from reviewkit.project import open_project

SETUP = """
import reviewkit.kit.view
from pathlib import Path
reviewkit.kit.view._STATIC = Path({static!r})
import reviewkit
project = reviewkit.open("..", reviewer="ana")
project["smith2021"].form()
"""


class Kernel:
    """Client of a running kernel."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._seen: list[dict[str, Any]] = []

    def run(self, code: str) -> None:
        """Start running a cell."""
        self._client.execute(code)

    def send(self, comm: str, content: dict[str, Any]) -> None:
        """Send a widget's custom message."""
        data = {"method": "custom", "content": content}
        message = self._client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        self._client.shell_channel.send(message)

    def wait(self, wanted: Callable[[str, dict[str, Any]], Any]) -> Any:
        """The first true answer of `wanted` about a message, old or new."""
        for message in self._seen:
            if found := wanted(message["msg_type"], message["content"]):
                return found
        end = time.monotonic() + 40
        while time.monotonic() < end:
            try:
                message = self._client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            self._seen.append(message)
            assert message["msg_type"] != "error", message["content"]["traceback"]
            if found := wanted(message["msg_type"], message["content"]):
                return found
        raise TimeoutError(str([m["msg_type"] for m in self._seen]))


@pytest.fixture
def kernel(library: Path, static: Path) -> Iterator[Kernel]:
    source = str(Path(__file__).parents[2] / "src")
    manager, client = start_new_kernel(
        kernel_name="python3",
        cwd=str(library / "notebooks"),
        env={**os.environ, "PYTHONPATH": source},
    )
    try:
        yield Kernel(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def custom(kind: str) -> Callable[[str, dict[str, Any]], Any]:
    """Finds a custom message of this kind."""

    def found(msg_type: str, content: dict[str, Any]) -> Any:
        if msg_type != "comm_msg" or content["data"].get("method") != "custom":
            return None
        inner = content["data"]["content"]
        return inner if inner["kind"] == kind else None

    return found


def test_a_form_lives_in_the_kernel(kernel: Kernel, library: Path, static: Path) -> None:
    kernel.run(SETUP.format(static=str(static)))
    comm = kernel.wait(
        lambda t, c: (
            t == "comm_open"
            and c["data"]["state"].get("_model_name") == "AnyModel"
            and c["comm_id"]
        )
    )
    bundle = kernel.wait(lambda t, c: t == "execute_result" and c["data"])
    assert bundle["application/vnd.reviewkit.view+json"]["citekey"] == "smith2021"
    assert bundle["application/vnd.reviewkit.view+json"]["project"] == ".."
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == comm

    params = {"citekey": "smith2021", "rating": 4}
    kernel.send(comm, {"kind": "request", "id": "1", "method": "review", "params": params})
    reply = kernel.wait(custom("reply"))
    assert reply["id"] == "1"
    assert reply["result"]["reviews"][0]["rating"] == 4

    with open_project(library, reviewer="ben", watch=False) as project:
        assert project["smith2021"].review_of("ana").rating == 4
        project.review("smith2021", rating=2)

    def told_of_ben(msg_type: str, content: dict[str, Any]) -> Any:
        message = custom("changed")(msg_type, content)
        return message and message["event"]["revision"] > revision and message

    own = kernel.wait(custom("changed"))
    revision = own["event"]["revision"]
    event = kernel.wait(told_of_ben)["event"]
    assert (event["project"], event["citekeys"]) == ("..", ["smith2021"])
