"""The REST requests: authenticated, authorized, and answered by the service."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.client import responses
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from reviewkit import api, identity
from reviewkit.errors import ReviewkitError, ValueRefusedError
from reviewkit.parameters import Parameters
from reviewkit.records import Me, as_json
from reviewkit.server.service import SERVICE, Service


class _Handler(APIHandler):
    auth_resource = "contents"

    @property
    def service(self) -> Service:
        """What all handlers share."""
        service: Service = self.settings[SERVICE]
        return service

    async def me(self, asked: str | None) -> Me:
        """The person who makes this request."""
        return await self.service.run(_me, self.current_user, asked)

    def body(self) -> dict[str, Any]:
        """The request's JSON object."""
        try:
            content = json.loads(self.request.body or b"{}")
        except ValueError as error:
            raise ValueRefusedError(
                f"The request's body is not JSON: {error}.", field="body", value=""
            ) from error
        if not isinstance(content, dict):
            raise ValueRefusedError(
                "The request's body must be a JSON object.", field="body", value=content
            )
        return content

    def reply(self, value: Any) -> None:
        """Finish with the JSON value."""
        self.finish(json.dumps(value, allow_nan=False))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Finish with the error as JSON; tornado has logged what was not foreseen."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, ReviewkitError):
            self.set_status(error.http_status)
            reply = api.error_json(error)
        elif isinstance(error, web.HTTPError):
            message = error.reason or responses.get(status_code, "Error")
            if error.log_message:
                message = error.log_message % error.args if error.args else error.log_message
            reply = {"code": f"http-{status_code}", "message": message, "detail": {}}
        else:
            reply = api.FAULT
        self.reply(reply)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log what was not foreseen with its traceback, a refusal as one line."""
        if isinstance(value, ReviewkitError):
            self.log.info("reviewkit refused a request: %s: %s", value.code, value)
        else:
            super().log_exception(typ, value, tb)


class ReadHandler(_Handler):
    """`GET /reviewkit/METHOD` for each that only tells something; see `ROUTES`."""

    @web.authenticated
    @authorized
    async def get(self, method: str) -> None:
        """Answer with the parameters of the URL; those that no request knows are ignored."""
        given = {
            name: self.get_query_argument(name, strip=False)
            for name in self.request.query_arguments
        }
        project, asked = _host_parameters(method, given)
        who = partial(_me, self.current_user, asked)
        known = {name: given[name] for name in api.KNOWN[method] if name in given}
        self.reply(await self.service.answer(method, project, known, who))


class WriteHandler(_Handler):
    """`POST /reviewkit/METHOD` for each that edits; see `ROUTES`."""

    @web.authenticated
    @authorized
    async def post(self, method: str) -> None:
        """Make the edit that the body says and answer when it is durable."""
        given = self.body()
        project, asked = _host_parameters(method, given)
        who = partial(_me, self.current_user, asked)
        self.reply(await self.service.answer(method, project, given, who, self._stop))

    def initialize(self) -> None:
        """Begin with somebody who waits."""
        self._stop = threading.Event()

    def on_connection_close(self) -> None:
        """Nobody waits any more: what only computes an answer is ended."""
        self._stop.set()
        super().on_connection_close()


class MeHandler(_Handler):
    """`GET` and `PUT /reviewkit/me`: who is reviewing."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Answer with the person who asks."""
        asked = self.get_query_argument("as", None) or self.get_query_argument("reviewer", None)
        self.reply(as_json(await self.me(asked)))

    @web.authenticated
    @authorized
    async def put(self) -> None:
        """Take a name: the first one for this server's user, another for this browser."""
        name = Parameters(self.body(), ("name", "project")).text("name")
        own = await self.me(None)
        self.reply(as_json(await self.service.run(identity.named, name, own)))


def _me(user: Any, asked: str | None) -> Me:
    own = identity.from_server_user(user) or identity.who_am_i()
    return identity.acting_as(own, asked)


def _host_parameters(method: str, given: dict[str, Any]) -> tuple[str, str | None]:
    """The project's path and who asks, taken out of the parameters.

    Who asks is `as`, or `reviewer` where the request itself has no such parameter.
    """
    project = given.pop("project", "")
    asked = given.pop("as", None)
    if "reviewer" not in api.KNOWN[method]:
        reviewer = given.pop("reviewer", None)
        asked = reviewer if asked is None else asked
    host = Parameters({"project": project, "as": asked}, ("project", "as"))
    return host.text("project"), host.optional_text("as")


#: Requests that change nothing; all others that `api` knows do.
READS = (
    "project", "papers", "rows", "paper", "duplicates", "actions", "history", "found", "styles",
    "check", "claims", "matrix", "cell", "quantities", "queue",
)  # fmt: skip
WRITES = tuple(name for name in api.KNOWN if name not in READS)

ROUTES: list[tuple[str, type[_Handler]]] = [
    (rf"/reviewkit/({'|'.join(READS)})", ReadHandler),
    (rf"/reviewkit/({'|'.join(WRITES)})", WriteHandler),
    (r"/reviewkit/me", MeHandler),
]
