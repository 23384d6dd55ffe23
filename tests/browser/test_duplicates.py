"""Papers that are there twice: seen, merged and parted again in the panel."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lab import Lab, until
from playwright.sync_api import expect
from screen import Screen

SitDown = Callable[..., Screen]

BIB = """\
% The group's library.

@misc{smithPreprint,
  title         = {On Small Things and What Becomes of Them},
  author        = {Smith, Zo{\\"e} and Garc{\\'i}a, Ana},
  eprint        = {2101.00001},
  archiveprefix = {arXiv},
  abstract      = {We look at small things.},
  year          = {2021}
}

@article{smith2022small,
  title   = {On Small Things, and What Becomes of Them},
  author  = {Smith, Zo{\\"e} and Garc{\\'i}a, Ana},
  journal = {Journal of Small Things},
  doi     = {10.1000/small},
  year    = {2022}
}

@article{li2020, title = {Another Thing Entirely}, author = {Li, Wei}, year = {2020}}
"""


@pytest.fixture
def project(lab: Lab, request: pytest.FixtureRequest) -> Path:
    """A folder with a preprint and its published version."""
    folder = lab.folder / request.node.name
    folder.mkdir()
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    for key, rating in (("smithPreprint", 2), ("smith2022small", 4)):
        code = f"import reviewkit; reviewkit.open('.').review({key!r}, rating={rating})"
        lab.run(code, folder)
    return folder


def test_a_pair_is_merged_as_chosen_and_parted_by_undo(
    lab: Lab, project: Path, sit_down: SitDown
) -> None:
    library, table = project / "references.bib", project / "reviews.csv"
    before = library.read_bytes(), table.read_bytes()
    ana = sit_down(lab, project)
    expect(ana.rows).to_have_count(3)
    ana.panel.get_by_role("button", name="1 duplicate").click()
    pairs = ana.panel.get_by_role("region", name="Duplicates")
    expect(pairs.get_by_role("option")).to_have_count(1)
    title = pairs.get_by_role("radiogroup", name="title").get_by_role("radio")
    expect(title.first).to_be_checked()
    expect(
        pairs.get_by_role("radiogroup", name="eprint").get_by_role("radio").last
    ).to_be_checked()
    title.last.click()
    ana.page.keyboard.press("m")

    expect(ana.toast()).to_contain_text("smithPreprint is merged into smith2022small")
    expect(pairs.get_by_text("No paper is here twice")).to_be_visible()
    until(project, lambda: b"@misc" not in library.read_bytes(), "the other entry is gone")
    text = library.read_text(encoding="utf-8")
    for part in (
        "{smithPreprint}",
        "{2101.00001}",
        "{10.1000/small}",
        "{We look at small things.}",
    ):
        assert part in text
    assert "{On Small Things and What Becomes of Them}" in text
    until(project, lambda: b"smithPreprint" not in table.read_bytes(), "one row of Ana's")

    ana.toast().get_by_role("button", name="Undo").click()
    expect(ana.toast()).to_contain_text("Undone: merging smithPreprint into smith2022small")
    expect(pairs.get_by_role("option")).to_have_count(1)
    until(project, lambda: b"@misc" in library.read_bytes(), "the other entry is back")
    assert without_revs(library.read_bytes()) == without_revs(before[0])
    until(project, lambda: table.read_bytes() == before[1], "both rows are back")


def without_revs(data: bytes) -> list[bytes]:
    """The lines, but for the one in which reviewkit keeps its mark."""
    return [line for line in data.splitlines() if b"reviewkit " not in line]


def test_what_is_not_the_same_is_asked_no_more(lab: Lab, project: Path, sit_down: SitDown) -> None:
    ana = sit_down(lab, project)
    expect(ana.rows).to_have_count(3)
    ana.command("reviewkit:show-duplicates")
    pairs = ana.panel.get_by_role("region", name="Duplicates")
    pairs.get_by_role("button", name="Not the same").click()
    expect(ana.toast()).to_contain_text("are kept apart")
    expect(pairs.get_by_text("No paper is here twice")).to_be_visible()
    ana.reload()
    ana.command("reviewkit:open-project", path=project.name)
    expect(ana.rows).to_have_count(3)
    expect(ana.panel.get_by_role("button", name="1 duplicate")).to_have_count(0)
