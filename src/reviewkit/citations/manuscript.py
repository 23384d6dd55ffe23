"""Citations of one file, by what kind of file its name says it is."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from reviewkit.citations import latex, markdown
from reviewkit.citations.found import Citations, Place, Use, gather
from reviewkit.citations.notebook import text_cells
from reviewkit.errors import FormatError

#: In what language a file is written, by the end of its name.
SUFFIXES = {
    ".ipynb": "notebook",
    ".md": "markdown",
    ".qmd": "markdown",
    ".markdown": "markdown",
    ".rmd": "markdown",
    ".tex": "latex",
    ".ltx": "latex",
    ".aux": "latex",
    ".bcf": "control",
}
#: Suffixes of files that LaTeX makes anew.
GENERATED = (".aux", ".bcf")


_NONE: Mapping[str, str] = MappingProxyType({})


def cited_keys(
    name: str, data: bytes, known: Iterable[str], aliases: Mapping[str, str] = _NONE
) -> Citations:
    """Citations of a manuscript, told apart by what the library has.

    Parameters
    ----------
    name
        The file's name or path; its suffix, one of `SUFFIXES`, says how it is read.
    data
        The file's bytes: UTF-8, or UTF-16 with a byte order mark, else Latin-1.
    known
        The library's citekeys.
    aliases
        Keys that papers once had, each with the citekey that counts as cited instead.

    Returns
    -------
    Citations
        A bare `@word` that is no key of the library is left out unless it looks like a
        citekey, for it may be a person's handle or a decorator. In every other syntax a
        key that the library lacks is reported as unknown.

    Raises
    ------
    FormatError
        The suffix is none that can be read, the file is binary, or not a notebook.

    Notes
    -----
    Read are pandoc's `[@a; @b, p. 3]`, `@a`, `[-@a]`, `@{a}`; MyST's {cite} roles;
    LaTeX's citing commands (natbib, biblatex and others); `<cite data-cite="a">`; Typst's
    `#cite(<a>)`. Code, comments, formulas, addresses and e-mails are no citations.
    """
    language = language_of(name)
    text = decoded(name, data)
    if language == "notebook":
        return gather(_cells(name, text), known, aliases)
    return gather([Place(text, tuple(uses_in(text, language, opens_file=True)))], known, aliases)


def _cells(name: str, text: str) -> Iterator[Place]:
    for cell in text_cells(name, text):
        uses = tuple(uses_in(cell.text, cell.language, opens_file=cell.number == 1))
        yield Place(cell.text, uses, cell.number)


def uses_in(text: str, language: str, *, opens_file: bool) -> Iterator[Use]:
    """Keys cited in a text of this language, and where; `opens_file`: it begins the file."""
    if language == "latex":
        return latex.uses(latex.blank(text))
    if language == "markdown":
        return markdown.uses(text, opens_file=opens_file)
    if language == "control":
        return latex.control_uses(text)
    return iter(())


def language_of(name: str) -> str:
    """The language of a file of this name.

    Raises
    ------
    FormatError
        It is none that can be searched for citations.
    """
    language = next((SUFFIXES[end] for end in SUFFIXES if name.lower().endswith(end)), None)
    if language is None:
        raise FormatError(
            f"{name} cannot be searched for citations. Name a file that ends in "
            f"{', '.join(SUFFIXES)}."
        )
    return language


def encoding_of(name: str, data: bytes) -> str:
    """The encoding that a manuscript's bytes are in; a byte order mark is one of its signs.

    Raises
    ------
    FormatError
        The bytes are not text.
    """
    if data.startswith(codecs.BOM_UTF16_LE):
        encodings = ["utf-16-le"]
    elif data.startswith(codecs.BOM_UTF16_BE):
        encodings = ["utf-16-be"]
    else:
        encodings = ["utf-8", "latin-1"]
    for encoding in encodings:
        try:
            if "\0" not in data.decode(encoding):
                return encoding
        except UnicodeDecodeError:
            continue
    raise FormatError(
        f"{name} is not text: it holds bytes that no text has. Name the notebook, Markdown or "
        "LaTeX file itself, not a picture, PDF or archive of it."
    )


def decoded(name: str, data: bytes) -> str:
    """The manuscript's text, without byte order mark and with one sign a line end.

    Raises
    ------
    FormatError
        The bytes are not text.
    """
    text = data.decode(encoding_of(name, data)).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")
