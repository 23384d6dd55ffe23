"""Letters of any script as near ASCII ones."""

from __future__ import annotations

import re
import unicodedata

_GREEK = "αβγδεζηθικλμνξοπρςστυφχψω"
_LETTERS = {
    **dict(zip("øđłıħŧŋĸ", "odlihtnk", strict=True)),
    **dict(zip("ßæœþðəɛ", ("ss", "ae", "oe", "th", "d", "e", "e"), strict=True)),
    **{letter: unicodedata.name(letter).split()[3][0].lower() for letter in _GREEK},
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True)),
    **dict(
        zip(
            "жхцчшщюяєіъь",
            ("zh", "kh", "ts", "ch", "sh", "shch", "yu", "ya", "ye", "i", "", ""),
            strict=True,
        )
    ),
}
_FOLD = str.maketrans(_LETTERS)
_FOLD_CASE = str.maketrans(
    {
        **_LETTERS,
        **{
            letter.upper(): plain.capitalize()
            for letter, plain in _LETTERS.items()
            if len(letter.upper()) == 1
        },
    }
)


def folded(text: str) -> str:
    """Lower-case ASCII letters and digits of a text."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain.translate(_FOLD))


def to_ascii(text: str) -> str:
    """The text in ASCII, its case and blanks kept; what has no near letter is left out."""
    plain = unicodedata.normalize("NFKD", text.translate(_FOLD_CASE))
    return plain.encode("ascii", "ignore").decode("ascii")
