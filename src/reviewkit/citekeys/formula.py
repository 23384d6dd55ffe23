"""Which formula names new papers, by name or written out in a known language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewkit.citekeys import betterbibtex, jabref, scholar
from reviewkit.citekeys.facts import KeyFacts
from reviewkit.citekeys.taken import Citekeys, letters, unique
from reviewkit.citekeys.zotero import ZoteroFormat
from reviewkit.errors import ValueRefusedError

#: The formulas that have a name, as their programs have them when they are installed.
NAMED = {
    "scholar": "matsubara2022bottlefit",
    "betterbibtex": "auth.lower + shorttitle(3,3) + year",
    "zotero": "%a_%t_%y",
    "jabref": "[auth][year]",
}
#: A formula is a setting that anybody who can write into the project can change.
_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Formula:
    """Makes citekeys. `text` is the formula as it was given."""

    text: str
    make: Callable[[KeyFacts], str]
    ending: Callable[[int], str]

    def key(self, facts: KeyFacts, taken: Citekeys) -> str:
        """A citekey that is not among `taken`; ``paper`` where the paper gives nothing."""
        return unique(self.make(facts) or "paper", taken, self.ending)


def formula(text: str = "scholar") -> Formula:
    """The formula of a name or text.

    Parameters
    ----------
    text
        A name of `NAMED`; or a JabRef pattern (it has brackets), a Zotero format (it has
        ``%a``, ``%t`` or ``%y``), or a Better BibTeX formula.

    Raises
    ------
    ValueRefusedError
        The text is none of these; the message says what is wrong.
    """
    if len(text) > _LENGTH:
        raise ValueRefusedError(
            f"A citekey formula may have {_LENGTH} characters; this one has {len(text)}.",
            field="citekey formula",
            value=text[:80],
        )
    if text.strip().lower() == "scholar":
        return Formula("scholar", _scholar, letters)
    written = NAMED.get(text.strip().lower(), text)
    if "[" in written:
        return Formula(text, jabref.parse(written), letters)
    if "%" in written:
        return Formula(text, ZoteroFormat(written), lambda number: f"-{number}")
    return Formula(text, betterbibtex.parse(written), letters)


def _scholar(facts: KeyFacts) -> str:
    people = [person.display for person in facts.authors]
    return scholar.make(people, facts.year, facts.title)
