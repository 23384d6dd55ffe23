"""What changes the library itself: adding papers, editing their fields, taking them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reviewkit.citekeys import Citekeys
from reviewkit.files.bibentry import is_ours
from reviewkit.formats.importer import Understood
from reviewkit.project.curating.adding import add_understood, described
from reviewkit.project.curating.editing import edit_fields
from reviewkit.project.curating.imports import noted
from reviewkit.project.curating.merging import keep_text
from reviewkit.project.curating.naming import Naming
from reviewkit.project.curating.queue import drop, name_of, waiting, want
from reviewkit.project.curating.renaming import Intent, RenameResult, broken_off, look_into
from reviewkit.project.history import undoing
from reviewkit.project.manuscripts.manuscripts import Rewriting, rewrite, rewritings
from reviewkit.project.opening.paper import LibraryPaper
from reviewkit.project.opening.reading import Reading
from reviewkit.records import AddResult, Paper
from reviewkit.store.card import ensure_library
from reviewkit.store.recorder import Edit


class Curating(Reading):
    """The half of a project that changes its papers, whatever anybody thinks of them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for intent in broken_off(self._sync.store.layout, self._sync.store.machine):
            with self._files, self._lock:
                self._take_back(intent)

    def _bring_in(self, understood: Understood, by: str, via: str) -> AddResult:
        """Add or complete what a text describes; queue what it only names."""
        with self._lock:
            there = [identifier for identifier, _ in waiting(self._sync.fold)]
            names = set(map(name_of, there))
            edits, result = add_understood(self._sync.library, understood, self._naming(), names)
            named = (one for one in understood.identifiers if name_of(one) in result.queued)
            edits += [edit for one in named for edit in want(self._sync.fold, one)]
            edits += map(drop, described(there, understood.candidates))
            edits += noted(understood, result) if edits else []
            self._record(edits, by, via)
            return result

    def _naming(self, *, without: str | None = None) -> Naming:
        library = self._sync.library
        # A key that a paper once had is still cited: no other paper may take it.
        keys = (*library.citekeys(), *library.aliases())
        taken = Citekeys(key for key in keys if key != without)
        return Naming(self.root, library.document, taken)

    def edit(
        self,
        paper: str | Paper,
        fields: Mapping[str, str | None],
        *,
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> LibraryPaper:
        """Change the paper's own BibTeX fields; None removes one."""
        with self._lock:
            key, identifier = self._identify(paper)
            edits = edit_fields(self._sync, key, identifier, fields)
            self._record(edits, self._who(reviewer), via)
            return self[key]

    def rename(
        self,
        old: str | Paper,
        new: str | None = None,
        *,
        dry_run: bool = False,
        by: str | None = None,
        via: str = "kernel",
    ) -> RenameResult:
        """Give a paper another citekey, in both files and every manuscript of the folder.

        Notebooks, Markdown and LaTeX files below the project's folder cite the new key
        afterwards, and entries that name the paper by crossref refer to it. The old key
        becomes an alias (biblatex's `ids`) and goes on naming the paper, so what could not
        be reached stays right: code, other branches, other people's manuscripts. All of it
        is done or nothing; a crash meanwhile is made good when the project is opened next.
        `undo` takes all of it back.

        Parameters
        ----------
        new
            None: the key that the project's formula gives the paper.
        dry_run
            Change nothing; the result's `diff` shows what would be.

        Raises
        ------
        UnknownPaperError, ValueRefusedError, BibtexError, ProjectError
            Nothing was changed: no such paper, no such key, or a file in the way.
        """
        with self._files, self._lock:
            key, _ = self._identify(old)
            wanted = new if new is not None else self._formula_key(key)
            plan = look_into(self._sync, self.root, key, wanted)
            if not dry_run:
                who = by or self._author()
                self._renaming(
                    plan.paper, key, wanted, plan.texts,
                    lambda: self._record(plan.edits, who, via),
                )  # fmt: skip
            result = plan.result(self.root, self.bib_path.name, done=not dry_run)
        if result.done:
            self._write()
        return result

    def _formula_key(self, key: str) -> str:
        naming = self._naming(without=key)
        fields = self._sync.library.fields(key)
        text = {name: value for name, (_, value) in fields.items()}
        tex = fields["author"][0] if "author" in fields else None
        return naming.key(self[key].type, text, tex)

    def _renaming(
        self, paper: str, old: str, new: str, texts: list[Rewriting], record: Callable[[], None]
    ) -> None:
        """Write the manuscripts and record: both, or as far as a crash lets us, neither."""
        layout, machine = self._sync.store.layout, self._sync.store.machine
        ensure_library(layout, machine)
        intent = Intent.noted(layout, machine, paper, old, new)
        try:
            rewrite(texts, old, new, layout.trash, machine)
            record()
        except BaseException:
            self._take_back(intent)
            raise
        intent.done(machine)

    def _take_back(self, intent: Intent) -> None:
        """Let the manuscripts cite what the log says, after a renaming that broke off."""
        if self._sync.library.wanted_key(intent.paper) != intent.new:
            store = self._sync.store
            texts, _ = rewritings(self.root, intent.new, intent.old)
            rewrite(texts, intent.new, intent.old, store.layout.trash, store.machine)
        intent.done(self._sync.store.machine)

    def remove(self, paper: str | Paper, *, by: str | None = None) -> None:
        """Delete a paper from the library; `undo` brings it back, with all opinions."""
        with self._lock:
            key, identifier = self._identify(paper)
            self._record(self._as_it_was(key, identifier), by, "kernel")
            self._record(undoing.deletion(self._sync.fold, identifier), by, "kernel")

    def _as_it_was(self, key: str, identifier: str) -> list[Edit]:
        """The edits that note all of a paper before its entry goes out of the file."""
        # Fields that reviewkit itself writes come back from what they are made of.
        names = [n for n in self._sync.library.fields(key) if not is_ours(n)]
        grounds = edit_fields(self._sync, key, identifier, dict.fromkeys(names), ground=True)
        kind = Edit(identifier, None, "type", self[key].type, (), True, "as it was")
        return [*grounds, kind, *keep_text(self._sync, key, identifier)]
