"""Claims of papers tied to the notebook cells that reproduce or refute them.

`link:ID` of a paper and reviewer holds the link, `run:ID` of a paper and of whoever ran the
notebook what came of it. ID is made of notebook, cell and quote, so that two people who
link the same words to the same cell mean one link.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reviewkit.ops.clock import iso_time
from reviewkit.ops.fold import Fold
from reviewkit.ops.op import Op
from reviewkit.records import RELATIONS, CellLink

LINK, RUN = "link:", "run:"

_TEXTS = ("quote", "notebook", "cell", "relation")


def is_link(value: object) -> bool:
    """Whether a value can be a link: who reads it may rely on its texts."""
    if not isinstance(value, Mapping) or not all(isinstance(value.get(n), str) for n in _TEXTS):
        return False
    return value["relation"] in RELATIONS and is_place(value["notebook"])


def is_place(notebook: str) -> bool:
    """Whether this names a notebook below the project's folder, and nothing elsewhere."""
    parts = notebook.split("/")
    plain = all(part not in ("", ".", "..") for part in parts) and "\\" not in notebook
    return plain and ":" not in parts[0] and notebook.lower().endswith(".ipynb")


def is_run(value: object) -> bool:
    """Whether a value can tell what came of a run."""
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("passed"), bool)
        and all(isinstance(value.get(name), str) for name in ("code", "before"))
    )


def cell_links(fold: Fold, paper: str) -> tuple[CellLink, ...]:
    """The paper's links with what the latest run of each cell said, by notebook and cell."""
    runs: dict[str, Op] = {}
    links: list[tuple[str, str, Op]] = []
    for (reviewer, field), ops in fold.current_of_paper(paper).items():
        latest = ops[-1]
        if reviewer is None or latest.value is None:
            continue
        if field.startswith(RUN) and is_run(latest.value):
            known = runs.get(field[len(RUN) :])
            if known is None or known.order < latest.order:
                runs[field[len(RUN) :]] = latest
        elif field.startswith(LINK) and is_link(latest.value):
            links.append((field[len(LINK) :], reviewer, latest))
    found = [_link(name, who, op.value, runs.get(name)) for name, who, op in links]
    return tuple(sorted(found, key=lambda link: (link.notebook, link.cell, link.quote)))


def _link(name: str, reviewer: str, value: Mapping[str, Any], run: Op | None) -> CellLink:
    outcome = run.value if run is not None else None
    return CellLink(
        id=name,
        reviewer=reviewer,
        quote=value["quote"],
        notebook=value["notebook"],
        cell=value["cell"],
        relation=value["relation"],
        state=state_of(value["relation"], outcome),
        by=run.reviewer if run is not None else None,
        at=iso_time(run.t) if run is not None else None,
        code=outcome["code"] if outcome else None,
        before=outcome["before"] if outcome else None,
    )


def state_of(relation: str, outcome: Mapping[str, Any] | None) -> str:
    """What a run says of the claim; a cell that refutes a claim passes when it does so."""
    if outcome is None:
        return "not run"
    if not outcome["passed"]:
        return "failed"
    return "reproduced" if relation == "reproduces" else "refuted"
