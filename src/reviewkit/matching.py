"""Is a paper already there: by DOI, by arXiv id, or by title.

Titles count as equal up to case, punctuation, TeX and diacritics, unless something else
says that the papers differ: another DOI, another arXiv id, or authors with no name in common.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ARXIV = r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
_BARE_ARXIV = re.compile(rf"(?:arxiv:\s*)?{_ARXIV}(?:\s*\[[\w.-]+\])?", re.IGNORECASE)
_NAMED_ARXIV = re.compile(
    r"(?:arxiv(?:\.org)?/(?:abs|pdf|html|ps|format|src|e-print|list)/|10\.48550/arxiv\."
    r"|huggingface\.co/papers/|(?<!\w)arxiv:\s*|arxiv preprint\s+|(?<!\w)abs/)"
    rf"{_ARXIV}(?!\d)",
    re.IGNORECASE,
)

# Registrants of preprints: a paper has such a DOI beside its publisher's.
# (10.1101 is also a publisher's, whose suffixes begin with letters.)
_PREPRINT_DOI = re.compile(
    r"10\.(?:48550|2139|21203|20944|31219|31234|36227|5281|26434|22541|31235|31223)/|10\.1101/\d"
)

# Titles that name a kind of text: equal ones prove nothing.
_GENERIC = re.compile(
    "introduction|(?:guest)?editorial|(?:editors?|guesteditors?)comments?|preface|foreword|conclusions?|discussion|abstract|erratum|"
    "corrigendum|correction|index|untitled|notitle|(?:book)?review|letter|(?:authors?)?reply|"
    "response|comment(?:ary)?|acknowledge?ments|(?:tableof)?contents|frontmatter|backmatter|"
    "overview|summary|background|appendix|panel|keynote|tutorial|inthisissue|news|obituary"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells one paper from another; None or empty: not known.

    `doi`, `arxiv` and `title` may be written in any usual way; `authors` are display names.
    """

    doi: str | None = None
    arxiv: str | None = None
    title: str = ""
    year: int | None = None
    authors: tuple[str, ...] = ()


def facts_of(fields: Mapping[str, str]) -> Facts:
    """Facts of a paper from its BibTeX fields (lower-case names, Unicode text).

    The arXiv id is looked for in eprint, url, doi, and where others put it: journal, note,
    howpublished and volume.
    """
    year = re.search(r"\d{4}", fields.get("year") or fields.get("date") or "")
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").casefold()
    arxiv = normal_arxiv(fields.get("eprint")) if archive == "arxiv" else None
    for name in ("doi", "url", "journal", "note", "howpublished", "volume"):
        arxiv = arxiv or _arxiv_in(fields.get(name, ""))
    authors = [name for name in re.split(r"\s+and\s+", fields.get("author", "")) if name]
    doi = fields.get("doi") or fields.get("url") or ""
    return Facts(
        doi=normal_doi(doi),
        arxiv=arxiv,
        title=fields.get("title", ""),
        year=int(year[0]) if year else None,
        authors=tuple(name for name in authors if name != "others"),
    )


def normal_doi(text: str | None) -> str | None:
    """DOI in lower case without resolver, prefix and escapes; None if there is none.

    An address counts only if it is one of doi.org.
    """
    if not text:
        return None
    plain = unquote(text.strip().replace("\\", "")).casefold()
    if "://" in plain and not re.match(r"https?://(?:dx\.|www\.)?doi\.org/", plain):
        return None
    found = _DOI.search(plain)
    return found[0].rstrip(".,;}") if found else None


def is_preprint_doi(doi: str) -> bool:
    """Whether a normal DOI is one that servers of preprints and archives give."""
    return _PREPRINT_DOI.match(doi) is not None


def normal_arxiv(text: str | None) -> str | None:
    """ArXiv id without version and subject class; None if there is none.

    Takes a bare id of either style ("2201.02693v2", "math.GT/0309136"), one with a prefix,
    an address, or an arXiv DOI.
    """
    if not text:
        return None
    bare = _BARE_ARXIV.fullmatch(text.strip())
    return _without_class(bare[1]) if bare else _arxiv_in(text)


def _arxiv_in(text: str) -> str | None:
    found = _NAMED_ARXIV.search(text)
    return _without_class(found[1]) if found else None


def _without_class(arxiv: str) -> str:
    return re.sub(r"\.[a-z]{2}/", "/", arxiv.casefold())


_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_TEX_STYLE = re.compile(r"\\(?:text|math)(?!ohm|degree)[a-z]+|\\(?:emph|sc|em|it|bf|tt|rm)\b")
_TEX_ACCENT = re.compile(r"\\(?:[vcHkudbrt](?![A-Za-z])|(?:aa|AA)\b)\s*")
_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|scp|sc|tt|u|p|span)(?:\s[^<>]*)?/?>", re.I)
_SPELT = ("o", "d", "l", "h", "ae", "oe", "th", "d", "and", "plus")
_SIGN_NAMES = ("i", "times", "ell", "infty", "mu", "epsilon", "phi")
_GREEK = {
    # "GREEK SMALL LETTER FINAL SIGMA"; Unicode writes lambda without the b.
    letter: unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda")
    for letter in map(chr, range(0x3B1, 0x3CA))
}
_LETTERS = str.maketrans(
    {
        **dict(zip("øđłħæœþð&+", _SPELT, strict=True)),
        **dict(zip("\u0131\u00d7\u2113\u221e\u00b5\u03f5\u03d5", _SIGN_NAMES, strict=True)),
        **_GREEK,
    }
)


def normal_title(text: str) -> str:
    r"""Title reduced to what makes it this title: letters and digits, no spaces.

    Case, punctuation, TeX, HTML styles and diacritics go; Greek letters are spelt as TeX
    spells them, so that "ε", "$\epsilon$" and "epsilon" are equal. Empty if nothing is left.
    """
    plain = fold(text)
    if plain.isascii():
        return _NOT_PLAIN.sub("", plain)
    kept = "".join(
        sign
        for sign in plain
        if sign.isalnum()
        or ("M" in unicodedata.category(sign) and not "\u0300" <= sign <= "\u036f")
    )
    return unicodedata.normalize("NFC", kept)


def fold(text: str) -> str:
    """The text with its signs, but without case, TeX, HTML styles and letters of one language.

    What is left of diacritics are combining marks.
    """
    if "<" in text or "&" in text:
        text = _TAG.sub("", html.unescape(text))
    if "\\" in text:
        text = _TEX_STYLE.sub("", text)
        text = _TEX_ACCENT.sub(lambda found: "a" if "aa" in found[0].casefold() else "", text)
        text = text.replace("\\var", "")
    text = text.casefold()
    if text.isascii():
        return text.replace("&", "and").replace("+", "plus")
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)


class Index:
    """Papers by what identifies them; one look-up costs the same in a library of any size."""

    def __init__(self, papers: Iterable[tuple[str, Facts]] = ()) -> None:
        self._dois: dict[str, str] = {}
        self._arxiv: dict[str, str] = {}
        self._titles: dict[str, list[tuple[str, Facts]]] = {}
        for citekey, facts in papers:
            self.add(citekey, facts)

    def add(self, citekey: str, facts: Facts) -> None:
        """Count this paper as there; of two with one DOI the first one is found."""
        doi, arxiv = _ids(facts)
        if doi:
            self._dois.setdefault(doi, citekey)
        if arxiv:
            self._arxiv.setdefault(arxiv, citekey)
        title = normal_title(facts.title)
        if title:
            self._titles.setdefault(title, []).append((citekey, facts))

    def find(self, facts: Facts) -> str | None:
        """Citekey of the paper that is the same; None if none is.

        A DOI decides before an arXiv id, and that before the title. Papers of one title are
        different when their arXiv ids or publishers' DOIs differ, or when both have authors
        and share no name; where the title is only a kind of text ("Editorial") the
        years must be equal too. Between several the one with a common author is taken.
        """
        doi, arxiv = _ids(facts)
        if doi and doi in self._dois:
            return self._dois[doi]
        if arxiv and arxiv in self._arxiv:
            return self._arxiv[arxiv]
        title = normal_title(facts.title)
        second: str | None = None
        for citekey, other in self._titles.get(title, ()):
            if _contradict(facts, other, generic=_GENERIC.fullmatch(title) is not None):
                continue
            if _names(facts) & _names(other):
                return citekey
            second = second or citekey
        return second


def _ids(facts: Facts) -> tuple[str | None, str | None]:
    doi = normal_doi(facts.doi)
    return doi, normal_arxiv(facts.arxiv) or _arxiv_in(doi or "")


def _names(facts: Facts) -> frozenset[str]:
    """Words of the authors' names without initials: some lists put the family name first."""
    words = (normal_title(word) for name in facts.authors for word in name.split())
    return frozenset(word for word in words if len(word) > 1)


def _contradict(one: Facts, other: Facts, *, generic: bool) -> bool:
    (doi, arxiv), (other_doi, other_arxiv) = _ids(one), _ids(other)
    if arxiv and other_arxiv and arxiv != other_arxiv:
        return True
    published = [d for d in (doi, other_doi) if d and not is_preprint_doi(d)]
    if len(published) == 2 and doi != other_doi:
        return True
    mine, theirs = _names(one), _names(other)
    if mine and theirs and not mine & theirs:
        return True
    return generic and (one.year != other.year or bool(mine) != bool(theirs))
