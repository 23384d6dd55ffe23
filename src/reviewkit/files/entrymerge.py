"""Two versions of one BibTeX entry made one, field by field."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from reviewkit.bibtex import BibDocument, Entry, decode_value, encode_value
from reviewkit.errors import BibtexError
from reviewkit.files import bibcriteria, bibentry

Fields = Mapping[str, str]


def merged_entry(base: Entry | None, ours: Entry, theirs: Entry, document: BibDocument) -> bytes:
    """The bytes of our entry with what they changed since the base put in.

    Parameters
    ----------
    base
        The entry that both began with; None: both made it.
    document
        The document of `ours`, which is changed.

    Notes
    -----
    Of a field that both changed, ours stays and theirs goes to the field `reviewkit-theirs`,
    from which the next synchronisation takes it in; see `docs/format.md`. Our own fields
    (ratings, notes, `rev`) are one unit, so that the entry stays a copy of a state: theirs is
    dropped only where it is a clean copy itself, of which the log knows everything. An entry
    that cannot be edited is kept in both versions.
    """
    if ours.problem is not None or theirs.problem is not None:
        return _both(ours, theirs, document)
    before = ours.raw
    try:
        _merge(base, ours, theirs, document)
    except BibtexError:
        ours.replace_text(before)
        return _both(ours, theirs, document)
    return _retyped(base, ours, theirs)


def as_read(entry: Entry, reader: BibDocument, writer: BibDocument) -> bytes:
    """The entry's bytes in the encoding of another document; as they are where they do not fit."""
    if reader.codec.name == writer.codec.name:
        return entry.raw
    try:
        return writer.codec.write(reader.codec.read(entry.raw), "The entry")
    except BibtexError:
        return entry.raw


def _both(ours: Entry, theirs: Entry, document: BibDocument) -> bytes:
    return ours.raw + document.newline * 2 + theirs.raw


def _retyped(base: Entry | None, ours: Entry, theirs: Entry) -> bytes:
    raw = ours.raw
    if base is None or ours.type != base.type or theirs.type == base.type:
        return raw
    (start, end), (first, last) = ours.parsed.head.kind, theirs.parsed.head.kind
    return raw[:start] + theirs.raw[first:last] + raw[end:]


def _merge(base: Entry | None, ours: Entry, theirs: Entry, document: BibDocument) -> None:
    if base is not None and base.citekey == ours.citekey != theirs.citekey:
        document.rename(ours, theirs.citekey)
    marked = bibentry.MARK in ours.fields and bibentry.MARK in theirs.fields
    was, here, there = _raws(base), _raws(ours), _raws(theirs)
    own = {n for n in {**was, **here, **there} if _is_own(n, with_keywords=marked)}
    apart = {*own, bibentry.CRITERIA}
    kept: dict[str, str] = {}
    for name in {**here, **there}:
        if name not in apart:
            _foreign(name, was, ours, there, document, kept)
    _own(own, was, ours, theirs, document, kept)
    _criteria(was.get(bibentry.CRITERIA), ours, theirs, document, kept)
    if kept:
        former = bibentry.kept_text(ours)
        text = ", ".join([*filter(None, [former]), *(f"{n} = {raw}" for n, raw in kept.items())])
        document.set_raw(ours, bibentry.THEIRS, f"{{{text}}}")


def _raws(entry: Entry | None) -> dict[str, str]:
    if entry is None:
        return {}
    return {name: entry.raw_of(name) or "" for name in entry.fields}


def _is_own(name: str, *, with_keywords: bool) -> bool:
    if name == "keywords":
        return with_keywords
    return bibentry.is_ours(name) and name not in (bibentry.THEIRS, bibentry.CRITERIA)


def _foreign(
    name: str,
    was: Fields,
    ours: Entry,
    there: Fields,
    document: BibDocument,
    kept: dict[str, str],
) -> None:
    """Put their change of a field in; what both changed differently is kept beside."""
    base, here, new = was.get(name), ours.raw_of(name), there.get(name)
    if _same(name, here, new) or _same(name, new, base):
        return
    if _same(name, here, base):
        _set(document, ours, name, new)
    elif here is None:
        # An edit outlives a deletion that did not know of it.
        _set(document, ours, name, new)
    elif new is not None and name == "keywords":
        _set(document, ours, name, _words(base, here, new))
    elif new is not None and name == bibentry.THEIRS:
        _set(document, ours, name, f"{{{here[1:-1]}, {new[1:-1]}}}")
    elif new is not None:
        kept[name] = new


def _own(
    names: set[str],
    was: Fields,
    ours: Entry,
    theirs: Entry,
    document: BibDocument,
    kept: dict[str, str],
) -> None:
    there = _raws(theirs)
    here = {name: raw for name, raw in _raws(ours).items() if name in names}
    if _alike(names, here, there) or _alike(names, there, was):
        return
    if not _alike(names, here, was) and (_is_clean(theirs) or not _is_clean(ours)):
        if not _is_clean(theirs):
            kept.update({name: there[name] for name in there if name in names})
        return
    for name in sorted(names):
        if not _same(name, here.get(name), there.get(name)):
            _set(document, ours, name, there.get(name))


def _criteria(
    base: str | None, ours: Entry, theirs: Entry, document: BibDocument, kept: dict[str, str]
) -> None:
    """Ratings of single criteria, which have a hash of their own; none says nothing."""
    name = bibentry.CRITERIA
    here, there = ours.raw_of(name), theirs.raw_of(name)
    if there is None or _same(name, here, there) or _same(name, there, base):
        return
    one, other = bibcriteria.of_entry(ours), bibcriteria.of_entry(theirs)
    clean, theirs_clean = (found is None or found.clean for found in (one, other))
    if here is None or _same(name, here, base) or (clean and not theirs_clean):
        _set(document, ours, name, there)
    elif not theirs_clean:
        kept[name] = there


def _alike(names: set[str], one: Fields, other: Fields) -> bool:
    return all(_same(name, one.get(name), other.get(name)) for name in names)


def _same(name: str, one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return bibentry.same(name, one, other)


def _set(document: BibDocument, entry: Entry, name: str, raw: str | None) -> None:
    if raw is None:
        document.remove_field(entry, name)
    else:
        document.set_raw(entry, name, raw)


def _words(base: str | None, ours: str, theirs: str) -> str:
    """Keywords with what they added, and without what they took away."""
    was, new = _split(base), _split(theirs)
    ours_words = _split(ours)
    left = [word for word in ours_words if word in new or word not in was]
    added = [word for word in new if word not in was and word not in ours_words]
    if left == ours_words and not added:
        return ours
    return encode_value("keywords", ", ".join(left + added))


def _split(raw: str | None) -> list[str]:
    return bibentry.split_keywords(decode_value("keywords", raw or ""))


def _is_clean(entry: Entry) -> bool:
    """Whether our fields of an entry are just what its `rev` says, so that the log has it all.

    Which other fields `rev` is made of only the log knows; up to two are tried. Not to find
    out costs nothing but a line that is kept for the next synchronisation.
    """
    mark = bibentry.read_mark(entry)
    if mark is None or mark.rev is None:
        return False
    shown = bibentry.shown(entry)
    tracked = [(), *((name,) for name in shown.fields), *itertools.combinations(shown.fields, 2)]
    keys = ([entry.citekey], ["", entry.citekey])
    return any(
        mark.rev in bibentry.clean_revs(shown, names, key) for names in tracked for key in keys
    )
