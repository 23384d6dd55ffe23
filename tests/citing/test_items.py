"""CSL-JSON of just the papers that are cited."""

from pathlib import Path

from reviewkit import Project
from reviewkit.citing import items

BIB = r"""
@inproceedings{a, title = {A {3D} {\"U}ber-Net}, author = {van der Berg, Jan and {The Group}},
  crossref = {p}}
@article{b, title = {B}, author = {Ø. Å}, year = 2021, doi = {10.1/x}, ids = {old}}
@proceedings{p, title = {Proc. of Z}, year = 2019, publisher = {Press}}
"""


def test_just_the_given_ones_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    with Project(tmp_path, reviewer="me", watch=False) as project:
        found = items(project._sync, ["b", "a", "none", "b", "old"])
        assert [item["id"] for item in found] == ["b", "a", "old"]
        assert items(project._sync.library, ["a"]) == [found[1]]
    assert found[1]["title"] == "A 3D Über-Net"
    assert found[1]["container-title"] == "Proc. of Z"
    assert found[1]["author"][0]["non-dropping-particle"] == "van der"
    assert {**found[2], "id": "b"} == found[0]
