"""The Jupyter server extension: requests of the panel, and news for it."""

from __future__ import annotations

from typing import Any

from reviewkit.server.app import ReviewkitApp


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": "reviewkit.server", "app": ReviewkitApp}]
