"""Lines of operations as they are kept anywhere."""

from __future__ import annotations

from reviewkit.ops import values
from reviewkit.ops.op import BadLineError, Op, decode


def sound(line: bytes) -> Op:
    """The operation of a line (without its line feed), if its value can be one of its field.

    Raises
    ------
    BadLineError
        See `decode`; or the value cannot be.
    """
    op = decode(line)
    if not values.possible(op.field, op.value):
        raise BadLineError(f"no {op.field} can be {op.value!r:.40}")
    return op
