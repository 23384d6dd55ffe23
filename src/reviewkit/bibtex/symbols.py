"""Tables: what TeX's accents, symbols and scripts are in Unicode."""

from __future__ import annotations

from pylatexenc.latex2text import get_default_latex_context_db

#: Combining character of each accent command.
ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "d": "\u0323",
    "b": "\u0331",
    "k": "\u0328",
    "r": "\u030a",
    "t": "\u0361",
    "U": "\u030e",
    "G": "\u030f",
    "h": "\u0309",
    "horn": "\u031b",
    "textcommabelow": "\u0326",
}

#: The signs that accents over nothing are.
LONE_ACCENTS = {
    "\u0301": "\u00b4",
    "\u0300": "`",
    "\u0302": "^",
    "\u0308": "\u00a8",
    "\u0303": "~",
    "\u0304": "\u00af",
    "\u0327": "\u00b8",
}

#: Combining character of each accent of formulas.
MATH_ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "acute": "\u0301",
    "grave": "\u0300",
    "breve": "\u0306",
}

# Commands without a sign of their own: fonts, sizes, protection.
_SWITCHES_WORDS = """
    Large MakeLowercase MakeUppercase bf bfseries boldmath cal displaystyle em emph ensuremath
    footnotesize hbox it itshape large limits lowercase mbox mdseries noindent nolimits
    nolinkurl normalfont normalsize path protect relax rm rmfamily sc scriptsize scshape sf
    sffamily sl small text textbf textit textmd textrm textsc textsf textsl textstyle texttt
    textup tiny tt ttfamily unboldmath underline uppercase upshape url
"""
SWITCHES = frozenset(_SWITCHES_WORDS.split())

_OWN = {
    "i": "\u0131",
    "j": "\u0237",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "newline": "\n",
    "par": " ",
    "linebreak": " ",
    "textbackslash": "\\",
    "backslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textdollar": "$",
    "textunderscore": "_",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textasciigrave": "`",
    "quad": " ",
    "qquad": " ",
    "space": " ",
    "thinspace": " ",
    "nobreakspace": " ",
    "textendash": "\u2013",
    "textemdash": "\u2014",
    "textquoteleft": "\u2018",
    "textquoteright": "\u2019",
    "textquotedblleft": "\u201c",
    "textquotedblright": "\u201d",
    "lq": "\u2018",
    "rq": "\u2019",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "mod": "mod",
    "bmod": "mod",
    "pounds": "£",
    "euro": "€",
    "EUR": "€",
    "S": "§",
    "P": "¶",
    "ddag": "‡",
    "copyright": "©",
    "degree": "°",
    "slash": "/",
    "SS": "\u1e9e",
    "ne": "≠",
    "neg": "¬",
    "land": "∧",
    "lor": "∨",
    "bot": "⊥",
    "colon": ":",
    "lbrack": "[",
    "rbrack": "]",
    "hyphen": "-",
    "nobreakdash": "",
    "allowbreak": "",
    "checkmark": "✓",
    "glqq": "„",
    "grqq": "“",
    "flqq": "«",
    "frqq": "»",
    "glq": "‚",
    "grq": "‘",
    "flq": "‹",
    "frq": "›",
}
_FUNCTIONS_WORDS = """
    arccos arcsin arctan arg cos cosh cot deg det dim exp gcd hom inf ker lg lim liminf limsup
    ln log max min Pr sec sin sinh sup tan tanh
"""


def _symbols() -> dict[str, str]:
    table: dict[str, str] = {}
    for spec in get_default_latex_context_db().iter_macro_specs():
        shown = spec.simplify_repl
        name = spec.macroname
        if isinstance(shown, str) and shown and "%" not in shown and name.isalpha():
            table.setdefault(name, shown)
    for name in list(table):
        if name in SWITCHES or name in ACCENTS:
            del table[name]
    functions = {name: name for name in _FUNCTIONS_WORDS.split()}
    return table | functions | _OWN


#: What stands for each command without arguments.
SYMBOLS = _symbols()

#: For words in text: "1st" stays legible.
SMALL_SUPERSCRIPTS = dict(zip("0123456789+-\u2212=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
SUPERSCRIPTS = SMALL_SUPERSCRIPTS | dict(
    zip(
        "abcdefghjklmoprstuvwxyzABDEGHIJKLMNOPRTUVW*",
        "ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ*",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip("0123456789+-\u2212=()aeoxhklmnpstijruv", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", strict=True)
)

#: What commands are when they stand raised in a formula.
RAISED = {
    "circ": "°",
    "prime": "\u2032",
    "ast": "*",
    "star": "*",
    "top": "ᵀ",
    "dagger": "†",
}

DOUBLE_STRUCK = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
DOUBLE_STRUCK |= {sign: chr(0x1D538 + ord(sign) - ord("A")) for sign in "ABDEFGIJKLMOSTUVWXY"}
