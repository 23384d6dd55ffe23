"""What a view asks, with what ends the work on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Event
from typing import Any

from reviewkit.parameters import Parameters


class Asked(Parameters):
    """The parameters of one request.

    Parameters
    ----------
    stop
        Set, from any thread, when nobody waits for the answer any more.
    """

    def __init__(
        self, given: Mapping[str, Any], known: Sequence[str], stop: Event | None = None
    ) -> None:
        super().__init__(given, known)
        self.stop = stop
