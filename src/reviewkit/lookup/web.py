"""Asking services: politely, again after a failure, and not at all for what is known."""

from __future__ import annotations

import email.utils
import os
import re
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from random import Random
from types import TracebackType
from typing import Self, TypeVar

import httpx

from reviewkit.errors import SourceError
from reviewkit.lookup.cache import Cache, Kept
from reviewkit.lookup.clock import Clock
from reviewkit.lookup.hosts import Host
from reviewkit.lookup.pace import SHARED, Pace, Paces
from reviewkit.lookup.settings import LookupSettings
from reviewkit.lookup.stop import Stop
from reviewkit.lookup.transfer import Bounds, Reply, Transfer, refuse

T = TypeVar("T")

_TRIES = 3
_AGAIN = (429, 500, 502, 503, 504)

#: Longest wait that a service may ask for before it is left alone, in seconds.
_PATIENCE = 30.0

#: For so many seconds a service that fails is not asked again.
_REST = 60.0

_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)


class Web:
    """Requests on behalf of one user; use it as a context manager.

    Parameters
    ----------
    settings
        What the user allows; nothing checks here that look-ups are on.
    stop
        Ends everything that is asked here.
    clock, random, paces, cache, bounds
        Passed in by tests, so that a run can be repeated and waits for nothing.
    """

    def __init__(
        self,
        settings: LookupSettings,
        *,
        stop: Stop | None = None,
        clock: Clock | None = None,
        random: Random | None = None,
        paces: Paces = SHARED,
        cache: Cache | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock or Clock()
        self._random = random or Random()  # noqa: S311, only spreads the waits
        self._paces = paces
        self._cache = cache or Cache()
        self._transfer = Transfer(bounds or Bounds(), self._clock)
        self.stop = stop or Stop(clock=self._clock)
        self._cache.prune(self._clock.time())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transfer.close()

    def get(
        self,
        host: Host,
        path: str,
        params: Mapping[str, str],
        accept: str,
        read: Callable[[bytes], T],
    ) -> T | None:
        """What `read` makes of a service's answer; None if the service knows no such thing.

        `read` raises ValueError for bytes that are not what was asked for; these are not kept.

        Raises
        ------
        SourceError
            No answer, or not one that can be used; `temporary` if it may come later.
        """
        base = self._settings.base(host)
        url = httpx.URL(base + path, params=params)
        request = f"{url} {accept}"
        kept = self._cache.get(request)
        if kept is not None and kept.fresh(self._clock.time()):
            return self._read(host, kept.body, read)
        headers = self._headers(host, accept)
        if kept is not None and kept.etag:
            headers["If-None-Match"] = kept.etag
        reply = self._ask(host, url, headers, self._paces.of(host, base))
        if reply.status in (404, 410):
            return None
        if reply.status == 304 and kept is not None:
            body, etag = kept.body, kept.etag
        else:
            _check(host, reply)
            body, etag = reply.body, reply.headers.get("etag", "")
        result = self._read(host, body, read)
        self._cache.put(request, Kept(body, etag, self._clock.time()))
        return result

    def _read(self, host: Host, body: bytes, read: Callable[[bytes], T]) -> T:
        if _PAGE.match(body):
            refuse(
                host,
                "answered with a web page instead of data: a check for robots, or the log-in "
                "page of a network",
                temporary=True,
            )
        try:
            return read(body)
        except (ValueError, RecursionError) as error:
            why = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
            raise SourceError(
                f"{host.title} answered something that is not understood ({why})",
                source=host.title,
                temporary=True,
            ) from error

    def _headers(self, host: Host, accept: str) -> dict[str, str]:
        contact = f" (mailto:{self._settings.mailto})" if self._settings.mailto else ""
        headers = {
            "User-Agent": f"reviewkit/{_version()}{contact}",
            "Accept": accept,
            "Accept-Encoding": "gzip",
        }
        key = os.environ.get(host.key_variable, "").strip() if host.key_variable else ""
        if key and host.key_header and key.isascii() and key.isprintable():
            headers[host.key_header[0]] = host.key_header[1].format(key)
        return headers

    def _ask(self, host: Host, url: httpx.URL, headers: Mapping[str, str], pace: Pace) -> Reply:
        """The first answer that is one, however often it takes; a failing service rests."""
        secret = host.key_header[0] if host.key_header else ""
        for attempt in range(_TRIES):
            wait, why = self._backoff(attempt), ""
            try:
                with pace.turn(self.stop):
                    reply = self._transfer.get(host, url, headers, secret, self.stop)
            except httpx.TransportError as error:
                self.stop.check()
                why = _told(host, error)
            else:
                limit = (reply.headers.get(f"x-rate-limit-{it}") for it in ("limit", "interval"))
                pace.learn(*limit)
                if reply.status not in _AGAIN:
                    return reply
                why = _status_told(host, reply.status)
                asked = _retry_after(reply.headers.get("retry-after"), self._clock.time())
                wait = max(wait, asked or 0.0)
            if wait > _PATIENCE:
                why += f", and asks to wait {_minutes(wait)}"
                pace.close(min(wait, 24 * 3600), why)
                break
            if attempt + 1 < _TRIES:
                self.stop.wait(wait, why)
            else:
                pace.close(_REST, why)
        raise SourceError(why, source=host.title, temporary=True)

    def _backoff(self, attempt: int) -> float:
        """Seconds before the next attempt: 1, 2, 4… and up to as much again, by chance."""
        return float(2.0**attempt * (1.0 + self._random.random()))


def _check(host: Host, reply: Reply) -> None:
    """Raise SourceError unless the answer carries what was asked for."""
    if reply.status in (401, 403):
        variable = f" (is {host.key_variable} right?)" if host.key_variable else ""
        refuse(host, f"refused the request{variable}: status {reply.status}", temporary=True)
    if reply.status != 200:
        refuse(host, f"answered with status {reply.status}", temporary=reply.status >= 500)


def _status_told(host: Host, status: int) -> str:
    if status == 429:
        return f"{host.title} is asked too often just now (status 429)"
    return f"{host.title} is out of order just now (status {status})"


def _told(host: Host, error: httpx.TransportError) -> str:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        return f"{host.title} cannot be reached: is this computer online?"
    if isinstance(error, httpx.TimeoutException):
        return f"{host.title} did not answer in time"
    return f"{host.title} broke off its answer"


def _retry_after(text: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for, given as seconds or a date."""
    if not text:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return float(text.strip()[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def _minutes(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"


def _version() -> str:
    try:
        return version("reviewkit")
    except PackageNotFoundError:
        return "0"
