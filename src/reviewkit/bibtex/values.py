"""One field's value: from its right-hand side to Unicode text and back, exactly.

Three kinds of fields. *Verbatim* ones hold no TeX (links, identifiers, files, Markdown,
our own): their text is what stands between the delimiters. *Prose* (abstracts and other
long texts) and all *others* hold TeX. Whatever text is written comes back equal.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from itertools import pairwise

from reviewkit.bibtex.grammar import pieces
from reviewkit.bibtex.latex import latex_to_text
from reviewkit.errors import BibtexError

#: Gives the TeX of a macro's name in lower case; None where it is not defined.
Macros = Callable[[str], str | None]

#: So many characters may macros bring into one value: macros that double each other would
#: fill the memory.
LONGEST_EXPANSION = 10_000

MONTHS = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}

_VERBATIM_WORDS = """
    archiveprefix bibsource biburl citeulike-linkout-0 code comment creationdate crossref doi
    entryset eprint eprintclass eprinttype file files groups howpublished-url ids isbn issn
    localfile modificationdate owner path pdf pmcid pmid primaryclass printed priority ps
    qualityassured ranking rating read readstatus related relevance review timestamp url
    urldate verba verbb verbc xdata xref
"""
_VERBATIM = frozenset(_VERBATIM_WORDS.split())
_VERBATIM_STARTS = (
    "comment-",
    "reviewkit",
    "ranking-",
    "readstatus-",
    "priority-",
    "bdsk-",
    "date-",
    "local-",
    "url-",
    "colrev_",
    "mendeley-",
    "citeulike-",
)
_PROSE_WORDS = """
    abstract annotation annote note notes
"""
_PROSE = frozenset(_PROSE_WORDS.split())
#: `--` is no dash here, it is what people and programs expect to read and write.
_NO_LIGATURES_WORDS = """
    date day eid issue month number pages version volume year
"""
_NO_LIGATURES = frozenset(_NO_LIGATURES_WORDS.split())
#: Read by programs more than typeset: signs that only trouble LaTeX stay as they are.
_LIGHT_WORDS = """
    keyword keywords tags
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())

# In verbatim text these commands stand for what could not be written as it is; a text
# that holds such a command itself gets its backslash spelled out.
# Letters below 128 fit into every file, so that `\char126{}` in an address is left alone.
_LETTER = r"char(?:13|12[89]|1[3-9]\d|[2-9]\d\d|[1-9]\d{3,6})"
_STAND_IN = rf"(?:textbrace(?:left|right)|{_LETTER})\{{\}}"
_LITERAL_STAND_IN = re.compile(r"\\(?=(?:textbackslash\{\})*" + _STAND_IN + ")")
_READ_STAND_IN = re.compile(
    r"\\textbackslash\{\}(?=(?:textbackslash\{\})*" + _STAND_IN + r")"
    rf"|\\textbrace(left|right)\{{\}}|\\({_LETTER})\{{\}}"
)

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "\n": r"\newline{}",
}
_LIGHT_ESCAPES = {sign: _ESCAPES[sign] for sign in "\\~$\n"}
_BREAKS = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)|(?<= )(?= )")
_DOUBLE_BLANK = re.compile(r"(?<= )(?= )")
_FORMULA = re.compile(
    r"(?<![\\$])\$(?![\s$])[^$\\%]*(?:\\[A-Za-z,;:!{}|][^$\\%]*)*(?<![\s\\])\$(?![\d$])"
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")
_SPECIAL = re.compile(rf"[{{}}\\~^$&#%_`\n]|{_CONTROL.pattern}")


def is_verbatim(name: str) -> bool:
    """True for a field that holds no TeX: its text is never decoded or escaped."""
    name = name.lower()
    return name in _VERBATIM or name.startswith(_VERBATIM_STARTS)


def balanced(text: str) -> bool:
    """True if the text's braces pair up, counted as BibTeX does: escaped ones count too."""
    depth = 0
    for sign in re.findall(r"[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def no_macros(name: str) -> str | None:
    """Only the months are defined."""
    return MONTHS.get(name)


def resolve(raw: str, macros: Macros = no_macros) -> str:
    """TeX of a right-hand side: macros put in, parts joined, delimiters taken off.

    A macro that is not defined stands for its own name, and so do those that would make
    the value longer than `LONGEST_EXPANSION`.
    """
    if raw[:1] == "{" and raw[-1:] == "}" and "}" not in raw[1:-1]:
        return raw[1:-1]
    parts = _parts(raw)
    texts: list[str] = []
    room = LONGEST_EXPANSION
    for part in parts:
        text = _part(part, macros)
        if len(text) > len(part):
            room -= len(text)
            if room < 0:
                text = part
        texts.append(text)
    return "".join(texts)


def is_too_long(raw: str, macros: Macros) -> bool:
    """Whether macros stay out of the right-hand side because its text would be too long."""
    texts = ((part, _part(part, macros)) for part in _parts(raw))
    return sum(len(text) for part, text in texts if len(text) > len(part)) > LONGEST_EXPANSION


def _parts(raw: str) -> list[str]:
    data = raw.encode("utf-8", "surrogateescape")
    return [part.decode("utf-8", "surrogateescape") for part in pieces(data)]


def _part(part: str, macros: Macros) -> str:
    if part[:1] in ("{", '"'):
        return part[1:-1]
    if part.isdigit():
        return part
    known = macros(part.lower())
    return part if known is None else known


def tex_to_value(name: str, tex: str) -> str:
    """Unicode text of a field's TeX."""
    name = name.lower()
    if is_verbatim(name):
        text = tex.replace("\r\n", "\n") if "\r" in tex else tex
        return _READ_STAND_IN.sub(_stand_in, text) if "\\" in text else text
    return latex_to_text(tex, prose=name in _PROSE, ligatures=name not in _NO_LIGATURES)


def _stand_in(found: re.Match[str]) -> str:
    if found[2]:
        number = int(found[2].removeprefix("char"))
        surrogate = 0xD800 <= number < 0xE000
        return found[0] if surrogate or number > sys.maxunicode else chr(number)
    return {"left": "{", "right": "}"}.get(found[1], "\\")


def decode_value(name: str, raw: str, macros: Macros = no_macros) -> str:
    """Unicode text of a right-hand side, with macros, `#` and TeX resolved."""
    return tex_to_value(name, resolve(raw, macros))


def encode_value(name: str, text: str) -> str:
    """Right-hand side in braces that `decode_value` reads back as exactly this text.

    In TeX fields formulas between dollars stay TeX where the field shows them as they
    are (prose); everything else that TeX would read is escaped. In verbatim fields only
    braces that do not pair up are replaced.

    Raises
    ------
    BibtexError
        The text holds something that no right-hand side can say (lone surrogates).
    """
    name = name.lower()
    if is_verbatim(name):
        candidates = [_verbatim(text)]
    else:
        # From the nicest to the safest; each is tried by reading it back.
        prose = name in _PROSE
        candidates = [_tex(name, text, formulas=prose, paragraphs=prose)]
        if prose:
            candidates.append(_tex(name, text, formulas=False, paragraphs=True))
            candidates.append(_tex(name, text, formulas=False, paragraphs=False))
    for body in candidates:
        if balanced(body) and tex_to_value(name, body) == text:
            return "{" + body + "}"
    raise BibtexError(
        f"The text for the field {name!r} cannot be written in BibTeX; "
        "take out its control characters and try again.",
        text=text[:80],
    )


def _verbatim(text: str) -> str:
    text = _LITERAL_STAND_IN.sub(lambda _: r"\textbackslash{}", text)
    text = text.replace("\r", r"\char13{}")
    return text if balanced(text) else _spell_unpaired(text)


def _spell_unpaired(text: str) -> str:
    """Braces without a partner as commands; the others stay."""
    unpaired: dict[int, str] = {}
    opened: list[int] = []
    skip: set[int] = set()
    # The braces of our own `{}` pair up anyway and must not become partners of others.
    for found in re.finditer(rf"\\(?:textbackslash|{_LETTER})\{{\}}", text):
        skip.update((found.end() - 2, found.end() - 1))
    for found in re.finditer(r"[{}]", text):
        at = found.start()
        if at in skip:
            continue
        if found[0] == "{":
            opened.append(at)
        elif opened:
            opened.pop()
        else:
            unpaired[at] = r"\textbraceright{}"
    unpaired.update(dict.fromkeys(opened, r"\textbraceleft{}"))
    parts: list[str] = []
    last = 0
    for at in sorted(unpaired):
        parts += (text[last:at], unpaired[at])
        last = at + 1
    return "".join(parts) + text[last:]


def _tex(name: str, text: str, *, formulas: bool, paragraphs: bool) -> str:
    parts: list[str] = []
    last = 0
    for found in _FORMULA.finditer(text) if formulas else ():
        if balanced(found[0]) and "\n" not in found[0] and "  " not in found[0]:
            parts += (_escape(name, text[last : found.start()], paragraphs), found[0])
            last = found.end()
    parts.append(_escape(name, text[last:], paragraphs))
    body = "".join(parts)
    if body[:1] == " ":
        body = "{}" + body
    if body[-1:] == " ":
        body += "{}"
    return body


def _escape(name: str, text: str, keep_paragraphs: bool) -> str:
    breaks = _DOUBLE_BLANK if name in _NO_LIGATURES else _BREAKS
    escapes = _LIGHT_ESCAPES if name in _LIGHT else _ESCAPES
    if name not in _NO_LIGATURES and name not in _PROSE:
        # Two of them would be read as quotes around what stands between.
        escapes = escapes | {"`": r"\textasciigrave{}"}
    left, right = (r"\{", r"\}") if balanced(text) else (r"\textbraceleft{}", r"\textbraceright{}")
    escapes = escapes | {"{": left, "}": right}

    def spelled(found: re.Match[str]) -> str:
        sign = found[0]
        control = rf"\char{ord(sign)}{{}}" if _CONTROL.match(sign) else sign
        return escapes.get(sign, control)

    parts: list[str] = []
    paragraphs = text.split("\n\n") if keep_paragraphs else [text]
    for paragraph in paragraphs:
        bounds = [0, *(found.start() for found in breaks.finditer(paragraph)), len(paragraph)]
        pieces = (paragraph[start:end] for start, end in pairwise(bounds))
        parts.append("{}".join(_SPECIAL.sub(spelled, piece) for piece in pieces))
    return "\n\n".join(parts)
