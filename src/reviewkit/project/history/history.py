"""What was done in a project, action by action, and taking any of it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reviewkit.errors import StaleError, ValueRefusedError
from reviewkit.ops import opinions
from reviewkit.ops.clock import iso_time
from reviewkit.project.curating.lookups import LookingUp
from reviewkit.project.history import undoing
from reviewkit.project.history.actions import (
    Act,
    describe,
    field_words,
    latest_first,
    said,
    undone,
)
from reviewkit.project.history.gathering import Gathering
from reviewkit.project.history.undoing import TakingBack, taking_back
from reviewkit.project.manuscripts.manuscripts import rewritings
from reviewkit.project.opening.opinion import Opinion
from reviewkit.records import Action, Change, Note, Paper, Review, UndoResult
from reviewkit.store.recorder import Edit


class History(LookingUp):
    """The part of a project that knows what was done, and can take it back."""

    _gathering: Gathering | None = None

    def actions(
        self, *, by: str | None = None, limit: int | None = 50, me: str | None = None
    ) -> list[Action]:
        """What people did, the latest first; of what is private only one's own.

        Edits that were found in a file at one look are one action; undoing is one as well.

        Parameters
        ----------
        by
            Only what this person did; None: everybody.
        limit
            At most so many; None: all.
        me
            Who asks; None: the project's reviewer.
        """
        with self._lock:
            acts = self._acts(self.reviewer if me is None else me)
            back = undone(acts)
            chosen = latest_first(act for act in acts.values() if by in (None, act.ops[0].by))
            return [self._action(act, acts, back) for act in chosen[:limit]]

    def changes(self, paper: str | Paper, limit: int = 100) -> list[Change]:
        """What people changed of a paper, the latest first; `history` also has what was there."""
        with self._lock:
            key, identifier = self._identify(paper)
            ops = said(self._sync.fold.paper_history(identifier))
            ops.sort(key=lambda op: op.order, reverse=True)
            return [opinions.change(op, key) for op in ops[:limit]]

    def _acts(self, me: str | None) -> dict[str, Act]:
        fold = self._sync.fold
        if self._gathering is None or self._gathering.fold is not fold:
            self._gathering = Gathering(fold)
        return self._gathering.acts(self._private.ops_of(me))

    def _taking_back(self, act: Act) -> tuple[TakingBack, TakingBack]:
        """What takes an action back: the shared part of it, and the private one."""
        hidden = self._private.fold
        shared = replace(act, ops=tuple(op for op in act.ops if op.id not in hidden))
        private = replace(act, ops=tuple(op for op in act.ops if op.id in hidden))
        return taking_back(self._sync.fold, shared), taking_back(hidden, private)

    def _can_take_back(self, act: Act) -> bool:
        return any(part.edits for part in self._taking_back(act))

    def _action(self, act: Act, acts: dict[str, Act], back: set[str]) -> Action:
        keys = dict.fromkeys(self._key_of(op.paper) for op in act.ops)
        done = act.name in back
        return Action(
            id=act.name,
            by=act.ops[0].by,
            at=iso_time(act.latest.t),
            via=act.ops[0].via,
            what=describe(act, acts, self._key_of),
            citekeys=tuple(key for key in keys if key is not None),
            undone=done,
            can_undo=not done and self._can_take_back(act),
        )

    def publish(
        self,
        paper: str | Paper,
        note: str | Note,
        *,
        reviewer: str | None = None,
        via: str = "kernel",
    ) -> Review:
        """Make a private note one that all see; an edit like any other, and undone as one.

        Raises
        ------
        StaleError
            The reviewer has no such private note on the paper.
        """
        with self._files, self._lock:
            who = self._who(reviewer)
            _, identifier = self._identify(paper)
            name = note if isinstance(note, str) else note.id
            members = (identifier, *self._sync.fold.members(identifier))
            holder, found = self._private.note(members, who, name)
            before = set(self._acts(who))
            review = self.say(paper, Opinion(note=found.text, anchor=found.anchor), who, via)
            made = next(iter(self._acts(who).keys() - before), None)
            gone = Edit(holder, who, f"note:{name}.text", None)
            self._record_privately([gone], who, via, None, made)
            return review

    def undo(self, action: str | Action | None = None, *, by: str | None = None) -> UndoResult:
        """Take an action back, where nobody has changed the values since.

        Undoing an undo does the thing again. Everybody may take back what anybody did, as
        everybody may edit; that is in the history as well.

        Parameters
        ----------
        action
            The action's id, or that of any change in it; None: the person's own last action
            that can be taken back and was not found in a file.
        by
            Who takes it back; None: the project's reviewer.

        Raises
        ------
        ValueRefusedError
            There is no such action.
        StaleError
            It is taken back already; the message names the undo, which can be undone.

        Examples
        --------
        >>> review = project.review("smith2021", rating=2)
        >>> project.undo().undone
        'rating of smith2021'
        >>> project["smith2021"].reviews
        ()
        """
        with self._files, self._lock:
            who = self._who(by)
            acts = self._acts(who)
            back = undone(acts)
            if action is not None:
                name = action if isinstance(action, str) else action.id
                return self._take_back_action(_open(acts, back, name), acts, who)
            for act in latest_first(a for n, a in acts.items() if n not in back and a.by_hand):
                # If others have changed all of it since, the one before is the last.
                if act.ops[0].by == who and self._can_take_back(act):
                    return self._take_back_action(act, acts, who)
            return UndoResult(None, None)

    def _take_back_action(self, act: Act, acts: dict[str, Act], by: str) -> UndoResult:
        found, private = self._taking_back(act)
        if self._keep_what_was_typed(act, found, by):
            found, private = self._taking_back(act)
        keys = {op.paper: self._key_of(op.paper) for op in act.ops}
        what = describe(act, acts, keys.get)
        left = (*_left(found, self._key_of), *_left(private, self._key_of))
        if not (found.edits or private.edits):
            return UndoResult(None, None, None, left)
        before = set(self._acts(by))
        if found.edits:
            self._undo(found.edits, by, act)
        made = next(iter(self._acts(by).keys() - before), None)
        self._record_privately(private.edits, by, "undo", act.name, made)
        made = next(iter(self._acts(by).keys() - before))
        key = next(iter(keys.values())) if len(keys) == 1 else None
        return UndoResult(what, key or None, made, left)

    def _keep_what_was_typed(self, act: Act, found: TakingBack, by: str) -> bool:
        """Note the entries that only the file holds, before they are taken out of it."""
        gone = {edit.paper for edit in found.edits if edit.field == "deleted" and edit.value}
        typed = [op for op in act.ops if op.paper in gone and op.id.startswith("x.")]
        for op in typed:
            key = self._key_of(op.paper)
            if key is not None and op.field == "citekey":
                self._record(self._as_it_was(key, op.paper), by, "undo")
        return bool(typed)

    def _undo(self, edits: list[Edit], by: str, act: Act) -> None:
        renamed = undoing.renamed(self._sync.fold, act.ops)
        if renamed is None or not any(edit.field == "citekey" for edit in edits):
            self._record(edits, by, "undo", act.name)
            return
        paper, key, former = renamed
        texts, _ = rewritings(self.root, key, former)
        self._renaming(
            paper, key, former, texts, lambda: self._record(edits, by, "undo", act.name)
        )


def _open(acts: dict[str, Act], back: set[str], name: str) -> Act:
    """The action of this name, which is not taken back."""
    act = acts.get(name)
    act = act or next((a for a in acts.values() if any(op.id == name for op in a.ops)), None)
    if act is None:
        raise ValueRefusedError(
            f"There is no action {name[:40]!r} that can be undone. `reviewkit log --actions` "
            "and `project.actions()` show what there is.",
            field="action",
            value=name,
        )
    if act.name in back:
        undos = [a for a in acts.values() if a.undoes == act.name and a.name not in back]
        raise StaleError(
            f"That is undone already. To do it again, undo the undo: {undos[-1].name}."
        )
    return act


def _left(found: TakingBack, key_of: Callable[[str], str | None]) -> list[str]:
    """The parts that stay, in words."""
    return [
        f"{field_words(name)} of {key_of(paper) or 'a paper'}"
        + (f" (changed since by {', '.join(people)})" if people else " (changed since)")
        for paper, name, people in found.left
    ]
