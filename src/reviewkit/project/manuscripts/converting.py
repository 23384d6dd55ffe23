"""The citations of a manuscript in other syntaxes, turned into pandoc's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from functools import cached_property
from pathlib import Path
from typing import Any

from reviewkit.citations.conversion import Change, Left
from reviewkit.citations.converting import Converted, Place, converted
from reviewkit.citations.manuscript import decoded
from reviewkit.files.replace import replace as replace_file
from reviewkit.library import Library
from reviewkit.matching import Facts, Index, facts_of, normal_doi
from reviewkit.project.history.healing import Healed
from reviewkit.project.manuscripts.cited import read

#: How often a save that meets our writing is converted anew before we give up.
_ROUNDS = 5


@dataclass(frozen=True)
class ConvertResult:
    """What converting did, or with a dry run would do.

    `diff` is a unified diff of the file; `changes` and `left` say in words what is changed and
    what stays and why, each with its place. `kept` is where the file is now as it was.
    """

    path: Path
    diff: str
    changes: tuple[str, ...]
    left: tuple[str, ...] = ()
    done: bool = False
    kept: Path | None = None
    message: str = ""


class Converting(Healed):
    """What can be done to the citations of a manuscript."""

    def convert_citations(
        self, path: str | os.PathLike[str], *, dry_run: bool = False
    ) -> ConvertResult:
        """Write a notebook's or Markdown file's citations in pandoc's way; all else stays.

        Read are MyST's roles, LaTeX's commands (natbib and biblatex, with their notes), `<cite
        data-cite>`, jupyterlab-citation-manager's marks and `<doi:...>`. What pandoc has no form
        for is left and told. What the file was goes to the trash, which keeps it for a week.

        Parameters
        ----------
        dry_run
            Only say what would be done.

        Raises
        ------
        FormatError
            It cannot be read, or is LaTeX.
        """
        target = Path(path).expanduser()
        data = read(target)
        found = self._converted(target, data)
        kept: Path | None = None
        machine, trash = self._store.machine, self._store.layout.trash
        for _ in range(_ROUNDS):
            if dry_run or found.data == data:
                break
            replaced = replace_file(target, found.data, trash, machine)
            kept = replaced.kept
            if replaced.came_out is None or replaced.came_out == data:
                break
            # Somebody saved in between: that is converted, too.
            data = replaced.came_out
            found = self._converted(target, data)
        return _result(target, data, found, kept, done=not dry_run)

    def _converted(self, path: Path, data: bytes) -> Converted:
        with self._lock:
            papers = _Papers(self._sync.library)
            return converted(path.name, data, papers.by_doi, papers.by_item)


class _Papers:
    """The papers of a library by what tells them apart."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def _index(self) -> Index:
        return Index(self._library.facts())

    def by_doi(self, doi: str) -> str | None:
        known = normal_doi(doi)
        return None if known is None else self._index.find(facts_of({"doi": known}))

    def by_item(self, item: Mapping[str, Any]) -> str | None:
        return self._index.find(_facts(item))


def _facts(item: Mapping[str, Any]) -> Facts:
    """What tells a paper of CSL-JSON from others; nothing of it is trusted to be there."""
    people = item.get("author")
    names = [
        f"{one.get('family') or one.get('literal') or ''}, {one.get('given') or ''}".strip(", ")
        for one in (people if isinstance(people, list) else ())
        if isinstance(one, dict)
    ]
    texts = {"title": item.get("title"), "doi": item.get("DOI"), "url": item.get("URL")}
    fields = {name: value for name, value in texts.items() if isinstance(value, str)}
    return facts_of({**fields, "author": " and ".join(filter(None, names))})


def _result(
    path: Path, data: bytes, found: Converted, kept: Path | None, *, done: bool
) -> ConvertResult:
    old, new = (decoded(path.name, text).splitlines() for text in (data, found.data))
    diff = "\n".join(unified_diff(old, new, f"a/{path.name}", f"b/{path.name}", "", "", 0, ""))
    number = len(found.changes)
    what = "1 citation" if number == 1 else f"{number} citations"
    told = f"{what} {'written' if done else 'would be written'} in pandoc's way"
    if found.left:
        told += f", {len(found.left)} left"
    if kept is not None:
        told += f"; as it was it is {kept}"
    changes = tuple(map(_words, found.changes))
    left = tuple(map(_words, found.left))
    return ConvertResult(path, f"{diff}\n" if diff else "", changes, left, done, kept, told)


def _words(place: Place) -> str:
    if isinstance(place.what, Change):
        before = " ".join(place.what.before.split())
        return f"{place.where}: {before} → {place.what.after}"
    assert isinstance(place.what, Left)
    return f"{place.where}: {place.what.text}: {place.what.reason}"
