"""A bibliographic service on this computer: real HTTP, with the answers a test gives it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from reviewkit.lookup.clock import Clock


class SetClock(Clock):
    """A clock that goes on only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.waits: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return 1_700_000_000.0 + self.now

    def wait(self, seconds: float, over: threading.Event) -> None:
        self.waits.append(seconds)
        self.now += seconds


@dataclass
class Answer:
    """What the service answers; `cut` leaves out so many bytes at the end."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    before: Callable[[], object] = lambda: None


@dataclass
class Asked:
    """A request as the service saw it."""

    at: float
    path: str
    query: dict[str, str]
    headers: dict[str, str]


class Service:
    """Answers by path; a list of answers is given one after another, the last for ever."""

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.asked: list[Asked] = []
        self.answers: dict[str, list[Answer]] = {}
        self.open = 0
        self.most_open = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def says(self, path: str, *answers: Answer | bytes) -> None:
        """Give these answers to a path, without its query."""
        self.answers[path] = [a if isinstance(a, Answer) else Answer(a) for a in answers]

    def paths(self) -> list[str]:
        return [request.path for request in self.asked]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, request: Asked) -> Answer:
        with self._lock:
            self.asked.append(request)
            self.open += 1
            self.most_open = max(self.most_open, self.open)
            waiting = self.answers.get(request.path)
            if not waiting:
                return Answer(b"Resource not found.", 404, "text/plain")
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def gave(self) -> None:
        with self._lock:
            self.open -= 1


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(service.clock.monotonic(), unquote(parts.path), query, headers)
            answer = service.take(asked)
            try:
                answer.before()
            finally:
                # Before the answer: who has read it may ask again before this goes on.
                service.gave()
            try:
                self._give(answer)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _give(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.status != 304:
                self.wfile.write(answer.body[: len(answer.body) - answer.cut])
            if answer.cut:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Nothing on the screen."""

    return Handler
