"""What a group wants checked, and how strictly: `[check]` in reviewkit.toml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from reviewkit.errors import FormatError
from reviewkit.near import near
from reviewkit.records.findings import SEVERITIES

#: Headings under which people write in their own words.
OWN_WORDS = (
    "abstract", "acknowledgements", "acknowledgments", "conclusion", "conclusions",
    "contributions", "discussion", "future work", "introduction", "limitations", "method",
    "methods", "outlook", "outline", "references", "scope", "summary",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """How a manuscript is checked.

    Attributes
    ----------
    off
        Names or codes of the rules that are not used.
    severity
        Other severities than the usual ones, by rule.
    readers
        So many readers a cited paper should have.
    score
        A paper with this mean rating (1 to 5) or more is worth citing.
    words
        A paragraph of fewer words needs no citation.
    own_words
        Headings, in any case, whose paragraphs need none.
    fail
        The least severity for which the check counts as failed.
    """

    off: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    readers: int = 2
    score: float = 4.0
    words: int = 40
    own_words: tuple[str, ...] = OWN_WORDS
    fail: str = "warning"


def settings_of(table: Mapping[str, Any], rules: Mapping[str, str]) -> CheckSettings:
    """Settings as a table of TOML says; `rules` has the code of each rule by its name.

    Raises
    ------
    FormatError
        The table settles what is not known, or in a way that cannot be.
    """
    known = [one.name for one in fields(CheckSettings)]
    for name in table:
        _must_be(name.replace("-", "_") in known, f"[check] {name}", name, known)
    given = {name.replace("-", "_"): value for name, value in table.items()}
    names = {**{code: name for name, code in rules.items()}, **{name: name for name in rules}}
    for key in ("off", "own_words"):
        words = given.get(key, ())
        sound = isinstance(words, list | tuple) and all(isinstance(w, str) for w in words)
        _must_be(sound, f"[check] {key} must be a list of texts")
        given[key] = tuple(words) if key in given else getattr(CheckSettings(), key)
    for name in given["off"]:
        _must_be(name in names, f"[check] off = {name!r}", name, rules)
    given["off"] = tuple(names[name] for name in given["off"])
    severity = given.get("severity", {})
    _must_be(isinstance(severity, Mapping), "[check.severity] must be a table")
    for name, value in severity.items():
        _must_be(name in names, f"[check.severity] {name}", name, rules)
        _must_be(value in SEVERITIES, f"[check.severity] {name} = {value!r}", "", SEVERITIES)
    given["severity"] = {names[name]: value for name, value in severity.items()}
    for key, least, most in (("readers", 1, 100), ("score", 1, 5), ("words", 1, 10_000)):
        value = given.get(key, getattr(CheckSettings(), key))
        number = isinstance(value, int | float) and not isinstance(value, bool)
        _must_be(number and least <= value <= most, f"[check] {key}: from {least} to {most}")
    fail = given.get("fail", "warning")
    _must_be(fail in SEVERITIES, f"[check] fail = {fail!r}", "", SEVERITIES)
    return CheckSettings(**given)


def _must_be(sound: bool, what: str, name: str = "", known: Collection[str] = ()) -> None:
    if not sound:
        close = near(name, known) if name else ()
        ways = f"Did you mean {' or '.join(close)}?" if close else ""
        ways = ways or (f"There are {', '.join(known)}." if known else "Mend it there.")
        raise FormatError(f"reviewkit.toml cannot be used: {what}. {ways}")
