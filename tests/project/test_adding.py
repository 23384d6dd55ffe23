from pathlib import Path

import pytest

from reviewkit.citekeys import Citekeys
from reviewkit.errors import FormatError
from reviewkit.formats import Identifier, Understood
from reviewkit.project import Project
from reviewkit.project.curating.adding import add_understood
from reviewkit.project.curating.naming import Naming
from tests.files.hands import LIBRARY, bib, settle

DIGEST = Path(__file__).parents[1] / "corpus" / "digest"


def test_a_new_paper_is_in_the_library_and_then_in_the_file(project: Project) -> None:
    done = project.add("@article{new2024, title={New}, author={A, B}, year={2024}, note={x}}")
    assert (done.added, done.matched, done.format) == (("new2024",), (), "bibtex")
    assert project["new2024"].title == "New"
    project.flush()
    assert bib(project).startswith(LIBRARY.rstrip("\n"))
    assert "@article{new2024," in bib(project)
    assert "note" in bib(project)
    settle(project)


def test_adding_again_changes_nothing(project: Project) -> None:
    first = project.add(DIGEST / "demo-106.txt")
    assert len(first.added) == 106
    before = (len(project.log()), len(project))
    again = project.add(DIGEST / "demo-106.txt")
    assert again.added == ()
    assert "nothing changed" in again.message
    assert (len(project.log()), len(project)) == before
    project.flush()
    text = bib(project)
    project.add(DIGEST / "demo-106.txt")
    project.flush()
    assert bib(project) == text


def test_a_known_paper_is_completed_not_doubled(project: Project) -> None:
    given = (
        "@article{other, title={{ON} small things!}, author={Smith, Z.}, year={2021}, "
        "doi={10.1000/small}, abstract={What is said.}}"
    )
    done = project.add(given)
    assert (done.added, done.matched, done.abstracts_added) == ((), ("smith2021",), 1)
    assert set(done.completed["smith2021"]) == {"doi", "abstract"}
    paper = project["smith2021"]
    assert (paper.abstract, paper.doi, paper.year) == ("What is said.", "10.1000/small", 2021)
    assert project.add(given).message.endswith("nothing changed")
    project.flush()
    settle(project)
    assert bib(project).count("What is said.") == 1


KNOWN = """@article{known, title={Slow Brewing of Green Tea in Cold Rooms: A Randomised Trial},
  author={Lindqvist, {\\AA}sa and O'Brien, Carl}, year={2012}, journal={Journal of Tea},
  volume={14}, number={3}, pages={123--129}}"""


def test_a_known_paper_that_is_written_otherwise_is_found(project: Project) -> None:
    project.add(KNOWN)
    done = project.add(
        "@article{x, title={Slow brewing of green tea in cold rooms}, pages={123-9}, "
        "author={Lindqvist A and O'Brien C}, year={2012}, journal={J Tea}, volume=14, "
        "doi={10.1000/tea}}\n@article{y, title={[Slow brewing of green tea in cold rooms: a "
        "randomized trial]}, author={Lindqvist, A. and O'Brien, C.}, year={2012}}"
    )
    assert (done.added, done.matched, done.maybe) == ((), ("known",), ())
    assert project["known"].doi == "10.1000/tea"


def test_what_may_be_a_known_paper_is_added_and_told(project: Project) -> None:
    project.add(KNOWN)
    title = "Slow brewing of green tea in warm rooms: a randomised trial"
    fields = "author={Lindqvist, A. and O'Brien, C.}, journal={Journal of Tea}, year={2012}"
    done = project.add(f"@article{{x, title={{{title}}}, {fields}}}")
    assert (done.added, done.matched) == (("x",), ())
    assert [(alike.citekey, alike.other) for alike in done.maybe] == [("x", "known")]
    assert "titles nearly equal" in done.maybe[0].reasons
    assert done.message == "1 added, 1 of them may be there already"
    assert project["known"].doi is None


def test_parts_of_one_series_are_papers_of_their_own(project: Project) -> None:
    given = (
        KNOWN.replace("A Randomised Trial", "Part 1")
        + "\n"
        + KNOWN.replace("A Randomised Trial", "Part 2")
        .replace("known", "second")
        .replace("123--129", "130--9")
    )
    assert project.add(given).added == ("known", "second")
    again = project.add(given)
    assert (again.added, again.matched, again.maybe) == ((), ("known", "second"), ())


def test_a_key_that_is_taken_gives_another(project: Project) -> None:
    done = project.add("@misc{smith2021, title={Quite another}, author={Smith, A}, year={2021}}")
    (key,) = done.added
    assert key != "smith2021"
    assert project[key].title == "Quite another"
    assert project["smith2021"].title == "On Small Things"
    project.flush()
    settle(project)


def test_two_of_one_text_with_one_key(project: Project) -> None:
    text = "".join(f"@misc{{same, title={{Paper number {n}}}, year={{2020}}}}\n" for n in "ab")
    done = project.add(text)
    assert len(set(done.added)) == 2
    project.flush()
    settle(project)


def test_the_file_the_bytes_and_the_text_are_one(project: Project, tmp_path: Path) -> None:
    text = "@misc{a, title={A thing}, year={2020}}"
    (tmp_path / "in.bib").write_text(text)
    assert project.add(tmp_path / "in.bib").added == ("a",)
    assert project.add(str(tmp_path / "in.bib")).matched == ("a",)
    assert project.add(text.encode(), name="in.bib").matched == ("a",)
    assert project.add(text).matched == ("a",)


@pytest.mark.parametrize("name", ["broken.bib", "binary.bin", "empty.txt", "page.html"])
def test_what_is_not_understood_adds_nothing_by_halves(project: Project, name: str) -> None:
    before = len(project)
    try:
        done = project.add(DIGEST / name)
    except FormatError as error:
        assert str(error)
        assert len(project) == before
    else:
        assert done.problems
        assert len(project) == before + len(done.added)


def test_a_file_that_is_not_there(project: Project) -> None:
    with pytest.raises(FormatError, match="nothing.bib"):
        project.add("nothing.bib")
    assert project.log() == []


def test_hostile_entries_do_no_harm(project: Project) -> None:
    project.add("@misc{x%y, title={100% <b>}, year={2020}}\n"
                "@misc{../../etc, title={Up}, year={2021}}\n"
                "@misc{=cmd, title={=1+1}, year={2022}}")  # fmt: skip
    for key in list(project):
        project.review(key, rating=4, note="=HYPERLINK()")
    project.flush()
    settle(project)
    for line in project.csv_path.read_text(encoding="utf-8-sig").splitlines():
        assert line[:1] not in "=+-@"


def test_papers_that_are_only_named_are_matched_or_kept_for_a_look_up(project: Project) -> None:
    project.add("@misc{tea2020, title={Tea}, author={Lee, An}, eprint={2001.00001}}")
    names = (
        Identifier("arxiv", "2001.00001", 3),
        Identifier("doi", "10.1000/far", 4),
        Identifier("url", "https://example.org/a", 5),
    )
    library = project._sync.library
    edits, done = add_understood(
        library,
        Understood("identifiers", (), identifiers=names),
        Naming(project.root, library.document, Citekeys()),
    )
    assert edits == []
    assert (done.added, done.matched) == ((), ("tea2020",))
    assert done.message == "1 matched, 2 queued for a look-up"
    assert done.queued == ("doi:10.1000/far", "url:https://example.org/a")
    assert done.problems == ()


def test_an_entry_without_a_citekey_is_given_one(project: Project) -> None:
    done = project.add("@article{, author={Own, Ann}, title={By Hand}, year={2023}}", by="ana")
    (key,) = done.added
    assert "own" in key.lower() and project[key].title == "By Hand"
    assert done.problems == () and "not understood" not in done.message
