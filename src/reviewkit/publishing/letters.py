"""Letters for pdflatex: how each is typeset, and which it has no way to show."""

from __future__ import annotations

import re
import unicodedata

from pylatexenc.latexencode import UnicodeToLatexEncoder

#: What LaTeX itself typesets with the T1 encoding; other letters are defined one by one.
_KNOWN = [
    (0x20, 0x17F), (0x218, 0x21B), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022),
    (0x2026, 0x2026), (0x2030, 0x2030), (0x20AC, 0x20AC), (0x2122, 0x2122),
]  # fmt: skip
_GAPS = frozenset("ĦħĸĿŀŉŦŧſ‛")
#: Boxes of tasks, and signs whose command pylatexenc leaves outside of a formula.
_OURS = {
    "☐": r"\ensuremath{\square}", "☒": r"\ensuremath{\boxtimes}", "☑": r"\ensuremath{\boxtimes}",
    "ɛ": r"\ensuremath{\varepsilon}", "ϒ": r"\ensuremath{\Upsilon}",
    "♭": r"\ensuremath{\flat}", "♮": r"\ensuremath{\natural}", "♯": r"\ensuremath{\sharp}",
    "ΐ": r"\ensuremath{\acute{\ddot{\iota}}}", "⊨": r"\ensuremath{\models}",
    "⋘": r"\ensuremath{\lll}", "⋙": r"\ensuremath{\ggg}",
}  # fmt: skip
#: Commands that pylatexenc writes and that no package of the template defines; those of blackboard
#: letters give other signs for small ones. `make torture ARGS=latex` compiles all the others.
_LACKING = re.compile(
    r"\\(?:[cC][yY][rR]\w*|[CU]|mathscr|text(?:glotstop|hvlig|nrleg|phi|schwa|turnk)|allequal"
    r"|approxnotequal|arrowwave(?:left|right)|clockoint|clwintegral|dblarrowupdown|estimates"
    r"|DownArrowUpArrow|forcesextra|hermitconjmatrix|homothetic|image|lazysinv|notgreaterless"
    r"|notlessgreater|nument|original|precedesnotsimilar|quarternote|recorder|rightangle(?:arc)?|sqrint"
    r"|starequal|surfintegral|tildetrpl|truestate|udots|VDash|varperspcorrespond"
    r"|verymuch(?:greater|less)|volintegral)(?![A-Za-z])|\\mathbb\{[a-z0-9]\}"
)
_VARIATIONS = range(0xFE00, 0xFE10)


def is_known(letter: str) -> bool:
    """Whether LaTeX typesets the letter without having it defined."""
    return letter not in _GAPS and any(first <= ord(letter) <= last for first, last in _KNOWN)


def definition(letter: str) -> str | None:
    """The letter in commands of LaTeX; None: it has none. Signs that nobody sees are empty."""
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Cf", "Zl", "Zp") or ord(letter) in _VARIATIONS:
        return ""
    if kind == "Zs":
        return r"\ "
    letter = unicodedata.normalize("NFC", letter)
    tex = _OURS.get(letter) or _encoded(letter)
    if tex is not None and not _LACKING.search(tex):
        return tex
    # A letter in a fancy hand is the letter all the same.
    plain = unicodedata.normalize("NFKC", letter)
    return plain if plain.isascii() and plain.isalnum() else None


def _encoded(letter: str) -> str | None:
    encode = UnicodeToLatexEncoder(unknown_char_policy="fail", unknown_char_warning=False)
    try:
        tex: str = encode.unicode_to_latex(letter)
    except ValueError:
        return None
    return re.sub(r"\\textfrac(\{\d\}\{\d\})", r"\\ensuremath{\\tfrac\1}", tex)
