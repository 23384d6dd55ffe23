"""Names of people and corporations as other formats write them, made BibTeX's.

BibTeX knows four parts: first, von, last and jr. Bibliographic formats put the family name
first ("King, Martin Luther, Jr."); where no comma stands it is a person's name in reading
order, a corporation, or a family name with initials ("Smith JA").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reviewkit.bibtex import display_names, encode_value
from reviewkit.bibtex.names import Name
from reviewkit.formats.cleaning import one_line

_SUFFIX = re.compile(
    r"(?:jr|sr|jnr|snr)\.?|junior|senior|I{2,3}|IV|VI{0,3}|2nd|3rd|4th|ph\.?d\.?|m\.?d\.?", re.I
)
# With one of these words a name without a comma is a corporation's.
_CORPORATE = re.compile(
    r"\b(?:universit\w+|institut\w*|organi[sz]ation|group|consortium|association|committee|team|"
    r"society|agency|departments?|cent(?:er|re|ers|res)|ministry|council|collaboration|inc|gmbh|"
    r"ltd|llc|corp|corporation|company|foundation|initiative|network|office|commission|board|"
    r"laborator(?:y|ies)|academy|federation|investigators|authors|union|bank|project|"
    r"administration|authority|for|of|the|and|&)(?:\b|(?<=&))",
    re.IGNORECASE,
)
_INITIALS = r"(?:[^\W\d_a-z]\.?[- ]?){1,4}"
_FAMILY_INITIALS = re.compile(
    rf"(?P<family>[^\W\d_][\w'’‐-]+(?: [\w'’‐-]{{2,}}){{0,4}}) (?P<initials>{_INITIALS})"
    r"(?: (?P<jr>(?:Jr|Sr)\.?|I{2,3}|IV|2nd|3rd|4th))?"
)
_PLAIN = re.compile(r"[\w '’.‐-]*")
_AND = re.compile(r"\s+(?:and|AND|&)\s+")
_PARTS = re.compile(r"\s*,\s*")
_LOWER_TAIL = re.compile(r"(?:^|(?<= ))(?:[a-zà-þ][\w'’]*\s*)+$")


def person(text: str) -> Name | None:
    """One name: "Last, First", "Last, First, Jr", "First Last" or a corporation's; None: empty.

    A corporation is told by its words, or by a comma that ends it (as EndNote writes it).
    """
    text = one_line(text)
    if not text.strip(" ,"):
        return None
    if text.endswith(",") and "," not in text[:-1]:
        return Name(last=text[:-1].strip())
    if "," in text:
        return _inverted([part for part in _PARTS.split(text) if part])
    if _CORPORATE.search(text) or " " not in text:
        return Name(last=text)
    found = _FAMILY_INITIALS.fullmatch(text)
    if found and (len(re.findall(r"[^\W\d_]", found["initials"])) > 1 or "." in text):
        return _initials(found)
    words = text.split(" ")
    jr = ""
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        jr = words.pop()
    low = [n for n, word in enumerate(words[:-1]) if n and word[:1].islower()]
    von = words[low[0] : low[-1] + 1] if low else []
    first = words[: low[0]] if low else words[:-1]
    last = words[low[-1] + 1 :] if low else words[-1:]
    return Name(" ".join(first), " ".join(von), " ".join(last), jr)


def family_first(text: str) -> Name | None:
    """One name of a format that puts the initials last without a comma: "Smith JA Jr"."""
    text = one_line(text)
    found = _FAMILY_INITIALS.fullmatch(text)
    return _initials(found) if found else person(text)


def of_parts(family: str, given: str, von: str = "", suffix: str = "") -> Name | None:
    """Name of parts that a format keeps apart; None if there is neither family nor given name.

    Small words that end the given name ("Ludwig van") are the family name's particle.
    """
    family, given, von, suffix = map(one_line, (family, given, von, suffix))
    if not suffix and "," in given:
        given, _, suffix = given.partition(",")
        given, suffix = given.strip(), suffix.strip(" !")
    tail = _LOWER_TAIL.search(given)
    if family and tail and tail.start():
        von = f"{tail[0].strip()} {von}".strip()
        given = given[: tail.start()].strip()
    if not family:
        return Name(last=given) if given else None
    return Name(given, von, family, suffix)


def listed(text: str, separator: str = "") -> list[Name]:
    """The names of one cell or line.

    Parameters
    ----------
    separator
        What the format or the column's other cells put between names; without it, what
        stands there: line ends, ";", "|", "and", and commas where these cannot part a
        family name from its given names.
    """
    parts = [part for part in _split(text.strip(), separator) if part.strip(" ,.;")]
    parts = [re.sub(r"\s*\(\d{5,}\)\s*$", "", part) for part in parts]
    tight = [_FAMILY_INITIALS.fullmatch(part.strip(" .")) for part in parts]
    if len(parts) > 1 and all(tight):
        return [_initials(found) for found in tight if found]
    names = (person(part) for part in parts)
    return [name for name in names if name and name.last.casefold() not in ("et al.", "et al")]


def separator_of(cells: Iterable[str]) -> str:
    """What parts the names in a column, by the cells that have it; empty: cannot be told."""
    seen: set[str] = set()
    for cell in cells:
        seen.update(sign for sign in (";", "|", "\n") if sign in cell)
        if _AND.search(cell) and "," in cell:
            seen.add(" and ")
    return next((sign for sign in (";", "|", "\n", " and ") if sign in seen), "")


def text_of(names: Sequence[Name]) -> str:
    """Display forms joined by "and"; a corporation of several words in braces."""
    return " and ".join(
        f"{{{name.last}}}" if " " in name.last and _is_single(name) else name.display
        for name in names
    )


def raw_of(names: Sequence[Name]) -> str:
    """Right-hand side of a BibTeX name field that reads back as these names."""
    return "{" + " and ".join(map(_tex, names)) + "}"


def _tex(name: Name) -> str:
    von, last, jr, first = (_escaped(part) for part in (name.von, name.last, name.jr, name.first))
    family = f"{von} {last}" if von else last
    if _is_single(name) and " " in name.last:
        return f"{{{last}}}"
    for tex in (
        ", ".join(part for part in (family, jr, first) if part) if first or not jr else "",
        ", ".join(part for part in (f"{{{family}}}", jr and f"{{{jr}}}", first) if part),
    ):
        if tex and display_names(tex) == (name.display,):
            return tex
    return f"{{{_escaped(name.display)}}}"


def _escaped(part: str) -> str:
    return part if _PLAIN.fullmatch(part) else encode_value("author", part)[1:-1]


def _is_single(name: Name) -> bool:
    return not (name.first or name.von or name.jr)


def _inverted(parts: list[str]) -> Name:
    """Name of "Last, First" with a suffix in either of the places where people put it."""
    if len(parts) == 1:
        return Name(last=parts[0])
    family, rest = parts[0], parts[1:]
    suffix = next((part for part in rest if _SUFFIX.fullmatch(part)), "")
    if suffix and len(rest) > 1:
        rest.remove(suffix)
    elif len(rest) == 1 and not suffix:
        # MEDLINE ends the given names with it.
        words = rest[0].split(" ")
        if len(words) > 1 and re.fullmatch(r"(?:jr|sr)\.?|I{2,3}|IV|2nd|3rd|4th", words[-1], re.I):
            suffix, rest = words[-1], [" ".join(words[:-1])]
    else:
        suffix = ""
    words = family.split(" ")
    low = [n for n, word in enumerate(words[:-1]) if word[:1].islower()]
    at = low[-1] + 1 if low else 0
    return Name(", ".join(rest), " ".join(words[:at]), " ".join(words[at:]), suffix)


def _initials(found: re.Match[str]) -> Name:
    letters = re.findall(r"-?[^\W\d_]", found["initials"])
    given = " ".join(f"{letter}." for letter in letters).replace(" -", "-")
    words = found["family"].split(" ")
    low = [n for n, word in enumerate(words[:-1]) if word[:1].islower()]
    at = low[-1] + 1 if low else 0
    return Name(given, " ".join(words[:at]), " ".join(words[at:]), found["jr"] or "")


def _split(text: str, separator: str) -> list[str]:
    if separator == " and ":
        return _AND.split(text)
    if separator:
        return text.split(separator)
    for sign in (";", "|", "\n"):
        if sign in text:
            return text.split(sign)
    if _AND.search(text) and not _CORPORATE.search(_AND.sub(" ", text)):
        last = _AND.split(text)
        # "Ana Lee, Bo Kim and Cy Roe": what stands before the "and" is a list itself.
        return [part for each in last for part in _by_commas(each)]
    return _by_commas(text)


def _by_commas(text: str) -> list[str]:
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) < 2 or _SUFFIX.fullmatch(parts[-1]):
        return [text]
    if all(" " in part for part in parts):
        return parts
    if len(parts) == 2:
        return [text]
    if len(parts) % 2 == 0:
        return [f"{parts[n]}, {parts[n + 1]}" for n in range(0, len(parts), 2)]
    return parts
