from reviewkit.bibtex import BibDocument
from reviewkit.project import Project
from tests.files.hands import LIBRARY

KEY = BibDocument.from_bytes(LIBRARY.encode()).entries[0].citekey


def test_undo_after_undo_goes_back_to_the_beginning(project: Project) -> None:
    for rating in (4, 2, 5):
        project.review(KEY, rating=rating)
    project.review(KEY, note="A thought.")
    seen = []
    for _ in range(4):
        assert project.undo().undone is not None
        review = project[KEY].reviews[0] if project[KEY].reviews else None
        seen.append((review and review.rating, len(review.notes) if review else 0))
    assert seen == [(5, 0), (2, 0), (4, 0), (None, 0)]
    assert project.undo().undone is None


def test_an_edit_after_an_undo_is_undone_to_what_the_undo_gave(project: Project) -> None:
    for rating in (4, 2):
        project.review(KEY, rating=rating)
    project.undo()
    project.review(KEY, rating=1)
    project.undo()
    assert project[KEY].reviews[0].rating == 4
    project.undo()
    assert project[KEY].reviews == ()


def test_what_somebody_changed_since_stays(project: Project) -> None:
    project.edit(KEY, {"year": "2001"})
    project.edit(KEY, {"year": "2002"})
    project.undo()
    project.edit(KEY, {"year": "2003"}, reviewer="ben")
    project.undo()
    assert project[KEY].year == 2003


def test_undo_passes_over_what_somebody_changed_since(project: Project) -> None:
    project.review(KEY, rating=3)
    project.edit(KEY, {"year": "2001"})
    project.edit(KEY, {"year": "2003"}, reviewer="ben")
    assert "rating" in str(project.undo().undone)
    assert project[KEY].reviews == ()
    assert project[KEY].year == 2003
