"""The manuscripts of a project, and a citekey's other name put into all that cite it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reviewkit.citations import SUFFIXES, rename_uses
from reviewkit.citations.manuscript import GENERATED, decoded
from reviewkit.errors import FormatError, ProjectError
from reviewkit.files.replace import replace as replace_file
from reviewkit.store.machine import Machine

#: Folders whose texts nobody wrote for this project; hidden ones are passed over as well.
_NOT_OURS = frozenset({"node_modules", "site-packages", "__pycache__"})
#: How often a save that meets our writing is renamed anew before we give up.
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A manuscript whose `uses` citations of one key are to name another."""

    path: Path
    before: bytes
    after: bytes
    uses: int

    def diff(self, root: Path) -> str:
        """The lines that differ, as a unified diff without context."""
        name = self.path.relative_to(root).as_posix()
        lines = [f"--- a/{name}", f"+++ b/{name}"]
        old, new = (decoded(name, data).split("\n") for data in (self.before, self.after))
        for number, (was, now) in enumerate(zip(old, new, strict=True), 1):
            if was != now:
                lines += [f"@@ -{number} +{number} @@", f"-{was}", f"+{now}"]
        return "\n".join(lines) + "\n"

    def write(self, old: str, new: str, trash: Path, machine: Machine) -> Rewriting:
        """Put the new text in place; a save that meets it is renamed and put in place, too.

        Returns
        -------
        Rewriting
            What was written, and what it replaced.

        Raises
        ------
        OSError
            The file could not be written; it holds what it held.
        """
        todo, expected = self, self.before
        for _ in range(_ROUNDS):
            came_out = replace_file(todo.path, todo.after, trash, machine).came_out
            if came_out is None or came_out == expected:
                return todo
            expected = todo.after
            after, uses = rename_uses(todo.path.name, came_out, old, new)
            todo = replace(todo, before=came_out, after=after, uses=uses)
        return todo


def manuscripts(root: Path) -> Iterator[Path]:
    """Notebooks, Markdown and LaTeX files below a folder, in order of their names."""
    for folder, inner, files in os.walk(root):
        inner[:] = sorted(
            name
            for name in inner
            if not name.startswith(".")
            and name not in _NOT_OURS
            and not Path(folder, name, "pyvenv.cfg").exists()
        )
        for name in sorted(files):
            if name.lower().endswith(tuple(SUFFIXES)) and not name.lower().endswith(GENERATED):
                path = Path(folder, name)
                if path.is_file() and not name.startswith("."):
                    yield path


def rewritings(root: Path, old: str, new: str) -> tuple[list[Rewriting], list[str]]:
    """The manuscripts that cite a key, with what they would hold; and those not read, why.

    Raises
    ------
    ValueRefusedError
        A manuscript cannot cite the new key.
    ProjectError
        A manuscript that cites the key cannot be written.
    """
    found: list[Rewriting] = []
    left: list[str] = []
    for path in manuscripts(root):
        try:
            data = path.read_bytes()
            after, uses = rename_uses(path.name, data, old, new)
        except OSError as error:
            left.append(f"{path.relative_to(root)} cannot be read ({error.strerror})")
            continue
        except FormatError as error:
            left.append(error.message)
            continue
        if uses:
            if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
                raise ProjectError(
                    f"{path} cites {old!r} and cannot be written. Make it writable, or move it "
                    "out of the project; nothing was changed."
                )
            found.append(Rewriting(path, data, after, uses))
    return found, left


def rewrite(texts: list[Rewriting], old: str, new: str, trash: Path, machine: Machine) -> None:
    """Write all manuscripts, or if one cannot be written, none.

    Raises
    ------
    ProjectError
        One could not be written; the others hold what they held.
    """
    written: list[Rewriting] = []
    for text in texts:
        try:
            written.append(text.write(old, new, trash, machine))
        except OSError as error:
            for other in reversed(written):
                with suppress(OSError):
                    Rewriting(other.path, other.after, other.before, 0).write(
                        new, old, trash, machine
                    )
            raise ProjectError(
                f"{text.path} cannot be written ({error.strerror or error}); nothing was "
                "renamed. Close what holds it, or make it writable, and try again."
            ) from error
