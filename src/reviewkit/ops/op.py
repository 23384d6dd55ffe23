"""One operation: a field's new value, and the line of JSON that keeps it.

The line's format is specified in `docs/format.md`. Nothing here knows what a field means.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any

#: Version of the operations that this reviewkit writes.
OP_VERSION = 1

_TEXTS = ("i", "t", "by", "p", "f", "a")
_MAYBE_TEXTS = ("r", "g", "o")


@dataclass(frozen=True, slots=True)
class Op:
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
    head = line[:-16]
    if b"%08x" % zlib.crc32(head) != line[-10:-2]:
        raise BadLineError("the check sum does not fit")
    return _from_body(head)


def _from_body(head: bytes) -> Op:
    try:
        body = json.loads((head + b"}").decode("utf-8", "surrogatepass"))
        if body["v"] != OP_VERSION:
            raise NewerLineError(f"made by a newer reviewkit (version {body['v']!r})")
        seen = body["s"]
        if not isinstance(seen, list):
            raise TypeError("what was seen is not a list")
        texts = [*map(body.__getitem__, _TEXTS), *seen]
        texts += [body[key] for key in _MAYBE_TEXTS if key in body]
        # All 170,000 lines of a large project come through here.
        if set(map(type, texts)) != {str}:
            raise TypeError("a value is not text")
        return Op(
            body["i"],
            body["t"],
            body["by"],
            body["p"],
            body.get("r"),
            body["f"],
            body["x"],
            tuple(seen),
            body["a"],
            body.get("g"),
            body.get("o"),
            body.get("z") == 1,
        )
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadLineError(f"not an operation ({error})") from error
