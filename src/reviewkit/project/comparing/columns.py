"""The columns of an open project's comparison matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from reviewkit.errors import ValueRefusedError
from reviewkit.matrix import Column, column_id, columns_of
from reviewkit.matrix.column import TEXT, made, named, unknown
from reviewkit.matrix.suggestions import Reading, about_of, suggested_column, suggested_names
from reviewkit.ops.criteria import criterion_of
from reviewkit.ops.fold import PROJECT
from reviewkit.project.comparing.claiming import Claiming
from reviewkit.project.opening.opinion import KEEP
from reviewkit.store.recorder import Edit

#: So many papers are read to find out what a column could be.
_SAMPLE = 300


class Columns(Claiming):
    """The part of a project that knows by which attributes papers are compared."""

    #: What the first papers say, as of a revision of the project.
    _sampled: tuple[int, list[Reading]] | None = None

    def columns(self) -> list[Column]:
        """The columns that people made, in their order."""
        with self._lock:
            return columns_of(self._sync.fold)

    def add_column(
        self,
        name: str,
        type: str | None = None,  # noqa: A002 - what people call it
        *,
        unit: str = "",
        choices: Iterable[str] = (),
        about: str | None = None,
        by: str | None = None,
        via: str = "kernel",
    ) -> Column:
        """Make a column of the comparison matrix; one that is there stays as it is.

        A column of this name that was removed comes back with its cells.

        Parameters
        ----------
        type
            number, choice, text, yes/no, quote, rating or tag; None: what the name says
            ("speedup" is a number in x), else text.
        unit
            Of a number: "ms", "x", "%"...; values in units that convert exactly are taken.
        choices
            What a choice column takes.
        about
            What is suggested for its cells: a kind of claim, "dataset", "hardware" or "code";
            of a rating column whose ratings (the mean without it, "rating:novelty" for those of
            a criterion), of a tag column the tag.

        Raises
        ------
        ValueRefusedError
            It cannot be a column, or there is one of this name of another kind.
        """
        with self._lock:
            known = columns_of(self._sync.fold)
            column = self._new_column(known, name, type, unit, choices, about)
            there = named(known, column.name)
            if there is not None:
                if replace(there, id="", place=0.0, name="") != replace(
                    column, id="", place=0.0, name=""
                ):
                    raise ValueRefusedError(
                        f"There is a column {there.name!r} already, a {there.type}"
                        + (f" in {there.unit}" if there.unit else "")
                        + ". Change it with project.edit_column, or take another name.",
                        field="name",
                        value=name,
                    )
                return there
            edit = Edit(PROJECT, None, f"column:{column.id}", column.content())
            self._record([edit], by or self._author(), via)
            return next(one for one in columns_of(self._sync.fold) if one.id == column.id)

    def _new_column(
        self,
        known: Sequence[Column],
        name: str,
        kind: str | None,
        unit: str,
        choices: Iterable[str],
        about: str | None,
    ) -> Column:
        guess = None
        if kind is None and not choices and isinstance(name, str):
            guess = self._suggested(name, known)
        if guess is not None:
            kind, unit = guess.type, unit or guess.unit
            about = guess.about if about is None else about
        kind = kind or ("choice" if choices else "number" if unit else TEXT)
        if about is None:
            about = about_of(name) if kind in ("number", "text", "quote") else ""
        column = made(name, kind, unit=unit, choices=choices, about=about)
        return replace(column, id=column_id(column.name, [one.id for one in known]))

    def edit_column(
        self,
        column: str | Column,
        *,
        name: Any = KEEP,
        type: Any = KEEP,  # noqa: A002 - what people call it
        unit: Any = KEEP,
        choices: Any = KEEP,
        about: Any = KEEP,
        by: str | None = None,
        via: str = "kernel",
    ) -> Column:
        """Change a column; what was filled in stays, shown in the new unit where that is exact.

        Raises
        ------
        ValueRefusedError
            It cannot be so, or another column has the name.
        """
        with self._lock:
            known = columns_of(self._sync.fold)
            old = self._column(column, known)
            kind = old.type if type is KEEP else type
            same = kind == old.type
            new = made(
                old.name if name is KEEP else name,
                kind,
                unit=(old.unit if same else "") if unit is KEEP else unit,
                choices=(old.choices if same else ()) if choices is KEEP else choices,
                about=old.about if about is KEEP else about,
            )
            other = named(known, new.name)
            if other is not None and other.id != old.id:
                raise ValueRefusedError(
                    f"Another column is called {other.name!r}.", field="name", value=new.name
                )
            if new.content() != old.content():
                edit = Edit(PROJECT, None, f"column:{old.id}", new.content())
                self._record([edit], by or self._author(), via)
            return self._column(old.id, columns_of(self._sync.fold))

    def move_column(
        self,
        column: str | Column,
        before: str | Column | None = None,
        *,
        by: str | None = None,
        via: str = "kernel",
    ) -> list[Column]:
        """Put a column before another one, or at the end; the columns in their new order."""
        with self._lock:
            known = columns_of(self._sync.fold)
            moved = self._column(column, known)
            others = [one for one in known if one.id != moved.id]
            at = len(others) if before is None else others.index(self._column(before, others))
            edits = [
                Edit(PROJECT, None, f"place:{one.id}", place)
                for place, one in enumerate([*others[:at], moved, *others[at:]])
                if self._place(one) != place
            ]
            self._record(edits, by or self._author(), via)
            return columns_of(self._sync.fold)

    def _place(self, column: Column) -> object:
        current = self._sync.fold.current(PROJECT, None, f"place:{column.id}")
        return current[-1].value if current else None

    def remove_column(
        self, column: str | Column, *, by: str | None = None, via: str = "kernel"
    ) -> None:
        """Take a column out of the matrix; its cells stay in the log, and `undo` shows them."""
        with self._lock:
            gone = self._column(column, columns_of(self._sync.fold))
            edit = Edit(PROJECT, None, f"column:{gone.id}", None)
            self._record([edit], by or self._author(), via)

    def column(self, name: str | Column) -> Column:
        """The column of a name or id; one that is only suggested if nobody made it.

        Raises
        ------
        ValueRefusedError
            There is none, and the name says nothing; with the near ones.
        """
        with self._lock:
            known = columns_of(self._sync.fold)
            text = name.id if isinstance(name, Column) else name
            found = named(known, text)
            if found is None and isinstance(name, Column):
                text = name.name
                found = named(known, text)
            if found is None:
                found = self._suggested(text, known)
            if found is None:
                offered = [title for title, _ in self._offered(known)]
                raise unknown(text, [*(one.name for one in known), *offered])
            return found

    def offered_columns(self) -> list[str]:
        """Names of columns that nobody made and the papers' words could fill, commonest first."""
        with self._lock:
            return [name for name, _ in self._offered(columns_of(self._sync.fold))]

    def _column(self, name: str | Column, known: Sequence[Column]) -> Column:
        text = name.id if isinstance(name, Column) else name
        found = named(known, text)
        if found is None:
            raise unknown(text, [one.name for one in known])
        return found

    def _suggested(self, name: str, known: Sequence[Column]) -> Column | None:
        fold = self._sync.fold
        fields = {field for paper in fold.papers() for _, field in fold.fields(paper)}
        tags = {field[4:] for field in fields if field.startswith("tag:")}
        criteria = sorted(filter(None, map(criterion_of, fields)))
        taken = [one.id for one in known]
        return suggested_column(name, sorted(tags), self._sample(), taken, criteria)

    def _offered(self, known: Sequence[Column]) -> list[tuple[str, int]]:
        """Columns that nobody made and that the papers could fill, with how many could."""
        about = {one.about for one in known}
        return [pair for pair in suggested_names(self._sample()) if pair[0] not in about]

    def _sample(self) -> list[Reading]:
        if self._sampled is None or self._sampled[0] != self.revision:
            read, keys = self._reader(), self._sync.library.citekeys()[:_SAMPLE]
            self._sampled = self.revision, [one for key in keys for one in read(key)]
        return self._sampled[1]
