import asyncio
import base64
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.auth import Authorizer
from tornado.httpclient import HTTPClientError

from reviewkit import api
from reviewkit.project import open_project
from tests.lookup.asked import allow
from tests.lookup.samples import CROSSREF_ARTICLE, crossref_answer
from tests.lookup.service import Answer as Given
from tests.lookup.service import Service, SetClock

ROUTES = [
    ("GET", "project"),
    ("GET", "papers"),
    ("GET", "paper"),
    ("GET", "me"),
    ("PUT", "me"),
    ("POST", "review"),
    ("POST", "edit"),
    ("POST", "resolve"),
    ("POST", "undo"),
    ("POST", "add"),
    ("POST", "accept"),
    ("POST", "dismiss"),
]


@pytest.mark.parametrize(("method", "name"), ROUTES)
async def test_nobody_without_a_token_is_answered(ask: Any, method: str, name: str) -> None:
    body = None if method == "GET" else {}
    code, error = await ask(name, body, method=method, headers={"Authorization": "token no"})
    assert code == 403
    assert error["code"] == "http-403"
    assert set(error) == {"code", "message", "detail"}


async def test_a_cookie_alone_cannot_write(
    jp_fetch: Any, jp_auth_header: dict[str, str], jp_http_port: int, library: Path
) -> None:
    signed_in = await jp_fetch("api", "me")
    cookies = "; ".join(
        cookie.split(";")[0] for cookie in signed_in.headers.get_list("Set-Cookie")
    )
    headers = {"Cookie": cookies, "Authorization": ""}
    assert (await jp_fetch("reviewkit", "me", headers=dict(headers))).code == 200
    body = json.dumps({"project": "group", "as": "ana", "citekey": "smith2021", "rating": 4})
    with pytest.raises(HTTPClientError) as caught:
        await jp_fetch("reviewkit", "review", method="POST", body=body, headers=dict(headers))
    assert caught.value.code == 403
    assert "_xsrf" in json.loads(caught.value.response.body)["message"]
    with open_project(library, watch=False) as project:
        assert project["smith2021"].reviews == ()


async def test_a_project_is_named_by_its_folder(ask: Any, library: Path) -> None:
    (library / "a.ipynb").touch()
    for asked in ("group", "group/references.bib", "/group/a.ipynb"):
        code, info = await ask("project", project=asked)
        assert (code, info["path"], info["papers"]) == (200, "group", 2)
    assert info["me"] == {"reviewer": None, "name": None, "source": None, "locked": False}


async def test_papers_are_listed_and_filtered(ask: Any, library: Path) -> None:
    code, page = await ask("papers", project="group", text="bottlefit", sort="year", limit="5")
    assert code == 200
    assert [row["citekey"] for row in page["rows"]] == ["matsubara2022bottlefit"]
    # JupyterLab adds a number to the query against caches.
    _, page = await ask("papers", project="group", **{"1763968951": ""})
    assert page["total"] == 2


async def test_who_asks_and_whose_opinions_are_apart(ask: Any, library: Path) -> None:
    await ask("review", {"project": "group", "as": "ana", "citekey": "smith2021", "rating": 5})
    await ask("review", {"project": "group", "as": "ben", "citekey": "smith2021", "rating": 2})
    _, page = await ask("papers", project="group", reviewer="ana", **{"as": "ben"})
    assert [(row["citekey"], row["rating"]) for row in page["rows"]] == [("smith2021", 2)]


async def test_a_review_is_durable_when_it_is_answered(ask: Any, library: Path) -> None:
    change = {
        "project": "group",
        "reviewer": "Zoë Smith",
        "citekey": "smith2021",
        "rating": 4,
        "status": "read",
        "add_tags": ["split computing"],
        "note": {"id": None, "text": "Table 3 is the result.", "seen": []},
    }
    code, paper = await ask("review", change)
    assert code == 200
    assert paper["citekey"] == "smith2021"
    with open_project(library, watch=False) as other:
        review = other["smith2021"].review_of("zoe-smith")
    assert (review.rating, review.status, review.tags) == (4, "read", ("split computing",))
    assert [note.text for note in review.notes] == ["Table 3 is the result."]


async def test_a_note_is_edited_and_deleted_by_its_id(ask: Any, library: Path) -> None:
    who = {"project": "group", "as": "ana", "citekey": "smith2021"}
    _, paper = await ask("review", {**who, "note": {"id": None, "text": "One", "seen": []}})
    note = paper["reviews"][0]["notes"][0]
    edit = {"id": note["id"], "text": "Two", "seen": note["seen"]}
    _, paper = await ask("review", {**who, "note": edit})
    assert [n["text"] for n in paper["reviews"][0]["notes"]] == ["Two"]
    code, paper = await ask("review", {**who, "delete_note": note["id"]})
    assert code == 200
    assert all(not review["notes"] for review in paper["reviews"])


async def test_a_field_is_edited_and_the_edit_undone(ask: Any, library: Path) -> None:
    who = {"project": "group", "as": "ana"}
    fields = {"title": "On Great Things"}
    code, paper = await ask("edit", {**who, "citekey": "smith2021", "fields": fields})
    assert (code, paper["title"]) == (200, "On Great Things")
    code, undone = await ask("undo", who)
    assert (code, undone["citekey"]) == (200, "smith2021")
    _, paper = await ask("paper", project="group", citekey="smith2021")
    assert paper["title"] == "On Small Things"


async def test_papers_added_where_no_project_is_begin_one(ask: Any, library: Path) -> None:
    (library.parent / "fresh").mkdir()
    data = base64.b64encode(b"@misc{new2024, title={New}}").decode()
    code, _ = await ask("project", project="fresh")
    assert code == 404
    body = {"project": "fresh", "as": "ana", "name": "new.bib", "data": data}
    code, result = await ask("add", body)
    assert (code, result["added"]) == (200, ["new2024"])
    code, info = await ask("project", project="fresh")
    assert (code, info["papers"], info["path"]) == (200, 1, "fresh")


async def test_a_refused_file_begins_no_project(ask: Any, library: Path) -> None:
    (library.parent / "fresh").mkdir()
    data = base64.b64encode(b"no papers here").decode()
    code, _ = await ask("add", {"project": "fresh", "as": "ana", "name": "a", "data": data})
    assert code == 400
    assert list((library.parent / "fresh").iterdir()) == []


async def test_papers_are_added_from_bytes(ask: Any, library: Path) -> None:
    data = base64.b64encode(b"@misc{new2024, title = {Something New}, year = 2024}").decode()
    add = {"project": "group", "as": "ana", "name": "new.bib", "data": data}
    code, result = await ask("add", add)
    assert (code, result["added"]) == (200, ["new2024"])
    code, error = await ask("add", {**add, "data": "no base64"})
    assert (code, error["code"]) == (400, "value-refused")


@pytest.mark.parametrize(
    ("name", "body", "status", "code"),
    [
        ("review", "{", 400, "value-refused"),
        ("review", "[]", 400, "value-refused"),
        ("review", {"citekey": "smith2021", "rating": 9}, 400, "value-refused"),
        ("review", {"citekey": "smith2021", "rating": "4"}, 400, "value-refused"),
        ("review", '{"project": "group", "citekey": "smith2021", "rating": NaN}', 400, None),
        ("review", {"citekey": "smith2021", "rate": 4}, 400, "value-refused"),
        ("review", {"citekey": "smith2021", "note": "text"}, 400, "value-refused"),
        ("review", {"citekey": "smith2012", "rating": 4}, 404, "unknown-paper"),
        ("review", {"rating": 4}, 400, "value-refused"),
        ("review", {"project": 3, "citekey": "smith2021"}, 400, "value-refused"),
        ("review", {"project": "nowhere", "citekey": "smith2021"}, 404, "project"),
        ("edit", {"citekey": "smith2021", "fields": {"title": 3}}, 400, "value-refused"),
    ],
)
async def test_refusals_have_one_shape(
    ask: Any, library: Path, name: str, body: Any, status: int, code: str | None
) -> None:
    if isinstance(body, dict):
        body = {"project": "group", "as": "ana"} | body
    answered, error = await ask(name, body)
    assert answered == status
    assert set(error) == {"code", "message", "detail"}
    assert code is None or error["code"] == code


async def test_a_mistyped_key_names_the_near_one(ask: Any, library: Path) -> None:
    code, error = await ask("paper", project="group", citekey="smith2012")
    assert (code, error["detail"]["near"]) == (404, ["smith2021"])
    assert "smith2021" in error["message"]


async def test_an_edit_of_nobody_is_refused(ask: Any, library: Path) -> None:
    code, error = await ask("review", {"project": "group", "citekey": "smith2021", "rating": 4})
    assert (code, error["code"]) == (409, "reviewer")


@pytest.mark.parametrize("asked", ["..", "../root_dir/group", "%2e%2e", "/etc", "link", ".x"])
async def test_no_path_leads_out_of_the_root(
    ask: Any, library: Path, tmp_path: Path, asked: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "references.bib").touch()
    (tmp_path / "references.bib").touch()
    (library.parent / "link").symlink_to(outside)
    (library.parent / ".x").mkdir()
    (library.parent / ".x" / "references.bib").touch()
    code, error = await ask("papers", project=asked)
    assert (code, error["code"]) == (404, "project")
    assert str(tmp_path) not in json.dumps(error)


async def test_a_fault_is_told_and_logged(
    ask: Any, library: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr(api, "handle", broken)
    code, error = await ask("project", project="group")
    assert (code, error) == (500, api.FAULT)
    assert "deep inside" in caplog.text and "Traceback" in caplog.text


async def test_the_server_answers_others_while_one_request_is_slow(
    ask: Any, jp_fetch: Any, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going_on, answered = threading.Event(), threading.Event()

    def slow(*args: Any, **kwargs: Any) -> Any:
        going_on.set()
        assert answered.wait(20)
        return {}

    monkeypatch.setattr(api, "handle", slow)
    request = asyncio.ensure_future(ask("project", project="group"))
    while not going_on.is_set():
        await asyncio.sleep(0.01)
    assert (await jp_fetch("api", "status")).code == 200
    answered.set()
    assert (await request)[0] == 200


class ReadOnly(Authorizer):
    """Lets everybody read and nobody write."""

    async def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        return action == "read"


class TestReadOnly:
    @pytest.fixture
    def jp_server_config(self) -> dict[str, Any]:
        extensions = {"reviewkit.server": True}
        return {"ServerApp": {"jpserver_extensions": extensions, "authorizer_class": ReadOnly}}

    async def test_who_may_only_read_cannot_write(self, ask: Any, library: Path) -> None:
        assert (await ask("project", project="group"))[0] == 200
        body = {"project": "group", "as": "ana", "citekey": "smith2021", "rating": 4}
        code, error = await ask("review", body)
        assert (code, error["code"]) == (403, "http-403")


async def test_what_is_only_named_is_looked_up_while_other_requests_go_on(
    ask: Any, library: Path
) -> None:
    service = Service(SetClock())
    rated = threading.Event()
    doi = CROSSREF_ARTICLE["DOI"].lower()
    answer = Given(crossref_answer(CROSSREF_ARTICLE), before=lambda: rated.wait(30))
    service.says(f"/works/{doi}", answer)
    allow(service.base)
    data = base64.b64encode(f"doi:{doi}\ndoi:10.5555/none\n".encode()).decode()
    try:
        adding = asyncio.create_task(
            ask("add", {"project": "group", "as": "ana", "name": "a", "data": data})
        )
        while not service.asked:
            await asyncio.sleep(0.01)
        body = {"project": "group", "as": "ana", "citekey": "smith2021", "rating": 4}
        code, _ = await ask("review", body)
        assert (code, adding.done()) == (200, False)
        rated.set()
        code, result = await adding
    finally:
        rated.set()
        service.close()
    assert code == 200
    assert len(result["added"]) == 1
    assert result["queued"] == ["doi:10.5555/none"]
    _, info = await ask("project", project="group")
    assert info["wanted"] == 1
