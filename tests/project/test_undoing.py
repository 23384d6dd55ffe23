import re
from pathlib import Path

from reviewkit.project import Project
from tests.files.hands import LIBRARY, bib, edit_bib, edit_row, rows, settle

KEY = "smith2021"
DIGEST = Path(__file__).parents[1] / "corpus" / "digest" / "demo-106.txt"


def test_each_kind_of_edit_is_taken_back(project: Project) -> None:
    project.review(KEY, rating=3, status="reading", tags=["old"], note="Before.")
    project.edit(KEY, {"year": "2000"})
    note = project[KEY].review_of("ana").notes[0]
    project.flush()
    before = project[KEY]
    text = bib(project)
    actions = [
        (lambda: project.review(KEY, rating=5), "rating"),
        (lambda: project.review(KEY, rating=None), "rating"),
        (lambda: project.review(KEY, status="done"), "status"),
        (lambda: project.review(KEY, tags=["new", "newer"]), "tag 'new', tag 'newer', tag 'old'"),
        (lambda: project.review(KEY, note="After."), "note"),
        (lambda: project.review(KEY, note_id=note.id, note="Changed."), "note"),
        (lambda: project.review(KEY, delete_note=note.id), "note"),
        (lambda: project.edit(KEY, {"year": "1999", "doi": "10.1000/x"}), "doi, year"),
        (lambda: project.edit(KEY, {"journal": None}), "journal"),
    ]
    for act, named in actions:
        act()
        project.flush()
        assert project[KEY] != before, named
        done = project.undo()
        assert (done.undone, done.citekey) == (f"{named} of {KEY}", KEY)
        assert _plain(project[KEY]) == _plain(before), named
        project.flush()
        # A field that was taken out comes back after the others.
        assert _lines(bib(project)) == _lines(text), named
    settle(project)


def _plain(paper: object) -> object:
    return (
        paper.year, paper.doi, paper.venue,
        [(r.reviewer, r.rating, r.status, r.tags, [(n.id, n.text) for n in r.notes])
         for r in paper.reviews],
    )  # fmt: skip


def _lines(text: str) -> list[str]:
    lines = _without_revs(text).splitlines()
    return sorted(" ".join(line.replace("=", " = ").rstrip(",").split()) for line in lines)


def _without_revs(text: str) -> str:
    return re.sub(r"p\.[a-z2-7]{10} [a-z2-7]{10}", "", text)


def test_one_undo_takes_back_one_action(project: Project) -> None:
    project.review(KEY, rating=4, status="read", tags=["core"], note="Clear.")
    project.review("zhang2020", rating=2)
    assert project.undo().undone == "rating of zhang2020"
    assert project.undo().citekey == KEY
    assert project[KEY].reviews == ()
    assert project.undo().undone is None
    project.review(KEY, rating=1)
    project.undo()
    assert project.undo().undone is None
    settle(project)


def test_only_ones_own_edits_are_taken_back(project: Project) -> None:
    project.review(KEY, rating=4)
    project.review(KEY, rating=2, reviewer="bob")
    assert project.undo(by="cem").undone is None
    project.undo()
    assert [r.reviewer for r in project[KEY].reviews] == ["bob"]
    project.undo(by="bob")
    assert project[KEY].reviews == ()


def test_what_somebody_has_changed_since_stays(project: Project) -> None:
    project.edit(KEY, {"year": "2000"})
    project.edit(KEY, {"year": "2001"}, reviewer="bob")
    project.undo()
    assert project[KEY].year == 2001


def test_the_first_edit_of_a_field_gives_back_what_the_file_said(project: Project) -> None:
    project.edit(KEY, {"title": "Other", "keywords": "x", "doi": "10.1000/x"})
    project.flush()
    project.undo()
    project.flush()
    assert project[KEY].title == "On Small Things"
    assert project[KEY].keywords == ("small", "things")
    assert project[KEY].doi is None
    assert '"On Small Things"' in bib(project)
    assert "keywords = {small, things}" in bib(project)
    settle(project)


def test_undo_leaves_the_entrys_own_keywords_and_ranking(project: Project) -> None:
    edit_bib(project, "year={2020}", "year={2020}, keywords={alpha; beta}, ranking={rank1}")
    project.sync()
    text = without_marks(bib(project))
    project.review("zhang2020", rating=5, tags=["core"])
    project.flush()
    assert "rank5" in bib(project)
    assert project["zhang2020"].keywords == ("alpha", "beta")
    project.undo()
    project.flush()
    assert "ranking={rank1}" in bib(project)
    assert without_marks(bib(project)) == text


def without_marks(text: str) -> str:
    return re.sub(r",\s*reviewkit\s*=\s*\{[^}]*\}", "", text)


def test_adding_106_papers_is_one_action(project: Project) -> None:
    before = project.bib_path.read_bytes()
    added = project.add(DIGEST)
    assert len(added.added) == 106
    project.flush()
    assert len(project) == 109
    assert project.undo().undone == "adding 106 papers"
    assert len(project) == 3
    project.flush()
    assert project.bib_path.read_bytes() == before
    settle(project)
    assert len(project.add(DIGEST).added) == 106
    project.flush()
    assert len(project) == 109
    assert bib(project).count("\n@") == 3 + 106 + 1
    settle(project)


def test_adding_to_an_empty_folder_is_undone(tmp_path: Path) -> None:
    with Project(tmp_path, reviewer="ana", watch=False) as project:
        project.add(LIBRARY.encode())
        project.flush()
        assert len(project) == 3
        project.undo()
        project.flush()
        assert len(project) == 0
        assert "@article" not in bib(project)
        settle(project)
    with Project(tmp_path, reviewer="ana", watch=False) as project:
        assert len(project) == 0


def test_a_paper_that_somebody_reviewed_meanwhile_stays(project: Project) -> None:
    project.add("@misc{a2020, title={A}, year={2020}}\n@misc{b2020, title={B}, year={2020}}")
    project.flush()
    project.review("a2020", rating=4, reviewer="bob")
    project.undo()
    assert "b2020" not in project
    assert project["a2020"].review_of("bob").rating == 4
    project.flush()
    assert "@misc{a2020" in bib(project)
    settle(project)


def test_a_completed_paper_loses_what_was_completed(project: Project) -> None:
    before = _without_revs(bib(project))
    done = project.add("@article{x, title={On small things}, author={Smith, Zoë}, year=2021, "
                       "doi={10.1000/small}, abstract={Said.}}")  # fmt: skip
    assert done.matched == (KEY,)
    assert set(done.completed[KEY]) == {"doi", "abstract"}
    project.flush()
    project.undo()
    project.flush()
    assert project[KEY].doi is None
    assert "10.1000" not in bib(project)
    assert len(_without_revs(bib(project))) <= len(before) + 30


def test_removing_a_paper_is_undone_with_its_opinions(project: Project) -> None:
    project.review(KEY, rating=4, note="Mine.")
    project.review(KEY, rating=2, reviewer="bob")
    project.flush()
    project.remove(KEY)
    project.flush()
    assert KEY not in project
    assert KEY not in bib(project)
    assert [r["key"] for r in rows(project)] == []
    settle(project)
    project.undo()
    project.flush()
    assert project[KEY].review_of("bob").rating == 2
    assert project[KEY].title == "On Small Things"
    assert project[KEY].venue == "Journal of Small Things"
    assert project[KEY].type == "article"
    assert f"@article{{{KEY}," in bib(project)
    assert [r["reviewer"] for r in rows(project)] == ["ana", "bob"]
    settle(project)


def test_an_edit_in_a_file_is_not_mine_to_undo(project: Project) -> None:
    project.review(KEY, rating=4)
    project.flush()
    edit_row(project, KEY, rating="2")
    project.sync()
    project.undo()
    assert project[KEY].review_of("ana").rating == 2
