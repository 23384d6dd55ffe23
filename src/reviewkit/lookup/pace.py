"""Never faster than a service allows: one pace a service, shared by this whole process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from reviewkit.errors import SourceError
from reviewkit.lookup.clock import Clock
from reviewkit.lookup.hosts import Host
from reviewkit.lookup.stop import Stop

#: How often somebody who waits for a connection looks whether to stop, in seconds.
_LOOK = 0.2

#: A service that asks for more time than this between requests is taken to be mistaken.
_SLOWEST = 60.0


class Pace:
    """When the next request to one service may go out.

    `told` is the spacing that the service's own headers ask for, in seconds; it can only
    slow us down.
    """

    def __init__(self, host: Host, clock: Clock) -> None:
        self._host = host
        self._clock = clock
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(host.connections)
        self._next = clock.monotonic()
        self._closed = (0.0, "")
        self.told = 0.0

    @contextmanager
    def turn(self, stop: Stop) -> Iterator[None]:
        """Wait for a connection and for the time of the next request; then ask inside.

        Raises
        ------
        SourceError
            The service is closed for a while, or the look-up was stopped meanwhile.
        """
        while not self._places.acquire(timeout=_LOOK):
            stop.check()
        try:
            self._check()
            stop.wait(self._slot(), f"{self._host.title} allows no more requests just now")
            yield
        finally:
            self._places.release()

    def _check(self) -> None:
        until, reason = self._closed
        if self._clock.monotonic() < until:
            raise SourceError(reason, source=self._host.title, temporary=True)

    def _slot(self) -> float:
        """Seconds until our place in the row of requests, which is taken by this."""
        with self._lock:
            now = self._clock.monotonic()
            mine = max(now, self._next)
            self._next = mine + max(self._host.every, self.told)
            return mine - now

    def learn(self, requests: str | None, seconds: str | None) -> None:
        """Obey `x-rate-limit-limit` and `x-rate-limit-interval` ("50", "1s")."""
        try:
            every = float((seconds or "").strip().removesuffix("s")) / int(requests or "")
        except (ValueError, ZeroDivisionError):
            return
        if 0 < every <= _SLOWEST:
            with self._lock:
                self._next += max(0.0, every - max(self._host.every, self.told))
                self.told = every

    def close(self, seconds: float, reason: str) -> None:
        """Ask nothing for so long, and say why to whoever wants to."""
        self._closed = (self._clock.monotonic() + seconds, reason)


class Paces:
    """The paces of all services, by the address that is really asked."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or Clock()
        self._lock = threading.Lock()
        self._paces: dict[tuple[str, str], Pace] = {}

    def of(self, host: Host, base: str) -> Pace:
        """The pace of a service at an address."""
        with self._lock:
            if (host.name, base) not in self._paces:
                self._paces[host.name, base] = Pace(host, self._clock)
            return self._paces[host.name, base]


#: The paces of this process.
SHARED = Paces()
