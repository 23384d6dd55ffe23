import asyncio
import gc
import json
import threading
import weakref
from pathlib import Path
from typing import Any

import pytest

from reviewkit import api, kit
from reviewkit.errors import MissingDependencyError
from reviewkit.project import Project, open_project
from reviewkit.records import Query

pytestmark = pytest.mark.usefixtures("static")


class Sent(list[dict[str, Any]]):
    """What a view was sent; `arrived` says that there is something new."""

    def __init__(self, view: kit.ReviewView, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.arrived = asyncio.Event()
        monkeypatch.setattr(view, "send", self.take)

    def take(self, content: dict[str, Any], buffers: Any = None) -> None:
        json.dumps(content, allow_nan=False)
        self.append(content)
        self.arrived.set()

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(20):
            await self.arrived.wait()
        self.arrived.clear()
        return self[-1]


def asked(view: kit.ReviewView, sent: Sent, method: Any, **params: Any) -> dict[str, Any]:
    """The reply to a request, as the view's script makes it."""
    content = {"kind": "request", "id": f"x-{len(sent)}", "method": method, "params": params}
    view._handle_custom_msg(content, [])
    reply = sent[-1]
    assert (reply["kind"], reply["id"]) == ("reply", content["id"])
    return reply


@pytest.fixture
def view(project: Project) -> kit.ReviewView:
    return kit.form(project["smith2021"])


@pytest.fixture
def sent(view: kit.ReviewView, monkeypatch: pytest.MonkeyPatch) -> Sent:
    return Sent(view, monkeypatch)


def test_the_view_names_its_project_as_the_notebook_sees_it(
    project: Project, library: Path
) -> None:
    spec = kit.form(project["smith2021"]).spec
    assert spec == {
        "format": 1,
        "view": "form",
        "project": "..",
        "citekey": "smith2021",
        "query": None,
        "columns": None,
        "papers": None,
    }
    table = kit.table(project, Query(text="small", sort="year"))
    assert table.spec["view"] == "table"
    assert table.spec["query"]["text"] == "small"


def test_an_output_has_every_form_and_no_path_of_this_machine(
    view: kit.ReviewView, tmp_path: Path
) -> None:
    data, _ = view._repr_mimebundle_()
    assert data[kit.MIME] == view.spec
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "On Small" in data["text/plain"] and "0x" not in data["text/plain"]
    assert "<Things>" not in data["text/html"]
    assert str(tmp_path) not in json.dumps(data)
    assert repr(view) == data["text/plain"]


def test_a_table_is_printed_with_its_papers(project: Project) -> None:
    data, _ = kit.table(project, Query(text="another"))._repr_mimebundle_()
    assert "Another" in data["text/plain"] and "On Small" not in data["text/plain"]


def test_requests_are_answered(view: kit.ReviewView, sent: Sent, project: Project) -> None:
    reply = asked(view, sent, "review", citekey="smith2021", rating=4, add_tags=["x"])
    assert reply["result"]["reviews"][0]["rating"] == 4
    assert project["smith2021"].review_of("ana").tags == ("x",)
    (change, *_) = project.log()
    assert (change.by, change.via) == ("ana", "kernel")
    info = asked(view, sent, "project")["result"]
    assert (info["path"], info["me"]["reviewer"]) == ("..", "ana")


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("paper", {"citekey": "smith2012"}, "unknown-paper"),
        ("review", {"citekey": "smith2021", "rating": 9}, "value-refused"),
        ("destroy", {}, "value-refused"),
        (None, {}, "value-refused"),
        ("papers", {"offset": -1}, "value-refused"),
    ],
)
def test_refusals_are_replies(
    view: kit.ReviewView, sent: Sent, method: Any, params: dict[str, Any], code: str
) -> None:
    error = asked(view, sent, method, **params)["error"]
    assert error["code"] == code
    assert set(error) == {"code", "message", "detail"}


def test_a_fault_is_told_and_goes_on_to_the_log(
    view: kit.ReviewView, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(api, "handle", broken)
    with pytest.raises(ZeroDivisionError):
        view._request({"kind": "request", "id": 1, "method": "project", "params": {}}, [])
    assert sent == [{"kind": "reply", "id": 1, "error": api.FAULT}]


def test_other_messages_are_not_ours(view: kit.ReviewView, sent: Sent) -> None:
    for content in ({"kind": "hello"}, {}, [], "text", None):
        view._request(content, [])
    assert sent == []


def test_a_name_is_asked_once(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_project(library, watch=False) as project:
        view = kit.table(project)
        sent = Sent(view, monkeypatch)
        assert asked(view, sent, "me")["result"]["reviewer"] is None
        edit = {"citekey": "li2020", "rating": 3}
        assert asked(view, sent, "review", **edit)["error"]["code"] == "reviewer"
        assert asked(view, sent, "set_me", name="")["error"]["code"] == "value-refused"
        assert asked(view, sent, "set_me", name="Zoë")["result"]["reviewer"] == "zoe"
        assert asked(view, sent, "review", **edit)["result"]["reviews"][0]["reviewer"] == "zoe"
        assert project.reviewer == "zoe"


async def changed_elsewhere(library: Path, citekey: str) -> None:
    def work() -> None:
        with open_project(library, reviewer="ben", watch=False) as other:
            other.review(citekey, rating=2)

    await asyncio.to_thread(work)


def test_changes_are_told_on_the_kernels_thread(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        with open_project(library, reviewer="ana", watch=True) as project:
            view = kit.form(project["smith2021"])
            sent = Sent(view, monkeypatch)
            threads: list[int] = []
            take = view.send
            monkeypatch.setattr(
                view, "send", lambda c: (threads.append(threading.get_ident()), take(c))
            )
            await changed_elsewhere(library, "smith2021")
            message = await sent.next()
            assert message["kind"] == "changed"
            assert message["event"]["project"] == ".."
            assert "smith2021" in message["event"]["citekeys"]
            assert set(threads) == {threading.get_ident()}

    asyncio.run(run())


def test_a_form_is_told_of_its_own_paper_only(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        with open_project(library, reviewer="ana", watch=False) as project:
            form, table = kit.form(project["smith2021"]), kit.table(project)
            to_form, to_table = Sent(form, monkeypatch), Sent(table, monkeypatch)
            project.review("li2020", rating=1)
            assert (await to_table.next())["event"]["citekeys"] == ["li2020"]
            assert to_form == []
            project.review("smith2021", rating=1)
            assert (await to_form.next())["event"]["citekeys"] == ["smith2021"]

    asyncio.run(run())


def test_a_closed_view_lets_go_of_its_project(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        project = open_project(library, reviewer="ana", watch=False)
        known = weakref.ref(project)
        view = kit.table(project)
        sent = Sent(view, monkeypatch)
        view.close()
        project.review("li2020", rating=1)
        assert asked(view, sent, "project")["error"]["code"] == "stale"
        project.close()
        del project
        gc.collect()
        assert known() is None

    asyncio.run(run())


def test_a_view_without_its_script_says_what_to_do(static: Path, project: Project) -> None:
    (static / "view.js").unlink()
    with pytest.raises(MissingDependencyError, match=r"view\.js"):
        kit.table(project)
