from collections.abc import Sequence
from time import process_time

import bibtexparser
import pybtex.database
import pytest

from reviewkit.bibtex import BibDocument
from reviewkit.exports import write_bib
from reviewkit.exports.zotero import file_names
from reviewkit.records import Paper, Problem, Review
from tests.exports.hands import REVIEWS, paper_with

OPINIONS = """  comment-ana = {[abcdef] First.},
  comment-bob = {[bcdefg] His.},
  ranking = {rank5},
  reviewkit = {p.aaaaaaaaaa bbbbbbbbbb},
  reviewkit-ratings = {ana=5 done; bob=4 reading},
"""
LIBRARY = r"""@string{jst = {Journal of Small Things}}
@string{unused = {Nothing}}
@string{mine = {Drawer 4}}

@article{smith2021,
  author = {Smith, Zo{\"e}},
  title = "On {Small} Things",
  journal = jst,
  keywords = {caf{\'e}, own, core, edge},
  file = {The paper:papers/smith.pdf:PDF},
  abstract = {Long.},
  owner = mine,
  bdsk-url-1 = {https://x.org},
  groups = {Friday},
""" + OPINIONS + """  note = {In German}
}

@inproceedings{child, crossref = {proc}, title = {Child}, readstatus = {skimmed}}
@proceedings{proc, title = {Proceedings}, timestamp = {2020-01-01}}
@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Friday\\;0\\;1\\;\\;\\;\\;;
}
@comment{BibDesk Static Groups{x}}
"""  # fmt: skip


def paper_of(key: str, reviews: Sequence[Review] = REVIEWS) -> Paper | None:
    if key == "smith2021":
        return paper_with(reviews, keywords=("café", "own"))
    return paper_with((), citekey=key) if key in ("child", "proc") else None


def export(
    form: str, opinions: bool = False, keys: Sequence[str] | None = None, text: str = LIBRARY
) -> tuple[str, tuple[Problem, ...]]:
    library = BibDocument.from_bytes(text.encode())
    data, problems = write_bib(form, library, keys, paper_of, opinions)
    return data.decode(), problems


def test_as_it_is_only_without_opinions() -> None:
    text, problems = export("bibtex", keys=["smith2021"])
    start, end = LIBRARY.index("@article"), LIBRARY.index("\n\n@inproceedings")
    mine = LIBRARY[start:end].replace(OPINIONS, "").replace(", core, edge", "")
    assert mine in text
    assert not problems
    assert "unused" not in text
    text, _ = export("bibtex", opinions=True, keys=["smith2021"])
    assert LIBRARY[start:end] in text


def test_clean_is_what_a_bibliography_prints() -> None:
    text, problems = export("clean")
    document = BibDocument.from_bytes(text.encode())
    smith = document.entry("smith2021")
    assert smith is not None
    assert list(smith.fields) == ["author", "title", "journal", "keywords", "note"]
    assert 'title = "On {Small} Things",' in text
    assert "@string{jst" in text and "mine" not in text
    assert [entry.citekey for entry in document.entries] == ["smith2021", "child", "proc"]
    assert "readstatus" not in text and "timestamp" not in text
    assert not problems


def test_clean_without_the_groups_tags() -> None:
    text, _ = export("clean")
    assert r"keywords = {caf{\'e}, own}," in text


def test_zotero_gets_one_note_and_tags() -> None:
    text, _ = export("zotero", opinions=True)
    smith = BibDocument.from_bytes(text.encode()).entry("smith2021")
    assert smith is not None
    fields = {field.name: field.value for field in smith.all_fields()}
    assert fields["annote"] == (
        "**ana**: 5/5; done; core, edge\n\nFirst.\n\nTable *3* & 50%.\n\n**bob**: 4/5; reading"
    )
    assert fields["keywords"] == "café, own, core, edge, rating/4, status/done, status/reading"
    assert fields["file"] == "The paper:papers/smith.pdf:application/pdf"
    assert not any(name.startswith(("comment-", "reviewkit", "ranking")) for name in fields)


def test_zotero_keeps_a_note_that_is_there() -> None:
    text = LIBRARY.replace("note = {In German}", "annote = {Old one.}, annote = {Old two.}")
    text, _ = export("zotero", opinions=True, text=text)
    smith = BibDocument.from_bytes(text.encode()).entry("smith2021")
    assert smith is not None
    notes = [field.value for field in smith.all_fields() if field.name == "annote"]
    assert len(notes) == 1
    assert notes[0].startswith("Old one.\n\nOld two.\n\n**ana**")


def test_zotero_without_opinions() -> None:
    text, _ = export("zotero")
    assert not any(word in text for word in ("ana", "core", "rating/", "status/", "reviewkit"))


@pytest.mark.parametrize(
    ("jabref", "zotero"),
    [
        ("d:a.pdf:PDF", "d:a.pdf:application/pdf"),
        (":a.pdf:PDF;:b.html:HTML", "a.pdf:a.pdf:application/pdf;b.html:b.html:text/html"),
        (r":C\:\\x\\a.pdf:pdf", r"a.pdf:C\:\\x\\a.pdf:application/pdf"),
        ("t:a.pdf:application/pdf", "t:a.pdf:application/pdf"),
        ("papers/a.pdf", "papers/a.pdf"),
        ("d:a.xyz:XYZ", "d:a.xyz:XYZ"),
        ("::", "::"),
        ("", ""),
    ],
)
def test_names_of_files(jabref: str, zotero: str) -> None:
    assert file_names(jabref) == zotero


def test_jabref_keeps_its_own() -> None:
    text, _ = export("jabref", opinions=True)
    assert text.startswith("% Encoding: UTF-8\n")
    document = BibDocument.from_bytes(text.encode())
    smith, child = document.entry("smith2021"), document.entry("child")
    assert smith is not None and child is not None
    assert smith.fields["readstatus"].value == "read"
    assert smith.fields["ranking"].value == "rank5"
    assert smith.fields["groups"].value == "Friday"
    assert smith.fields["comment-bob"].value == "[bcdefg] His."
    assert child.fields["readstatus"].value == "skimmed"
    assert "1 StaticGroup:Friday" in text and "BibDesk" not in text
    part, _ = export("jabref", opinions=True, keys=["smith2021"])
    assert "StaticGroup" not in part
    without, _ = export("jabref")
    assert not any(word in without for word in ("comment-", "rank5", "reviewkit", "core"))


BROKEN = "@article{broken, title = {A, comment-ana = {Secret}\n\n@misc{sound, title = {B}}\n"


@pytest.mark.parametrize("form", ["bibtex", "clean", "zotero", "jabref"])
def test_broken_entries_give_nothing_away(form: str) -> None:
    text, problems = export(form, text=BROKEN)
    assert "Secret" not in text and "@misc{sound" in text
    assert [problem.text for problem in problems] == ["broken"]
    assert "left out" in problems[0].reason


def test_broken_entries_without_opinions_stay_as_they_are() -> None:
    text, problems = export("bibtex", text=BROKEN.replace("comment-ana", "note"))
    assert "Secret" in text and not problems


def test_other_encodings_become_utf8() -> None:
    raw = "% Encoding: ISO8859_2\n@misc{a, title = {Łódź}, note = {é}}\n"
    library = BibDocument.from_bytes(raw.encode("iso8859_2"))
    for form in ("clean", "zotero", "jabref"):
        data, _ = write_bib(form, library, None, lambda key: None, False)
        assert "{Łódź}" in data.decode("utf-8")
    data, _ = write_bib("bibtex", library, None, lambda key: None, False)
    entry = BibDocument.from_bytes(data).entry("a")
    assert entry is not None
    assert entry.fields["title"].value == "Łódź"
    assert "{Łódź}".encode("iso8859_2") in data


def test_a_value_is_in_one_encoding_its_neighbour_in_another() -> None:
    raw = b"\xef\xbb\xbf@misc{a, title = {\xfc}, note = {\xc3\xa9}}"
    data, _ = write_bib("clean", BibDocument.from_bytes(raw), None, lambda key: None, False)
    assert "title = {ü}, note = {é}" in data.decode()


@pytest.mark.parametrize("form", ["clean", "zotero"])
def test_a_change_costs_its_entry_and_not_the_file(form: str) -> None:
    entry = (
        "@misc{{k{}, title = {{T}}, abstract = {{A}}, owner = {{me}}, file = {{:a.pdf:PDF}}}}\n"
    )
    text = "".join(map(entry.format, range(4000)))
    begun = process_time()
    export(form, text=text)
    # Half a second; it was a quarter of a minute when each edit measured the whole file.
    assert process_time() - begun < 6


@pytest.mark.parametrize("form", ["bibtex", "clean", "zotero", "jabref"])
def test_other_programs_read_it(form: str) -> None:
    text, _ = export(form, opinions=form != "clean")
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["smith2021", "child", "proc"]
    journal = library.entries_dict["smith2021"].fields_dict["journal"]
    assert journal.value == "Journal of Small Things"


@pytest.mark.parametrize("form", ["bibtex", "clean", "zotero", "jabref"])
def test_pybtex_reads_it(form: str) -> None:
    text, _ = export(form, opinions=form != "clean")
    entries = pybtex.database.parse_string(text, "bibtex").entries
    assert list(entries) == ["smith2021", "child", "proc"]
    assert entries["smith2021"].fields["journal"] == "Journal of Small Things"
