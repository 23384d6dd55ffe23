import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.errors import ProjectError
from reviewkit.project import Project
from tests.files.hands import LIBRARY, bib, copy_ops, row, save, settle, start
from tests.files.programs import Item, Zotero, jabref


def zotero(better: bool = True) -> Zotero:
    return Zotero(
        [
            Item("Learning Compressed Representations", "Matsubara, Yoshitomo", "2022",
                 doi="10.1000/bottle", tags=["edge", "split"]),
            Item("On Small Things", "Smith, Zoe", "2021"),
            Item("A Study of Many Other Things", "Zhang, Li", "2020", notes=["One."]),
        ],
        better,
    )  # fmt: skip


@pytest.fixture
def program() -> Zotero:
    return zotero()


@pytest.fixture
def project(tmp_path: Path, program: Zotero) -> Iterator[Project]:
    project = start(tmp_path / "p", program.export())
    yield project
    project.close()


def beside(project: Project) -> BibDocument:
    return BibDocument.from_bytes(project.generated_path.read_bytes())


def export(project: Project, program: Zotero) -> str:
    text = program.export()
    save(project.bib_path, text)
    return text


def mode(project: Project) -> str:
    return project.info().mode


def key_of(project: Project, title: str) -> str:
    return next(p.citekey for p in project.papers() if p.title == title)


def judge(project: Project) -> str:
    key = key_of(project, "Learning Compressed Representations")
    project.review(key, rating=4, status="read", tags=["core"], note="Good.")
    project.review(key, rating=2, note="Hm.", reviewer="bob")
    project.sync()
    return key


def opinions(project: Project, key: str) -> list[object]:
    return [
        (r.reviewer, r.rating, r.status, r.tags, [n.text for n in r.notes])
        for r in project[key].reviews
    ]


@pytest.mark.parametrize("better", [True, False])
def test_one_rewrite_by_a_known_program_is_enough(
    project: Project, better: bool, tmp_path: Path
) -> None:
    program = zotero(better)
    with start(tmp_path / "other", program.export()) as other:
        key = judge(other)
        said = opinions(other, key)
        assert mode(other) == "shared" and "reviewkit =" in bib(other)
        text = export(other, program)
        other.sync()
        assert mode(other) == "generated"
        settle(other)
        assert bib(other) == text
        assert opinions(other, key) == said
        assert row(other, key)["notes"].endswith("Good.")
        entry = beside(other).entry(key)
        assert entry is not None
        assert entry.fields["reviewkit-ratings"].value == "ana=4 read; bob=2"
        assert entry.fields["comment-bob"].value.endswith("Hm.")
        assert entry.fields["ranking"].value == "rank3"
        assert "core" in entry.fields["keywords"].value
        assert entry.fields["doi"].value == "10.1000/bottle"
        assert beside(other).citekeys == (key,)


def test_of_an_unknown_program_two_rewrites_are_needed(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review("smith2021", rating=4, note="Good.")
        project.sync()
        save(project.bib_path, LIBRARY)
        project.sync()
        assert mode(project) == "shared" and "ana=4" in bib(project)
        # The very same text again is another rewrite.
        save(project.bib_path, LIBRARY)
        project.sync()
        assert mode(project) == "generated" and bib(project) == LIBRARY
        settle(project)
        entry = beside(project).entry("smith2021")
        assert entry is not None and entry.fields["journal"].value == "Journal of Small Things"


def test_an_entry_that_somebody_takes_out_and_types_anew_is_no_rewrite(tmp_path: Path) -> None:
    with start(tmp_path) as project:
        project.review("smith2021", rating=4)
        project.flush()
        text = bib(project)
        before, after = text.index("@article{smith"), text.index("@article{zhang")
        save(project.bib_path, text[:before] + text[after:])
        project.sync()
        assert "smith2021" in bib(project)
        typed = "@article{smith2021,\n  title = {On Small Things}\n}\n\n"
        save(project.bib_path, text[:before] + typed + text[after:])
        settle(project)
        assert project.info().mode == "shared"
        assert "reviewkit-ratings = {ana=4}" in bib(project)


def test_rewrites_while_nobody_looks_count_as_well(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review("smith2021", rating=4)
    for expected in ("shared", "generated", "generated"):
        save(tmp_path / "p" / "references.bib", LIBRARY)
        with Project(tmp_path / "p", reviewer="ana", watch=False) as project:
            project.sync()
            assert mode(project) == expected
            assert project["smith2021"].score == 4
    assert bib(project) == LIBRARY


def test_a_save_that_keeps_our_fields_breaks_the_row(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review("smith2021", rating=4)
        project.sync()
        for _ in range(3):
            save(project.bib_path, LIBRARY)
            project.sync()
            save(project.bib_path, jabref(bib(project), {"smith2021": {"volume": "{3}"}}))
            project.sync()
            save(project.bib_path, jabref(bib(project), {"smith2021": {"volume": "{4}"}}))
            project.sync()
        assert mode(project) == "shared"
        assert "ana=4" in bib(project)


def test_a_second_process_does_not_count_one_rewrite_twice(tmp_path: Path) -> None:
    with (
        start(tmp_path / "p") as project,
        Project(tmp_path / "p", reviewer="bob", watch=False) as other,
    ):
        project.review("smith2021", rating=4)
        project.sync()
        other.sync()
        save(project.bib_path, LIBRARY)
        # The log says it, but the file is not written back yet.
        project.take_in()
        other.sync()
        project.sync()
        other.sync()
        assert mode(project) == mode(other) == "shared"
        assert "ana=4" in bib(project)


def test_a_file_of_jabrefs_is_not_generated(tmp_path: Path) -> None:
    text = LIBRARY + "\n@Comment{jabref-meta: databaseType:bibtex;}\n"
    with start(tmp_path / "p", text) as project:
        project.review("smith2021", rating=4)
        project.sync()
        for _ in range(3):
            save(project.bib_path, text)
            project.sync()
            assert mode(project) == "shared" and "ana=4" in bib(project)


def test_keys_that_change_are_followed(project: Project, program: Zotero) -> None:
    key = judge(project)
    said = opinions(project, key)
    small = key_of(project, "On Small Things")
    project.review(small, note="By its title.")
    export(project, program)
    project.sync()
    program.items[0].title = "Compressed Representations, Learned"
    program.items[1].key = "smithNew2021"
    export(project, program)
    project.sync()
    settle(project)
    new = key_of(project, "Compressed Representations, Learned")
    assert new != key and opinions(project, new) == said
    assert key not in [p.citekey for p in project.papers()] and len(project) == 3
    assert [n.text for n in project["smithNew2021"].reviews[0].notes] == ["By its title."]
    assert set(beside(project).citekeys) == {new, "smithNew2021"}
    assert {row(project, new)["key"], row(project, "smithNew2021")["key"]}
    assert not project.info().problems


def test_what_is_not_certain_is_told_and_kept(project: Project, program: Zotero) -> None:
    key = judge(project)
    export(project, program)
    project.sync()
    first = program.items.pop(0)
    program.items += [
        Item("Another Title Altogether", first.author, "2022", doi=first.doi, key="one2022"),
        Item("One More Title Altogether", first.author, "2022", doi=first.doi, key="two2022"),
    ]
    export(project, program)
    project.sync()
    reasons = [problem.reason for problem in project.info().problems]
    assert any("one2022 or two2022" in reason for reason in reasons), reasons
    assert any("not in references.bib any more" in reason for reason in reasons)
    assert opinions(project, key)[0] == ("ana", 4, "read", ("core",), ["Good."])
    assert key in beside(project).citekeys
    # When it is back, all is well again.
    program.items[2:] = [first]
    export(project, program)
    project.sync()
    settle(project)
    assert not project.info().problems


def test_changes_of_the_program_are_seen_each_time(project: Project, program: Zotero) -> None:
    key = judge(project)
    for year in ("2023", "2024", "2022"):
        program.items[0].year, program.items[0].key = year, key
        export(project, program)
        project.sync()
        settle(project)
        assert project[key].year == int(year)
        entry = beside(project).entry(key)
        assert entry is not None and entry.fields["date"].value == year
    for tags in (["new"], ["edge", "new"]):
        program.items[0].tags = tags
        export(project, program)
        project.sync()
        assert set(project[key].keywords) == set(tags)
        assert project[key].tags == ("core",)


def test_edits_and_papers_of_ones_own_are_kept_beside(project: Project, program: Zotero) -> None:
    key = judge(project)
    export(project, program)
    project.sync()
    project.edit(key, {"title": "A Better Title", "venue": "Here"})
    project.add(b"@article{own2024, title = {My Own Paper on Things}, author = {Own, Ana},"
                b" year = {2024}, doi = {10.1000/own}}")  # fmt: skip
    project.review("own2024", rating=5)
    text = export(project, program)
    project.sync()
    settle(project)
    assert bib(project) == text
    assert project[key].title == "A Better Title"
    entry, own = beside(project).entry(key), beside(project).entry("own2024")
    assert entry is not None and entry.fields["title"].value == "A Better Title"
    assert own is not None and own.fields["doi"].value == "10.1000/own"
    # The program learns of the paper, under a key of its own.
    program.items.append(
        Item("My Own Paper on Things", "Own, Ana", "2024", doi="10.1000/own", key="ownPaper")
    )
    export(project, program)
    project.sync()
    assert project["ownPaper"].score == 5 and len(project) == 4
    assert not project.info().problems


def test_exports_have_what_is_kept_beside(project: Project, program: Zotero) -> None:
    key = judge(project)
    export(project, program)
    project.sync()
    project.add(b"@article{own2024, title = {My Own Paper on Things}, year = {2024}}")
    text, out = bib(project), project.root / "out.bib"
    for opinions in (True, False):
        result = project.export(out, opinions=opinions)
        found = BibDocument.from_bytes(out.read_bytes())
        assert set(found.citekeys) == set(project) == set(result.citekeys)
        entry = found.entry(key)
        assert entry is not None
        assert ("comment-ana" in entry.fields) == ("ranking" in entry.fields) == opinions
    assert bib(project) == text
    with pytest.raises(ProjectError):
        project.export(project.generated_path)


def test_opinions_typed_into_the_second_file_are_taken_in(
    project: Project, program: Zotero
) -> None:
    key = judge(project)
    export(project, program)
    project.sync()
    text = project.generated_path.read_text(encoding="utf-8")
    assert text.count("ana=4 read") == 1
    save(project.generated_path, text.replace("ana=4 read", "ana=5 read").replace("Hm.", "Hm!"))
    assert project.sync().taken_in == 2
    assert opinions(project, key) == [
        ("ana", 5, "read", ("core",), ["Good."]),
        ("bob", 2, None, (), ["Hm!"]),
    ]
    settle(project)
    save(project.generated_path, "")
    project.sync()
    settle(project)
    assert key in beside(project).citekeys


def test_the_mode_is_set_by_hand_and_undone(tmp_path: Path) -> None:
    with start(tmp_path / "p") as project:
        project.review("smith2021", rating=4)
        project.set_mode("generated")
        project.sync()
        assert bib(project) == LIBRARY
        assert beside(project).citekeys == ("smith2021",)
        project.review("smith2021", rating=2)
        project.sync()
        assert bib(project) == LIBRARY
        assert project.undo().undone is not None
        undone = project.undo()
        assert (undone.undone, undone.citekey) == ("the project's mode", None)
        project.sync()
        assert mode(project) == "shared" and "ana=4" in bib(project)
        settle(project)
        # Somebody has said what it is, so that nothing is found out any more.
        for _ in range(3):
            save(project.bib_path, LIBRARY)
            project.sync()
        assert mode(project) == "shared" and "ana=4" in bib(project)


def test_all_copies_of_a_project_agree(tmp_path: Path, program: Zotero) -> None:
    with (
        start(tmp_path / "a", program.export()) as one,
        start(tmp_path / "b", program.export(), "bob") as two,
    ):
        key = judge(one)
        copy_ops(tmp_path / "a", tmp_path / "b")
        two.sync()
        text = export(one, program)
        one.sync()
        copy_ops(tmp_path / "a", tmp_path / "b")
        two.sync()
        assert mode(two) == "generated"
        before = bib(two)
        two.review(key, rating=1)
        two.sync()
        assert bib(two) == before
        copy_ops(tmp_path / "b", tmp_path / "a")
        one.sync()
        save(two.bib_path, text)
        two.sync()
        assert one.generated_path.read_bytes() == two.generated_path.read_bytes()


def test_a_file_that_is_generated_is_never_written(project: Project, program: Zotero) -> None:
    key = judge(project)
    export(project, program)
    project.sync()
    stat = os.stat(project.bib_path)
    project.review(key, rating=1, tags=["other"], note="More.")
    project.remove(key_of(project, "On Small Things"))
    project.sync()
    settle(project)
    after = os.stat(project.bib_path)
    assert (stat.st_ino, stat.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(project) == 2
    # What was taken out here stays so, whatever the other program does to it.
    program.items[1].year, program.items[1].key = "1999", program.key(program.items[1])
    export(project, program)
    project.sync()
    assert len(project) == 2


def test_a_large_generated_library_opens_without_reading_every_entry(tmp_path: Path) -> None:
    items = [Item(f"N{n} Paper Like Many", "Many, Ann", "2020") for n in range(3000)]
    program = Zotero(items)
    with start(tmp_path / "p", program.export()) as project:
        key = program.key(items[7])
        project.review(key, rating=3)
        project.sync()
        export(project, program)
        project.sync()
        assert mode(project) == "generated"
    with Project(tmp_path / "p", reviewer="ana", watch=False) as project:
        document = project._sync.library.document
        read = [entry for entry in document._made.values() if entry._parsed is not None]
        assert len(read) < 10
        assert project[key].score == 3
