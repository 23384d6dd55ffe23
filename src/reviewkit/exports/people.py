"""People's names as CSL and RIS have them."""

from __future__ import annotations

from reviewkit.bibtex.names import Name, in_braces, split_authors
from reviewkit.exports.plain import one_line


def csl_names(tex: str) -> list[dict[str, str]]:
    """CSL name variables of a name field's TeX.

    A name that braces hold together, as a corporation's, and "others" are `literal`; von is
    a particle that stays with the family name.
    """
    pairs = zip(split_authors(tex), in_braces(tex), strict=True)
    names = (_csl_name(name, whole) for name, whole in pairs)
    return [name for name in names if name]


def _csl_name(name: Name, whole: bool) -> dict[str, str]:
    if whole or name == Name(last="others"):
        literal = one_line(name.display)
        return {"literal": literal} if literal else {}
    von = name.von
    if von and f"{von}-{name.last}" in name.display:
        # BibTeX parts names at hyphens ("al-Sufi"); a particle keeps its own.
        von += "-"
    parts = {
        "family": one_line(name.last),
        "given": one_line(name.first),
        "non-dropping-particle": one_line(von),
        "suffix": one_line(name.jr),
    }
    return {key: text for key, text in parts.items() if text}


def inverted_names(tex: str) -> list[str]:
    """The people of a name field's TeX as "von Last, First, Jr"."""
    return [inverted(name) for name in csl_names(tex)]


def inverted(name: dict[str, str]) -> str:
    """A CSL name as "von Last, First, Jr"; a corporation as it is."""
    if "literal" in name:
        return name["literal"]
    particle = name.get("non-dropping-particle", "")
    glue = "" if not particle or particle.endswith(("-", "'", "\u2019")) else " "
    last = particle + glue + name.get("family", "")
    parts = [last, name.get("given", "")]
    if "suffix" in name:
        parts.append(name["suffix"])
    return ", ".join(parts) if any(parts[1:]) else last
