"""`reviews.csv` opened, typed into and saved by a real LibreOffice, and by pandas.

What is typed is taken in or held, what is not typed changes nothing, however the program
writes its tables; what it changes by itself (`007` to `7`) may be held, too.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd

from reviewkit.ops.snapshot import now
from reviewkit.project import Project, open_project
from reviewkit.tables import cells_of
from tests.torture.outcome import Outcome

_ROOT = Path(__file__).resolve().parents[2]
_WHAT = "tables saved by LibreOffice and pandas"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
#: How a table is opened: the separator, the quote, UTF-8, from the first line on, and whether
#: what looks like a date or number is one. See LibreOffice's "filter options of CSV".
_OPENED = ("44,34,76,1", "44,34,76,1,,0,false,true")
#: How it is saved: with commas, with semicolons, with all texts quoted, with formulas.
_SAVED = ("44,34,76,1", "59,34,76,1", "44,34,76,1,,0,true", "44,34,76,1,,0,false,true,true")
_NOTES = ("=1+1", "007", "1e5", "3/4", "Zoë 深度", "line\n\ntwo", "TRUE", "-5", "2026-01-02",
          'say "so"', "a;b,c\td", "  blanks  ", "+49 30", "@home", "#NAME?")  # fmt: skip
_COLUMNS = ("rating", "status", "decision", "tags", "notes")
#: What is typed, by column, and what becomes of it.
_TYPED = {"rating": "5", "status": "reading", "tags": "typed", "decision": "include"}


def run(folder: Path, tables: int) -> Outcome:
    """Save so many tables, some of them with a cell typed into."""
    program = shutil.which("soffice")
    faults: list[str] = []
    done = 0
    chance = random.Random(11)
    with _project(folder / "p") as project:
        for number in range(tables):
            typed = chance.choice([None, *_TYPED])
            if program and number % 2 == 0:
                said = _by_office(project, program, folder / "office", typed, chance)
            else:
                typed = None
                said = _by_pandas(project)
            before = _values(project)
            project.csv_path.write_bytes(said)
            project.sync()
            project.flush()
            after = _values(project)
            wrong = _wrong(before, after, typed, [item.field for item in project.held()])
            if wrong:
                faults.append(f"table {number}: {wrong}")
            done += 1
    note = "" if program else "without LibreOffice, which is not installed"
    return Outcome(_WHAT, done, len(faults), "; ".join([note, *faults[:3]]).strip("; "))


def _values(project: Project) -> dict[tuple[str, str], dict[str, str]]:
    """What every reviewer says of every paper, as cells of the table would have it."""
    fold, found = project._sync.fold, {}
    for paper in project.papers():
        for review in paper.reviews:
            cells = cells_of(now(fold, paper.id), review.reviewer)
            found[paper.citekey, review.reviewer] = {
                name: cells.get(name, "") for name in _COLUMNS
            }
    return found


def _wrong(
    before: dict[tuple[str, str], dict[str, str]],
    after: dict[tuple[str, str], dict[str, str]],
    typed: str | None,
    held: list[str],
) -> str:
    """What is not as it must be; empty: nothing."""
    if before.keys() != after.keys():
        return f"rows came or went: {before.keys() ^ after.keys()}"
    changed = [
        (name, row[name])
        for of, row in after.items()
        for name in row
        if row[name] != before[of][name]
    ]
    if typed is None or (not changed and any(typed.startswith(field[:3]) for field in held)):
        return f"nothing typed, and {changed} changed" if changed else ""
    return "" if changed == [(typed, _TYPED[typed])] else f"{typed} typed, {changed} changed"


def _project(folder: Path) -> Project:
    folder.mkdir(parents=True)
    shutil.copy(_ROOT / "references.bib", folder)
    project = open_project(folder, reviewer="ana", watch=False)
    for number, key in enumerate(list(project)[:30]):
        project.review(
            key,
            rating=1 + number % 4,
            status=("read", "skimmed")[number % 2],
            tags=["1e5", "007", "x y"][: number % 4],
            note=_NOTES[number % len(_NOTES)],
            reviewer=("ana", "ben")[number % 2],
        )
    project.flush()
    return project


def _by_office(
    project: Project, program: str, folder: Path, typed: str | None, chance: random.Random
) -> bytes:
    """The table as LibreOffice saves it, with one cell of this column changed in its sheet."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    source = folder / "reviews.csv"
    source.write_bytes(project.csv_path.read_bytes())
    _convert(program, source, "fods", f"--infilter=CSV:{chance.choice(_OPENED)}")
    sheet = source.with_suffix(".fods")
    if typed is not None:
        _type(sheet, typed, chance)
    source.unlink()
    _convert(program, sheet, f"csv:Text - txt - csv (StarCalc):{chance.choice(_SAVED)}")
    return source.read_bytes()


def _convert(program: str, source: Path, to: str, *more: str) -> None:
    home = source.parent.parent / "profile"
    command = [program, "--headless", "--norestore", f"-env:UserInstallation=file://{home}"]
    command += ["--convert-to", to, *more, "--outdir", str(source.parent), str(source)]
    done = subprocess.run(
        command, capture_output=True, timeout=120, env={**os.environ, "HOME": str(home)}
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))


def _type(sheet: Path, column: str, chance: random.Random) -> None:
    """Change one cell of the sheet as typing does: its text, and its type to go with it."""
    for prefix, address in _namespaces(sheet):
        ET.register_namespace(prefix, address)
    tree = ET.parse(sheet)
    rows = [_cells(row) for row in tree.iter(f"{_TABLE}table-row")]
    names = [_said(cell) for cell in rows[0]]
    at = names.index(column)
    value = _TYPED[column]
    full = [row for row in rows[1:] if len(row) == len(names) and _said(row[at]) != value]
    cell = chance.choice(full)[at]
    for child in list(cell):
        cell.remove(child)
    cell.attrib.clear()
    cell.set(f"{_OFFICE}value-type", "float" if value.isdigit() else "string")
    if value.isdigit():
        cell.set(f"{_OFFICE}value", value)
    ET.SubElement(cell, f"{_TEXT}p").text = value
    tree.write(sheet, encoding="utf-8", xml_declaration=True)


def _cells(row: ET.Element) -> list[ET.Element]:
    """The row's cells, each on its own: equal ones stand once, with their number."""
    cells: list[ET.Element] = []
    for cell in list(row):
        number = int(cell.attrib.pop(f"{_TABLE}number-columns-repeated", "1"))
        place = list(row).index(cell)
        for extra in range(min(number, 64) - 1):
            row.insert(place + 1 + extra, ET.fromstring(ET.tostring(cell)))
        cells += list(row)[place : place + min(number, 64)]
    return cells


def _said(cell: ET.Element) -> str:
    return "\n".join("".join(one.itertext()) for one in cell.findall(f"{_TEXT}p"))


def _namespaces(sheet: Path) -> list[tuple[str, str]]:
    return [pair for _, pair in ET.iterparse(sheet, ["start-ns"])]


def _by_pandas(project: Project) -> bytes:
    """The table as pandas' defaults read and write it."""
    text: str = pd.read_csv(project.csv_path).to_csv(index=False)
    return text.encode()
