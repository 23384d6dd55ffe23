"""Renewing a notebook's citations and bibliography after an edit, against pandoc by hand."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.report import Figure
from reviewkit.errors import MissingProgramError
from reviewkit.pandoc import installed, run
from reviewkit.project import Project

_LIBRARY = 1000
_CITED = 100
#: A thesis cites so many.
_MANY = 400
_STYLES = ("apa", "ieee", "chicago-author-date", "nature", "acm")


def _entry(number: int) -> str:
    names = f"Surname{number % 97}, Ada and Other{number % 31}, Bob and Third{number % 7}, Cy"
    return (
        f"@article{{key{number}, author = {{{names}}}, title = {{On the Matter of {number} Small "
        f"Things}}, journal = {{Journal of Matters {number % 13}}}, year = {1990 + number % 30}, "
        f"volume = {{{number % 40}}}, pages = {{{number}--{number + 9}}}, "
        f"doi = {{10.1000/{number}}}}}\n"
    )


def _cpu(task: Callable[[], object]) -> float:
    """Processor seconds of this process and of those that it starts."""

    def now() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    begin = now()
    task()
    return now() - begin


def _by_hand(texts: Sequence[str], files: Mapping[str, bytes]) -> None:
    options = ("--citeproc", "--csl=s.csl", "--bibliography=r.bib")
    run("\n\n".join(texts), "markdown", "html", *options, files=files)


def measure(folder: Path) -> Iterator[Figure]:
    """Processor seconds of one refresh in some styles, and the peak of memory."""
    try:
        installed()
    except MissingProgramError:
        return
    folder.mkdir()
    bib = folder / "references.bib"
    bib.write_text("".join(map(_entry, range(_LIBRARY))), encoding="utf-8")
    csl = Path(os.path.abspath(__file__)).parents[1] / "src/reviewkit/citing/csl"
    files = {"r.bib": bib.read_bytes()}
    with Project(folder, reviewer="bench", watch=False) as project:
        for cited in (_CITED, _MANY):
            texts = [f"Text [@key{n * 2}, p. 3] and more." for n in range(cited)]
            project.show_citations(texts, "acs")
            for number, style in enumerate(_STYLES):
                # As after an edit: one text is new, and another citation is in it.
                texts[0] = f"Edited {number}: [@key{901 + number * 2}]."
                ours = _cpu(lambda style=style, now=texts: project.show_citations(now, style))
                name = {"acm": "association-for-computing-machinery"}.get(style, style)
                given = files | {"s.csl": (csl / f"{name}.csl").read_bytes()}
                theirs = _cpu(lambda given=given, now=texts: _by_hand(now, given))
                what = f"refresh of {cited} citations, library of {_LIBRARY:,}, {style}"
                yield Figure(what, ours, "CPU s", "pandoc on the whole .bib", theirs)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure("most memory of a pandoc process, with those of the rival", peak, "MB")
