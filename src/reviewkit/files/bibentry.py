"""One entry of references.bib and what of it is ours.

| ours | BibTeX field |
|---|---|
| tags of all | `keywords`, after the entry's own |
| notes of ana | `comment-ana` (JabRef's per-user comment), each begun by its id in brackets |
| ratings, status | `reviewkit-ratings = {ana=4 done; bob=reading}` |
| ratings of criteria | `reviewkit-criteria = {ana: novelty=4 | k3m9ab2q7d}`, see `bibcriteria` |
| the group's score | `ranking = {rank4}` (JabRef's stars) |
| id and rev | `reviewkit = {p.3kq8w2mzab k3m9ab2q7d}` |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from reviewkit.bibtex import Entry, decode_value, encode_value, ourfields
from reviewkit.files import bibcriteria
from reviewkit.ops.ids import revision
from reviewkit.ops.slugs import slug
from reviewkit.ops.snapshot import Snapshot
from reviewkit.tables import WrittenNote, join_notes, normal_text, split_notes

MARK = ourfields.MARK
RATINGS = ourfields.RATINGS
CRITERIA = ourfields.CRITERIA
COMMENT = ourfields.COMMENT
THEIRS = ourfields.THEIRS
#: Edited by way of tags and ratings, so never written as a field of their own.
_SHARED = ("keywords", "ranking")

# One braced text without braces inside: there a text can be put at the end.
_BRACED = re.compile(r"\{[^{}]*\}")
_MARK = re.compile(r"(p\.[a-z2-7]{10}(?:\.[0-9]+)?)(?:\s+([a-z2-7]{10}))?")
_RATING = re.compile(r"([a-z0-9-]+)=([0-9.]+)?\s*([a-z-]+)?")


@dataclass(frozen=True)
class Mark:
    """The paper's id and the `rev` that its entry was written with."""

    paper: str
    rev: str | None


def read_mark(entry: Entry) -> Mark | None:
    """Who the entry says it is; None where reviewkit never wrote into it."""
    field = entry.fields.get(MARK)
    found = _MARK.fullmatch(field.value.strip()) if field is not None else None
    return Mark(found[1], found[2]) if found else None


def canonical(snapshot: Snapshot) -> list[list[Any]]:
    """What `rev` of an entry is made of: all own values, sorted."""
    values: list[list[Any]] = [["bib", name, _text(raw)] for name, raw in _own_fields(snapshot)]
    # A field that was taken out is told from one that the writer knew nothing of.
    values += [["bib", name, ""] for name in _taken_out(snapshot)]
    if _keywords_are_ours(snapshot):
        values.append(["keywords", *sorted(keywords(snapshot))])
    if snapshot.renamed:
        # Else a copy of the file from before the renaming would look like one made by hand.
        values.append(["citekey", snapshot.values.get((None, "citekey"))])
    for reviewer in snapshot.reviewers():
        for field in ("rating", "status"):
            value = snapshot.values.get((reviewer, field))
            if value is not None:
                values.append([field, reviewer, f"{value:g}" if field == "rating" else value])
        places = snapshot.anchors_of(reviewer)
        for name, text in snapshot.notes_of(reviewer).items():
            note = WrittenNote(name, normal_text(text), places.get(name))
            values.append(["note", reviewer, *note.key])
    return sorted(values)


def entry_rev(snapshot: Snapshot) -> str:
    """The `rev` of an entry that shows this snapshot."""
    return revision(canonical(snapshot))


def _own_fields(snapshot: Snapshot) -> list[tuple[str, str]]:
    fields = snapshot.bib_fields().items()
    return sorted((name, raw) for name, raw in fields if name not in _SHARED)


def _taken_out(snapshot: Snapshot) -> list[str]:
    """Names of the paper's own fields that were edited and are not there any more."""
    there = snapshot.bib_fields()
    names = (f[4:] for owner, f in snapshot.ids if owner is None and f.startswith("bib:"))
    return sorted(name for name in names if name not in there and name not in _SHARED)


def _keywords_are_ours(snapshot: Snapshot) -> bool:
    return bool(snapshot.all_tags()) or (None, "bib:keywords") in snapshot.ids


def is_made_of(snapshot: Snapshot, name: str) -> bool:
    """Whether `keywords` or `ranking` of an entry that shows this snapshot is made from it."""
    return _keywords_are_ours(snapshot) if name == "keywords" else score(snapshot) is not None


def keywords(snapshot: Snapshot) -> list[str]:
    """The entry's own keywords, then the tags that are not among them, sorted."""
    own = split_keywords(decode_value("keywords", snapshot.bib_fields().get("keywords", "")))
    return own + [tag for tag in snapshot.all_tags() if tag not in own]


def _keywords_raw(snapshot: Snapshot) -> str | None:
    """The right-hand side of `keywords`: the entry's own text as it is, then the tags."""
    raw = snapshot.bib_fields().get("keywords")
    own = split_keywords(decode_value("keywords", raw or ""))
    tags = [tag for tag in snapshot.all_tags() if tag not in own]
    if not tags:
        return raw
    if raw is None or not own:
        return encode_value("keywords", ", ".join(tags))
    separator = "; " if ";" in raw and "," not in raw else ", "
    added = encode_value("keywords", separator + separator.join(tags))
    if _BRACED.fullmatch(raw):
        return raw[:-1].rstrip() + added[1:]
    return f"{raw} # {added}"


def split_keywords(text: str) -> list[str]:
    """Keywords of a field, separated by `,` or `;`."""
    return list(dict.fromkeys(" ".join(k.split()) for k in re.split("[,;]", text) if k.strip()))


def rendering(snapshot: Snapshot, paper: str, touched: set[str]) -> dict[str, str | None]:
    """Right-hand sides of the fields that are ours; None where the field must go.

    Parameters
    ----------
    touched
        Names of all fields (`comment-ana`...) that reviewkit ever wrote for the paper, so
        that what was cleared is removed and what was never ours is left alone.
    """
    fields: dict[str, str | None] = dict(_own_fields(snapshot))
    # A version that does not know of this field took what others wrote there for an edit.
    fields.pop(CRITERIA, None)
    if _keywords_are_ours(snapshot):
        fields["keywords"] = _keywords_raw(snapshot)
    for reviewer in snapshot.reviewers():
        notes = snapshot.notes_of(reviewer)
        if notes:
            name = COMMENT + reviewer
            fields[name] = encode_value(name, join_notes(notes, snapshot.anchors_of(reviewer)))
    said = [
        f"{r}={' '.join(words)}" for r in snapshot.reviewers() if (words := _said(snapshot, r))
    ]
    if said:
        fields[RATINGS] = encode_value(RATINGS, "; ".join(said))
    criteria = bibcriteria.raw_of(snapshot)
    if criteria is not None:
        fields[CRITERIA] = criteria
    stars = score(snapshot)
    if stars is not None:
        fields["ranking"] = f"{{rank{stars}}}"
    elif "ranking" in touched:
        fields["ranking"] = snapshot.bib_fields().get("ranking")
    for name in sorted(touched - fields.keys()):
        fields[name] = None
    fields[MARK] = f"{{{paper} {entry_rev(snapshot)}}}"
    return fields


def _said(snapshot: Snapshot, reviewer: str) -> list[str]:
    rating = snapshot.values.get((reviewer, "rating"))
    status = snapshot.values.get((reviewer, "status"))
    rated = [] if rating is None else [f"{rating:g}"]
    return rated if status is None else [*rated, str(status)]


def score(snapshot: Snapshot) -> int | None:
    """The group's mean rating as JabRef's whole stars; None without ratings."""
    given = [v for (who, field), v in snapshot.values.items() if who and field == "rating"]
    return round(sum(given) / len(given)) if given else None


@dataclass(frozen=True)
class Shown:
    """What an entry of the file shows of the values that are ours."""

    citekey: str
    keywords: tuple[str, ...]
    ratings: Mapping[str, tuple[str | None, str | None]]
    notes: Mapping[str, tuple[WrittenNote, ...]]
    fields: Mapping[str, str]
    unclear: tuple[str, ...] = ()


def shown(entry: Entry) -> Shown:
    """Read our fields of an entry, in whatever state a person left them."""
    fields = entry.fields
    ratings = {}
    unclear: list[str] = []
    if RATINGS in fields:
        for part in fields[RATINGS].value.split(";"):
            found = _RATING.fullmatch(" ".join(part.split()))
            if found:
                ratings[found[1]] = (found[2], found[3])
            elif part.strip():
                unclear.append(" ".join(part.split()))
    notes = {
        slug(name.removeprefix(COMMENT)): tuple(split_notes(field.value))
        for name, field in fields.items()
        if name.startswith(COMMENT) and name != COMMENT
    }
    words = split_keywords(fields["keywords"].value) if "keywords" in fields else []
    raws = {name: field.raw for name, field in fields.items() if not is_ours(name)}
    return Shown(entry.citekey, tuple(words), ratings, notes, raws, tuple(unclear))


def same(name: str, one: str, other: str) -> bool:
    """Whether two right-hand sides of a field say the same.

    Editors wrap lines anew; only in notes do blanks and line feeds count.
    """
    if name.startswith(COMMENT):
        return normal_text(one) == normal_text(other)
    return _text(one) == _text(other)


def clean_revs(shown: Shown, tracked: Sequence[str], citekeys: Sequence[str]) -> Iterator[str]:
    """The `rev` that the entry would have if nobody had changed it since it was written.

    `tracked` are names of the paper's own fields in the order in which the log came to know
    them: it is not known how many of them the writer knew. `citekeys` are all that the
    paper has had, the first one first; only after it was renamed its key is part of `rev`.
    """
    said: list[list[Any]] = []
    for reviewer, (rating, status) in shown.ratings.items():
        said += [["rating", reviewer, f"{float(rating):g}"]] if _is_number(rating) else []
        said += [["status", reviewer, status]] if status else []
    for reviewer, notes in shown.notes.items():
        said += [["note", reviewer, *note.key] for note in notes]
    keywords_: list[list[Any]] = [["keywords", *sorted(shown.keywords)]]
    for number in range(len(tracked), -1, -1):
        fields = [["bib", name, _text(shown.fields.get(name, ""))] for name in tracked[:number]]
        for shared in (keywords_, []):
            if not citekeys or shown.citekey == citekeys[0]:
                yield revision(sorted(said + fields + shared))
            if len(citekeys) > 1:
                yield revision(sorted([*said, *fields, *shared, ["citekey", shown.citekey]]))


def _is_number(text: str | None) -> TypeGuard[str]:
    return text is not None and re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) is not None


def is_ours(name: str) -> bool:
    """Whether a field is written by reviewkit alone."""
    return name in (MARK, RATINGS, CRITERIA, THEIRS, *_SHARED) or name.startswith(COMMENT)


def kept_text(entry: Entry) -> str:
    """What a merge kept of the other side in the entry, as fields; empty if nothing."""
    raw = entry.raw_of(THEIRS) or ""
    return raw[1:-1].strip() if raw.startswith("{") else ""


def _text(raw: str) -> str:
    return " ".join(raw.split())
