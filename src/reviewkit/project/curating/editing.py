"""Edits of a paper of the file, with what the file held before they were made."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.bibtex import encode_value
from reviewkit.bibtex.edits import FIELD_NAME
from reviewkit.errors import ValueRefusedError
from reviewkit.files.bibentry import is_ours
from reviewkit.files.sync import Sync
from reviewkit.ops import values
from reviewkit.project.opening.opinion import Opinion
from reviewkit.store.recorder import Edit


def opinion_edits(
    sync: Sync, citekey: str, paper: str, reviewer: str, opinion: Opinion
) -> list[Edit]:
    """The edits of an opinion; before the first one, the paper's key and shared fields."""
    edits = opinion.edits(sync.fold, paper, reviewer)
    grounds: list[Edit] = []
    # Once there were tags or ratings, the file's keywords and ranking are partly ours.
    known = [field for owner, field in sync.fold.fields(paper) if owner]
    tagged = any(field.startswith("tag:") for field in known)
    if not tagged and any(edit.field.startswith("tag:") for edit in edits):
        grounds += _grounds(sync, citekey, paper, "keywords")
    if "rating" not in known and any(edit.field == "rating" for edit in edits):
        grounds += _grounds(sync, citekey, paper, "ranking")
    if edits and not grounds:
        grounds += sync.bib.grounding.ground(paper, citekey, "", None)
    return _once(grounds) + edits


def edit_fields(
    sync: Sync,
    citekey: str,
    paper: str,
    fields: Mapping[str, str | None],
    *,
    ground: bool = False,
) -> list[Edit]:
    """The edits that give the paper's fields these texts; with `ground` only the former ones.

    Raises
    ------
    ValueRefusedError
        A field that reviewkit itself writes, or a text that cannot be stored.
    """
    edits: list[Edit] = []
    for name, given in fields.items():
        field = name.lower()
        if not FIELD_NAME.match(field):
            raise ValueRefusedError(
                f"{name[:40]!r} cannot be a field's name: letters, digits and - will do.",
                field=name,
                value=given,
            )
        if is_ours(field) and field != "keywords" and not ground:
            raise ValueRefusedError(
                f"The field {name!r} is made from the reviews; change those instead.",
                field=name,
                value=given,
            )
        edits += _grounds(sync, citekey, paper, field)
        if not ground:
            raw = None if given is None else encode_value(field, values.text(given, field))
            edits.append(Edit(paper, None, f"bib:{field}", raw))
    return _once(edits)


def _grounds(sync: Sync, citekey: str, paper: str, name: str) -> list[Edit]:
    entry = sync.library.entry_of(paper) or sync.library.document.entry(citekey)
    there = entry.fields.get(name) if entry is not None else None
    raw = there.raw if there is not None else None
    return sync.bib.grounding.ground(paper, citekey, f"bib:{name}", raw)


def _once(edits: list[Edit]) -> list[Edit]:
    return list(dict.fromkeys(edits))
