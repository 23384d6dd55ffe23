"""Which paper an entry is, and by which citekey a paper goes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.errors import BibtexError
from reviewkit.library.aliases import Aliases
from reviewkit.library.overlay import remembered
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import first_id, is_first_key, paper_id

_MARK = re.compile(r"p\.[a-z2-7]{10}(?:\.[0-9]+)?")


class Bindings:
    """Binds papers, their citekeys and their entries in one state of the file.

    A paper is known by its id: the one its entry carries, else the one that its citekey
    gives.
    """

    def __init__(self, document: BibDocument, fold: Fold) -> None:
        self._fold = fold
        self._ids: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._entries: dict[str, Entry] = {}
        self._order: list[str] | None = None
        #: Keys of the file's entries by the id that a paper gets of its first one, when asked for.
        self._by_first_id: dict[str, str] | None = None
        self.document = document
        self.load(document)

    def load(self, document: BibDocument) -> None:
        """Take another state of the file."""
        self.document = document
        self._ids, self._keys, self._entries, self._order = {}, {}, {}, None
        self._by_first_id = None
        self._aliases = Aliases(document, self._fold)
        for entry in document.holding(b"reviewkit"):
            if not entry.commented:
                self._learn_mark(entry)
        for paper in self._fold.papers():
            if paper not in self._keys:
                self._bind_as_shown(paper)

    def _bind_as_shown(self, paper: str) -> None:
        """Bind a paper to the key of its entry, be it a former one, else to its own."""
        wanted = self.wanted_key(paper)
        if wanted is None:
            return
        taken = wanted in self._ids
        there = not taken and self.document.entry(wanted) is not None
        former = None if there else self._former_entry(paper)
        if former is not None:
            self._bind(paper, former.citekey)
        elif not taken:
            self._bind(paper, wanted)

    def _former_entry(self, paper: str) -> Entry | None:
        """The entry, without mark, that has a key which the paper had before."""
        for key in self._former_keys(paper):
            if key not in self._ids:
                entry = self.document.entry(key)
                if entry is not None and self.id_of(key) == paper:
                    return entry
        return None

    def _former_keys(self, paper: str) -> list[str]:
        """The keys that the paper had, in order, as far as that is known.

        The operation that says the first may still be on its way: the id is made of it.
        """
        history = self._fold.history(paper, None, "citekey")
        keys = [op.value for op in history if isinstance(op.value, str)]
        if any(is_first_key(paper, key) for key in keys):
            return keys
        if self._by_first_id is None:
            self._by_first_id = {paper_id(key): key for key in self.document.citekeys}
        first = self._by_first_id.get(first_id(paper))
        return keys if first is None else [first, *keys]

    def had_key(self, paper: str, citekey: str) -> bool:
        """Whether the paper has the citekey, or had it once."""
        history = self._fold.history(paper, None, "citekey")
        return is_first_key(paper, citekey) or any(op.value == citekey for op in history)

    def wanted_key(self, paper: str) -> str | None:
        """The citekey that the log gives the paper; None if it says nothing of it."""
        current = self._fold.current(paper, None, "citekey")
        return current[-1].value or None if current else None

    def _learn_mark(self, entry: Entry) -> None:
        found = _marked(entry)
        if found and found not in self._keys and not self._is_copy(found, entry):
            self._bind(found, entry.citekey)
            self._entries[found] = entry

    def _is_copy(self, paper: str, entry: Entry) -> bool:
        """Whether the entry was made from another one that is still there under its key."""
        current = self._fold.current(paper, None, "citekey")
        known = current[-1].value if current else None
        if known is None or known == entry.citekey:
            return False
        original = self.document.entry(known)
        return original is not None and _marked(original) == paper

    def adopt(self, paper: str, entry: Entry) -> None:
        """Take note of the entry that was made for a paper."""
        self._entries[paper] = entry
        self._order = None

    def forget(self, paper: str) -> None:
        """Take note that the paper's entry was removed."""
        self._entries.pop(paper, None)
        self._order = None

    def _bind(self, paper: str, citekey: str) -> None:
        self._keys[paper] = citekey
        self._ids.setdefault(citekey, paper)

    @property
    def bound(self) -> Step:
        """The present state, to be asked for when another one was loaded."""
        return Step(self, self.document, self._ids, self._keys, self._entries)

    def follow(self, paper: str, citekey: str) -> None:
        """Take note that the paper's entry has another key now."""
        self._let_go(paper)
        self._bind(paper, citekey)
        self._order = None

    def _let_go(self, paper: str) -> None:
        """Free the paper's key; another paper of one more entry with that key has it then."""
        key = self._keys.pop(paper, None)
        if key is not None and self._ids.get(key) == paper:
            del self._ids[key]
            other = next((p for p, held in self._keys.items() if held == key), None)
            if other is not None:
                self._ids[key] = other

    def learn(self, paper: str) -> None:
        """Take note of a paper that operations speak of."""
        self._order = None
        self._aliases.changed()
        wanted, bound = self.wanted_key(paper), self._keys.get(paper)
        if wanted is None or wanted == bound:
            return
        if wanted in self._ids:
            # Another paper has it, until one of them gives way.
            if bound is None:
                self._bind_as_shown(paper)
            return
        if bound is None and self.document.entry(wanted) is None:
            self._bind_as_shown(paper)
            bound = self._keys.get(paper)
        entry = self.entry_of(paper)
        if entry is not None and entry.citekey != wanted:
            try:
                self.document.rename(entry, wanted)
            except BibtexError:
                # The entry is broken or another one has the key: its own one stays.
                return
            self._entries[paper] = entry
        self._let_go(paper)
        self._bind(paper, wanted)

    def renamed(self) -> list[tuple[str, str, str]]:
        """Papers whose entry does not have the key that the log gives them: id, it, and this."""
        found = ((p, key, self.wanted_key(p)) for p, key in self._keys.items())
        return [(p, key, wanted) for p, key, wanted in found if wanted and wanted != key]

    def id_of(self, citekey: str) -> str | None:
        """The paper's id; None if the library has no such paper."""
        known = self._ids.get(citekey)
        if known is not None:
            gone = self.is_deleted(known) or not self._is_there(known, citekey)
            return None if gone else known
        if self.document.entry(citekey) is None or not citekey:
            return None
        number = 1
        while (name := paper_id(citekey, number)) in self._keys:
            number += 1
        return name

    def said_keys(self) -> list[str]:
        """Citekeys of the papers that the log speaks of or whose entries carry an id."""
        return [key for key in self._ids if self.id_of(key) is not None]

    def key_of(self, paper: str) -> str | None:
        """The paper's citekey; None if the id is not known to have one."""
        return self._keys.get(paper)

    def entry_of(self, paper: str) -> Entry | None:
        """The paper's entry in the file; None if it has none (yet, or any more)."""
        if paper in self._entries:
            return self._entries[paper]
        key = self._keys.get(paper)
        return self.document.entry(key) if key else None

    def has_operations(self, paper: str) -> bool:
        """Whether the log says anything of the paper yet."""
        return any(True for _ in self._fold.fields(paper))

    def says_something(self, paper: str) -> bool:
        """Whether the log has more of the paper than that it was there once."""
        fields = self._fold.fields(paper)
        return any(owner is not None or field.startswith("bib:") for owner, field in fields)

    def paper_in(self, entry: Entry) -> str | None:
        """The paper, be it gone, of an entry: that whose id it carries, else that of its key."""
        found, key = _marked(entry), entry.citekey
        if found is not None and self._entries.get(found) is entry:
            return found
        return self.id_of(key) or self._ids.get(key)

    def speaks(self, entry: Entry, paper: str) -> bool:
        """Whether an entry says something of the paper: it is its own, or first of its key."""
        own = (self.document.entry(entry.citekey), self.entry_of(paper))
        return entry in own and not self.is_deleted(paper)

    def _is_there(self, paper: str, citekey: str) -> bool:
        return self.document.entry(citekey) is not None or self.has_text(paper)

    def has_text(self, paper: str) -> bool:
        """Whether the log knows enough of the paper for it to be there without an entry."""
        return self.says_something(paper) or remembered(self._fold, paper) is not None

    def is_deleted(self, paper: str) -> bool:
        """Whether it is gone: deleted and not edited meanwhile, or merged into another."""
        return self._fold.root(paper) != paper or self._fold.is_deleted(paper)


class Step:
    """From one state of the file to the one that was loaded after it."""

    def __init__(
        self,
        bindings: Bindings,
        document: BibDocument,
        ids: Mapping[str, str],
        keys: Mapping[str, str],
        entries: Mapping[str, Entry],
    ) -> None:
        self._bindings = bindings
        self._document = document
        self._ids, self._keys, self._entries = ids, keys, entries

    def paper_of(self, citekey: str) -> str | None:
        """The paper that had the key before, if it had a mark or operations."""
        return self._ids.get(citekey)

    def paper_in(self, entry: Entry) -> str | None:
        """See `Bindings.paper_in`: the paper of an entry as it is now."""
        return self._bindings.paper_in(entry)

    def speaks(self, entry: Entry, paper: str) -> bool:
        """See `Bindings.speaks`."""
        return self._bindings.speaks(entry, paper)

    def entry_before(self, entry: Entry, paper: str) -> Entry | None:
        """What an entry of the paper was before, by whatever key; None: it is new.

        What had its key before may be the entry of another paper.
        """
        key = self._keys.get(paper)
        found = self._entries.get(paper) or (self._document.entry(key) if key else None)
        if found is None:
            found = self._document.entry(entry.citekey)
            if found is not None and _marked(found) not in (None, paper):
                return None
        return found


def _marked(entry: Entry) -> str | None:
    """The id that the entry carries; None where reviewkit never wrote into it."""
    field = entry.fields.get("reviewkit")
    found = _MARK.match(field.value) if field is not None else None
    return found[0] if found is not None else None
