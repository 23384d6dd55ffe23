"""The corpus of files to import, read."""

from pathlib import Path

from reviewkit.formats import Candidate, Understood, read

CORPUS = Path(__file__).parents[1] / "corpus" / "imports"


def understood(name: str) -> Understood:
    return read((CORPUS / name).read_bytes(), name)


def titled(found: Understood, title: str) -> Candidate:
    """The one candidate whose title begins so."""
    (paper,) = (each for each in found.candidates if each.fields["title"].startswith(title))
    return paper


def lines(found: Understood) -> list[int | None]:
    return [problem.line for problem in found.problems]
