"""One operation: a field's new value, and the line of JSON that keeps it.

The line's format is specified in `docs/format.md`. Nothing here knows what a field means.
"""

from __future__ import annotations

import json
import zlib
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

#: Version of the operations that this reviewkit writes.
OP_VERSION = 1

_texts = itemgetter("i", "t", "by", "p", "f", "a")
_read = json.JSONDecoder().raw_decode

_NO_OPERATION = (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError, RecursionError)


class Op(NamedTuple):
    """One edit of one field.

    `id` is the writer's name, a dot and 1, 2, 3… without gaps; taken-in edits have
    `x.` and a hash. `t` is a hybrid time (12 hex digits of milliseconds since 1970, 4 of
    count). `reviewer` is None for the paper's own fields. `value` None means cleared.
    `seen` names the values that the author saw and replaces. `erased` tells that its value was
    taken away for good, by whoever it was of.
    """

    id: str
    t: str
    by: str
    paper: str
    reviewer: str | None
    field: str
    value: Any
    seen: tuple[str, ...]
    via: str
    group: str | None = None
    origin: str | None = None
    erased: bool = False

    @property
    def order(self) -> tuple[str, str]:
        """Where the operation stands among those shown; never a reason to refuse one."""
        return (self.t, self.id)

    @property
    def is_noted(self) -> bool:
        """Whether it notes what a file had before the first edit of a field."""
        return (self.origin or "").endswith("as it was")


class BadLineError(ValueError):
    """A line of a log that is not a whole, unharmed operation; the text says why."""


class NewerLineError(BadLineError):
    """A whole operation in a version that this reviewkit does not know."""


def encode(op: Op) -> bytes:
    """The operation's line, with its check sum and line feed."""
    body: dict[str, Any] = {"v": OP_VERSION, "i": op.id, "t": op.t, "by": op.by, "p": op.paper}
    if op.reviewer is not None:
        body["r"] = op.reviewer
    body |= {"f": op.field, "x": op.value, "s": list(op.seen), "a": op.via}
    if op.group is not None:
        body["g"] = op.group
    if op.origin is not None:
        body["o"] = op.origin
    if op.erased:
        body["z"] = 1
    head = json.dumps(body, ensure_ascii=False, separators=(",", ":"))[:-1].encode(
        "utf-8", "surrogatepass"
    )
    return head + b',"c":"%08x"}\n' % zlib.crc32(head)


def decode(line: bytes) -> Op:
    """The operation that a line (without its line feed) holds.

    Raises
    ------
    BadLineError
        The check sum, the JSON or a key is wrong.
    NewerLineError
        The line is sound but of a later version.
    """
    # The line must end right after the check sum, so that a lost tail is noticed.
    if line[-16:-10] != b',"c":"' or line[-2:] != b'"}':
        raise BadLineError("the line does not end in its check sum")
    if b"%08x" % zlib.crc32(line[:-16]) != line[-10:-2]:
        raise BadLineError("the check sum does not fit")
    # All 170,000 lines of a large project come through here.
    try:
        text = line.decode("utf-8", "surrogatepass")
        body, end = _read(text)
        if end != len(text):
            raise BadLineError("not an operation (something stands behind it)")
        if body["v"] != OP_VERSION:
            raise NewerLineError(f"made by a newer reviewkit (version {body['v']!r})")
        op_id, t, by, paper, field, via = _texts(body)
        seen, get = body["s"], body.get
        if type(seen) is not list:
            raise TypeError("what was seen is not a list")
        # Refuses what is no text.
        "".join((op_id, t, by, paper, field, via, get("r", ""), get("g", ""), get("o", ""), *seen))
    except _NO_OPERATION as error:
        raise BadLineError(f"not an operation ({error})") from error
    reviewer = get("r")
    return Op(
        op_id,
        t,
        intern(by),
        intern(paper),
        reviewer and intern(reviewer),
        intern(field),
        body["x"],
        tuple(seen),
        intern(via),
        get("g"),
        get("o"),
        get("z") == 1,
    )
