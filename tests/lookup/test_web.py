"""The polite layer, against a real server on this computer."""

import email.utils
import gzip
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reviewkit.errors import SourceError
from reviewkit.lookup.cache import FRESH, Cache
from reviewkit.lookup.clock import Clock
from reviewkit.lookup.hosts import ARXIV, CROSSREF, DOI, OPENALEX, SEMANTIC_SCHOLAR, Host
from reviewkit.lookup.pace import Paces
from reviewkit.lookup.shapes import JSON, read_json, read_xml
from reviewkit.lookup.stop import Stop
from reviewkit.lookup.transfer import Bounds
from reviewkit.lookup.web import Web
from tests.lookup.service import Answer, Service, SetClock

Make = Callable[..., Web]


def get(web: Web, path: str = "/works/1", host: Host = CROSSREF, **params: str) -> Any:
    return web.get(host, path, params, JSON, read_json)


def problem(web: Web, path: str = "/works/1", host: Host = CROSSREF) -> SourceError:
    with pytest.raises(SourceError) as caught:
        get(web, path, host)
    return caught.value


def test_an_answer_is_read_and_says_who_asks(web: Make, service: Service) -> None:
    service.says("/works/1", b'{"a": 1}')
    assert get(web()) == {"a": 1}
    headers = service.asked[0].headers
    assert headers["user-agent"].startswith("reviewkit/")
    assert headers["user-agent"].endswith("(mailto:ana@example.org)")
    assert headers["accept"] == "application/json"
    assert not {"authorization", "x-api-key", "cookie"} & headers.keys()


def test_what_is_not_there_is_none_and_asked_again_the_next_time(
    web: Make, service: Service
) -> None:
    assert get(web()) is None
    assert get(web()) is None
    assert len(service.asked) == 2


def test_keys_come_from_the_environment_and_go_to_their_service_only(
    web: Make, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENALEX_API_KEY", "k1")
    monkeypatch.setenv("S2_API_KEY", "k2\nX-Bad: 1")
    service.says("/works/1", b"{}")
    for host in (OPENALEX, SEMANTIC_SCHOLAR, CROSSREF):
        get(web(), host=host, of=host.name)
    seen = [(a.headers.get("authorization"), a.headers.get("x-api-key")) for a in service.asked]
    assert seen == [("Bearer k1", None), (None, None), (None, None)]


def test_a_second_request_is_answered_from_the_disk(
    web: Make, service: Service, clock: SetClock
) -> None:
    service.says("/works/1", b'{"a": 1}')
    assert get(web()) == get(web()) == {"a": 1}
    assert len(service.asked) == 1
    clock.now += FRESH + 1
    assert get(web()) == {"a": 1}
    assert len(service.asked) == 2


def test_an_old_answer_is_confirmed_by_its_version(
    web: Make, service: Service, clock: SetClock
) -> None:
    service.says("/works/1", Answer(b'{"a": 1}', headers={"ETag": '"v1"'}), Answer(status=304))
    get(web())
    clock.now += FRESH + 1
    assert get(web()) == {"a": 1}
    assert service.asked[1].headers["if-none-match"] == '"v1"'
    assert get(web()) == {"a": 1}
    assert len(service.asked) == 2


@pytest.mark.parametrize("harm", [b"", b"\x00\xff", b'{"etag": 1}\n', b"[]\n{}", None])
def test_a_broken_kept_answer_is_as_good_as_none(
    web: Make, service: Service, tmp_path: Path, harm: bytes | None
) -> None:
    service.says("/works/1", b'{"a": 1}')
    get(web())
    (kept,) = (tmp_path / "cache").glob("*.answer")
    kept.write_bytes(kept.read_bytes()[:-1] if harm is None else harm)
    assert get(web()) == {"a": 1}
    assert len(service.asked) == 2


def test_a_disk_that_cannot_be_written_is_no_reason_to_fail(
    web: Make, service: Service, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    service.says("/works/1", b'{"a": 1}')
    assert get(web(cache=Cache(tmp_path / "file"))) == {"a": 1}


def test_too_many_requests_are_asked_again_after_the_seconds_named(
    web: Make, service: Service, clock: SetClock
) -> None:
    service.says("/works/1", Answer(status=429, headers={"Retry-After": "7"}), b'{"a": 1}')
    assert get(web()) == {"a": 1}
    assert service.asked[1].at - service.asked[0].at >= 7


def test_retry_after_may_be_a_date(web: Make, service: Service, clock: SetClock) -> None:
    at = email.utils.formatdate(clock.time() + 12, usegmt=True)
    service.says("/works/1", Answer(status=503, headers={"Retry-After": at}), b'{"a": 1}')
    assert get(web()) == {"a": 1}
    assert 11 <= service.asked[1].at - service.asked[0].at < 14


def test_who_asks_for_an_hour_is_left_alone_for_an_hour(
    web: Make, service: Service, clock: SetClock
) -> None:
    service.says("/works/1", Answer(status=429, headers={"Retry-After": "3600"}), b"{}")
    service.says("/works/2", b"{}")
    asker = web()
    error = problem(asker)
    assert error.temporary
    assert "60 minutes" in error.message
    assert "60 minutes" in problem(asker, "/works/2").message
    assert (len(service.asked), clock.waits) == (1, [])
    clock.now += 3601
    assert get(asker, "/works/2") == {}


def test_a_failing_service_is_asked_three_times_further_and_further_apart(
    web: Make, service: Service
) -> None:
    service.says("/works/1", Answer(status=500))
    asker = web()
    assert "out of order" in problem(asker).message
    first, second, third = (request.at for request in service.asked)
    assert 1 <= second - first <= 2
    assert 2 <= third - second <= 4
    assert problem(asker, "/works/2").temporary
    assert len(service.asked) == 3, "it rests for a while"


def test_a_service_may_recover(web: Make, service: Service) -> None:
    service.says("/works/1", Answer(status=500), Answer(status=502), b'{"a": 1}')
    assert get(web()) == {"a": 1}


def test_nobody_listening_is_said_as_such(web: Make, service: Service) -> None:
    asker = web()
    service.close()
    error = problem(asker)
    assert error.temporary
    assert "online" in error.message


PAGE = b"<!-- x --><!DOCTYPE html><html><title>Checking that you are no robot</title>"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(PAGE, kind="text/html"), "web page instead of data"),
        (Answer(b'{"message": {"title": ["A'), "not understood"),
        (Answer(b"[1, 2]"), "no object"),
        (Answer(b"[" * 100_000), "not understood"),
        (Answer(b"\xff\xfe\x00"), "not understood"),
        (Answer(b'"' + b"a" * 300_000 + b'"'), "more than"),
        (Answer(gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"}),
         "more than"),
        (Answer(gzip.compress(b'{"a": 1}')[:-6], headers={"Content-Encoding": "gzip"}),
         "broke off"),
        (Answer(b'{"a": 1}', headers={"Content-Encoding": "gzip"}), "broke off"),
        (Answer(b"", headers={"Content-Encoding": "br"}), "not asked for"),
        (Answer(b'{"a": 1}', cut=3), "broke off"),
        (Answer(status=403), "refused the request"),
        (Answer(status=418), "status 418"),
    ],
)  # fmt: skip
def test_hostile_answers_are_one_clear_problem_each_and_not_kept(
    web: Make, service: Service, tmp_path: Path, answer: Answer, told: str
) -> None:
    service.says("/works/1", answer)
    error = problem(web())
    assert told in error.message
    assert "\n" not in error.message
    assert error.source == "Crossref"
    assert not list((tmp_path / "cache").glob("*"))


def test_packed_answers_are_unpacked(web: Make, service: Service) -> None:
    packed = Answer(gzip.compress(b'{"a": 1}'), headers={"Content-Encoding": "gzip"})
    service.says("/works/1", packed)
    assert get(web()) == {"a": 1}


BOMB = b"""<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom">&b;</feed>"""


@pytest.mark.parametrize("body", [BOMB, b"<feed><entry></feed>", b"Rate exceeded."])
def test_xml_that_is_none_or_too_much_of_it(web: Make, service: Service, body: bytes) -> None:
    service.says("/api/query", Answer(body, kind="application/atom+xml"))
    with pytest.raises(SourceError, match="arXiv answered something"):
        web().get(ARXIV, "/api/query", {}, "application/atom+xml", read_xml)


@pytest.mark.parametrize(
    "place",
    [
        "http://example.org/works/1",
        "https://example.org/",
        "file:///etc/passwd",
        "http://[",
        "//x/",
    ],
)
def test_redirects_elsewhere_are_refused(web: Make, service: Service, place: str) -> None:
    service.says("/works/1", Answer(status=302, headers={"Location": place}))
    assert "sends" in problem(web()).message
    assert len(service.asked) == 1


def test_redirects_on_the_same_host_are_followed_but_not_for_ever(
    web: Make, service: Service
) -> None:
    service.says("/works/1", Answer(status=301, headers={"Location": "/works/2"}))
    service.says("/works/2", b'{"a": 2}')
    assert get(web()) == {"a": 2}
    service.says("/works/3", Answer(status=302, headers={"Location": "/works/3"}))
    assert "without an end" in problem(web(), "/works/3").message


def test_a_key_is_not_sent_on(
    web: Make, service: Service, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENALEX_API_KEY", "secret")
    other = Service(clock)
    try:
        there = {"Location": f"{other.base}/works/2"}
        service.says("/works/1", Answer(status=302, headers=there))
        other.says("/works/2", b'{"a": 2}')
        assert get(web(), host=OPENALEX) == {"a": 2}
        assert "authorization" in service.asked[0].headers
        assert "authorization" not in other.asked[0].headers
    finally:
        other.close()


def test_a_slow_answer_is_given_up(web: Make, service: Service) -> None:
    held = threading.Event()
    service.says("/works/1", Answer(b"{}", before=lambda: held.wait(5)))
    try:
        error = problem(web(bounds=Bounds(connect=1, read=0.05, total=1)))
        assert error.temporary
        assert "in time" in error.message
    finally:
        held.set()


def test_an_answer_in_drops_is_given_up(web: Make, service: Service) -> None:
    service.says("/works/1", Answer(b"{}"))
    error = problem(web(bounds=Bounds(total=-1)))
    assert "in time" in error.message


def test_never_faster_than_allowed(web: Make, service: Service) -> None:
    asker = web()
    for number in range(6):
        service.says(f"/api/{number}", b"{}")
        get(asker, f"/api/{number}", ARXIV)
    times = [request.at for request in service.asked]
    assert all(later - earlier >= 3 for earlier, later in pairwise(times))


def test_several_askers_share_one_pace_and_arxiv_has_one_connection(
    web: Make, service: Service, clock: SetClock
) -> None:
    paces = Paces(clock)
    askers = [web(paces=paces) for _ in range(4)]
    for number in range(8):
        service.says(f"/api/{number}", b"{}")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: get(askers[n % 4], f"/api/{n}", ARXIV), range(8)))
    times = sorted(request.at for request in service.asked)
    assert all(later - earlier >= 3 for earlier, later in pairwise(times))
    assert service.most_open == 1


def test_a_service_may_slow_us_down_but_not_speed_us_up(web: Make, service: Service) -> None:
    slow = {"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "5s"}
    fast = {"X-Rate-Limit-Limit": "900", "X-Rate-Limit-Interval": "1s"}
    asker = web()
    for number, headers in enumerate([slow, fast, {"X-Rate-Limit-Limit": "0"}, {}]):
        service.says(f"/works/{number}", Answer(b"{}", headers=headers))
        get(asker, f"/works/{number}")
    times = [request.at for request in service.asked]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps[0] >= 5
    assert all(gap >= CROSSREF.every - 1e-9 for gap in gaps)


def test_stopping_between_and_during_requests(
    web: Make, service: Service, clock: SetClock
) -> None:
    stop = Stop(clock=clock)
    asker = web(stop=stop)
    service.says("/works/1", Answer(b"{" + b" " * 100_000 + b"}", before=stop.set))
    assert "stopped" in problem(asker).message
    assert "stopped" in problem(asker, "/works/2").message
    assert len(service.asked) == 1


def test_the_time_for_a_look_up_is_kept(web: Make, service: Service, clock: SetClock) -> None:
    service.says("/works/1", Answer(status=429, headers={"Retry-After": "20"}))
    error = problem(web(stop=Stop(10, clock)))
    assert "not looked up yet: Crossref is asked too often" in error.message
    assert clock.waits == []


def test_the_real_clock_waits_until_it_is_told_to_stop() -> None:
    over = threading.Event()
    clock = Clock()
    threading.Timer(0.05, over.set).start()
    before = clock.monotonic()
    clock.wait(30, over)
    assert clock.monotonic() - before < 10


def test_only_doi_org_leads_to_others() -> None:
    assert "api.datacite.org" in DOI.leads_to
    assert CROSSREF.leads_to == ()
