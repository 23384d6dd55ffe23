"""A column of the comparison matrix: its name, its type and what belongs in its cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reviewkit.errors import ValueRefusedError
from reviewkit.matrix.units import unit_name
from reviewkit.near import near
from reviewkit.ops import values
from reviewkit.ops.fold import PROJECT, Fold
from reviewkit.ops.ids import digest
from reviewkit.ops.slugs import slug
from reviewkit.ops.snapshot import choose

NUMBER, CHOICE, TEXT, YES_NO, QUOTE, RATING, TAG = TYPES = (
    "number", "choice", "text", "yes/no", "quote", "rating", "tag",
)  # fmt: skip

#: Types whose cells are computed from reviews; nobody fills them in.
COMPUTED = (RATING, TAG)

#: How the ratings of a criterion are called, as in `reviews.csv`.
CRITERION = "rating:"

_NAME_LENGTH = 80
_MOST_CHOICES = 100


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute by which papers are compared.

    `unit` is that of a number column ("" for a plain number), `choices` are those of a choice
    column. `about` says what is suggested for its cells: a claim's kind, "dataset", "hardware"
    or "code"; of a rating column whose ratings ("" for the mean, `rating:novelty` for those of
    a criterion), of a tag column the tag.
    `place` orders the columns. `defined` is false for a column that is only suggested.
    """

    id: str
    name: str
    type: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    about: str = ""
    place: float = 0.0
    defined: bool = True

    @property
    def field(self) -> str:
        """The field of a reviewer's operations that fill in its cells."""
        return f"cell:{self.id}"

    @property
    def computed(self) -> bool:
        """Whether its cells come from reviews."""
        return self.type in COMPUTED

    @property
    def criterion(self) -> str:
        """The criterion whose ratings a rating column shows; "" for overall ratings."""
        about = self.about if self.type == RATING else ""
        return about.removeprefix(CRITERION) if about.startswith(CRITERION) else ""

    @property
    def title(self) -> str:
        """The name, with the unit of a number."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def content(self) -> dict[str, Any]:
        """What the log keeps of it."""
        kept: dict[str, Any] = {"name": self.name, "type": self.type}
        if self.unit:
            kept["unit"] = self.unit
        if self.choices:
            kept["choices"] = list(self.choices)
        if self.about:
            kept["about"] = self.about
        return kept


def column_id(name: str, taken: Iterable[str] = ()) -> str:
    """The id of a column that first had this name: readable, and the same in every replica.

    `taken` are the ids of the other columns that there are.
    """
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    known, attempt = set(taken), 0
    while (found := f"{slug(name)[:24]}-{digest(['column', folded, attempt], 5)}") in known:
        attempt += 1
    return found


def made(
    name: object,
    kind: object = TEXT,
    *,
    unit: object = "",
    choices: object = (),
    about: object = "",
) -> Column:
    """A column of what somebody gave, without an id.

    Raises
    ------
    ValueRefusedError
        What cannot be a column, and why.
    """
    title = " ".join(values.text(name, "name").split())
    if not title or len(title) > _NAME_LENGTH:
        raise _refused(f"A column's name has 1 to {_NAME_LENGTH} characters.", "name", name)
    kind = {"yes-no": YES_NO, "boolean": YES_NO, "yesno": YES_NO}.get(str(kind), kind)
    if kind not in TYPES:
        raise _refused(f"A column is one of {', '.join(TYPES)}, not {kind!r}.", "type", kind)
    measure = " ".join(values.text(unit or "", "unit").split())
    if measure and kind != NUMBER:
        raise _refused(f"Only a number has a unit; {title!r} is a {kind}.", "unit", unit)
    words = " ".join(values.text(about or "", "about").split())
    if kind == TAG:
        words = values.tag(words or title)
    return Column("", title, str(kind), unit_name(measure), _choices(kind, choices), words)


def _choices(kind: object, given: object) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise _refused(f"Choices are a list of words, not {given!r}.", "choices", given)
    words = [" ".join(values.text(choice, "choices").split()) for choice in given]
    found = tuple(dict.fromkeys(filter(None, words)))
    if kind == CHOICE and not found:
        raise _refused(
            "A choice column needs its choices, such as ['yes', 'in part'].", "choices", ""
        )
    if found and kind != CHOICE:
        raise _refused(f"Only a choice has choices, not a {kind}.", "choices", list(found))
    if len(found) > _MOST_CHOICES:
        raise _refused(f"A column has at most {_MOST_CHOICES} choices.", "choices", len(found))
    return found


def columns_of(fold: Fold) -> list[Column]:
    """The columns that people defined, in their order."""
    places: dict[str, float] = {}
    found: list[tuple[tuple[str, str], Column]] = []
    for (reviewer, field), ops in fold.current_of_paper(PROJECT).items():
        if reviewer is None and field.startswith("place:") and ops[-1].value is not None:
            places[field[6:]] = float(ops[-1].value)
    for (reviewer, field), ops in fold.current_of_paper(PROJECT).items():
        value = choose(field, ops, fold.get) if field.startswith("column:") else None
        if reviewer is None and value is not None:
            begun = fold.begun(PROJECT, None, field)
            found.append((begun, _kept(field[7:], value)))
    # Those that nobody moved stand behind each other as they were made.
    ordered = sorted(found, key=lambda pair: (places.get(pair[1].id, 1e9), pair[0]))
    return [replace(one, place=float(at)) for at, (_, one) in enumerate(ordered)]


def _kept(name: str, value: Mapping[str, Any]) -> Column:
    """A column of the log; what a later version may have put there is left out."""
    kind = str(value["type"])
    choices = value.get("choices")
    return Column(
        name,
        str(value["name"]),
        # Of a type that is not known here the text is shown.
        kind if kind in TYPES else TEXT,
        str(value.get("unit") or ""),
        tuple(map(str, choices)) if isinstance(choices, list) else (),
        str(value.get("about") or ""),
    )


def named(columns: Sequence[Column], name: str) -> Column | None:
    """The column of this name or id; letters' case and blanks make no difference."""
    folded = _folded(name)
    for column in columns:
        if column.id == name or column.name == name:
            return column
    return next((one for one in columns if _folded(one.name) == folded), None)


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def unknown(name: str, names: Sequence[str]) -> ValueRefusedError:
    """The refusal of a name that no column has and nothing is suggested for."""
    alike = near(name, names)
    hint = f" Did you mean {' or '.join(alike)}?" if alike else ""
    return _refused(
        f"The matrix has no column {name[:60]!r}.{hint} Make it with "
        f"project.add_column({name[:60]!r}, type=...); {', '.join(TYPES)} are the types.",
        "column",
        name,
    )


def _refused(message: str, field: str, value: object) -> ValueRefusedError:
    return ValueRefusedError(message, field=field, value=value)
