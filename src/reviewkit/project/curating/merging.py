"""The edits that make two papers one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict

from reviewkit.bibtex import encode_value
from reviewkit.bibtex.placing import placed
from reviewkit.errors import ValueRefusedError
from reviewkit.files.bibentry import is_ours
from reviewkit.files.sync import Sync
from reviewkit.library.aliases import FIELD as IDS
from reviewkit.library.aliases import split_keys
from reviewkit.library.sides import Side, arxiv_fields, choices
from reviewkit.ops import opinions, values
from reviewkit.ops.families import ALIAS
from reviewkit.ops.ids import paper_id
from reviewkit.project.curating.editing import edit_fields
from reviewkit.project.curating.renaming import referring
from reviewkit.store.recorder import Edit

# One braced text without braces inside: there a key can be put at the end.
_BRACED = re.compile(r"\{[^{}]*\}")


def side(sync: Sync, citekey: str) -> Side:
    """The paper as it is compared with another: no field that reviewkit itself writes."""
    fields = sync.library.fields(citekey).items()
    texts = {name: text for name, (_, text) in fields if not is_ours(name)}
    texts.pop(IDS, None)
    # In the file the tags stand among them; these come along by themselves.
    texts["keywords"] = ", ".join(sync.library.paper(citekey).keywords)
    paper = sync.library.id_of(citekey)
    said = opinions.reviews(sync.fold, paper) if paper is not None else ()
    texts = {name: text for name, text in texts.items() if text.strip()}
    return Side(citekey, texts, tuple(review.reviewer for review in said))


def keep_text(sync: Sync, citekey: str, paper: str) -> list[Edit]:
    """The edits that note a paper's key and its entry before it is taken out of the file."""
    entry = sync.library.entry_of(paper) or sync.library.document.entry(citekey)
    grounds = sync.bib.grounding.ground(paper, citekey, "", None)
    was = placed(sync.library.document, entry) if entry is not None else None
    if was is None:
        return grounds
    seen = tuple(op.id for op in sync.fold.current(paper, None, "entry"))
    origin = f"{sync.bib.name} {citekey}, as it was"
    return [*grounds, Edit(paper, None, "entry", asdict(was), seen, True, origin)]


def checked(one: Side, two: Side, chosen: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, by the fields' names in lower case.

    Raises
    ------
    ValueRefusedError
        A field that neither paper has.
    """
    given = {name.lower(): value for name, value in chosen.items()}
    unknown = [name for name in given if name not in one.fields and name not in two.fields]
    if unknown:
        raise ValueRefusedError(
            f"Neither {one.citekey} nor {two.citekey} has the field {unknown[0][:40]!r}. Choose "
            f"among {', '.join(sorted(one.fields.keys() | two.fields.keys()))}.",
            field=unknown[0],
            value=given[unknown[0]],
        )
    return given


def merge_edits(
    sync: Sync, keep: str, other: str, chosen: Mapping[str, str]
) -> tuple[list[Edit], list[Edit]]:
    """What is to be noted of both papers first, and then the edits that merge them.

    Parameters
    ----------
    chosen
        Per field "keep", "other" or a text; the others are chosen as `choices` proposes.

    Raises
    ------
    ValueRefusedError
        A field that neither paper has, or a text that cannot be stored.
    """
    one, two = side(sync, keep), side(sync, other)
    kept, gone = _id(sync, keep), _id(sync, other)
    given = checked(one, two, chosen)
    if one.fields.get("crossref", "").strip() == other:
        raise ValueRefusedError(
            f"{keep} is a part of {other}: its crossref names it. They are two papers.",
            field="crossref",
            value=other,
        )
    grounds = keep_text(sync, other, gone) + sync.bib.grounding.ground(kept, keep, "", None)
    merged: dict[str, str] = {}
    edits: list[Edit] = []
    for choice in choices(one, two):
        take = given.get(choice.name, choice.take)
        text = {"keep": choice.keep, "other": choice.other}.get(take, take)
        merged |= {choice.name: text} if text else {}
        if take != "keep" and text != choice.keep:
            same = take == "other" and choice.name != "keywords"
            raw = _raw(sync, other, gone, choice.name) if same else None
            edits += _set(sync, keep, kept, choice.name, text, raw)
    for name, text in arxiv_fields(one, two, merged).items():
        edits += _set(sync, keep, kept, name, text, None)
    edits += _set(sync, keep, kept, IDS, "", _with_keys(sync, keep, kept, other))
    for entry, name, text in referring(sync.library.document, other, keep):
        if entry.citekey in sync.library and entry.citekey != other:
            fields = {name: text}
            edits += edit_fields(sync, entry.citekey, _id(sync, entry.citekey), fields)
    return grounds, [*edits, _alias(sync, gone, kept)]


def _id(sync: Sync, citekey: str) -> str:
    return sync.library.id_of(citekey) or paper_id(citekey)


def _alias(sync: Sync, gone: str, kept: str) -> Edit:
    current = sync.fold.current_of_paper(gone)
    seen = [op.id for ops in current.values() for op in ops]
    return Edit(gone, None, ALIAS, kept, tuple(seen))


def _set(
    sync: Sync, citekey: str, paper: str, name: str, text: str | None, raw: str | None
) -> list[Edit]:
    """The edits that give a field this right-hand side, else this text."""
    found = edit_fields(sync, citekey, paper, {name: None}, ground=True)
    if raw is None and text is not None:
        raw = encode_value(name, values.text(text, name))
    return [*found, Edit(paper, None, f"bib:{name}", raw)]


def _raw(sync: Sync, citekey: str, paper: str, name: str) -> str | None:
    """The field's right-hand side as it is now, edited or in the file."""
    current = sync.fold.current(paper, None, f"bib:{name}")
    if current:
        return current[-1].value if isinstance(current[-1].value, str) else None
    entry = sync.library.entry_of(paper) or sync.library.document.entry(citekey)
    there = entry.fields.get(name) if entry is not None else None
    return there.raw if there is not None else None


def _with_keys(sync: Sync, keep: str, kept: str, other: str) -> str:
    """The right-hand side of the kept paper's `ids`, the other one's keys at its end."""
    raw = _raw(sync, keep, kept, IDS)
    has = split_keys(sync.library.fields(keep).get(IDS, ("", ""))[1])
    theirs = split_keys(sync.library.fields(other).get(IDS, ("", ""))[1])
    added = [key for key in dict.fromkeys([other, *theirs]) if key not in (keep, *has)]
    if raw is None or not has:
        return "{" + ", ".join([*has, *added]) + "}"
    if not added:
        return raw
    tail = "".join(f", {key}" for key in added) + "}"
    if _BRACED.fullmatch(raw):
        return raw[:-1].rstrip().rstrip(",") + tail
    return f"{raw} # {{{tail}"
