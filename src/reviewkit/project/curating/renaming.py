"""Another citekey for a paper: in both files, the log and all manuscripts, or nowhere."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

from reviewkit.bibtex import BibDocument, Entry, encode_value
from reviewkit.bibtex.edits import CITEKEY
from reviewkit.citekeys import Citekeys
from reviewkit.errors import ValueRefusedError
from reviewkit.files.sync import Sync
from reviewkit.library.aliases import FIELD, split_keys
from reviewkit.project.curating.editing import edit_fields
from reviewkit.project.manuscripts.manuscripts import Rewriting, rewritings
from reviewkit.store.card import library_id
from reviewkit.store.layout import Layout
from reviewkit.store.machine import Machine
from reviewkit.store.recorder import Edit
from reviewkit.store.whole import write_whole

#: Fields by which biblatex and BibTeX let one entry name others.
_REFERENCES = ("crossref", "xref", "xdata", "related", "entryset")


@dataclass(frozen=True)
class RenameResult:
    """What renaming did, or with a dry run would do.

    `files` are the names of the files that change, `diff` is a unified diff of them all;
    `left` says of manuscripts that could not be read why not: in those the old key stays,
    and goes on naming the paper.
    """

    old: str
    new: str
    files: tuple[str, ...]
    diff: str
    left: tuple[str, ...] = ()
    done: bool = False
    message: str = ""


@dataclass(frozen=True)
class Renaming:
    """A renaming that was looked into and can be done."""

    old: str
    new: str
    paper: str
    edits: list[Edit]
    bib_diff: str
    texts: list[Rewriting] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def result(self, root: Path, bib_name: str, *, done: bool) -> RenameResult:
        """The renaming, told to people."""
        names = [bib_name, *(text.path.relative_to(root).as_posix() for text in self.texts)]
        uses = sum(text.uses for text in self.texts)
        cited = f", {_times(uses)} cited in {_manuscripts(len(self.texts))}" if uses else ""
        message = f"{self.old} {'is' if done else 'would be'} {self.new} now{cited}"
        diff = "".join([self.bib_diff, *(text.diff(root) for text in self.texts)])
        return RenameResult(
            self.old, self.new, tuple(names), diff, tuple(self.left), done, message
        )


def look_into(sync: Sync, root: Path, old: str, new: str) -> Renaming:
    """Everything that a renaming would change; `old` must be in the library.

    Raises
    ------
    ValueRefusedError
        The new key cannot be one, is taken, or cannot be cited in a manuscript.
    BibtexError
        The entry is broken.
    ProjectError
        A manuscript that cites the paper cannot be written.
    """
    library = sync.library
    paper = library.id_of(old)
    assert paper is not None
    _must_be_free(sync, old, new)
    texts, left = rewritings(root, old, new)
    own = library.fields(old).get(FIELD)
    keys = [key for key in split_keys(own[1] if own else "") if key not in (old, new)]
    edits = sync.bib.grounding.ground(paper, old, "", None)
    edits += [Edit(paper, None, "citekey", new)]
    edits += edit_fields(sync, old, paper, {FIELD: ",".join([*keys, old])})
    document = BibDocument.from_bytes(library.document.to_bytes())
    changed: list[tuple[Entry, bytes, int]] = []
    entry = document.entry(old)
    if entry is not None:
        changed.append((entry, entry.raw, entry.line))
        document.rename(entry, new)
        document.set_raw(entry, FIELD, encode_value(FIELD, ",".join([*keys, old])))
    for other, name, value in referring(document, old, new):
        identifier = library.id_of(other.citekey)
        if identifier is not None:
            changed.append((other, other.raw, other.line))
            edits += edit_fields(sync, other.citekey, identifier, {name: value})
            document.set_raw(other, name, encode_value(name, value))
    diff = "".join(_entry_diff(sync.bib.name, document, *change) for change in changed)
    return Renaming(old, new, paper, list(dict.fromkeys(edits)), diff, texts, left)


def _must_be_free(sync: Sync, old: str, new: str) -> None:
    library = sync.library
    why = None
    if not CITEKEY.match(new) or "," in new:
        why = "no blanks and none of \" # % ' ( ) , = { } \\ ~ @ may be in it"
    elif new == old:
        why = "the paper has it already"
    elif library.document.entry(new) is not None or new in library:
        why = "another paper has it"
    elif library.resolve(new) not in (None, old):
        why = f"it is a former key of {library.resolve(new)!r}"
    elif new.casefold() != old.casefold() and new in Citekeys(library.citekeys()):
        why = "another paper's differs from it only in case"
    if why:
        raise ValueRefusedError(
            f"{old!r} cannot be renamed to {new!r}: {why}.", field="citekey", value=new
        )


def referring(document: BibDocument, old: str, new: str) -> list[tuple[Entry, str, str]]:
    """Entries that name the key in a field, with the field and its text for the new key."""
    found = []
    for entry in document.holding(old.encode(errors="surrogateescape")):
        for name in _REFERENCES:
            if name in entry.fields and entry.citekey != new and entry.problem is None:
                keys = [key.strip() for key in entry.fields[name].value.split(",")]
                if old in keys:
                    text = ",".join(new if key == old else key for key in keys)
                    found.append((entry, name, text))
    return found


def _entry_diff(name: str, document: BibDocument, entry: Entry, before: bytes, line: int) -> str:
    old, new = (document.codec.read(raw).splitlines() for raw in (before, entry.raw))
    found = list(unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="", n=0))
    # Lines are counted within the entry; people look for them in the file.
    head = f"@@ -{line},{len(old)} +{line},{len(new)} @@ {entry.citekey}"
    return "\n".join([*found[:2], head, *(x for x in found[2:] if not x.startswith("@@"))]) + "\n"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _manuscripts(number: int) -> str:
    return "one manuscript" if number == 1 else f"{number} manuscripts"


@dataclass(frozen=True)
class Intent:
    """A renaming noted down before it begins, so that one that breaks off is finished."""

    path: Path
    paper: str
    old: str
    new: str

    @classmethod
    def noted(cls, layout: Layout, machine: Machine, paper: str, old: str, new: str) -> Intent:
        """Note it down in this user's private folder, durably."""
        fs, folder = machine.fs, _folder(layout, machine)
        fs.make_folder(folder)
        intent = cls(folder / f"{paper}.json", paper, old, new)
        part = folder / f"{paper}.{machine.name(10)}.tmp"
        write_whole(part, json.dumps({"paper": paper, "old": old, "new": new}).encode(), fs)
        fs.move(part, intent.path)
        fs.sync_folder(folder)
        return intent

    def done(self, machine: Machine) -> None:
        """Forget it."""
        machine.fs.remove(self.path)


def broken_off(layout: Layout, machine: Machine) -> list[Intent]:
    """Renamings of this user that began and were not finished."""
    fs = machine.fs
    if library_id(layout, fs) is None or not fs.is_folder(_folder(layout, machine)):
        return []
    found = []
    for name, _ in sorted(fs.scan(_folder(layout, machine))):
        path = _folder(layout, machine) / name
        try:
            said = json.loads(fs.read(path)) if path.suffix == ".json" else {}
            found.append(Intent(path, str(said["paper"]), str(said["old"]), str(said["new"])))
        except (OSError, ValueError, KeyError, TypeError):
            # It is only a reminder: the old key goes on naming the paper.
            continue
    return found


def _folder(layout: Layout, machine: Machine) -> Path:
    library = library_id(layout, machine.fs)
    assert library is not None
    return machine.private_folder(library) / "renaming"
