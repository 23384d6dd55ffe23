"""Cells that a spreadsheet program changed by itself, told from those that a person typed.

Such programs take a cell for what it looks like: `1-2` for a day, `007` for 7, `1e5` for
100000, `TRUE` for a truth value. What they save then is another text, that nobody typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

#: A cell of a spreadsheet ends after so many characters (Excel's specifications and limits).
_LONGEST_CELL = 32_767

_ERROR = re.compile(r"#(?:[A-ZÄÖÜÉ]{2,12}[!?]?|[A-Z]/[A-Z0]|DIV/0!|#+)|Err:\d{3}")
#: What programs leave out of cells; line ends are a person's to change.
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
_FORMULA = re.compile(r"'?[=+@-]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")

# First letters of the months in the languages of common spreadsheets' menus.
_MONTHS = ("jan ene gen", "feb fev fév", "mar mär mrz", "apr abr avr", "may mai mag mei",
           "jun giu juin", "jul lug juil", "aug ago aou aoû", "sep set", "oct okt ott out",
           "nov", "dec dez déc dic")  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = rf"(?:{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})[a-zéûäç]{{0,7}}\.?"
_APART = r"(?:[-/. ]\s?)"
_DATE = re.compile(
    rf"\d{{1,4}}{_APART}\d{{1,2}}(?:{_APART}\d{{1,4}})?\.?"
    rf"|(?:\d{{1,2}}{_APART}{{0,2}})?{_MONTH}(?:{_APART}?\d{{1,4}})?(?:,? \d{{4}})?",
    re.IGNORECASE,
)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?$", re.IGNORECASE)
_SERIAL = re.compile(r"[1-9]\d{4}(?:[.,]\d+)?")

#: Words that programs write for "nothing" or take for a truth value.
_NOTHING = frozenset(
    ("", "na", "n/a", "#n/a", "nan", "-nan", "<na>", "null", "none", "nil", "nat")
)
_TRUTH = frozenset(
    ("true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "falso", "vero", "waar",
     "onwaar", "1", "0", "1.0", "0.0")
)  # fmt: skip

_CODECS = ("cp1252", "latin-1", "mac_roman", "cp850", "cp437", "cp1250", "cp1251")


def coerced(was: str, now: str) -> str | None:
    """What a program most likely did to a cell, in words; None: a person typed it.

    Parameters
    ----------
    was, now
        The cell as it was written, and as it was found; they differ.
    """
    return next((said for found, said in _KINDS if found(was, now)), None)


def _is_error(was: str, now: str) -> bool:
    return _ERROR.fullmatch(now) is not None


def _is_error_with_more(was: str, now: str) -> bool:
    """Whether somebody wrote on in a cell that showed an error in place of its text."""
    if not was or was in now:
        return False
    before, after = (Counter(filter(_ERROR.fullmatch, _paragraphs(text))) for text in (was, now))
    if after - before:
        return True
    # A note may tell of an error: then nothing else of its text is left where one was shown.
    left = (set(was.split()) - before.keys()) & set(now.split())
    return bool(after) and not left


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n")]


def _is_computed(was: str, now: str) -> bool:
    return _FORMULA.match(was) is not None and _as_number(now) is not None


def _is_nothing(was: str, now: str) -> bool:
    one, two = was.casefold(), now.casefold()
    return one in _NOTHING and two in _NOTHING


def _is_truth(was: str, now: str) -> bool:
    one, two = was.casefold(), now.casefold()
    return one in _TRUTH and two in _TRUTH and not (one.isdigit() and two.isdigit())


def _is_number_again(was: str, now: str) -> bool:
    one, two = _as_number(was), _as_number(now)
    if one is None or two is None:
        return False
    # Programs keep 15 digits, and show six or three of a long number.
    return one == two or ("e" in now.lower() and abs(one - two) <= abs(one) * 5e-3)


def _is_kept_to_15_digits(was: str, now: str) -> bool:
    return was.isdigit() and now.isdigit() and len(was) == len(now) and (
        len(was) > 15 and was[:15] == now[:15] and not now[15:].strip("0")
    )  # fmt: skip


def _is_percent(was: str, now: str) -> bool:
    one, two = _as_number(was.rstrip("% ")), _as_number(now.rstrip("% "))
    if one is None or two is None or not (was.endswith("%") or now.endswith("%")):
        return False
    share, shown = (n / 100 if text.endswith("%") else n for n, text in ((one, was), (two, now)))
    return abs(share - shown) < 1e-9


def _is_date(was: str, now: str) -> bool:
    here, there = _TIME.sub("", now), _TIME.sub("", was)
    if not (_DATE.fullmatch(there) and re.search(r"\d", there)):
        return False
    if _SERIAL.fullmatch(here):
        return True
    # 4.5 is the fourth of May where a comma parts a number's digits; but 3.5 is no day of it.
    is_day = _DATE.fullmatch(here) is not None and _as_number(here) is None
    return is_day and _parts(there) <= _parts(here)


def _parts(date: str) -> set[int]:
    """The numbers of a date, months by name too, years without their century."""
    found = {int(digits) % 100 for digits in re.findall(r"\d+", date)}
    names = (name.casefold() for name in re.findall(r"[^\W\d_]{3,}", date))
    return found | {
        _MONTH_OF[name[:length]]
        for name in names
        for length in (3, 4)
        if name[:length] in _MONTH_OF
    }


def _is_mojibake(was: str, now: str) -> bool:
    if was.isascii():
        return False
    seen = _visible(now)
    raw = was.encode("utf-8")
    wrong = (_visible(_decoded(raw, codec)) for codec in _CODECS)
    if seen in wrong or _count_wrong(now) > _count_wrong(was):
        return True
    return any(seen == _visible(_without(was, codec)) for codec in ("ascii", "latin-1", "cp1252"))


def _decoded(raw: bytes, codec: str) -> str:
    return "".join(_character(byte, codec) for byte in raw)


def _character(byte: int, codec: str) -> str:
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return chr(byte)


def _without(text: str, codec: str) -> str:
    """The text with `?` for what the codec lacks."""
    return text.encode(codec, "replace").decode(codec)


def _visible(text: str) -> str:
    """Without blanks and control characters, which programs drop of a broken text."""
    return "".join(c for c in text if unicodedata.category(c)[0] not in "ZC")


def _count_wrong(text: str) -> int:
    return len(re.findall("Ã[\x80-\xbf\u2013-\u2122ŠšŽžŒœŸƒˆ˜]|â€|Â[\xa0-\xbf]|\ufffd", text))


def _is_without_tabs(was: str, now: str) -> bool:
    return _CONTROL.sub("", was) == _CONTROL.sub("", now) and len(was) > len(now)


def _is_cut_off(was: str, now: str) -> bool:
    return len(was) > len(now) >= _LONGEST_CELL - 500 and was.startswith(now)


def _as_number(text: str) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", "."))


_KINDS: tuple[tuple[Callable[[str, str], bool], str], ...] = (
    (_is_error, "a spreadsheet took the text for a formula and shows its error"),
    (_is_error_with_more, "a spreadsheet showed an error in place of the text that was there"),
    (_is_computed, "a spreadsheet computed the text as a formula"),
    (_is_nothing, "a program wrote another word for an empty cell"),
    (_is_truth, "a program took the text for true or false"),
    (_is_number_again, "a program wrote the same number in another way"),
    (_is_kept_to_15_digits, "a spreadsheet kept only 15 digits of the number"),
    (_is_percent, "a spreadsheet wrote the share in another way"),
    (_is_date, "a spreadsheet made a date of it"),
    (_is_mojibake, "letters were broken by a wrong encoding"),
    (_is_without_tabs, "a program left out tabs or other control characters"),
    (_is_cut_off, "a spreadsheet cut off the end of a long text"),
)
