"""What changes the library itself: adding papers, editing their fields, taking them out."""

from __future__ import annotations

import os
from collections.abc import Mapping

from reviewkit.citekeys import Citekeys
from reviewkit.project import undoing
from reviewkit.project.adding import add_understood
from reviewkit.project.editing import edit_fields
from reviewkit.project.naming import Naming
from reviewkit.project.paper import LibraryPaper
from reviewkit.project.reading import Reading
from reviewkit.project.source import read_source
from reviewkit.records import AddResult, Paper
from reviewkit.store.recorder import Edit


class Curating(Reading):
    """The half of a project that changes its papers, whatever anybody thinks of them."""

    def add(
        self,
        source: str | os.PathLike[str] | bytes,
        *,
        name: str = "",
        by: str | None = None,
        via: str = "import",
    ) -> AddResult:
        """Add papers from a file or pasted text; those there already are completed.

        Parameters
        ----------
        source
            A path, or the text itself (BibTeX, a pasted digest...), recognised by content.
        name
            What to call a text in messages.

        Raises
        ------
        FormatError
            The text was not understood; nothing was added. The message has line numbers.
        """
        understood = read_source(source, name)
        with self._lock:
            edits, result = add_understood(self._sync.library, understood, self._naming())
            # Adding says nothing of a paper, so a newcomer need not give a name for it.
            self._record(edits, by or self._author(), via)
            return result

    def _naming(self) -> Naming:
        library = self._sync.library
        # A key that a paper once had is still cited: no other paper may take it.
        taken = Citekeys([*library.citekeys(), *library.aliases()])
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

    def remove(self, paper: str | Paper, *, by: str | None = None) -> None:
        """Delete a paper from the library; `undo` brings it back, with all opinions."""
        with self._lock:
            key, identifier = self._identify(paper)
            names = list(self._sync.library.fields(key))
            grounds = edit_fields(self._sync, key, identifier, dict.fromkeys(names), ground=True)
            kind = Edit(identifier, None, "type", self[key].type, (), True, "as it was")
            self._record([*grounds, kind], by, "kernel")
            self._record(undoing.deletion(self._sync.fold, identifier), by, "kernel")
