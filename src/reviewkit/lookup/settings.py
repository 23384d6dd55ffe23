"""Whether papers may be looked up, and on whose behalf; off until the user says so.

`lookup` in the user's settings file holds `on`, `mailto` and `hosts` (other addresses of
the services, by name: a mirror, a proxy). Keys of services are never kept in a file: they
come from the environment variables that `hosts` names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from reviewkit import identity
from reviewkit.errors import FormatError, LookupOffError, ValueRefusedError
from reviewkit.lookup.hosts import HOSTS, Host

#: Names of this computer: only there may a service be asked without encryption.
LOOPBACK = ("127.0.0.1", "::1", "localhost")

_MAILTO = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[\w.-]{1,150}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LookupSettings:
    """What the user allows.

    `mailto` tells the services whom to write to about our requests; None: nobody. `hosts`
    replaces addresses of services by name.
    """

    on: bool = False
    mailto: str | None = None
    hosts: Mapping[str, str] = field(default_factory=dict)

    def base(self, host: Host) -> str:
        """The service's address, without a slash at its end."""
        return self.hosts.get(host.name, host.base).rstrip("/")


def read(path: Path | None = None, environ: Mapping[str, str] | None = None) -> LookupSettings:
    """The user's settings; `REVIEWKIT_LOOKUP=on` or `off` goes before the file.

    Raises
    ------
    FormatError
        The file says something of look-ups that is not understood.
    """
    where = path or identity.settings_path()
    given = identity.settings_content(where).get("lookup", {})
    problem = _problem(given)
    if problem:
        raise FormatError(
            f"In the settings file {where}, `lookup` {problem}. Correct it, or take it out."
        )
    said = (os.environ if environ is None else environ).get("REVIEWKIT_LOOKUP", "").strip().lower()
    on = given.get("on", False) if not said else said in ("on", "1", "true", "yes")
    return LookupSettings(on, given.get("mailto"), dict(given.get("hosts", {})))


def switch(on: bool, mailto: str | None = None, *, path: Path | None = None) -> LookupSettings:
    """Switch look-ups on or off for this user; an address that is not given stays.

    Raises
    ------
    ValueRefusedError
        `mailto` is no e-mail address.
    """
    if mailto is not None and not _MAILTO.fullmatch(mailto):
        raise ValueRefusedError(
            f"{mailto[:60]!r} is no e-mail address.", field="mailto", value=mailto
        )
    where = path or identity.settings_path()
    known = identity.settings_content(where).get("lookup")
    changed = (known if isinstance(known, dict) else {}) | {"on": bool(on)}
    identity.change_settings({"lookup": changed | ({"mailto": mailto} if mailto else {})}, where)
    return read(where, {})


def sends() -> str:
    """What a look-up tells whom, in words for who is asked to allow it."""
    return (
        "reviewkit sends the identifiers (or titles) of papers that you ask for, its name and "
        f"the e-mail address you give to {', '.join(host.title for host in HOSTS)}, and nothing "
        "else."
    )


def needed(settings: LookupSettings) -> LookupSettings:
    """The settings, or LookupOffError that says what would be sent and how to allow it."""
    if not settings.on:
        raise LookupOffError(
            f"Look-ups are off: nothing is sent to anybody. Switched on, {sends()} "
            "Switch them on with `reviewkit lookup --on --mailto you@example.org` or "
            "reviewkit.switch_lookups(True, mailto=...), or allow one call with --once or "
            "lookup=True."
        )
    return settings


def _problem(given: object) -> str | None:
    if not isinstance(given, dict):
        return "must be an object"
    if not isinstance(given.get("on", False), bool):
        return "must have true or false as `on`"
    mailto = given.get("mailto")
    if mailto is not None and not (isinstance(mailto, str) and _MAILTO.fullmatch(mailto)):
        return "has a `mailto` that is no e-mail address"
    hosts = given.get("hosts", {})
    names = [host.name for host in HOSTS]
    if not isinstance(hosts, dict) or not all(name in names for name in hosts):
        return f"must have as `hosts` an object with some of {', '.join(names)}"
    wrong = next((url for url in hosts.values() if not _is_safe(url)), None)
    return f"has the address {str(wrong)[:80]!r}, which is not https" if wrong else None


def _is_safe(url: object) -> bool:
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018, raises for what is no number
    except ValueError:
        return False
    here = parts.scheme == "http" and parts.hostname in LOOPBACK
    return bool(parts.hostname) and (parts.scheme == "https" or here)
