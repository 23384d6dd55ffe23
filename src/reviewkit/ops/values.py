"""What a field may hold, and the form in which it is kept.

Every value that a person or program gives passes here before it becomes an operation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from reviewkit.errors import ValueRefusedError
from reviewkit.ops import anchors
from reviewkit.ops import criteria as criteria_
from reviewkit.ops.links import is_link, is_run
from reviewkit.ops.slugs import slug
from reviewkit.records import RATING_SCALE, STATUSES

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_NOT_IN_TAG = re.compile(r"[;,{}\\%#\x00-\x1f\x7f\u2028\u2029]")
_TAG_LENGTH = 100
_DECISION_LENGTH = 200
_NOTE_LENGTH = 1_000_000


def rating(value: object) -> int | float | None:
    """A rating within the scale; whole numbers as int, None for no rating.

    Raises
    ------
    ValueRefusedError
        Not a number, or outside the scale.
    """
    worst, best = RATING_SCALE
    if value is None or value == "":
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = float("nan")
    if isinstance(value, bool) or not worst <= number <= best:
        raise ValueRefusedError(
            f"A rating is a number from {worst} (worst) to {best} (best), not {value!r}.",
            field="rating",
            value=value,
        )
    return int(number) if number.is_integer() else number


def criterion(value: object) -> str:
    """The name of a criterion, in small letters; a blank or `_` in it is a hyphen.

    Raises
    ------
    ValueRefusedError
        Something else than letters from a to z, digits and hyphens, or over 40 characters.
    """
    name = re.sub(r"[\s_]+", "-", text(value, "criterion").strip().lower())
    if not criteria_.is_name(name):
        raise ValueRefusedError(
            f"{value!r} cannot be the name of a criterion: it is made of letters (a to z), digits "
            f"and hyphens, as novelty or clarity-of-text, and has {criteria_.LONGEST} at most.",
            field="criteria",
            value=value,
        )
    return name


def criteria(value: object) -> dict[str, int | float | None]:
    """Ratings by criterion, as `rating` keeps each; None takes one back.

    Raises
    ------
    ValueRefusedError
        No mapping, or a name or rating that cannot be.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ValueRefusedError(
            f"Criteria are given with their ratings, as {{'novelty': 4}}, not as {value!r}.",
            field="criteria",
            value=value,
        )
    return {criterion(name): rating(given) for name, given in value.items()}


def status(value: object) -> str | None:
    """A status word; None and "unread" say that nothing was begun.

    Raises
    ------
    ValueRefusedError
        Not one of `STATUSES`.
    """
    word = re.sub(r"[\s_]+", "-", value.strip().lower()) if isinstance(value, str) else value
    if word is None or word in ("", "unread"):
        return None
    if word not in STATUSES:
        raise ValueRefusedError(
            f"A status is one of {', '.join(STATUSES)} (or unread), not {value!r}.",
            field="status",
            value=value,
        )
    return str(word)


def tag(value: object) -> str:
    r"""A tag: one line of text in NFC, blanks collapsed.

    Raises
    ------
    ValueRefusedError
        Empty, over 100 characters, or with a character that separates tags in a file
        (`;` `,`) or breaks BibTeX (`{` `}` `\\` `%` `#`).
    """
    word = unicodedata.normalize("NFC", " ".join(text(value, "tag").split()))
    found = _NOT_IN_TAG.search(word)
    if not word or found or len(word) > _TAG_LENGTH:
        why = (
            f"{found.group()!r} cannot stand in one"
            if found
            else f"it must have 1 to {_TAG_LENGTH} characters"
        )
        raise ValueRefusedError(
            f"{value!r} cannot be a tag: {why}. Give several tags one by one.",
            field="tags",
            value=value,
        )
    return word


def tags(values: object) -> tuple[str, ...]:
    """Tags without repetition, in the order given; one word alone is one tag."""
    if values is None:
        return ()
    if isinstance(values, str):
        return (tag(values),)
    if not isinstance(values, Iterable):
        raise ValueRefusedError(
            f"Tags are a list of words, not {values!r}.", field="tags", value=values
        )
    return tuple(dict.fromkeys(tag(value) for value in values))


def text(value: object, field: str) -> str:
    """Text that can be stored: line feeds only, no lone surrogates or control characters."""
    if not isinstance(value, str):
        raise ValueRefusedError(
            f"{field} must be text, not {type(value).__name__}.", field=field, value=value
        )
    joined = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub(" ", joined.replace("\r\n", "\n").replace("\r", "\n"))


def note(value: object) -> str:
    """A note's text, without blank space at its ends.

    Raises
    ------
    ValueRefusedError
        Empty or over a million characters.
    """
    words = text(value, "note").strip()
    if not words or len(words) > _NOTE_LENGTH:
        raise ValueRefusedError(
            "A note needs some text." if not words else "A note may have a million characters.",
            field="note",
            value=words[:40],
        )
    return words


def anchor(value: object) -> str | None:
    """Where in the paper a note belongs, as it is kept: see `anchors`; None for nowhere.

    Raises
    ------
    ValueRefusedError
        Neither text nor the number of a page, or over 200 characters.
    """
    is_number = isinstance(value, int) and not isinstance(value, bool)
    where = anchors.meant(text(str(value) if is_number else value or "", "anchor"))
    if where is not None and not anchors.is_kept(where):
        raise ValueRefusedError(
            "A note says where it belongs by a page (4 or 4-6), a section (§4.2) or a few words "
            f"of the paper, {anchors.LONGEST} characters at most.",
            field="anchor",
            value=where[:40],
        )
    return where


def decision(value: object) -> str | None:
    """A group's word on a paper, one line of at most 200 characters; None for none."""
    words = " ".join(text(value or "", "decision").split())
    if len(words) > _DECISION_LENGTH:
        raise ValueRefusedError(
            f"A decision has at most {_DECISION_LENGTH} characters.", field="decision", value=words
        )
    return words or None


def possible(field: str, value: object) -> bool:
    """Whether an operation of this version may give the field this value.

    Fields that are not known are left to the versions that know them.
    """
    name = field.partition(":")[0]
    if name in ("citekey", "type"):
        return isinstance(value, str) and bool(value)
    if value is None or name not in _KINDS:
        return True
    return anchors.is_kept(value) if anchors.is_anchor(field) else _KINDS[name](value)


def _is_rating(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return RATING_SCALE[0] <= value <= RATING_SCALE[1]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_held(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("content"), dict):
        return False
    texts = (value.get("file"), value.get("reason"), value.get("reviewer") or "")
    return all(isinstance(text, str) for text in texts) and "reviewer" in value


def _is_entry(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(value.get(name), kinds)
        for name, kinds in (
            ("text", str),
            ("after", str | None),
            ("lead", str | None),
            ("gap", str),
        )
    )


def _is_wanted(value: object) -> bool:
    names = ("kind", "value")
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in names)


def _is_column(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(value.get(name), str) for name in ("name", "type")
    )


def _is_cell(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("value"), str | int | float)


_KINDS: dict[str, Callable[[object], bool]] = {
    "rating": _is_rating,
    "status": lambda value: value in STATUSES,
    "decision": _is_text,
    "tag": lambda value: value is True,
    "deleted": lambda value: value is True,
    "note": _is_text,
    "bib": _is_text,
    "held": _is_held,
    "alias": _is_text,
    "apart": lambda value: value is True,
    "entry": _is_entry,
    "wanted": _is_wanted,
    "unfound": _is_text,
    "link": is_link,
    "run": is_run,
    "column": _is_column,
    "place": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "cell": _is_cell,
    "unfit": lambda value: value is True,
}


def reviewer(value: object) -> str:
    """A reviewer's slug, made of a name or checked.

    Raises
    ------
    ValueRefusedError
        Not a text, or one without a letter or digit.
    """
    name = text(value, "reviewer")
    if not any(character.isalnum() for character in name):
        raise ValueRefusedError(
            f"{name!r} cannot be a reviewer's name: it has no letter or digit.",
            field="reviewer",
            value=value,
        )
    return slug(name)
