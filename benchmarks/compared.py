"""A made comparison: a library whose abstracts state figures, with columns partly filled in."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks import made
from reviewkit.matrix.entry import Entry, entered
from reviewkit.ops.ids import paper_id
from reviewkit.project import Project, open_project
from reviewkit.store.recorder import Edit

#: Name, type, unit and choices: twenty columns, as a group may have them.
COLUMNS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Speedup", "number", "x", ()),
    ("Accuracy", "number", "%", ()),
    ("Latency", "number", "ms", ()),
    ("Energy", "number", "J", ()),
    ("Throughput", "number", "images/s", ()),
    ("Parameters", "number", "", ()),
    ("Batch size", "number", "", ()),
    ("Seeds", "number", "", ()),
    ("Method", "choice", "", ("proof", "simulation", "measurement")),
    ("Setting", "choice", "", ("cloud", "edge", "mobile", "mixed")),
    ("Venue kind", "choice", "", ("conference", "journal", "workshop")),
    ("Data set", "text", "", ()),
    ("Hardware", "text", "", ()),
    ("Baseline", "text", "", ()),
    ("Limits", "text", "", ()),
    ("Code there", "yes/no", "", ()),
    ("Reproduced", "yes/no", "", ()),
    ("Main claim", "quote", "", ()),
    ("Rating", "rating", "", ()),
    ("sparse", "tag", "", ()),
)
_ABSTRACT = (
    "We split the model between device and edge. It is {0:.1f}x faster than MobileNet on "
    "ImageNet at {1:.1f}% accuracy and takes {2} ms on a Jetson Nano. {3}"
)
_WORDS = "cached loads, small batches, one device, no training, quantized weights only".split(", ")
_PEOPLE = ("ana", "ben", "chi")


def write(folder: Path, size: int, cells: int) -> list[str]:
    """A project of so many papers by twenty columns, so many cells filled in; the citekeys."""
    random_ = random.Random(11)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "references.bib").write_text(_library(size, random_), encoding="utf-8")
    with open_project(folder, reviewer="ana", watch=False) as project:
        for name, kind, unit, choices in COLUMNS:
            project.add_column(name, kind, unit=unit, choices=choices)
        _fill(project, cells, random_)
        return list(project)


def _library(size: int, random_: random.Random) -> str:
    entries = []
    for text in made.library(size).split("\n@"):
        head, _, rest = text.partition("  abstract = {")
        if rest:
            words = rest.partition("}")[0]
            figures = (random_.uniform(1.1, 9), random_.uniform(60, 99), random_.randint(2, 900))
            abstract = _ABSTRACT.format(*figures, words)
            entries.append(f"{head}  abstract = {{{abstract}}},\n}}\n")
        else:
            entries.append(text)
    return "\n@".join(entries)


def _fill(project: Project, cells: int, random_: random.Random) -> None:
    """Cells, ratings and tags of three people, in a few long actions."""
    keys, columns = list(project), project.columns()
    edits: dict[tuple[str, str, str], Edit] = {}
    for number in range(cells):
        key, column = random_.choice(keys), random_.choice(columns)
        paper, who = paper_id(key), _PEOPLE[number % 3]
        edits.setdefault((paper, "", ""), Edit(paper, None, "citekey", key))
        if column.type == "rating":
            edits[paper, who, ""] = Edit(paper, who, "rating", random_.randint(1, 5))
        elif column.type != "tag":
            entry = entered(column, _value(column.type, column.choices, random_), "")
            assert isinstance(entry, Entry)
            edits[paper, who, column.id] = Edit(paper, who, column.field, entry.content())
    several = list(edits.values())
    for begin in range(0, len(several), 2_000):
        project._record(several[begin : begin + 2_000], "ana", "kernel")


def _value(kind: str, choices: tuple[str, ...], random_: random.Random) -> str:
    if kind == "number":
        return f"{random_.uniform(1, 100):.1f}"
    if kind == "choice":
        return random_.choice(choices)
    return random_.choice(("yes", "no")) if kind == "yes/no" else random_.choice(_WORDS)
