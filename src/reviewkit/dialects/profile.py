"""What the fields of other programs say of one paper, in our words.

| program | fields |
|---|---|
| JabRef | `ranking` (rank1 to rank5), `readstatus`, `priority` (prio1 is high), `groups` |
| | `relevance`, `qualityassured`, `printed`; before 5.2 these words in `keywords` |
| | `comment`, `comment-SLUG`, `review` |
| BibDesk | `rating` (1 to 5, 0 is none), `read` (1), `annote`, static groups |
| Mendeley | `mendeley-tags`, `mendeley-groups`, `annote` |
| Zotero, Better BibTeX | a note an `annote` or `annotation`, repeated |
| CoLRev | `colrev_status` |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewkit.bibtex import Entry, Field
from reviewkit.bibtex.values import tex_to_value
from reviewkit.dialects.keywords import split
from reviewkit.dialects.metadata import Group, Metadata

#: Fields that hold a text on the paper as a whole, of nobody in particular.
NOTES = ("comment", "review", "annote", "annotation")
#: What JabRef marks a paper with: field to the word that says so.
FLAGS = {"relevance": "relevant", "qualityassured": "qualityAssured", "printed": "printed"}

_COMMENT = "comment-"
_RANK = re.compile(r"rank([1-5])", re.IGNORECASE)
_PRIORITY = re.compile(r"prio([1-3])", re.IGNORECASE)
_STARS = re.compile(r"([1-5])(?:\.0*)?")
#: Status and decision of a paper in a CoLRev project; of other states the paper is under way.
_COLREV = {
    "rev_prescreen_excluded": (None, "excluded in the prescreen"),
    "rev_prescreen_included": (None, "included in the prescreen"),
    "rev_excluded": ("read", "excluded"),
    "rev_included": ("read", "included"),
    "rev_synthesized": ("done", "included"),
}


@dataclass(frozen=True, slots=True)
class Comment:
    """A text on the paper; `person` is the slug of whose it is (None: it does not say)."""

    person: str | None
    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What other programs say of a paper; None or empty: nothing.

    `rating` is 1 (worst) to 5 (best). `status` is read, skimmed or done. `priority` is 1
    (high) to 3 (low). `flags` are of `FLAGS`' words. `tags` are words of the program's user;
    `keywords` may be those of the authors. `groups` are paths of names; `decision` is a
    group's word on the paper. `fields` names where all this stands.
    """

    rating: int | None = None
    status: str | None = None
    priority: int | None = None
    flags: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    notes: tuple[Comment, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    decision: str | None = None
    fields: tuple[str, ...] = ()

    @property
    def is_opinion(self) -> bool:
        """Whether it says what somebody thinks of the paper, rather than where it is filed."""
        judged = (self.rating, self.status, self.decision, self.priority)
        return any(value is not None for value in judged) or bool(
            self.flags or self.tags or self.notes
        )


def profile_of(entry: Entry, metadata: Metadata) -> Profile:
    """What the entry says; `metadata` is that of its library."""
    fields = entry.fields
    keywords = split(fields["keywords"].tex, metadata.separator) if "keywords" in fields else ()
    words = _mirrored(keywords, metadata)
    value = {name: fields[name].value.strip() for name in _SINGLE if name in fields}
    rating = _first(_RANK, value.get("ranking", "")) or _first(_RANK, words.get("rank", ""))
    stars = _STARS.fullmatch(value.get("rating", ""))
    status, decision = _COLREV.get(value.get("colrev_status", ""), (None, None))
    status = _read(value) or words.get("status") or status
    priority = _first(_PRIORITY, value.get("priority", "")) or _first(
        _PRIORITY, words.get("prio", "")
    )
    flags = [
        word
        for name, word in FLAGS.items()
        if value.get(name, "").lower() == word.lower() or word in words
    ]
    tags = split(fields["mendeley-tags"].tex) if "mendeley-tags" in fields else ()
    notes = tuple(_notes(entry))
    return Profile(
        rating=rating or (int(stars[1]) if stars else None),
        status=status,
        priority=priority,
        flags=tuple(flags),
        tags=tags,
        keywords=tuple(word for word in keywords if word not in words.values()),
        notes=notes,
        groups=_groups(entry, keywords, metadata),
        decision=decision,
        fields=tuple(dict.fromkeys([*value, *(note.field for note in notes)])),
    )


_SINGLE = (
    "ranking",
    "readstatus",
    "priority",
    "rating",
    "read",
    "colrev_status",
    *FLAGS,
)


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.fullmatch(text)
    return int(found[1]) if found else None


def _read(value: Mapping[str, str]) -> str | None:
    said = value.get("readstatus", "").lower()
    if said in ("read", "skimmed"):
        return said
    return "read" if value.get("read", "").lower() in ("1", "yes", "true", "read") else None


def _mirrored(keywords: tuple[str, ...], metadata: Metadata) -> dict[str, str]:
    """JabRef's special words among the keywords; `read` and such only in a file of JabRef's."""
    found: dict[str, str] = {}
    plain = {"relevant", "printed"} if metadata.jabref else set()
    for word in keywords:
        if _RANK.fullmatch(word):
            found.setdefault("rank", word)
        elif _PRIORITY.fullmatch(word):
            found.setdefault("prio", word)
        elif word == "qualityAssured" or word in plain:
            found[word] = word
        elif metadata.jabref and word in ("read", "skimmed"):
            found.setdefault("status", word)
    return found


def _notes(entry: Entry) -> Iterator[Comment]:
    seen: set[tuple[str | None, str]] = set()
    for number, place in enumerate(entry.parsed.scan.fields):
        name = entry.raw[place[0] : place[1]].decode("ascii", "replace").lower()
        if name not in NOTES and not name.startswith(_COMMENT):
            continue
        text = _text(entry.field_at(number))
        person = name[len(_COMMENT) :] or None if name.startswith(_COMMENT) else None
        # Mendeley and others say the same in two fields.
        if text and (person, text) not in seen:
            seen.add((person, text))
            yield Comment(person, text, name)


def _text(field: Field) -> str:
    return field.value.replace("\r\n", "\n").strip()


def _groups(
    entry: Entry, keywords: tuple[str, ...], metadata: Metadata
) -> tuple[tuple[str, ...], ...]:
    """Paths of the groups that the entry is in, as far as this can be told.

    Searches, regular expressions and groups made on the fly are not evaluated.
    """
    named: list[str] = []
    for name in ("groups", "mendeley-groups"):
        if name in entry.fields:
            named += split(entry.fields[name].tex, metadata.separator)
    inside: dict[tuple[str, ...], bool] = {}
    for group in metadata.groups:
        inside[group.path] = _is_in(group, entry, set(named), keywords, metadata)
    for group in reversed(metadata.groups):
        if group.context == 2:
            below = len(group.path) + 1
            inside[group.path] |= any(
                held for path, held in inside.items() if path[: below - 1] == group.path
            )
    for group in metadata.groups:
        above = group.path[:-1]
        if group.context == 1 and above in inside:
            inside[group.path] &= inside[above]
    found = [path for path, held in inside.items() if held and path]
    known = {path[-1] for path in inside if path}
    return (*found, *((name,) for name in dict.fromkeys(named) if name not in known))


def _is_in(
    group: Group, entry: Entry, named: set[str], keywords: tuple[str, ...], metadata: Metadata
) -> bool:
    if group.kind == "all":
        return True
    if group.kind in ("static", "explicit"):
        return entry.citekey in group.keys or (group.kind == "static" and group.name in named)
    if group.kind != "keyword" or group.regex or group.name_of_field not in entry.fields:
        return False
    wanted = tex_to_value("keywords", group.expression)
    words = (
        keywords
        if group.name_of_field == "keywords"
        else split(entry.fields[group.name_of_field].tex, metadata.separator)
    )
    if group.case_sensitive:
        return wanted in words
    return wanted.casefold() in {word.casefold() for word in words}
