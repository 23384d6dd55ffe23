"""What an entry is compared with: with what it was itself, whatever its key is or was."""

from pathlib import Path

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
