"""Lines of operations as rows, and what is said of lines beside them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

_PLAIN = re.compile(r"[ !#-\[\]-~]{1,200}")


def name(text: str) -> str:
    """A text as the database has it: the same if it is plain, else as JSON in ASCII.

    Foreign lines may have anything as their id; a column of text has neither NUL nor halves of
    letters.
    """
    return text if _PLAIN.fullmatch(text) else json.dumps(text)


def columns(lines: bytes) -> tuple[list[str], list[str], list[str | None], list[bytes]]:
    """Ids, authors, reviewers and lines (without line feeds) of whole lines."""
    ids, authors, reviewers, found = [], [], [], []
    for line in split(lines):
        body = _body(line)
        who = body.get("r")
        ids.append(name(str(body.get("i", ""))))
        authors.append(name(str(body.get("by", ""))))
        reviewers.append(None if who is None else name(str(who)))
        found.append(line)
    return ids, authors, reviewers, found


def _body(line: bytes) -> dict[str, Any]:
    try:
        body = json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def digest(line: bytes) -> int:
    """A number by which a line is known."""
    return int.from_bytes(hashlib.sha256(line).digest()[:16])


class Known:
    """The lines that were read, as a set: their order says nothing."""

    def __init__(self) -> None:
        self._digests: set[int] = set()
        self._sum = 0

    def add(self, line: bytes) -> bool:
        """Note a line; whether it is new."""
        number = digest(line)
        if number in self._digests:
            return False
        self._digests.add(number)
        self._sum += number
        return True

    def __len__(self) -> int:
        return len(self._digests)

    def __contains__(self, line: bytes) -> bool:
        return digest(line) in self._digests

    def lacks_any_of(self, other: Known) -> bool:
        """Whether something of another set is not in this one."""
        return not other._digests <= self._digests

    def hash(self) -> bytes:
        """The same for the same lines."""
        parts = f"{len(self._digests)} {self._sum}"
        return hashlib.sha256(parts.encode()).digest()


def split(lines: bytes) -> list[bytes]:
    """Whole lines without their line feeds."""
    return [line for line in lines.split(b"\n") if line]


def joined(lines: Iterable[bytes]) -> bytes:
    """Lines with their line feeds."""
    return b"".join(line + b"\n" for line in lines)
