"""Edits of fields that only the file held so far, with what it held before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from reviewkit.bibtex import BibDocument, Entry, Field, decode_value, encode_value
from reviewkit.files import bibentry
from reviewkit.library import Library
from reviewkit.ops.criteria import is_criterion
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import taken_in_id
from reviewkit.ops.op import Op
from reviewkit.ops.snapshot import now
from reviewkit.store.recorder import Edit


class Grounding:
    """Makes history whole: the log learns of a field when it first changes."""

    def __init__(self, fold: Fold, file: str) -> None:
        self._fold = fold
        self._file = file
        #: Entries that cannot be read now as they last were, by citekey.
        self._sound: dict[str, Entry] = {}

    def former(self, before: Entry | None, entry: Entry) -> Entry | None:
        """What an entry is compared with to tell its edits; None: it is a new one.

        What one that cannot be read lacks is cut off, and nobody took it out: it is compared
        with itself, and when it is mended with what it last was.
        """
        if entry.problem is not None:
            if before is not None and before.problem is None:
                self._sound[entry.citekey] = before
            return entry
        if before is not None and before.problem is not None:
            return self._sound.pop(entry.citekey, entry)
        return before

    def ground(self, paper: str, citekey: str, field: str, raw: str | None) -> list[Edit]:
        """The edits that note a paper's key and a field's value as the file had them.

        Every replica gives them the same ids, so grounding twice is harmless.
        """
        edits = []
        origin = f"{self._file} {citekey}, as it was"
        if not self._fold.history(paper, None, "citekey"):
            edits.append(Edit(paper, None, "citekey", citekey, (), True, origin))
        if raw is not None and field and not self._fold.history(paper, None, field):
            edits.append(Edit(paper, None, field, raw, (), True, origin))
        return edits

    def edits(
        self,
        paper: str,
        before: Entry,
        entry: Entry,
        own_keywords: Callable[[Entry, str], bool],
        *,
        leave: bool = False,
    ) -> list[Edit]:
        """What differs between two states of an entry in fields that are not ours.

        `own_keywords` tells whether keywords are not, which no log says yet.

        Fields that the log knows are told from the state of the entry's `rev`; here only where
        the entry has none, as another program lost it. With `leave` fields that the log does
        not know are none of its business: the file is where they live.
        """
        found: list[Edit] = []
        marked = bibentry.read_mark(entry) is not None
        for name in sorted(before.fields.keys() | entry.fields.keys()):
            one, two = before.fields.get(name), entry.fields.get(name)
            if one is not None and two is not None and one.value == two.value:
                continue
            if bibentry.is_ours(name) and not (
                name == "keywords"
                and all(own_keywords(e, paper) for e in (before, entry))
                and self._no_tags(paper, before) != self._no_tags(paper, entry)
            ):
                continue
            if self._fold.history(paper, None, f"bib:{name}"):
                found += [] if marked else self._rewritten(paper, one, two, entry.citekey)
            elif not leave:
                found += self._first(paper, name, one, two, entry.citekey)
        return found if marked else found + self._keywords(paper, before, entry)

    def _no_tags(self, paper: str, entry: Entry) -> set[str]:
        """Its keywords, but for words that ever were tags: we may have written them here."""
        said = {name for owner, name in self._fold.fields(paper) if owner is not None}
        return {word for word in _words(entry) if f"tag:{word}" not in said}

    def _first(
        self, paper: str, name: str, one: Field | None, two: Field | None, key: str
    ) -> list[Edit]:
        """The first change of a field that the log hears of, after what was there before."""
        field = f"bib:{name}"
        grounds = self.ground(paper, key, field, one.raw if one is not None else None)
        seen = (_id(grounds[-1]),) if one is not None else ()
        value = two.raw if two is not None else None
        return [*grounds, Edit(paper, None, field, value, seen, True, f"{self._file} {key}")]

    def _rewritten(self, paper: str, one: Field | None, two: Field | None, key: str) -> list[Edit]:
        """The change of a known field in an entry that another program made anew.

        That program does not know our edits: a field without them is no edit, nor is one
        that is absent. It is one if the value is new, or if the present one came from there.
        """
        if two is None:
            return []
        field = f"bib:{two.name.lower()}"
        history = self._fold.history(paper, None, field)
        current = self._fold.current(paper, None, field)
        if any(_says(op, two) for op in current):
            return []
        from_file = all(op.via == "bib" for op in current)
        if any(_says(op, two) for op in history) and not from_file:
            return []
        shown = [op.id for op in history if one is not None and _says(op, one)]
        there = [op.id for op in current if op.id in shown] or shown[-1:]
        return [Edit(paper, None, field, two.raw, tuple(there), True, f"{self._file} {key}")]

    def _keywords(self, paper: str, before: Entry, entry: Entry) -> list[Edit]:
        """The change of the entry's own keywords, where the log has them and tags as well."""
        field = "bib:keywords"
        snapshot = now(self._fold, paper)
        tags = set(snapshot.all_tags())
        if not (tags or self._fold.history(paper, None, field)) or "keywords" not in entry.fields:
            return []
        raw = snapshot.bib_fields().get("keywords", "")
        own = bibentry.split_keywords(decode_value("keywords", raw))
        was, now_is = (_words(each) for each in (before, entry))
        wanted = [word for word in now_is if word in own or word not in tags]
        known = [word for word in was if word in own or word not in tags]
        if sorted(wanted) in (sorted(own), sorted(known)):
            return []
        there = entry.fields["keywords"]
        value = there.raw if wanted == now_is else encode_value("keywords", ", ".join(wanted))
        key = entry.citekey
        grounds = [] if own else self.ground(paper, key, field, None)
        seen = snapshot.seen((None, field))
        return [*grounds, Edit(paper, None, field, value, seen, True, f"{self._file} {key}")]

    def returned(
        self, library: Library, own_words: Callable[[Entry, str], list[str]]
    ) -> list[Edit]:
        """What stands in the file, and is new, of papers that were taken out of it.

        An old file, or one of somebody who did not know, has their entries again. What the
        paper had is no edit; anything else somebody typed, and it must not go with them.
        `own_words` are an entry's keywords that are no tags.
        """
        found: list[Edit] = []
        for paper in list(self._fold.papers()):
            entry = library.entry_of(paper) if library.is_deleted(paper) else None
            kept = self._fold.history(paper, None, "entry")
            if entry is None or entry.problem is not None or not kept:
                continue
            had: defaultdict[str, set[str]] = defaultdict(set)
            words: set[str] = set()
            for op in kept:
                document = BibDocument.from_bytes(op.value["text"].encode("utf-8", "replace"))
                for was in document.entries:
                    words.update(_words(was))
                    for name, field in was.fields.items():
                        had[name].add(_text(field.raw))
            for name, field in entry.fields.items():
                said = self._fold.history(paper, None, f"bib:{name}")
                values = [op.value for op in said if op.value is not None]
                had[name].update(map(_text, values))
                raw = field.raw
                if name == "keywords":
                    words.update(w for v in values for w in _split(v))
                    own = own_words(entry, paper)
                    if words.issuperset(own):
                        continue
                    raw = raw if own == _words(entry) else encode_value(name, ", ".join(own))
                elif bibentry.is_ours(name) or _text(raw) in had[name]:
                    continue
                origin = f"{self._file} {entry.citekey}, taken out meanwhile"
                found.append(Edit(paper, None, f"bib:{name}", raw, (), True, origin))
        return found

    def reached(self, library: Library, papers: Iterable[str]) -> dict[str, list[Edit]]:
        """What the file has of fields that an edit of a merged paper is about to change.

        Returns
        -------
        dict
            By whose edit that was: with the file's value beside it, both are in conflict.
        """
        found: dict[str, list[Edit]] = {}
        for paper in papers:
            key, entry = library.key_of(paper), library.entry_of(paper)
            if not self._fold.members(paper) or key is None or entry is None:
                continue
            said_of_it = {
                kind_of(op.field)
                for op in self._fold.paper_history(paper)
                if op.paper == paper and op.reviewer is not None
            }
            for owner, name in list(self._fold.fields(paper)):
                last = self._fold.history(paper, owner, name)[-1]
                # With the other paper's tags and ratings two of the file's fields are ours.
                field = {"tag": "bib:keywords", "rating": "bib:ranking"}.get(
                    kind_of(name) if owner else "", name
                )
                there = entry.fields.get(field[4:]) if field.startswith("bib:") else None
                # Once the paper had tags or ratings of its own, these fields held them.
                known = kind_of(name) in said_of_it or any(
                    op.paper == paper for op in self._fold.history(paper, None, field)
                )
                # That there was none is noted of stars: with the merge undone they go again.
                noted = there is not None or (field == "bib:ranking" and name == "rating")
                if noted and last.paper != paper and not known:
                    origin = f"{self._file} {key}, as it was"
                    raw = there.raw if there is not None else None
                    edit = Edit(paper, None, field, raw, (), True, origin)
                    found.setdefault(last.by, []).append(edit)
        return found


def kind_of(field: str) -> str:
    """What of the file a field of the log is about: a criterion has nothing to do with stars."""
    return field if is_criterion(field) else field.partition(":")[0]


def _words(entry: Entry) -> list[str]:
    field = entry.fields.get("keywords")
    return [] if field is None else bibentry.split_keywords(field.value)


def _split(raw: str) -> list[str]:
    return bibentry.split_keywords(decode_value("keywords", raw))


def _says(op: Op, field: Field) -> bool:
    if not isinstance(op.value, str):
        return False
    return bibentry.same(field.name, op.value, field.raw) or (
        decode_value(field.name, op.value) == field.value
    )


def _text(raw: str) -> str:
    return " ".join(raw.split())


def _id(edit: Edit) -> str:
    return taken_in_id(edit.paper, edit.reviewer, edit.field, edit.seen or (), edit.value)
