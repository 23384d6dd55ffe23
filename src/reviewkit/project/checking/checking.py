"""Lint of manuscripts against the library, and mending what is safe to mend."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from reviewkit import checks
from reviewkit.citations import SUFFIXES
from reviewkit.citations.editing import edited
from reviewkit.citations.manuscript import decoded
from reviewkit.errors import FormatError, ProjectError, StaleError
from reviewkit.files.replace import replace as replace_file
from reviewkit.project.checking.bypandoc import bibliographies, unsure_keys
from reviewkit.project.checking.facts import facts_of
from reviewkit.project.checking.findings import Findings
from reviewkit.project.checking.linking import Linking
from reviewkit.project.comparing.comparing import Comparing
from reviewkit.project.manuscripts.citing import Citing
from reviewkit.project.surveying.stale import stale_cells
from reviewkit.records import Claims, TextEdit
from reviewkit.store.settings import read_settings

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


@dataclass(frozen=True)
class Mended:
    """What the safe fixes do to a manuscript: a unified diff, and how many there are."""

    path: str
    diff: str
    fixes: int
    before: bytes
    after: bytes


class Checking(Linking, Citing, Comparing):
    """The part of a project that looks its manuscripts over."""

    def check(self, path: Paths, *, reviewer: str | None = None) -> Findings:
        """Look over manuscripts: what they cite, claim and show against what is known here.

        Parameters
        ----------
        path
            Notebooks, Markdown, Quarto or LaTeX files; several are checked together, so
            that a paper that one of them cites is not missed in another.
        reviewer
            On whose behalf: only their private notes are looked for. None: the project's.

        Returns
        -------
        Findings
            Each with rule, severity, place, and what to do. `[check]` in reviewkit.toml and
            comments such as `<!-- reviewkit: ignore unread -->` silence rules.

        Raises
        ------
        FormatError
            A file cannot be read, or reviewkit.toml says what cannot be.
        """
        paths = [path] if isinstance(path, str | os.PathLike) else list(path)
        settings = checks.settings_of(read_settings(self.root).check, checks.CODES)
        texts = {os.fspath(one): self._bytes_of(one) for one in paths}
        read = {name: checks.read(name, data) for name, data in texts.items()}
        who = reviewer if reviewer is not None else self.reviewer
        lists = {name: bibliographies(self, one) for name, one in read.items()}
        with self._lock:
            private = self.private_reviews(who) if who else {}
            facts = facts_of(self._sync, read.values(), private, self._notebooks.fresh)
            cited = {
                name: {facts.key_of(use) for part in one.parts for use in part.uses}
                for name, one in read.items()
            }
            found = []
            for name, manuscript in read.items():
                elsewhere = {key for other in read if other != name for key in cited[other] if key}
                own = replace(
                    facts,
                    elsewhere=frozenset(elsewhere),
                    bibliography=lists[name],
                    unsure=unsure_keys(manuscript, facts.unknown(manuscript)),
                    stale=stale_cells(self, self._sync, name, texts[name]),
                )
                found += checks.check(manuscript, own, settings)
        return Findings(found, settings.fail)

    def manuscript(self, path: str) -> Path:
        """A manuscript of the project, by its path from the folder as a view names it.

        Raises
        ------
        ProjectError
            It is not below the project's folder.
        """
        whole = (self.root / path).resolve()
        if not whole.is_relative_to(self.root.resolve()):
            raise ProjectError(f"{path} is not in the project's folder. Name a file in it.")
        return whole

    def _bytes_of(self, path: str | os.PathLike[str]) -> bytes:
        whole = Path(path).expanduser()
        try:
            return whole.read_bytes()
        except OSError as error:
            raise FormatError(
                f"{whole} cannot be read ({error.strerror or error}). Name notebooks, Markdown "
                f"or LaTeX files ({', '.join(SUFFIXES)})."
            ) from error

    def fixes(self, findings: Findings) -> list[Mended]:
        """What the safe fixes among findings would do; nothing is written.

        Raises
        ------
        FormatError, ValueRefusedError
            A file changed since it was checked, or cannot be edited.
        """
        found = []
        for path in dict.fromkeys(finding.path for finding in findings):
            fixes = [one.fix for one in findings if one.path == path and one.fix is not None]
            edits = _apart([edit for fix in fixes for edit in fix.edits])
            if edits:
                before = self._bytes_of(path)
                after = edited(path, before, edits)
                old, new = (decoded(path, data).split("\n") for data in (before, after))
                lines = unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="", n=1)
                found.append(Mended(path, "\n".join(lines), len(fixes), before, after))
        return found

    def mend(self, mended: Mended) -> Path | None:
        """Write what `fixes` showed; the file as it was goes to the project's trash.

        Returns
        -------
        Path or None
            Where the old file is for a week: putting it back undoes all of it.

        Raises
        ------
        StaleError
            The file was saved meanwhile; it stays as that save left it.
        ProjectError
            The file cannot be written.
        """
        target = Path(mended.path).expanduser().absolute()
        store = self._sync.store
        if self._bytes_of(target) != mended.before:
            raise StaleError(f"{mended.path} changed since it was checked. Check it again.")
        try:
            done = replace_file(target, mended.after, store.layout.trash, store.machine)
        except OSError as error:
            raise ProjectError(
                f"{target} cannot be written ({error.strerror or error}); nothing was changed."
            ) from error
        if done.came_out is not None and done.came_out != mended.before:
            # Somebody saved at that very moment: theirs stands.
            replace_file(target, done.came_out, store.layout.trash, store.machine)
            raise StaleError(f"{mended.path} was saved at the same time. Check it again.")
        return done.kept

    def claims_near(self, path: str | os.PathLike[str], cell: str | None) -> Claims:
        """The claims of the papers cited in or before a cell of a notebook, nearest first."""
        manuscript = checks.read(os.fspath(path), self._bytes_of(path))
        with self._lock:
            library = self._sync.library
            facts = checks.Facts(frozenset(library.citekeys()), library.aliases())
            at = next((p.number for p in manuscript.parts if p.id == cell), None)
            keys: list[str] = []
            for part in manuscript.parts:
                if at is None or (part.number or 0) <= at:
                    keys += [key for use in part.uses if (key := facts.key_of(use)) is not None]
            nearest = list(dict.fromkeys(reversed(keys)))[:_NEARBY]
            return Claims(tuple(self.claimed(key) for key in nearest))


_NEARBY = 8


def _apart(edits: Sequence[TextEdit]) -> list[TextEdit]:
    """The edits without those that would meet an earlier one."""
    kept: list[TextEdit] = []
    for edit in sorted(edits, key=lambda one: (one.cell or 0, one.start, one.end)):
        last = kept[-1] if kept else None
        if last is None or last.cell != edit.cell or edit.start >= last.end:
            kept.append(edit)
    return kept
