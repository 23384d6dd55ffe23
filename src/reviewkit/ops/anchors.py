"""Where in a paper a note belongs: pages, a section, or words that stand there.

The forms are narrow, so that a note whose paragraph begins with `[figure 2]` stays a note.
"""

from __future__ import annotations

import re

#: So many characters of a paper are quoted at most to say where.
LONGEST = 200

_QUOTES = '"“”„'
_CONTROL = r"\x00-\x1f\x7f\u2028\u2029"
_PAGES = r"pp?\.? ?[0-9]{1,6}(?: ?[-–—] ?[0-9]{1,6})?"
_SECTION = r"§ ?(?:[0-9]{1,3}|[A-Z]{1,5})(?:\.[0-9]{1,3}){0,5}"
_WORDS = (
    rf"[{_QUOTES}](?=[^{_QUOTES}{_CONTROL}]*[^\s{_QUOTES}])"
    rf"[^{_QUOTES}{_CONTROL}]{{1,{LONGEST}}}[{_QUOTES}]"
)
#: What stands behind a note's id in a file, as a regular expression without groups.
PATTERN = f"(?:{_PAGES}|{_SECTION}|{_WORDS})"

_ANCHOR = re.compile(PATTERN)
_NUMBERS = re.compile(r"(?:pages?)?\s*([0-9]{1,6}(?:\s*[-–—]\s*[0-9]{1,6})?)", re.IGNORECASE)
_HEADED = re.compile(
    r"(?:sec(?:tion|t?\.)?|app(?:endix|\.)?)\s*"
    r"((?:[0-9]{1,3}|[A-Z]{1,5})(?:\.[0-9]{1,3}){0,5})",
)


def field_of(note: str) -> str:
    """The field that says where a note belongs."""
    return f"note:{note}.anchor"


def is_anchor(field: str) -> bool:
    """Whether the field says where a note belongs."""
    return field.startswith("note:") and field.endswith(".anchor")


def parse(text: str) -> str | None:
    """The anchor in the form in which it is kept: `p4`, `p4-6`, `§4.2` or `"words"`.

    None for any other text. Blanks, points and other dashes and quotation marks do not count.
    """
    if _ANCHOR.fullmatch(text) is None:
        return None
    if text.startswith("§"):
        return text.replace(" ", "")
    if text[0] in _QUOTES:
        return f'"{" ".join(text[1:-1].split())}"'
    first, *last = re.findall("[0-9]+", text)
    # Of "pages 123-5" the second is 125.
    until = f"{first[: -len(last[0])]}{last[0]}" if last else first
    pages = sorted((int(first), int(until)))
    return f"p{pages[0]}" if pages[0] == pages[1] else f"p{pages[0]}-{pages[1]}"


def meant(text: str) -> str | None:
    """The anchor that somebody means who was asked for one; None for no text.

    A number is a page, and what is no page or section is words of the paper.
    """
    said = " ".join(text.split())
    if not said:
        return None
    numbers = _NUMBERS.fullmatch(said)
    if numbers is not None:
        said = re.sub(r"\s*[-–—]\s*", "-", f"p{numbers[1]}")
    headed = _HEADED.fullmatch(said[:1].lower() + said[1:])
    if headed is not None:
        said = f"§{headed[1]}"
    known = parse(said[:1].lower() + said[1:]) or parse(said)
    if known is not None:
        return known
    words = re.sub(f"[{_QUOTES}]", "'", said.strip(_QUOTES)).strip()
    return f'"{words}"' if words.strip("' ") else None


def is_kept(text: object) -> bool:
    """Whether that is an anchor in the form in which it is kept."""
    return isinstance(text, str) and parse(text) == text
