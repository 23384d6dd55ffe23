import json
from typing import Any

import jsonschema
import pytest

from reviewkit.exports import Item, csl_item
from reviewkit.exports.csl import write
from reviewkit.exports.kinds import CSL_TYPES
from tests.exports.hands import REVIEWS, items_of, paper_with, written

# The rules of `csl-data.json` (CSL 1.0.2) for what may be there.
TYPES = """article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage"""
NAMES = """author chair collection-editor compiler composer container-author contributor curator
    director editor editorial-director executive-producer interviewer illustrator organizer
    original-author performer producer recipient reviewed-author translator"""
DATES = "accessed available-date container event-date issued original-date submitted"
TEXTS = """language journalAbbreviation shortTitle abstract annote archive archive_collection
    archive_location archive-place authority call-number citation-label collection-title
    container-title container-title-short dimensions division DOI event event-place genre ISBN
    ISSN jurisdiction keyword medium note original-publisher original-publisher-place
    original-title part-title PMCID PMID publisher publisher-place references reviewed-title scale
    section source status title title-short translated-title URL version year-suffix"""
NUMBERS = """chapter-number citation-number collection-number edition issue locator number
    number-of-pages number-of-volumes page page-first part printing supplement volume"""
NAME_PARTS = "family given dropping-particle non-dropping-particle suffix literal"


def each(names: str, schema: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(names.split(), schema)


NAME = {"type": "object", "properties": each(NAME_PARTS, {"type": "string", "minLength": 1}),
        "additionalProperties": False, "minProperties": 1}  # fmt: skip
PARTS = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
DATE = {"type": "object", "additionalProperties": False, "properties": {
    "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": PARTS},
    "season": {"enum": [1, 2, 3, 4]}, "circa": {"type": "boolean"},
    "literal": {"type": "string"}}}  # fmt: skip
SCHEMA = {"type": "array", "items": {
    "type": "object", "required": ["id", "type"], "additionalProperties": False, "properties": {
        "id": {"type": "string"}, "type": {"enum": TYPES.split()}, "custom": {"type": "object"},
        **each(NAMES, {"type": "array", "items": NAME, "minItems": 1}), **each(DATES, DATE),
        **each(TEXTS, {"type": "string", "minLength": 1}),
        **each(NUMBERS, {"type": "string", "minLength": 1})}}}  # fmt: skip

VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def check(text: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(text)
    VALIDATOR.validate(items)
    return items


def item(text: str) -> dict[str, Any]:
    return check(written("csl-json", text))[0]


def test_an_article() -> None:
    found = item(r"""@string{jst = {Journal of Small Things}}
        @article{m1, author = {van der Maaten, L. and {Barnes and Noble, Inc.} and others},
          title = {Memory {3D} {U-Net} with {Adam's} trick}, journal = jst, year = 2020,
          month = jun, volume = 7, number = {3}, pages = {12--34}, keywords = {nets, memory},
          doi = {https://doi.org/10.1000/AbC}, url = {https://x.org/a}, note = {In German},
          abstract = {One. Two.}, langid = {ngerman}, owner = {me}, file = {:a.pdf:PDF}}""")
    assert found == {
        "id": "m1",
        "type": "article-journal",
        "author": [
            {"family": "Maaten", "given": "L.", "non-dropping-particle": "van der"},
            {"literal": "Barnes and Noble, Inc."},
            {"literal": "others"},
        ],
        "title": "Memory 3D U-Net with Adam's trick",
        "container-title": "Journal of Small Things",
        "issued": {"date-parts": [[2020, 6]]},
        "volume": "7",
        "issue": "3",
        "page": "12-34",
        "DOI": "10.1000/AbC",
        "URL": "https://x.org/a",
        "keyword": "nets, memory",
        "note": "In German",
        "abstract": "One. Two.",
        "language": "de",
    }


def test_a_paper_of_a_proceedings_has_what_its_parent_gives() -> None:
    found = item("""@inproceedings{c, crossref = {p}, author = {A, B}, title = {Child}, number = 4}
        @proceedings{p, title = {Proc. of Things}, subtitle = {Big Ones}, editor = {Doe, J.},
          year = 2019, publisher = {ACM}, address = {Rome}, series = {LNCS}, doi = {10.1000/p}}""")
    assert found["container-title"] == "Proc. of Things: Big Ones"
    assert found["editor"] == [{"family": "Doe", "given": "J."}]
    assert (found["publisher"], found["publisher-place"]) == ("ACM", "Rome")
    assert (found["collection-title"], found["collection-number"]) == ("LNCS", "4")
    assert found["issued"] == {"date-parts": [[2019]]}
    assert "DOI" not in found


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{x, title={A}, eprint={2201.02693}, archiveprefix={arXiv}, year=2022}",
        "@article{x, title={A}, journal={arXiv preprint arXiv:2201.02693}, year=2022}",
        "@online{x, title={A}, eprint={2201.02693v2}, eprinttype={arxiv}, date={2022}}",
    ],
)
def test_a_preprint(entry: str) -> None:
    found = item(entry)
    assert found["type"] == "article"
    assert (found["number"], found["publisher"]) == ("arXiv:2201.02693", "arXiv")
    assert found["URL"] == "https://arxiv.org/abs/2201.02693"
    assert "container-title" not in found


def test_a_published_paper_with_an_eprint_is_no_preprint() -> None:
    found = item("@article{x, title={A}, journal={Nature}, eprint={2201.02693}, year=2022}")
    assert (found["type"], found["container-title"]) == ("article-journal", "Nature")


def test_theses_and_reports_say_what_they_are() -> None:
    found = check(
        written(
            "csl-json",
            """@phdthesis{a, title={T}, school={MIT}, year=1999}
        @thesis{b, title={T}, type={mathesis}, institution={ETH}, date={1999}}
        @techreport{c, title={T}, institution={CERN}, number={TR-1}, type={Memo}, year=1999}""",
        )
    )
    assert [each_["genre"] for each_ in found] == ["PhD thesis", "Master\u2019s thesis", "Memo"]
    assert [each_["publisher"] for each_ in found] == ["MIT", "ETH", "CERN"]
    assert found[2]["number"] == "TR-1"


@pytest.mark.parametrize("kind", sorted([*CSL_TYPES, "misc", "customa", "unheardof"]))
def test_every_type_is_one_of_csl(kind: str) -> None:
    assert item(f"@{kind}{{k, title={{T}}}}")["type"] == CSL_TYPES.get(kind, "document")


def test_an_entry_that_says_nothing() -> None:
    assert csl_item("k", "misc", {}) == {"id": "k", "type": "document"}


def test_opinions_only_where_asked_for() -> None:
    (plain,) = items_of("@article{smith2021, title={T}, annote={Mine}, keywords={own}}")
    said = Item(paper_with(REVIEWS, keywords=("own",)), plain.fields)
    without = write([said], opinions=False).decode()
    assert check(without)[0]["keyword"] == "own"
    for secret in ("core", "ana", "Table", "Mine", "custom"):
        assert secret not in without
    (found,) = check(write([said], opinions=True).decode())
    assert found["annote"] == "Mine"
    assert found["keyword"] == "own, core, edge"
    assert found["custom"]["reviewkit"]["score"] == 4.5
    ana, bob = found["custom"]["reviewkit"]["reviews"]
    assert ana["notes"] == ["First.\n\nTable *3* & 50%."]
    assert bob == {"reviewer": "bob", "rating": 4, "status": "reading"}
