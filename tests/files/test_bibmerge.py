"""Merging .bib files as git's merge driver does."""

import random
import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument
from reviewkit.files.bibmerge import merge_bib, sides
from reviewkit.ops.ids import paper_id
from tests.files.hands import LIBRARY

BASE = LIBRARY.encode()
KEY = "matsubara2022bottlefit"
NEW = b"\n@misc{%s,\n  title = {New},\n}\n"


def change(old: str, new: str, text: bytes = BASE) -> bytes:
    assert text.count(old.encode()) == 1, old
    return text.replace(old.encode(), new.encode())


def test_what_only_one_side_changed_is_that_sides_bytes() -> None:
    changed = change("year = {2022}", "year = 2023, % later")
    assert merge_bib(BASE, changed, BASE) == changed
    assert merge_bib(BASE, BASE, changed) == changed
    assert merge_bib(BASE, changed, changed) == changed


def test_different_fields_of_one_entry_and_all_other_bytes_stay() -> None:
    ours = change('"On Small Things"', "{On Smaller Things}")
    theirs = change("year     = 2021", "year     = 2022")
    assert merge_bib(BASE, ours, theirs) == change("year     = 2021", "year     = 2022", ours)


def test_entries_that_both_added_are_there_and_ours_come_first() -> None:
    merged = merge_bib(BASE, BASE + NEW % b"ours", BASE + NEW % b"theirs")
    assert merged == BASE + NEW % b"ours" + NEW % b"theirs"


def test_an_entry_stands_after_the_one_it_was_put_after() -> None:
    theirs = change("@article{smith2021", "@misc{new, title={N}}\n\n@article{smith2021")
    ours = change("{2022}", "{2021}")
    assert BibDocument.from_bytes(merge_bib(BASE, ours, theirs)).citekeys == (
        "matsubara2022bottlefit", "new", "smith2021", "zhang2020",
    )  # fmt: skip


def test_a_field_that_both_changed_keeps_both() -> None:
    ours, theirs = change("{A Study}", "{A Long Study}"), change("{A Study}", '"A Sound {S}tudy"')
    merged = BibDocument.from_bytes(merge_bib(BASE, ours, theirs))
    entry = merged.entry("zhang2020")
    assert entry is not None
    assert entry.raw_of("title") == "{A Long Study}"
    assert entry.raw_of("reviewkit-theirs") == '{title = "A Sound {S}tudy"}'
    assert merged.problems == BibDocument.from_bytes(BASE).problems


def test_an_edit_outlives_a_deletion() -> None:
    gone = BASE[: BASE.index(b"@article{zhang")]
    edited = change("{A Study}", "{A Long Study}")
    for ours, theirs in ((gone, edited), (edited, gone)):
        merged = merge_bib(BASE, ours, theirs)
        assert b"A Long Study" in merged
    assert b"zhang" not in merge_bib(BASE, gone, change("{2022}", "{2023}"))
    assert b"zhang" not in merge_bib(BASE, change("{2022}", "{2023}"), gone)


def test_an_entry_renamed_by_one_and_edited_by_the_other_is_one() -> None:
    """Also where nothing was written into it before both began."""
    mark = b"  reviewkit = {%s aaaaaaaaaa},\n}\n\n@article{smith" % paper_id(KEY).encode()
    renamed = change(KEY, "other2022").replace(b"}\n\n@article{smith", mark, 1)
    edited = change("year = {2022}", "year = {2023}")
    for ours, theirs in ((renamed, edited), (edited, renamed)):
        merged = merge_bib(BASE, ours, theirs)
        assert BibDocument.from_bytes(merged).keys_in_order() == [
            "other2022", "smith2021", "zhang2020",
        ]  # fmt: skip
        assert merged.count(b"@string") == 1 and b"{2023}" in merged


def test_an_entry_that_both_renamed_is_one() -> None:
    """Markers of a conflict do not tell what both began with, but the mark tells the paper."""
    marked = change(
        "year     = 2021\n", "year     = 2021,\n  reviewkit = {p.aaaaaaaaaa bbbbbbbbbb}\n"
    )
    ours, theirs = (marked.replace(b"smith2021", key) for key in (b"smithA", b"smithB"))
    for base in (b"", marked):
        merged = merge_bib(base, ours, theirs.replace(b"On Small", b"On Smaller"))
        assert BibDocument.from_bytes(merged).keys_in_order() == [KEY, "smithA", "zhang2020"]
        assert b"On Small" in merged and b"On Smaller" in merged
    # An entry that one took out is none that the other renamed.
    other = marked.replace(b"smith2021", b"smithA").replace(b"p.aaaaaaaaaa", b"p.cccccccccc")
    assert BibDocument.from_bytes(merge_bib(b"", other, theirs)).keys_in_order() == [
        KEY, "smithA", "smithB", "zhang2020",
    ]  # fmt: skip


def test_a_text_before_an_entry_begins_on_its_own_line() -> None:
    merged = merge_bib(b"", b"@misc{a, title = {A}}\n", b"% A text.\n@misc{b, title = {B}}\n")
    assert merged == b"@misc{a, title = {A}}\n\n% A text.\n@misc{b, title = {B}}\n"


def test_keywords_are_merged_by_word() -> None:
    ours = change("{small, things}", "{small, things, ours}")
    theirs = change("{small, things}", "{things, theirs}")
    assert b"{things, ours, theirs}" in merge_bib(BASE, ours, theirs)


def test_text_between_entries_is_merged_by_piece() -> None:
    ours = change("% The group's library.", "% Our library.\n@comment{a\n b\n}")
    theirs = change("% The group's library.", "% The group's library.\n@string{x = {y\n z}}")
    merged = merge_bib(BASE, ours, theirs)
    assert b"@comment{a\n b\n}" in merged and b"@string{x = {y\n z}}" in merged
    assert merged.count(b"@string{venue") == 1


def test_line_ends_are_ours() -> None:
    theirs = change("{2022}", "{2023}").replace(b"\n", b"\r\n")
    assert merge_bib(BASE, change("{2020}", "{2019}"), theirs) == change(
        "{2020}", "{2019}", change("{2022}", "{2023}")
    )


def test_an_entry_that_cannot_be_read_is_kept_twice() -> None:
    ours, theirs = BASE + b"\n@misc{odd, title = {A}, =}\n", BASE + b"\n@misc{odd, x = }, }\n"
    merged = merge_bib(BASE, ours, theirs)
    assert b"{A}, =}" in merged and b"x = }" in merged


def test_the_type_that_they_gave() -> None:
    ours, theirs = change("{2022}", "{2023}"), change("@inproceedings", "@article")
    assert b"@article{matsubara" in merge_bib(BASE, ours, theirs)


MARKED = b"a\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> side\nz\n"


def test_both_sides_of_conflict_markers() -> None:
    found = sides(MARKED)
    assert found is not None
    assert (found.base, found.ours, found.theirs) == (
        b"a\nz\n",
        b"a\nours\nz\n",
        b"a\ntheirs\nz\n",
    )
    three = sides(MARKED.replace(b"=======", b"||||||| 1234\nbase\n======="))
    assert three is not None and three.base == b"a\nbase\nz\n"
    crlf = sides(MARKED.replace(b"\n", b"\r\n"))
    assert crlf is not None and crlf.theirs == b"a\r\ntheirs\r\nz\r\n"


@pytest.mark.parametrize(
    "text",
    [b"", b"<<<<<<< HEAD\n", b"=======\n", MARKED[:-20], b"x <<<<<<< y\n=======\n>>>>>>> z"],
)
def test_what_looks_like_markers_is_text(text: bytes) -> None:
    assert sides(text) is None


pieces = st.lists(
    st.sampled_from(
        [b"@misc{a, x = {1}}\n", b"@misc{a, x = {2}, y = z}\n", b"@misc{b,\n x = {3},\n}\n",
         b"@misc{c, =}\n", b"@misc{d, x = {\n", b"% text\n", b"@string{s = {t}}\n", b"\r\n",
         b"@comment{@misc{e, x = {4}}}\n", b"}", b"@misc{\xe9, x = {\xe9}}", b"@misc{f}"]
    ), max_size=6,
).map(b"".join)  # fmt: skip


@given(pieces, pieces, pieces)
@example(b"", b"\r\n", b"@misc{d, x = {\n}}")
def test_any_three_files_merge_and_nothing_that_is_new_is_lost(
    base: bytes, ours: bytes, theirs: bytes
) -> None:
    merged = merge_bib(base, ours, theirs)
    document = BibDocument.from_bytes(merged)
    for side in (ours, theirs):
        for entry in BibDocument.from_bytes(side).unlike(BibDocument.from_bytes(base)):
            for name in entry.fields if entry.problem is None and not entry.commented else ():
                raw = (entry.raw_of(name) or "").replace("\r\n", "\n").encode()
                # Line ends are ours, in a field of theirs as well.
                assert raw in merged.replace(b"\r\n", b"\n") or b"\xe9" in merged, name
    again = merge_bib(merged, merged, merged)
    assert again == merged and document.to_bytes() == merged


def test_as_git_does_it_where_both_changed_other_lines(tmp_path: object) -> None:
    """Random edits of different entries come out as git's own merge by lines."""
    rng = random.Random(1)
    blocks = [b"@misc{k%d,\n  title = {T %d},\n  year = {2000},\n}\n" % (n, n) for n in range(30)]
    for _ in range(20):
        mine = {2 * n for n in rng.sample(range(15), 3)}
        other = {2 * n + 1 for n in rng.sample(range(15), 3)}
        ours, theirs = (
            b"\n\n".join(
                b.replace(b"2000", b"2001") if n in chosen else b for n, b in enumerate(blocks)
            )
            for chosen in (mine, other)
        )
        paths = [f"{tmp_path}/{name}" for name in ("ours", "base", "theirs")]
        for path, data in zip(paths, (ours, b"\n\n".join(blocks), theirs), strict=True):
            with open(path, "wb") as file:
                file.write(data)
        done = subprocess.run(["git", "merge-file", "-p", *paths], capture_output=True)
        assert done.returncode == 0
        assert merge_bib(b"\n\n".join(blocks), ours, theirs) == done.stdout
