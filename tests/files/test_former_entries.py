"""What an entry is compared with: with what it was itself, whatever its key is or was."""

from pathlib import Path

import pytest

from tests.files.hands import bib, save, settle, start, taken_in
from tests.files.programs import Item, Zotero


def test_a_field_changed_together_with_the_key(tmp_path: Path) -> None:
    project = start(tmp_path / "p")
    project.review("smith2021", rating=4)
    project.flush()
    text = bib(project).replace("year     = 2021", "year     = 2022")
    text = text.replace("@article{smith2021,", "@article{smith2022,")
    save(project.bib_path, text.replace('"On Small Things"', '"On Tiny Things"'))
    project.sync()
    found = {(c.field, c.value) for c in taken_in(project)}
    assert found == {("bib:title", '"On Tiny Things"'), ("bib:year", "2022")}
    settle(project)
    former = [c.value for c in project.history("smith2022") if c.field == "bib:title"]
    assert former == ['"On Small Things"', '"On Tiny Things"']
    assert (project["smith2022"].title, project["smith2022"].year) == ("On Tiny Things", 2022)
    project.close()


def test_a_tag_that_an_export_changes_together_with_the_key(tmp_path: Path) -> None:
    """The log has the former keywords since a tag stood beside them."""
    small = Item("On Small Things in General", "Smith, Ann", "2021", tags=["small"])
    zotero = Zotero([Item("A Study of Many Things", "Zhang, Li", "2020"), small], better=False)
    with start(tmp_path / "p", zotero.export()) as project:
        project.review(zotero.key(small), rating=4, add_tags=["core"], note="Good.")
        project.sync()
        small.key, small.tags = "three", ["a"]
        save(project.bib_path, zotero.export())
        project.sync()
        assert set(project["three"].keywords) == {"a"}
        assert project["three"].tags == ("core",)
        settle(project)


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("said", [{"rating": 4}, {"add_tags": ["core"]}, {}])
def test_what_is_typed_into_an_old_entry_of_a_paper_that_is_gone(
    tmp_path: Path, merged: bool, said: dict[str, object]
) -> None:
    with start(tmp_path / "p") as project:
        if said:
            project.review("smith2021", **said)
        project.review("zhang2020", add_tags=["edge"])
        project.flush()
        text = bib(project)
        if merged:
            project.merge("zhang2020", "smith2021")
        else:
            project.remove("smith2021")
        project.flush()
        since = len(project.log())
        save(project.bib_path, text)
        project.sync()
        assert taken_in(project, since) == [] and "smith2021" not in list(project)
        typed = text.replace("{small, things", "{small, hand")
        assert typed != text
        save(project.bib_path, typed.replace('"On Small Things"', '"On Tiny Things"'))
        project.sync()
        found = {c.field: c.value for c in taken_in(project, since)}
        assert found == {"bib:keywords": "{small, hand}", "bib:title": '"On Tiny Things"'}
        paper = project["zhang2020" if merged else "smith2021"]
        assert "hand" in paper.keywords and ("core" in paper.tags) == ("add_tags" in said)
        settle(project)
