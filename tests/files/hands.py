"""A project in a folder, and the hands of people who edit its files with other programs."""

import csv
import io
import os
from pathlib import Path

from reviewkit.project import Project
from reviewkit.records import Change

LIBRARY = """\
% The group's library.
@string{venue = {Journal of Small Things}}

@inproceedings{matsubara2022bottlefit,
  author = {Matsubara, Yoshitomo and von Callegaro, Davide},
  title = {{BottleFit}: Learning Compressed Representations},
  year = {2022},
}

@article{smith2021,
  author   = "Smith, Zo{\\"e}",
  title    = "On Small Things",
  journal  = venue,
  keywords = {small, things},
  year     = 2021
}

@article{zhang2020, author={Zhang, Li}, title={A Study}, year={2020}}
"""


def start(folder: Path, text: str | bytes = LIBRARY, reviewer: str = "ana") -> Project:
    folder.mkdir(exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "references.bib").write_bytes(data)
    return Project(folder, reviewer=reviewer, watch=False)


def bib(project: Project) -> str:
    return project.bib_path.read_bytes().decode()


def save(path: Path, data: str | bytes) -> None:
    """Save as an editor does that replaces the file."""
    other = path.with_name(path.name + "~")
    other.write_bytes(data if isinstance(data, bytes) else data.encode())
    other.replace(path)


def edit_bib(project: Project, old: str, new: str) -> None:
    text = bib(project)
    assert text.count(old) == 1, (old, text)
    save(project.bib_path, text.replace(old, new))


def rows(project: Project) -> list[dict[str, str]]:
    text = project.csv_path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row(project: Project, key: str, reviewer: str = "ana") -> dict[str, str]:
    (found,) = [r for r in rows(project) if (r["key"], r["reviewer"]) == (key, reviewer)]
    return found


def save_rows(project: Project, changed: list[dict[str, str]]) -> None:
    out = io.StringIO()
    names = list(dict.fromkeys(name for r in changed for name in r))
    writer = csv.DictWriter(out, names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(changed)
    save(project.csv_path, out.getvalue())


def edit_row(project: Project, key: str, reviewer: str = "ana", **cells: str) -> None:
    changed = rows(project)
    for r in changed:
        if (r["key"], r["reviewer"]) == (key, reviewer):
            r.update(cells)
    save_rows(project, changed)


def taken_in(project: Project, since: int = 0) -> list[Change]:
    """Edits found in files; without what was noted of the former state."""
    return [
        c
        for c in project.log()[since:]
        if c.via in ("bib", "csv") and not (c.origin or "").endswith("as it was")
        and not c.field.startswith("held:") and c.field not in ("citekey", "rewritten")
    ]  # fmt: skip


def settle(project: Project) -> None:
    """Synchronise until there is nothing to do; it must be so after two times."""
    project.sync()
    before = state(project)
    result = project.sync()
    assert (result.taken_in, result.bib_written, result.csv_written) == (0, False, False), result
    assert state(project) == before


def state(project: Project) -> tuple[object, ...]:
    files = [p.read_bytes() if p.exists() else None for p in (project.bib_path, project.csv_path)]
    return ([(p.citekey, p.reviews, p.conflicts) for p in project.papers()], *files)


def age(path: Path) -> None:
    """Give the file a time that no other state of it has."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))


def copy_ops(one: Path, other: Path) -> None:
    """Bring the logs of one folder to another, as a synchroniser does: never an older one."""
    for log in one.glob(".reviewkit/ops/*/*.jsonl"):
        target = other / log.relative_to(one)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.stat().st_size < log.stat().st_size:
            target.write_bytes(log.read_bytes())
    card = other / ".reviewkit/library.json"
    if not card.exists():
        card.write_bytes((one / ".reviewkit/library.json").read_bytes())
