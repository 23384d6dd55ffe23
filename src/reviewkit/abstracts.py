r"""Abstracts as people read them: debris of a page's copy mended, links found.

A page that shows an arXiv abstract drops the dollar signs and the backslashes of TeX
words but keeps ``\%``: "2.25times", "sim 80%", "98\%". The stored text is never changed;
`display` computes a readable form of it, and leaves alone whatever might be English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

from reviewkit.records import Link

# What mending must not enter: addresses, maths that is still marked as such, code.
_PROTECTED = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\\$])\$\$.+?\$\$"
    r"|(?<![\\$])\$(?![\s$])(?:[^$\\]|\\.)*?(?<![\s\\])\$(?![\d$])"
    r"|\\\(.+?\\\)|\\\[.+?\\\]"
    r"|`[^`]*`",
    re.DOTALL,
)

_TIMES = "\N{MULTIPLICATION SIGN}"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
# "sim2%" is about 2 %, "sim2real" is a word: only a unit may follow the number.
_AFTER_AMOUNT = (
    r"(?![\d.,]*\d)(?=(?:[KMBTGkmbtg]|[KMGT]?i?B(?:/s)?|[KMGT]?Hz|[mµun]s|s|h|x|X|px|fps|FPS|"
    r"GPUs?|CPUs?)?(?![A-Za-z]))"
)
_SIM_AS_A_WORD = re.compile(r"(?<![\w\\])[Ss]im(?:2[A-Za-z]|\b(?! ?[\dA-Z(\\_{]))")
_ABOUT = re.compile(rf"(?<![\w\\/.-])\\?sim ?(?={_NUMBER}{_AFTER_AMOUNT})")
_RANGE = re.compile(rf"(?<=\d)([{_TIMES}%])? ?\\?sim ?(?={_NUMBER}(?:times)?{_AFTER_AMOUNT})")

_FACTOR = re.compile(r"(?<=[\d}])\\?times(?![a-z])")
_SECOND_FACTOR = re.compile(rf"(?<={_TIMES})((?:,| and| or| to|, and) {_NUMBER}) times\b")
_SIZE = re.compile(
    rf"(?<![\w.,-])({_NUMBER}) times ({_NUMBER})(?![\w^]|[.,]\d|-[A-Za-z])( [a-z]+)?"
)
_POWER = re.compile(rf"(?<![\w.,-])({_NUMBER}) times (?=10\^)")
_SIZED = re.compile(
    r" (?:pixels?|px|images?|resolution|grids?|matri(?:x|ces)|patch(?:es)?|kernels?|arrays?|tiles|"
    r"blocks|crossbars?)"
)

_TIE = re.compile(
    r"(?<=[A-Za-z]{2})~(?=[A-Za-z]{2})"
    r"|(?<=\bet al\.)~"
    r"|(?:(?<=\bFig\.)|(?<=\bFigs\.)|(?<=\bSec\.)|(?<=\bEq\.)|(?<=\bTable)|(?<=\bFigure)"
    r"|(?<=\bSection)|(?<=\bEquation)|(?<=\bAlgorithm)|(?<=\bTheorem))~(?=\d)"
)

_WORDS = {
    "leq": "≤",
    "geq": "≥",
    "cdot": "·",
    "ldots": "…",
    "cdots": "⋯",
    "infty": "∞",
    "rightarrow": "→",
}
# Neither English nor parts of English words, unless letters stand on both sides.
_WORD = re.compile(rf"(?<![A-Za-z]{{2}})\\?({'|'.join(_WORDS)})(?![a-z])")
_GREEK = (
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|chi|"
    "psi|omega|ell"
)
_INDEXED_GREEK = re.compile(
    rf"(?<![\w\\])\\?({_GREEK})(?=_(?:\d{{1,2}}|\{{\d{{1,2}}\}})(?![\w{{^]))"
)
_SUBSCRIPT = re.compile(
    r"(?<![\w/.\\-])([A-Za-z\u03b1-\u03c9\u2113]|CO|NO|SO|NH|CH)_(?:\{(\d{1,2})\}|(\d{1,2}))(?![\w{^]|\.[a-z])"
)
_SUPERSCRIPT = re.compile(r"(?<=[A-Za-z\d)])\^(?:\{(-?\d{1,3})\}|(-?\d{1,3}))(?![\w{^.])")
_DEGREES = re.compile(r"(?<=\d)\^(?:\{\\?circ\}|\\?circ(?![a-z]))")
_SPREAD = re.compile(r"(?<=\.\d)(\d*%?) ?\\?pm ?(?=\d+\.\d)")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

_ESCAPED = re.compile(r"\\([%&#_])")
_ACCENTS = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
}
_ACCENTED = re.compile(
    r"""\{\\(["'`^~=.])\{?([A-Za-z])\}?\}|\\(["'`^~=.])(?:\{([A-Za-z])\}|([A-Za-z]))"""
)
_STYLED = re.compile(
    r"\\?(?:textit|textbf|texttt|textsc|textrm|textsf|emph|underline|mathrm|mathbf|mathit|"
    r"mathcal|mathbb|mathsf|operatorname)\{|[{}]"
)

# Most abstracts hold nothing of this, and a list shows thousands.
_SUSPICIOUS = re.compile(
    r"[\\~^_{]|\dtimes|\d times \d|(?<!\w)sim ?\d|\dsim|pm ?\d|[lg]eq|[lc]dot|infty|rightarrow"
)

#: Rounds after which text that still changes is left alone: no honest text needs more than 3.
_ROUNDS = 12


def display(text: str) -> str:
    r"""Abstract as people read it; the text itself where nothing is surely debris.

    Factors (``2.25times``), sizes (``64times64``), "about" and ranges written with ``sim``,
    escaped signs (``98\%``), ties, powers and indices of numbers are mended. English ("83
    times smaller"), addresses, code and maths between dollar signs stay. Applying it again
    changes nothing.
    """
    if not _SUSPICIOUS.search(text):
        return text
    current = text
    for _ in range(_ROUNDS):
        mended = _outside_protected(current)
        if mended == current:
            return current
        current = mended
    return text


def _outside_protected(text: str) -> str:
    sim_is_a_word = _SIM_AS_A_WORD.search(text) is not None
    parts: list[str] = []
    end = 0
    for match in _PROTECTED.finditer(text):
        parts += (_mend(text[end : match.start()], sim_is_a_word), match.group())
        end = match.end()
    parts.append(_mend(text[end:], sim_is_a_word))
    return "".join(parts)


def _mend(text: str, sim_is_a_word: bool) -> str:
    text = _ACCENTED.sub(_accented, text)
    text = _ESCAPED.sub(r"\1", text)
    text = _unstyled(text)
    if not sim_is_a_word:
        text = _RANGE.sub(r"\1~", text)
        text = _ABOUT.sub("~", text)
    text = _FACTOR.sub(_TIMES, text)
    text = _SECOND_FACTOR.sub(rf"\1{_TIMES}", text)
    text = _SIZE.sub(_size, text)
    text = _POWER.sub(rf"\1 {_TIMES} ", text)
    text = _SPREAD.sub(r"\1 ± ", text)
    text = _TIE.sub(" ", text)
    text = _DEGREES.sub("°", text)
    text = _SUPERSCRIPT.sub(_raised, text)
    text = _WORD.sub(lambda match: _WORDS[match[1]], text)
    text = _INDEXED_GREEK.sub(lambda match: _greek(match[1]), text)
    return _SUBSCRIPT.sub(_lowered, text)


def _accented(match: re.Match[str]) -> str:
    sign, letter = match[1] or match[3], match[2] or match[4] or match[5]
    return unicodedata.normalize("NFC", letter + _ACCENTS[sign])


def _greek(name: str) -> str:
    if name == "ell":
        return "\N{SCRIPT SMALL L}"
    # Unicode spells it without the b.
    return unicodedata.lookup(f"GREEK SMALL LETTER {name.replace('lambda', 'lamda')}")


def _size(match: re.Match[str]) -> str:
    first, second, noun = match[1], match[2], match[3] or ""
    large = len(first) >= 3 and len(second) >= 3
    if first == second or large or _SIZED.fullmatch(noun):
        return f"{first} {_TIMES} {second}{noun}"
    return match[0]


def _raised(match: re.Match[str]) -> str:
    return (match[1] or match[2]).translate(_SUPERSCRIPTS)


def _lowered(match: re.Match[str]) -> str:
    return match[1] + (match[2] or match[3]).translate(_SUBSCRIPTS)


def _unstyled(text: str) -> str:
    """Text without ``textit{...}`` and its like; braces of anything else stay."""
    drop: list[tuple[int, int]] = []
    opened: list[re.Match[str]] = []
    for match in _STYLED.finditer(text):
        if match.group() != "}":
            opened.append(match)
        elif opened:
            opening = opened.pop()
            if opening.group() != "{":
                drop += (opening.span(), match.span())
    kept: list[str] = []
    end = 0
    for start, stop in sorted(drop):
        kept.append(text[end:start])
        end = stop
    kept.append(text[end:])
    return "".join(kept)


_URL = re.compile(
    r"(?<![\w@])(?:https?://"
    r"|(?<![/.:-])(?:www\.(?=[\w-]+\.[a-z]{2})"
    r"|(?=(?:gist\.)?github\.com/\w|gitlab\.com/\w|bitbucket\.org/\w|huggingface\.co/\w"
    r"|codeberg\.org/\w|[\w-]+\.github\.io\b)))"
    r"(?:(?![,;]https?://)[\w\-.~:/?#@!$&()*+,;=%]|\\[_%#&~])+",
    re.IGNORECASE,
)
_URL_SIGNS = ("://", "www.", ".com/", ".org/", ".co/", ".io")
_AFTER_URL = ".,;:!?*~$&=@+#("
_CODE_HOSTS = re.compile(
    r"(?:gist\.)?github\.com|gitlab\.com|bitbucket\.org|huggingface\.co|hf\.co|codeberg\.org|"
    r"gitee\.com|sourceforge\.net|sr\.ht|anonymous\.4open\.science|code\.google\.com|"
    r"(?:gitlab|git)\.\S+"
)


def code_links(text: str) -> tuple[Link, ...]:
    """Addresses on the web that an abstract names, each once, in the text's order.

    Only http and https, without the sentence's full stop or bracket. `kind` is code for the
    hosts of code (GitHub, GitLab, Bitbucket, Hugging Face and others), arxiv, doi, or page.
    An address without a scheme counts where it is surely one (``github.com/x/y``); https is
    put before it. One with a user's name in it (``https://github.com@other.org``) is left out.
    """
    lowered = text.lower()
    if not any(sign in lowered for sign in _URL_SIGNS):
        return ()
    links: dict[str, Link] = {}
    for match in _URL.finditer(text):
        url = _trimmed(re.sub(r"\\([_%#&~])", r"\1", match.group()))
        if not url.lower().startswith(("http://", "https://")):
            url = f"https://{url}"
        scheme, _, rest = url.partition("://")
        url = f"{scheme.lower()}://{rest}"
        kind = _kind(url)
        if kind and url not in links:
            label = rest.removeprefix("www.").rstrip("/")
            links[url] = Link(url=url, label=label, kind=kind)
    return tuple(links.values())


def _trimmed(url: str) -> str:
    """Address without the signs of the sentence around it."""
    depth = 0
    for place, sign in enumerate(url):
        depth += (sign == "(") - (sign == ")")
        if depth < 0 or (sign in ",;" and url[place + 1 :].lower().startswith("http")):
            url = url[:place]
            break
    url = url.rstrip(_AFTER_URL)
    return url if url.count("(") == url.count(")") else url[: url.rindex("(")].rstrip(_AFTER_URL)


def _kind(url: str) -> str | None:
    """Kind of a link by the host that a browser would visit; None if it is no safe link."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if "@" in parts.netloc or not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host):
        return None
    rules: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("arxiv", lambda: host == "arxiv.org" or host.endswith(".arxiv.org")),
        ("doi", lambda: host in {"doi.org", "dx.doi.org"}),
        ("page", lambda: parts.path.startswith("/papers/")),
        ("code", lambda: _CODE_HOSTS.fullmatch(host) is not None),
    )
    return next((kind for kind, holds in rules if holds()), "page")
