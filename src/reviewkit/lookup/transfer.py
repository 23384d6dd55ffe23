"""One request and its answer, within bounds: size, time, and where it may lead."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

import httpx

from reviewkit.errors import SourceError
from reviewkit.lookup.clock import Clock
from reviewkit.lookup.hosts import Host
from reviewkit.lookup.settings import LOOPBACK
from reviewkit.lookup.stop import Stop

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that a request may take: seconds, and bytes after decompression."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    size: int = 16_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered."""

    status: int
    headers: httpx.Headers
    body: bytes


class Transfer:
    """Requests over one set of connections; close it after use.

    Methods raise `httpx.TransportError` where no whole answer came, and SourceError where
    what came is refused.
    """

    def __init__(self, bounds: Bounds, clock: Clock) -> None:
        self._bounds = bounds
        self._clock = clock
        self._client = httpx.Client(
            follow_redirects=False, timeout=httpx.Timeout(bounds.read, connect=bounds.connect)
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(
        self, host: Host, url: httpx.URL, headers: Mapping[str, str], secret: str, stop: Stop
    ) -> Reply:
        """The answer to a request, after redirects that the service is known for.

        `secret` names the header that no other host may see.
        """
        end = self._clock.monotonic() + self._bounds.total
        first, sent = url, dict(headers)
        reply = self._once(host, url, sent, end, stop)
        for _ in range(_MOST_REDIRECTS):
            if reply.status not in _REDIRECTS:
                return reply
            url = self._next(host, first, url, reply)
            if (url.host, url.port) != (first.host, first.port):
                sent.pop(secret, None)
            reply = self._once(host, url, sent, end, stop)
        if reply.status in _REDIRECTS:
            refuse(host, "sends from address to address without an end", temporary=True)
        return reply

    def _next(self, host: Host, first: httpx.URL, here: httpx.URL, reply: Reply) -> httpx.URL:
        try:
            url = here.join(reply.headers.get("location", ""))
        except httpx.InvalidURL:
            refuse(host, "sends to an address that is none", temporary=True)
        same = (url.scheme, url.host, url.port) == (first.scheme, first.host, first.port)
        known = url.scheme == "https" and url.host in host.leads_to
        here_only = first.host in LOOPBACK and url.host in LOOPBACK
        if not (same or known or here_only):
            refuse(host, f"sends elsewhere, to {str(url.host)[:80]!r}, which is not followed")
        return url

    def _once(
        self, host: Host, url: httpx.URL, headers: Mapping[str, str], end: float, stop: Stop
    ) -> Reply:
        stop.check()
        timeout = httpx.Timeout(
            min(self._bounds.read, stop.left), connect=min(self._bounds.connect, stop.left)
        )
        request = self._client.build_request("GET", url, headers=headers, timeout=timeout)
        answer = self._client.send(request, stream=True)
        try:
            packed = answer.headers.get("content-encoding", "").strip().lower()
            if packed not in ("", "identity", "gzip"):
                refuse(host, f"packs its answer as {packed[:20]!r}, which was not asked for")
            unpack = _unpacker(packed == "gzip")
            body = bytearray()
            for chunk in answer.iter_raw():
                stop.check()
                if self._clock.monotonic() > end:
                    raise httpx.ReadTimeout("the whole answer took too long")
                body += unpack(chunk, self._bounds.size + 1 - len(body))
                if len(body) > self._bounds.size:
                    refuse(host, f"answered more than {self._bounds.size // 1_000_000} MB")
            unpack(None, 0)
            return Reply(answer.status_code, answer.headers, bytes(body))
        finally:
            answer.close()


def _unpacker(gzipped: bool) -> Callable[[bytes | None, int], bytes]:
    """Gives the next bytes, at most so many; after the last chunk it is called with None."""
    if not gzipped:
        return lambda chunk, most: (chunk or b"")[:most]
    state = zlib.decompressobj(wbits=31)

    def unpack(chunk: bytes | None, most: int) -> bytes:
        if chunk is None:
            if not state.eof:
                raise httpx.ReadError("the packed answer is not whole")
            return b""
        try:
            return state.decompress(chunk, max(1, most))
        except zlib.error as error:
            raise httpx.ReadError(f"the packed answer is broken ({error})") from error

    return unpack


def refuse(host: Host, what: str, *, temporary: bool = False) -> NoReturn:
    """Raise the SourceError that says what the service did."""
    raise SourceError(f"{host.title} {what}", source=host.title, temporary=temporary)
