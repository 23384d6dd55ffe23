"""From a library to a survey: topics, the comparison matrix, a draft, and documents of it."""

from __future__ import annotations

import random
import resource
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pandas as pd

from benchmarks import made
from benchmarks.report import Figure, seconds
from reviewkit.errors import MissingDependencyError, MissingProgramError
from reviewkit.pandoc import run
from reviewkit.project import Project, open_project

#: Columns of the matrix, and papers of which each has values.
_COLUMNS = 20
_FILLED = 500
#: Papers of the draft that becomes documents.
_DRAFTED = 106
_PAGE = 100


def _cpu(task: Callable[[], object]) -> float:
    """Processor seconds of this process and of those that it starts."""
    begin = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = seconds(task)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own + end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime


def measure(folder: Path, size: int) -> Iterator[Figure]:
    """Processor seconds of each step in a library of this size, and the peak of memory."""
    made.write(folder, size)
    with open_project(folder, reviewer="bench", watch=False) as project:
        try:
            yield from _topics(project)
        except MissingDependencyError:
            return
        yield from _matrix(project)
    made.write(folder / "small", _DRAFTED)
    with open_project(folder / "small", reviewer="bench", watch=False) as project:
        for number, key in enumerate(project):
            project.review(key, rating=1 + number % 5, tags=[f"tag {number % 8}"], note="*Good.*")
        project.flush()
        try:
            yield from _documents(project)
        except MissingProgramError:
            return


def _topics(project: Project) -> Iterator[Figure]:
    texts = [f"{paper.title}. {paper.abstract or ''}" for paper in project.papers()]
    found = project.topics()
    ours = _cpu(lambda: project.topics(len(found.topics)))

    def plain() -> None:
        words = import_module("sklearn.feature_extraction.text").TfidfVectorizer(
            stop_words="english"
        )
        factors = import_module("sklearn.decomposition").NMF(len(found.topics), max_iter=200)
        factors.fit_transform(words.fit_transform(texts))

    rival = "scikit-learn's TF-IDF and NMF, with its own settings"
    yield Figure(f"{len(texts):,} papers: topics", ours, "CPU s", rival, _cpu(plain))


def _matrix(project: Project) -> Iterator[Figure]:
    keys, random_ = list(project), random.Random(5)
    names = [f"Column {number}" for number in range(_COLUMNS)]
    for name in names:
        project.add_column(name, "number", unit="ms", about="")
    cells = [(random_.choice(keys), random_.choice(names), n) for n in range(_FILLED)]
    for key, name, value in cells:
        project.fill(key, name, value)
    what = f"matrix of {len(keys):,} papers by {_COLUMNS} columns"

    def page() -> None:
        sheet = project.sheet()
        for key in sheet.keys[:_PAGE]:
            sheet.row(key)
        for column in sheet.columns:
            sheet.counts(column)

    def frame() -> None:
        table = pd.DataFrame(cells, columns=["key", "name", "value"])
        wide = table.pivot_table("value", "key", "name", "last").reindex(keys, columns=names)
        wide.notna().sum()
        wide[:_PAGE].to_dict("records")

    rival = "pandas: the same cells pivoted and counted"
    yield Figure(f"{what}: a page and all counts", _cpu(page), "CPU s", rival, _cpu(frame))
    edit = _cpu(lambda: project.fill(keys[0], names[0], 7))
    yield Figure(f"{what}: one edit", edit, "CPU s")


def _documents(project: Project) -> Iterator[Figure]:
    notebook = project.root / "survey.ipynb"
    what = f"{_DRAFTED} papers"
    yield Figure(f"{what}: a draft", _cpu(lambda: project.draft(notebook, by="tag")), "CPU s")
    yield Figure(f"{what}: the draft again", _cpu(lambda: project.draft(notebook)), "CPU s")
    bib = {"r.bib": (project.root / "references.bib").read_bytes()}
    text = run(notebook.read_text(encoding="utf-8"), "ipynb", "markdown").decode()
    options = ("--citeproc", "--bibliography=r.bib", "--standalone", "--number-sections")
    theirs = _cpu(lambda: run(text, "markdown", "html", *options, files=bib))
    for form in ("html", "docx", "pdf"):
        out = project.root / f"survey.{form}"
        ours = _cpu(lambda out=out: project.export(out, used_in=notebook))
        rival = "pandoc: its Markdown to HTML, without outputs"
        yield Figure(f"{what}: the draft as {form}", ours, "CPU s", rival, theirs)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure("most memory of a process of pandoc or Typst so far", peak, "MB")
