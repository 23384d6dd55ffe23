"""Texts of which nothing else is known than the identifiers in them: mails, notes, lists."""

from __future__ import annotations

from reviewkit.formats.cleaning import cut
from reviewkit.formats.identifiers import identifiers_in
from reviewkit.formats.importer import Identifier, Understood
from reviewkit.records import Problem


class NamedImporter:
    """Takes the DOIs, arXiv ids and addresses out of any text; they must be looked up."""

    name = "a list of DOIs, arXiv ids or addresses"

    def recognises(self, text: str) -> bool:
        """Whether there is any: to be asked when no other format is recognised."""
        return next(identifiers_in(text), None) is not None

    def read(self, text: str) -> Understood:
        """Each identifier once.

        An address of which nothing is known counts where it stands on a line of its own, or
        where the text has nothing better: a mail's signature names no paper.
        """
        found = list(identifiers_in(text))
        known = [each for each, _ in found if each.kind != "url"]
        lone = [each for each, alone in found if each.kind == "url" and alone]
        urls = lone if known or lone else [each for each, _ in found]
        wanted = {(each.kind, each.value) for each in (*known, *urls)}
        kept: dict[tuple[str, str], Identifier] = {}
        ignored = []
        for each, _ in found:
            key = (each.kind, each.value)
            if key in wanted:
                kept.setdefault(key, each)
            else:
                ignored.append(Problem(each.line, "an address within a sentence", cut(each.value)))
        return Understood("identifiers", (), (), tuple(ignored), tuple(kept.values()))
