import json

import rispy

from reviewkit.exports import Item
from reviewkit.exports.ris import write
from tests.exports.hands import REVIEWS, items_of, paper_with, written

ARTICLE = r"""@string{jst = {Journal of Small Things}}
@article{smith2021, author = {van der Maaten, L. and Gates, III, William and {CERN}},
  title = {On {Small} Things}, journal = jst, year = 2020, month = jun, day = 3, volume = 7,
  number = {3}, pages = {12--34}, keywords = {nets, memory}, doi = {doi:10.1000/AbC},
  url = {https://x.org/a;b}, note = {In German}, abstract = {One.

Two.}, issn = {1234-5678}, editor = {Doe, Jane}}"""


def test_an_article_line_by_line() -> None:
    assert written("ris", ARTICLE).split("\r\n") == [
        "TY  - JOUR",
        "TI  - On Small Things",
        "AU  - van der Maaten, L.",
        "AU  - Gates, William, III",
        "AU  - CERN",
        "A2  - Doe, Jane",
        "T2  - Journal of Small Things",
        "JO  - Journal of Small Things",
        "VL  - 7",
        "SN  - 1234-5678",
        "IS  - 3",
        "SP  - 12",
        "EP  - 34",
        "PY  - 2020",
        "DA  - 2020/06/03/",
        "AB  - One. Two.",
        "KW  - nets",
        "KW  - memory",
        "DO  - 10.1000/AbC",
        "UR  - https://x.org/a;b",
        "N1  - In German",
        "ID  - smith2021",
        "LB  - smith2021",
        "ER  - ",
        "",
    ]


def test_rispy_reads_it_back() -> None:
    both = (
        ARTICLE + "@inproceedings{c, title={Child}, booktitle={Proc.}, author={A, B}, year=1999}"
    )
    first, second = rispy.loads(written("ris", both))
    assert first["authors"] == ["van der Maaten, L.", "Gates, William, III", "CERN"]
    assert first["keywords"] == ["nets", "memory"]
    assert (first["start_page"], first["end_page"], first["year"]) == ("12", "34", "2020")
    assert (second["type_of_reference"], second["secondary_title"]) == ("CONF", "Proc.")
    assert (second["id"], second["label"]) == ("c", "c")


def test_types_and_odd_pages() -> None:
    entry = "@article{a, title={T}, pages={1, 3--5}, year={in press}, entrysubtype={magazine}}"
    (record,) = rispy.loads(written("ris", entry))
    assert record["type_of_reference"] == "MGZN"
    assert (record["start_page"], record.get("end_page")) == ("1, 3-5", None)
    assert record["year"] == "in press"
    (record,) = rispy.loads(written("ris", "@whatever{a, title={T}, pages={e123}}"))
    assert (record["type_of_reference"], record["start_page"]) == ("GEN", "e123")


def test_arxiv_has_its_address() -> None:
    (record,) = rispy.loads(written("ris", "@misc{a, title={T}, eprint={2201.02693}}"))
    assert record["urls"] == ["https://arxiv.org/abs/2201.02693"]
    known = "@misc{a, title={T}, eprint={2201.02693}, url={https://arxiv.org/abs/2201.02693v2}}"
    (record,) = rispy.loads(written("ris", known))
    assert record["urls"] == ["https://arxiv.org/abs/2201.02693v2"]


def test_opinions_are_notes_where_asked_for() -> None:
    (plain,) = items_of("@article{smith2021, title={T}, keywords={own}, note={Theirs}}")
    said = [Item(paper_with(REVIEWS, keywords=("own",)), plain.fields)]
    without = write(said, opinions=False).decode()
    assert not any(word in without for word in ("core", "ana", "Table", "reviewkit"))
    (record,) = rispy.loads(write(said, opinions=True).decode())
    assert record["keywords"] == ["own", "core", "edge"]
    note, *ours = record["notes"]
    assert note == "Theirs"
    values = [line.partition(": ") for line in ours]
    assert [name for name, _, _ in values] == [
        "reviewkit_review",
        "reviewkit_review",
        "reviewkit_score",
        "reviewkit_tags",
    ]
    ana = json.loads(values[0][2])
    assert ana["notes"] == ["First.\n\nTable *3* & 50%."]
    assert json.loads(values[2][2]) == 4.5
