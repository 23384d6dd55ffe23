"""Papers out of files and pasted text, recognised by content.

One importer a file; adding a format is one module and one line in `IMPORTERS`. Whoever
calls `read` adds all candidates in one step or none of them.
"""

from __future__ import annotations

from dataclasses import replace

from reviewkit.errors import FormatError
from reviewkit.formats.archive import unpacked
from reviewkit.formats.awesome import AwesomeImporter
from reviewkit.formats.bib import BibImporter
from reviewkit.formats.csljson import CslJsonImporter
from reviewkit.formats.dailypapers import DailyPapersImporter
from reviewkit.formats.decoding import decoded
from reviewkit.formats.digest import DigestImporter
from reviewkit.formats.endnotexml import EndNoteXmlImporter
from reviewkit.formats.importer import Candidate, Identifier, Importer, Understood
from reviewkit.formats.named import NamedImporter
from reviewkit.formats.nbib import NbibImporter
from reviewkit.formats.ris import RisImporter
from reviewkit.formats.sheet import SheetImporter
from reviewkit.records import Problem, as_json

__all__ = ["IMPORTERS", "Candidate", "Identifier", "Importer", "Understood", "read"]

#: Formats in the order in which they are tried: the surest signs first.
IMPORTERS: tuple[Importer, ...] = (
    DailyPapersImporter(),
    CslJsonImporter(),
    EndNoteXmlImporter(),
    NbibImporter(),
    RisImporter(),
    SheetImporter(),
    AwesomeImporter(),
    BibImporter(),
    DigestImporter(),
    # Every text with an address in it: the last resort.
    NamedImporter(),
)

#: Problems that a message spells out; all of them are in the error's `problems`.
_SPELT_OUT = 5


def read(data: bytes, name: str = "") -> Understood:
    """Papers that a file or pasted text holds.

    Parameters
    ----------
    data
        The bytes as they are; UTF-8 (with or without mark), UTF-16 with mark or else
        Windows-1252 line by line, the last of which is noted as a problem.
    name
        What to call the text in messages; the format never depends on it.

    Raises
    ------
    FormatError
        If nothing can be taken: no text (binary, empty), a web page, a text of no known
        format, or one without a single whole paper. Says what was understood, and what was
        not with line numbers.
    """
    what = name or "The text"
    text, notes = decoded(unpacked(data) or data, what)
    importer = next((each for each in IMPORTERS if each.recognises(text)), None)
    if importer is None:
        raise _not_understood(text, what)
    found = importer.read(text)
    problems = (*notes, *found.problems)
    if not found.candidates and not found.identifiers:
        problems = problems or (Problem(1, "nothing in it is a paper"),)
        raise FormatError(
            f"{what} was understood as {importer.name}, but holds no whole paper; "
            f"nothing was added.{_spelt_out(found.problems)}",
            [as_json(problem) for problem in problems],
        )
    return replace(found, problems=problems)


def _not_understood(text: str, what: str) -> FormatError:
    lines = text.split("\n")
    number, first = next((n, line.strip()) for n, line in enumerate(lines, 1) if line.strip())
    *names, last = (each.name for each in IMPORTERS)
    shown = first if len(first) <= 60 else first[:57] + "..."
    problem = Problem(number, "not the beginning of any known format", shown)
    return FormatError(
        f"{what} was not understood: line {number} ({shown!r}) begins no known format, and no "
        f"title followed by its abstract was found. Known are {', '.join(names)} and {last}. "
        "Nothing was added.",
        [as_json(problem)],
    )


def _spelt_out(problems: tuple[Problem, ...]) -> str:
    told = [
        f" Line {problem.line}: {problem.reason}." if problem.line else f" {problem.reason}."
        for problem in problems[:_SPELT_OUT]
    ]
    rest = len(problems) - _SPELT_OUT
    return "".join(told) + (f" And {rest} more." if rest > 0 else "")
