"""Line breaks with nothing behind them: they show nothing, and escape what ends them in Typst."""

from __future__ import annotations

from reviewkit.publishing.tree import Nodes, changed

_BREAKS = ("LineBreak", "SoftBreak")
_BLANK = (*_BREAKS, "Space")


def ended(blocks: Nodes) -> Nodes:
    """The blocks without breaks at the end of any row of inlines."""
    made: Nodes = changed(blocks, lambda each: each, _ended)
    return made


def _ended(row: Nodes) -> Nodes:
    length = len(row)
    while length and row[length - 1]["t"] in _BLANK:
        length -= 1
    broken = any(each["t"] in _BREAKS for each in row[length:])
    return row[:length] if broken else row
