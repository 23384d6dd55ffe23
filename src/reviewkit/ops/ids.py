"""Names of papers, notes, writers and taken-in operations.

Hashes make replicas that see the same thing give it the same name; nothing here is random.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

_ID_LENGTH = 10


def base32(data: bytes, length: int) -> str:
    """The first `length` characters of lower-case base32 (a-z, 2-7) of `data`."""
    # Five bytes give eight characters; what is cut off need not be made.
    return base64.b32encode(data[: -(-length // 8) * 5]).decode("ascii").lower()[:length]


_compact = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode


def digest(parts: Any, length: int) -> str:
    """The first characters of the hash of any JSON value: the same in every replica."""
    return base32(hashlib.sha256(_compact(parts).encode("ascii")).digest(), length)


def paper_id(citekey: str, occurrence: int = 1) -> str:
    """The id of the paper that first had this citekey: `p.` and 10 characters.

    `occurrence` counts from 1 the different papers that had the key one after another.
    """
    suffix = "" if occurrence == 1 else f".{occurrence}"
    return f"p.{digest(['paper', citekey], _ID_LENGTH)}{suffix}"


def first_id(paper: str) -> str:
    """The id of the first paper that had the citekey of which this id was made."""
    return paper[: len("p.") + _ID_LENGTH]


def is_first_key(paper: str, citekey: str) -> bool:
    """Whether the paper's id was made of this citekey."""
    return paper_id(citekey) == first_id(paper)


def note_id(paper: str, reviewer: str, text: str, taken: Sequence[str] = ()) -> str:
    """The id of a note that was first written with this text: 6 characters.

    A file shows it, so it is short; `taken` are the ids of the reviewer's other notes on
    the paper.
    """
    attempt = 0
    while (name := digest(["note", paper, reviewer, text, attempt], 6)) in taken:
        attempt += 1
    return name


def link_id(notebook: str, cell: str, quote: str) -> str:
    """The id of the link between a quote and a cell: 10 characters."""
    return digest(["link", notebook, cell, quote], 10)


def taken_in_id(
    paper: str, reviewer: str | None, field: str, seen: Sequence[str], value: Any
) -> str:
    """The id of an edit found in a file: the same in every replica that finds it."""
    return "x." + digest(["taken in", paper, reviewer, field, sorted(seen), value], 20)


def erased_tag(paper: str, reviewer: str | None, word: str) -> str:
    """What an erased tag is called in place of its word: `#`, which no tag has, and 10 characters.

    So a file that still has the tag can be told. Whoever guesses the word can check the guess.
    """
    return "#" + digest(["erased", paper, reviewer, word], 10)


def revision(values: Any) -> str:
    """The `rev` of a row or entry: 10 characters of SHA-256 over its own values."""
    return digest(["rev", values], 10)
