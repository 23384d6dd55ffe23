"""Keys that the library lacks, and one paper cited by two of its keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reviewkit.checks.look import Look, Rule, span_of
from reviewkit.checks.manuscript import Part
from reviewkit.citations.found import Use, is_meant
from reviewkit.near import near
from reviewkit.records.findings import Finding, Fix, TextEdit

UNKNOWN = Rule("RK101", "unknown-key", "error", "a cited key that the library lacks")
TWO_KEYS = Rule("RK106", "two-keys", "warning", "one paper cited by two of its keys")


def unknown(look: Look) -> Iterator[Finding]:
    """Each use of a key that the library lacks, with the near ones."""
    known = look.facts.known
    told: dict[str, tuple[str, ...]] = {}
    for part in look.manuscript.parts:
        for use in part.uses:
            if use.kind == "everything" or look.facts.key_of(use) is not None:
                continue
            if not is_meant(use) or use.key in look.facts.unsure:
                continue
            if use.key not in told:
                told[use.key] = near(use.key, known)
            likely = told[use.key]
            ways = f"did you mean {' or '.join(likely)}? Else add" if likely else "add"
            yield look.tell(
                UNKNOWN,
                f"No paper has the key {use.key!r}: {ways} the paper to the library.",
                part,
                span_of(use),
                citekey=use.key,
                fix=_respelled(part, use, likely),
            )


def _respelled(part: Part, use: Use, likely: tuple[str, ...]) -> Fix | None:
    """The fix where only upper and lower case differ; anything else is a guess."""
    alike = [key for key in likely if key.casefold() == use.key.casefold()]
    return _renamed(part, use, use.key, alike[0]) if len(alike) == 1 else None


def _renamed(part: Part, use: Use, old: str, new: str) -> Fix:
    edit = TextEdit(part.number, use.at, use.at + len(old), new)
    return Fix(f"Cite {new}", (edit,))


def two_keys(look: Look) -> Iterator[Finding]:
    """Each citation by a former key of a paper that is cited by another key as well."""
    spelled: defaultdict[str, list[tuple[str, Part, Use]]] = defaultdict(list)
    for part in look.manuscript.parts:
        for use in part.uses:
            found = look.facts.named(use)
            if found is not None:
                spelled[found[1]].append((found[0], part, use))
    for citekey, uses in spelled.items():
        if len({key for key, _, _ in uses}) < 2:
            continue
        for key, part, use in uses:
            if key != citekey:
                yield look.tell(
                    TWO_KEYS,
                    f"{key} and {citekey} are one paper, and both are cited: cite {citekey}.",
                    part,
                    (use.at, use.at + len(key)),
                    citekey=citekey,
                    fix=_renamed(part, use, key, citekey),
                )
