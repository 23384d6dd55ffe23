"""Starts members who edit one project for ever, kills them, and says what they were told is safe.

Run with a folder for each trial, in which the project is `group` and the machine's private
folders are `state` and `cache`; prints a JSON list of ids a line. It is a program of its own
because only a process without threads may fork safely.
"""

from __future__ import annotations

import json
import os
import random
import sys
from functools import partial
from pathlib import Path

from reviewkit.errors import ReviewkitError
from reviewkit.project import Project
from reviewkit.store.machine import Machine
from tests.store.killing import Doomed
from tests.torture.member import edit, let_all_logs_be_old, say_what_is_safe

PEOPLE = ("ana", "ana", "bob", "cem")


def edit_for_ever(place: Path, reviewer: str, seed: str, pipe: int) -> None:
    """Edit with everything running: the log, the watcher, taking in and writing the files."""
    rng, made = random.Random(seed), say_what_is_safe(lambda line: os.write(pipe, line.encode()))
    let_all_logs_be_old()
    machine = Machine(state=place / "state", cache=place / "cache")
    with Project(place / "group", reviewer=reviewer, machine=machine) as project:
        number = 0
        while True:
            number += 1
            try:
                edit(project, rng, number)
                if rng.random() < 0.2:
                    project.sync()
            except ReviewkitError:
                pass
            made()


def run_and_kill(place: Path, rng: random.Random) -> list[str]:
    """What four to eight processes were told before they were killed, all at one moment."""
    people = [PEOPLE[number % len(PEOPLE)] for number in range(rng.randint(4, 8))]
    doomed = Doomed(
        partial(edit_for_ever, place, person, f"{place.name}/{number}")
        for number, person in enumerate(people)
    )
    # From the first edit on, so that all of the beginning is met as well.
    doomed.wait_for_one()
    return doomed.kill_after(rng.uniform(0.0, 0.5))


if __name__ == "__main__":
    chance = random.Random(sys.argv[1])
    for folder in sys.argv[2:]:
        print(json.dumps(run_and_kill(Path(folder), chance)), flush=True)
