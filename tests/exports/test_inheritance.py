from reviewkit.exports import with_inherited
from tests.exports.hands import items_of, library_of


def fields(text: str) -> dict[str, str]:
    return {name: value for name, (_, value) in items_of(text)[0].fields.items()}


def test_titles_of_the_parent_become_the_books() -> None:
    found = fields("""@inbook{c, crossref={b}, title={One}, pages={1--2}}
        @book{b, title={Book}, subtitle={Sub}, author={A, B}, year={2000}, abstract={Not mine},
          keywords={not, mine}, doi={10.1000/b}, publisher={P}}""")
    assert found["title"] == "One"
    assert (found["booktitle"], found["booksubtitle"]) == ("Book", "Sub")
    assert (found["author"], found["bookauthor"]) == ("A, B", "A, B")
    assert (found["publisher"], found["year"]) == ("P", "2000")
    assert not {"abstract", "keywords", "doi"} & found.keys()


def test_the_childs_own_come_first() -> None:
    found = fields("""@inproceedings{c, crossref={p}, booktitle={Mine}, date={2001-05}}
        @proceedings{p, title={Theirs}, booktitle={Theirs}, year={2000}, month={jan}}""")
    assert found["booktitle"] == "Mine"
    assert found["date"] == "2001-05"
    assert "year" not in found and "month" not in found


def test_a_booktitle_of_the_parent_is_taken_as_bibtex_does() -> None:
    found = fields("@inproceedings{c, crossref={p}} @proceedings{p, title={A}, booktitle={B}}")
    assert found["booktitle"] == "B"


def test_data_entries_give_all_that_they_have() -> None:
    found = fields("""@article{c, title={T}, xdata={x, y}} @xdata{x, publisher={P}, xdata={z}}
        @xdata{y, series={k}} @xdata{z, location={L}, title={Not}}""")
    assert (found["publisher"], found["location"], found["series"]) == ("P", "L", "k")
    assert found["title"] == "T"


def test_parents_of_parents() -> None:
    found = fields("""@inproceedings{c, crossref={p}, title={T}} @proceedings{p, crossref={m},
        title={Volume}} @mvproceedings{m, title={Whole}, publisher={P}}""")
    assert (found["booktitle"], found["publisher"]) == ("Volume", "P")


def test_circles_and_missing_parents_end() -> None:
    found = fields("@a{c, crossref={d}, title={T}} @a{d, crossref={c}, edition={N}}")
    assert (found["title"], found["edition"]) == ("T", "N")
    assert fields("@a{c, crossref={nobody}, title={T}}")["title"] == "T"
    assert fields("@a{c, crossref={c}, title={T}}")["title"] == "T"


def test_without_parents_the_fields_are_the_same() -> None:
    library = library_of("@a{k, title={T}}")
    own = library.fields("k")
    assert with_inherited(own, library.document, library.document.entry("k")) is own
