"""The extension as Jupyter loads it: settings, handlers, and the end of both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Float, Int, List, Unicode

from reviewkit.errors import MissingDependencyError
from reviewkit.server.folders import Folders
from reviewkit.server.handlers import ROUTES
from reviewkit.server.service import SERVICE, Service

_SCHEMA = Path(__file__).with_name("changed.yaml")


class ReviewkitApp(ExtensionApp):
    """reviewkit in a Jupyter server: requests under `/reviewkit`, news as Jupyter events."""

    name = "reviewkit"
    load_other_extensions = True

    linked_folders = List(
        Unicode(),
        config=True,
        help="Folders outside the server's root that a link below the root may lead to.",
    )
    idle_hours = Float(
        24.0, config=True, help="A project that nobody asks for is closed after this time."
    )
    threads = Int(8, config=True, help="Requests that are worked on at the same time.")

    def initialize_settings(self) -> None:
        """Register the event and make the service that all handlers share."""
        server = self.serverapp
        if server is None or server.event_logger is None:
            raise MissingDependencyError(
                "reviewkit needs a Jupyter server of version 2.14 or newer."
            )
        server.event_logger.register_event_schema(_SCHEMA)
        contents = server.contents_manager
        folders = Folders(
            root=Path(getattr(contents, "root_dir", server.root_dir)),
            linked=[Path(folder).expanduser() for folder in self.linked_folders],
            allow_hidden=bool(contents.allow_hidden),
        )
        self.service = Service(
            folders,
            server.event_logger,
            idle_seconds=self.idle_hours * 3600,
            threads=self.threads,
        )
        self.settings[SERVICE] = self.service

    def initialize_handlers(self) -> None:
        """Add the REST handlers."""
        self.handlers.extend(ROUTES)

    async def stop_extension(self) -> None:
        """Write what is pending and close all projects."""
        await self.service.close()

    def current_activity(self) -> dict[str, Any] | None:
        """The number of requests being worked on; None if there is none."""
        return {"requests": self.service.working} if self.service.working else None
