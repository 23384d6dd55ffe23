"""Only papers whose entries changed are compared again when the file was saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.files.sync import Sync
from reviewkit.ops.ids import paper_id
from reviewkit.store.folder import FolderStore
from reviewkit.store.layout import Layout
from reviewkit.store.recorder import Edit

KEYS = ("a2020", "b2021", "c2022")
BIB = "\n".join(f"@misc{{{key},\n  title = {{Paper {key}}},\n}}\n" for key in KEYS)


@pytest.fixture
def sync(tmp_path: Path, private_home: Path) -> Sync:
    """Three rated papers, all written into the file."""
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    found = Sync(FolderStore(Layout(tmp_path)))
    found.open("ana")
    for key in KEYS:
        paper = paper_id(key)
        edits = [Edit(paper, None, "citekey", key, (), True), Edit(paper, "ana", "rating", 4)]
        found.record(edits, by="ana", via="kernel")
    write(found)
    return found


def write(sync: Sync) -> set[str]:
    writing = sync.prepare()
    writing.run()
    sync.finish(writing)
    return writing.papers


def save(sync: Sync, old: str, new: str) -> None:
    """Another program saves the file."""
    bib = sync.store.layout.bib
    text = bib.read_text(encoding="utf-8")
    assert old in text
    bib.write_text(text.replace(old, new), encoding="utf-8")
    sync.take_in("ana")


def test_an_entry_that_changed(sync: Sync) -> None:
    save(sync, "Paper b2021", "Paper of b")
    assert write(sync) == {paper_id("b2021")}


def test_an_entry_that_is_gone_comes_back(sync: Sync) -> None:
    text = sync.store.layout.bib.read_text(encoding="utf-8")
    start, end = text.index("@misc{b2021"), text.index("@misc{c2022")
    save(sync, text[start:end], "")
    assert write(sync) == {paper_id("b2021")}
    assert "Paper b2021" in sync.store.layout.bib.read_text(encoding="utf-8")


def test_text_between_entries_concerns_no_paper(sync: Sync) -> None:
    save(sync, "@misc{c2022", "Some words.\n\n@misc{c2022")
    assert not write(sync)


def test_at_the_first_look_all_are_compared(sync: Sync) -> None:
    again = Sync(FolderStore(sync.store.layout))
    again.open("ben")
    assert write(again) == set(map(paper_id, KEYS))
