"""What was found in a manuscript: the citations, and the uses of keys they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

#: How sure it is that a citation was meant. "certain": by its syntax, even where the key
#: is unknown; "bare": `@word`, which may be a person's handle; "guess": by a LaTeX
#: command that only looks like one that cites; "everything": `\nocite{*}`.
Kind = Literal["certain", "bare", "guess", "everything"]

# Cross references of Quarto and pandoc-crossref are written like citations.
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)"
    r"[-:]"
)
# A word with a year or number of two digits at least, as handles seldom are.
_CITEKEY_LIKE = re.compile(r"[^\W\d].*\d\d.*")


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited key and where it is cited first.

    `line` counts from 1, within the cell if there is one; `cell` counts all cells of the
    notebook from 1 (None: not a notebook).
    """

    key: str
    line: int
    cell: int | None = None

    @property
    def where(self) -> str:
        """The place in words: "line 12" or "cell 3, line 2"."""
        return f"line {self.line}" if self.cell is None else f"cell {self.cell}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Citations:
    r"""All that a manuscript cites, each key once, in the order of first use.

    `known` are keys of the library; `unknown` are surely meant as keys but not in it.
    `everything` is true if the manuscript asks for the whole library (`\nocite{*}`).
    """

    known: tuple[Citation, ...] = ()
    unknown: tuple[Citation, ...] = ()
    everything: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The cited keys that the library has, in order of first use."""
        return tuple(citation.key for citation in self.known)

    @property
    def unknown_keys(self) -> tuple[str, ...]:
        """The cited keys that the library lacks, in order of first use."""
        return tuple(citation.key for citation in self.unknown)


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a key: the key, its offset in the text, and how sure it is."""

    key: str
    at: int
    kind: Kind = "certain"

    def as_certain(self) -> Use:
        """Equal use, in a syntax that leaves no doubt."""
        return replace(self, kind="certain") if self.kind == "bare" else self


@dataclass(frozen=True, slots=True)
class Place:
    """The text of one cell or file, with the uses found in it."""

    text: str
    uses: tuple[Use, ...]
    cell: int | None = None


def gather(places: Iterable[Place], known: Iterable[str], aliases: Mapping[str, str]) -> Citations:
    """Citations of all places in their order, told apart by what the library has."""
    keys = {**aliases, **{key: key for key in known}}
    cited: dict[str, Citation] = {}
    missing: dict[str, Citation] = {}
    everything = False
    for place in places:
        for use in sorted(place.uses, key=lambda use: use.at):
            if use.kind == "everything":
                everything = True
                continue
            key = next((keys[name] for name in readings(use) if name in keys), None)
            into = cited if key is not None else missing
            if key is None and not is_meant(use):
                continue
            key = use.key if key is None else key
            if key not in into:
                line = place.text.count("\n", 0, use.at) + 1
                into[key] = Citation(key, line, place.cell)
    return Citations(tuple(cited.values()), tuple(missing.values()), everything)


def readings(use: Use) -> Iterator[str]:
    """The keys that a use may mean, likeliest first."""
    yield use.key
    # Pandoc takes these signs into a key, but a person has set emphasis, a tag or an
    # entity around or after it.
    yield use.key.rstrip("_")
    yield re.split("[<&]", use.key)[0]


def is_meant(use: Use) -> bool:
    """Whether a use whose key no paper has is to be told of: neither handle nor figure."""
    if use.kind == "guess" or _CROSS_REFERENCE.match(use.key):
        return False
    return use.kind == "certain" or _CITEKEY_LIKE.fullmatch(use.key) is not None
