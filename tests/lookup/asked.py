"""A user who allows look-ups, whose services are all on this computer."""

import json
from pathlib import Path

from reviewkit import identity
from reviewkit.lookup.hosts import HOSTS


def allow(base: str, *, on: bool = True) -> Path:
    """Write the user's settings so that every service is at `base`."""
    path = identity.settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    hosts = {host.name: base for host in HOSTS}
    said = {"on": on, "mailto": "ana@example.org", "hosts": hosts}
    path.write_text(json.dumps({"lookup": said}), encoding="utf-8")
    return path
