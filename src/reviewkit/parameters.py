"""A request's parameters, checked one by one; every refusal names the parameter."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping, Sequence
from typing import Any

from reviewkit.errors import ValueRefusedError

#: Longest text of a note or field, and of a name, key or search, in characters.
TEXT_LENGTH = 1_000_000
WORD_LENGTH = 10_000

#: Most items of a list.
ITEMS = 10_000


class Parameters:
    """The given parameters by name.

    Raises
    ------
    ValueRefusedError
        On creation: a parameter that is not among `known`. From the methods: one that is
        missing, of another type, or too large.
    """

    def __init__(self, given: Mapping[str, Any], known: Sequence[str], inside: str = "") -> None:
        self._inside = inside
        if not isinstance(given, Mapping):
            raise _refused(inside or "parameters", given, "must be an object")
        for name in given:
            if name not in known:
                raise _refused(inside + str(name), given[name], "is not known here")
        self._given = given

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def text(self, name: str, *, default: str | None = None, most: int = WORD_LENGTH) -> str:
        """The text; `default` if the parameter is absent."""
        if name not in self._given and default is not None:
            return default
        return self._text(name, self._required(name), most)

    def optional_text(self, name: str, *, most: int = WORD_LENGTH) -> str | None:
        """The text; None if it is absent or null."""
        value = self._given.get(name)
        return None if value is None else self._text(name, value, most)

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of the allowed words; None if it is absent, null or empty."""
        value = self.optional_text(name) or None
        if value is not None and value not in allowed:
            raise self._refuse(name, value, f"must be one of {', '.join(allowed)}")
        return value

    def optional_number(self, name: str) -> float | None:
        """The finite number; None for null."""
        value = self._given.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._refuse(name, value, "must be a number or null")
        if isinstance(value, float) and not math.isfinite(value):
            raise self._refuse(name, value, "must be a finite number or null")
        return value

    def count(self, name: str, *, default: int) -> int:
        """The number from 0, also as digits (the query of a URL has only text)."""
        value = self._given.get(name, default)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**12:
            raise self._refuse(name, value, "must be a whole number from 0")
        return value

    def flag(self, name: str) -> bool:
        """Whether it is true; false if it is absent."""
        value = self._given.get(name, False)
        if not isinstance(value, bool):
            raise self._refuse(name, value, "must be true or false")
        return value

    def texts(self, name: str, *, most: int = WORD_LENGTH) -> tuple[str, ...]:
        """The list of texts."""
        value = self._required(name)
        if not isinstance(value, list | tuple) or len(value) > ITEMS:
            raise self._refuse(name, value, f"must be a list of at most {ITEMS} texts")
        return tuple(self._text(name, item, most) for item in value)

    def optional_texts_by_name(self, name: str) -> dict[str, str | None]:
        """The object whose values are texts or null."""
        value = self._required(name)
        if not isinstance(value, Mapping) or len(value) > ITEMS:
            raise self._refuse(name, value, "must be an object of texts or null")
        return {
            self._text(name, key, WORD_LENGTH): None
            if item is None
            else self._text(f"{name}.{key}", item, TEXT_LENGTH)
            for key, item in value.items()
        }

    def optional_numbers_by_name(self, name: str) -> dict[str, float | None]:
        """The object whose values are finite numbers or null."""
        value = self._required(name)
        if not isinstance(value, Mapping) or len(value) > ITEMS:
            raise self._refuse(name, value, "must be an object of numbers or null")
        names = [self._text(name, key, WORD_LENGTH) for key in value]
        inner = Parameters(value, names, f"{self._inside}{name}.")
        return {key: inner.optional_number(key) for key in names}

    def inner(self, name: str, known: Sequence[str]) -> Parameters:
        """The parameters of an object inside this one."""
        return Parameters(self._required(name), known, f"{self._inside}{name}.")

    def base64(self, name: str, *, most: int) -> bytes:
        """The bytes that the text stands for, at most `most` of them."""
        text = self._text(name, self._required(name), 4 * (most // 3 + 1))
        try:
            data = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise self._refuse(name, text[:20], f"must be base64 ({error})") from error
        if len(data) > most:
            raise self._refuse(name, text[:20], f"is larger than {most // 1_000_000} MB")
        return data

    def _required(self, name: str) -> Any:
        if name not in self._given:
            raise self._refuse(name, None, "is missing")
        return self._given[name]

    def _text(self, name: str, value: Any, most: int) -> str:
        if not isinstance(value, str):
            raise self._refuse(name, value, "must be a text")
        if len(value) > most:
            raise self._refuse(name, value[:40], f"has more than {most} characters")
        if not _is_unicode(value):
            raise self._refuse(name, ascii(value[:40]), "holds half a character")
        return value

    def _refuse(self, name: str, value: Any, reason: str) -> ValueRefusedError:
        return _refused(self._inside + name, value, reason)


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _refused(name: str, value: Any, reason: str) -> ValueRefusedError:
    shown = str(value)
    shown = shown if len(shown) <= 40 else f"{shown[:40]}…"
    given = "" if value is None else f", not {shown!r}" if reason.startswith("must") else ""
    return ValueRefusedError(
        f"The parameter `{name}` {reason}{given}.", field=name.rstrip("."), value=shown
    )
