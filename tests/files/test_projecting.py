import difflib
import os
import re
import stat
from pathlib import Path

import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.project import Project
from tests.files.hands import LIBRARY, bib, row, rows, save, settle, start, state

CORPUS = Path(__file__).parents[1] / "corpus" / "bib"
OURS = re.compile(r"\s*(reviewkit|reviewkit-ratings|comment-[a-z]+|ranking|keywords)\s*=")


def review_all(project: Project) -> list[str]:
    for key in project:
        project.review(
            key, rating=4, tags=["core", "ähnlich"], note=f"Note with {{braces\n% {key}"
        )
    project.flush()
    return list(project)


def without_ours(before: bytes, after: bytes) -> bytes:
    """The file with our fields taken out and shared ones given back what they held."""
    document = BibDocument.from_bytes(after)
    original = BibDocument.from_bytes(before)
    for entry in document.entries:
        if entry.problem is not None or "reviewkit" not in entry.fields:
            continue
        was = original.entry(entry.citekey)
        assert was is not None
        for name in list(entry.fields):
            if name in ("keywords", "ranking") and name in was.fields:
                document.set_raw(entry, name, was.fields[name].raw)
            elif OURS.match(f"{name}=") and name not in was.fields:
                document.remove_field(entry, name)
    return document.to_bytes()


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.bib")), ids=lambda path: path.stem)
def test_every_byte_outside_our_fields_stays(tmp_path: Path, path: Path) -> None:
    before = path.read_bytes()
    with start(tmp_path / "p", before) as project:
        keys = review_all(project)
        after = project.bib_path.read_bytes()
        unwritten = {problem.text for problem in project.info().problems}
        # An entry without fields keeps the comma after its key.
        assert without_ours(before, after) in (before, before.replace(b"{a1}", b"{a1,}"))
        document = BibDocument.from_bytes(after)
        for key in keys:
            entry = document.entry(key)
            assert (entry is not None and "comment-ana" in entry.fields) or key in unwritten
            assert project[key].review_of("ana").rating == 4
        settle(project)
    with Project(tmp_path / "p", reviewer="bob", watch=False) as again:
        assert list(again) == keys
        assert again.sync().taken_in == 0
        assert again.bib_path.read_bytes() == after
        assert all(again[key].review_of("ana").rating == 4 for key in keys)


def test_the_difference_is_lines_of_ours_only(tmp_path: Path) -> None:
    with start(tmp_path) as project:
        project.review("matsubara2022bottlefit", rating=4, tags=["core"], note="Good.")
        project.flush()
        lines = difflib.ndiff(LIBRARY.splitlines(), bib(project).splitlines())
        changed = [line for line in lines if line[0] in "+-"]
    assert len(changed) == 5
    assert all(line.startswith("+ ") and OURS.match(line[2:]) for line in changed)


def test_what_stands_in_the_files(tmp_path: Path) -> None:
    with start(tmp_path) as project:
        project.review("smith2021", rating=4, status="read", tags=["core"], note="Good.")
        project.review("smith2021", rating=2, tags=["core", "edge"], reviewer="bob")
        project.flush()
        entry = BibDocument.from_bytes(project.bib_path.read_bytes()).entry("smith2021")
        assert entry is not None
        shown = {name: field.value for name, field in entry.fields.items()}
        assert shown["keywords"] == "small, things, core, edge"
        assert shown["ranking"] == "rank3"
        assert shown["reviewkit-ratings"] == "ana=4 read; bob=2"
        assert re.fullmatch(r"\[[a-z2-7]{6}\] Good\.", shown["comment-ana"])
        assert re.fullmatch(r"p\.[a-z2-7]{10} [a-z2-7]{10}", shown["reviewkit"])
        ana = row(project, "smith2021")
        assert (ana["rating"], ana["status"], ana["tags"]) == ("4", "read", "core")
        assert ana["notes"] == shown["comment-ana"]
        assert ana["title"] == "On Small Things"
        assert [r["reviewer"] for r in rows(project)] == ["ana", "bob"]


def test_cleared_opinions_leave_no_trace_but_the_mark(tmp_path: Path) -> None:
    with start(tmp_path) as project:
        review = project.review("smith2021", rating=4, status="read", tags=["core"], note="Good.")
        project.flush()
        project.review("smith2021", rating=None, status=None, tags=[],
                       delete_note=review.notes[0].id)  # fmt: skip
        project.flush()
        text = re.sub(r",\s*reviewkit\s*=\s*\{[^}]*\}", "", bib(project))
        assert text == LIBRARY
        assert rows(project) == []
        settle(project)


def test_nothing_is_written_where_nobody_said_anything(tmp_path: Path) -> None:
    with start(tmp_path) as project:
        project.sync()
    assert [path.name for path in tmp_path.iterdir()] == ["references.bib"]


def test_an_empty_folder_stays_empty_until_the_first_paper(tmp_path: Path) -> None:
    with Project(tmp_path, reviewer="ana", watch=False) as project:
        assert project.papers() == []
        project.sync()
        assert list(tmp_path.iterdir()) == []
        project.add("@article{a2020, title={A}, author={B, C}, year={2020}}")
        project.flush()
        assert "@article{a2020," in bib(project)


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_line_ends_and_encoding_of_the_file_are_kept(
    tmp_path: Path, newline: bytes, encoding: str
) -> None:
    text = LIBRARY.replace('Zo{\\"e}', "Zoë").encode(encoding).replace(b"\n", newline)
    with start(tmp_path, text) as project:
        project.review("smith2021", note="First line,\nsecond: ä € 漢.", tags=["ähnlich"])
        project.flush()
        data = project.bib_path.read_bytes()
        assert data.count(newline) == data.count(b"\n")
        assert "Zoë".encode(encoding) in data
        assert without_ours(text, data) == text
        assert b"comment-ana" in data
        # What the file's encoding cannot hold is spelled out.
        assert (b"\\char28450{}" in data) == (encoding != "utf-8")
        assert "漢" in row(project, "smith2021")["notes"]
        assert project["smith2021"].authors == ("Zoë Smith",)
        settle(project)
        (note,) = project["smith2021"].review_of("ana").notes
        assert note.text == "First line,\nsecond: ä € 漢."


def test_broken_entries_are_listed_and_the_rest_works(tmp_path: Path) -> None:
    broken = LIBRARY + "\n@article{half2020,\n  title = {Never closed,\n  year = 2020\n"
    with start(tmp_path, broken) as project:
        project.review("smith2021", rating=4)
        project.flush()
        assert "ana=4" in bib(project)
        assert bib(project).endswith(
            "@article{half2020,\n  title = {Never closed,\n  year = 2020\n"
        )
        problems = project.info().problems
        assert any(problem.path == "references.bib" and problem.line for problem in problems)


def test_a_link_is_followed_and_the_mode_kept(tmp_path: Path) -> None:
    shared = tmp_path / "shared.bib"
    shared.write_text(LIBRARY)
    shared.chmod(0o640)
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "references.bib").symlink_to(shared)
    with Project(folder, reviewer="ana", watch=False) as project:
        project.review("smith2021", rating=4)
        project.flush()
    assert (folder / "references.bib").is_symlink()
    assert "ana=4" in shared.read_text()
    assert stat.S_IMODE(shared.stat().st_mode) == 0o640


def test_a_file_that_cannot_be_written_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(tmp_path) as project:
        fs = project._store.fs
        create = type(fs).create

        def refuse(self: object, path: Path) -> int:
            if path.suffix == ".part" and path.parent == project.root:
                raise PermissionError(13, os.strerror(13), str(path))
            return create(fs, path)

        with monkeypatch.context() as patched:
            patched.setattr(type(fs), "create", refuse)
            project.review("smith2021", rating=4)
            project.flush()
            assert bib(project) == LIBRARY
            waiting = project.info().waiting
            assert [text.split(" (")[0] for text in waiting] == [
                "waiting for references.bib", "waiting for reviews.csv"]  # fmt: skip
            assert project["smith2021"].review_of("ana").rating == 4
        project.flush()
        assert "ana=4" in bib(project)
        assert row(project, "smith2021")["rating"] == "4"
        assert project.info().waiting == ()


@pytest.mark.parametrize("name", ["references.bib", "reviews.csv"])
def test_a_save_that_meets_our_writing_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with start(tmp_path) as project:
        project.review("smith2021", rating=4)
        project.flush()
        path = tmp_path / name
        theirs = path.read_bytes().replace(b"ana=4", b"ana=2").replace(b",ana,4,", b",ana,2,")
        assert theirs != path.read_bytes()
        fs = project._store.fs
        exchange = type(fs).exchange
        saved = []

        def meanwhile(self: object, one: Path, other: Path) -> bool:
            if other.name == name and not saved:
                saved.append(other)
                save(other, theirs)
            return exchange(fs, one, other)

        monkeypatch.setattr(type(fs), "exchange", meanwhile)
        project.review("matsubara2022bottlefit", rating=5)
        project.flush()
        assert saved
        settle(project)
        assert project["smith2021"].review_of("ana").rating == 2
        assert project["matsubara2022bottlefit"].review_of("ana").rating == 5
        assert "ana=2" in bib(project)
        assert row(project, "smith2021")["rating"] == "2"


def test_without_an_exchange_in_the_system_nothing_is_lost_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(tmp_path) as project:
        monkeypatch.setattr(type(project._store.fs), "exchange", lambda *_: False)
        project.review("smith2021", rating=4)
        project.flush()
        project.review("smith2021", rating=3)
        project.flush()
        settle(project)
        assert "ana=3" in bib(project)
        assert not list(tmp_path.glob("*.tmp")) + list(tmp_path.glob(".*.old"))


def test_an_old_file_is_kept_from_the_day_it_was_replaced(tmp_path: Path) -> None:
    with start(tmp_path) as project:
        os.utime(project.bib_path, (10**9, 10**9))
        project.review("zhang2020", rating=3)
        project.flush()
    trash = tmp_path / ".reviewkit/trash"
    (kept,) = trash.iterdir()
    start(tmp_path, (tmp_path / "references.bib").read_bytes()).close()
    assert kept.read_text() == LIBRARY
    kept.rename(trash / f"20010909T014640-{kept.name[16:]}")
    start(tmp_path, (tmp_path / "references.bib").read_bytes()).close()
    assert list(trash.iterdir()) == []


def test_replaced_files_are_kept_in_the_trash(tmp_path: Path) -> None:
    with start(tmp_path) as project:
        project.review("smith2021", rating=4)
        project.flush()
        kept = list((tmp_path / ".reviewkit/trash").iterdir())
        assert [path.read_text() for path in kept if path.name.endswith("references.bib")] == [
            LIBRARY
        ]
        assert not list(tmp_path.glob("*.tmp"))


def test_syncing_again_changes_nothing(tmp_path: Path) -> None:
    with start(tmp_path) as project:
        review_all(project)
        settle(project)
        before = state(project)
    with Project(tmp_path, reviewer="bob", watch=False) as again:
        assert again.sync().message == "everything was in step already"
        assert state(again) == before


def test_a_note_in_letters_that_the_file_does_not_have(tmp_path: Path) -> None:
    text = "@misc{a, title={Über Tee}, year={2020}}\n".encode("cp1252")
    with start(tmp_path, text) as project:
        project.review("a", note="Καλό: \\char945{} 茶", add_tags=["grün"])
        project.flush()
        data = project.bib_path.read_bytes()
        assert b"\\char922{}" in data
        assert "Über Tee".encode("cp1252") in data
        assert all(problem.line for problem in project.info().problems)
        settle(project)
    with start(tmp_path, data, reviewer="bob") as other:
        assert other["a"].review_of("ana").notes[0].text == "Καλό: \\char945{} 茶"
        settle(other)
