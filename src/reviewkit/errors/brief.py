"""How a notebook shows an error that was raised on purpose: without our own frames."""

from __future__ import annotations

import traceback
from types import TracebackType

#: What the names of our own modules begin with.
_OURS = __file__.removesuffix("brief.py").rstrip("/\\").removesuffix("errors")


class ShownBriefly:
    """Of an error whose text says it all: what led to it within this package helps nobody."""

    __traceback__: TracebackType | None

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this before it makes a traceback of its own.
        lines = []
        for frame in traceback.extract_tb(self.__traceback__):
            if not frame.filename.startswith(_OURS) and "IPython" not in frame.filename:
                is_cell = "ipykernel" in frame.filename or frame.filename.startswith("<")
                place = "this cell" if is_cell else frame.filename
                lines.append(f"line {frame.lineno} of {place}: {frame.line or ''}".rstrip(": "))
        return [*lines, f"{type(self).__name__}: {self}"]
