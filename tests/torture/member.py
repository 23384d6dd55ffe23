"""One process of a member: opens the project, edits until its standard input ends, and says
on standard output, a line an edit, which operations it was told are safe.

    python -m tests.torture.member FOLDER REVIEWER SEED PAUSE_SECONDS

It is a program of its own, as it is killed.
"""

from __future__ import annotations

import math
import random
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from reviewkit.errors import ReviewkitError
from reviewkit.ops.op import Op
from reviewkit.project import Project
from reviewkit.store import folder as folders
from reviewkit.store.folder import FolderStore
from reviewkit.store.logrules import Rules
from reviewkit.store.writer import Writer

TAGS = ("core", "edge", "survey")


def let_all_logs_be_old(wait: float = 2.0) -> None:
    """Let this process merge whatever logs there are.

    "Very many" is two then, and every log is old, also one that somebody writes just now. A new
    one stands so many seconds beside the old ones (in git, none).
    """
    folders.RULES = Rules(more_than=2, days=-math.inf, fewest=2, wait=wait / 86_400)


def say_what_is_safe(write: Callable[[str], object]) -> Callable[[], None]:
    """Remember the ids of all operations that are made; gives what writes those that are new.

    What the process finds in the files while it looks is as safe as its own edits.
    """
    made: list[str] = []
    append = FolderStore.append

    def told(store: FolderStore, ops: Sequence[Op], writer: Writer) -> None:
        append(store, ops, writer)
        made.extend(op.id for op in ops)

    FolderStore.append = told  # type: ignore[method-assign]

    def say() -> None:
        while made:
            write(f"{made.pop(0)}\n")

    return say


def edit(project: Project, rng: random.Random, number: int) -> None:
    """Something that a member does; what is refused is refused."""
    key = rng.choice(tuple(project))
    review = project[key].review_of(project.reviewer)
    kind = rng.choice(["rating", "rating", "status", "tags", "note", "change", "field", "undo"])
    match kind:
        case "rating":
            project.review(key, rating=rng.choice([1, 2, 3, 4, 5, None]))
        case "status":
            project.review(key, status=rng.choice(["to-read", "read", "done", None]))
        case "tags":
            project.review(key, tags=rng.sample(TAGS, rng.randrange(3)))
        case "note" if len(review.notes) < 3:
            project.review(key, note=f"Läuft {number}.\n\nMit *mehr* Worten.")
        case "note" | "change" if review.notes:
            note = rng.choice(review.notes)
            if rng.random() < 0.3:
                project.review(key, delete_note=note.id)
            else:
                text = f"{note.text[:200]} w{number}"
                project.review(key, note=text, note_id=note.id, seen=note.seen)
        case "field":
            project.edit(key, {"note": f"{{Seen {number}}}"})
        case "undo":
            project.undo()
        case _:
            project.review(key, rating=3)
    if rng.random() < 0.02:
        project.merge_logs()
    if rng.random() < 0.05 and (conflicts := project.conflicts()):
        found = rng.choice(conflicts)
        project.resolve(found.citekey, found.reviewer, found.field, found.values[-1].id)


def main() -> None:
    """Edit until nobody reads on, or the input ends."""
    folder, reviewer, seed, pause = sys.argv[1:]
    rng, ended = random.Random(seed), threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    say = say_what_is_safe(sys.stdout.write)
    let_all_logs_be_old()
    with Project(Path(folder), reviewer=reviewer) as project:
        number = 0
        while not ended.wait(rng.random() * 2 * float(pause)):
            number += 1
            try:
                edit(project, rng, number)
            except ReviewkitError as error:
                # A note that somebody else has changed meanwhile, and the like.
                print(f"# {type(error).__name__}: {error.message[:90]}", file=sys.stderr)
            say()
            sys.stdout.flush()
    say()


if __name__ == "__main__":
    main()
