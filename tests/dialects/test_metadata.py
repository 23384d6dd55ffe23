import plistlib

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument
from reviewkit.dialects import Metadata, metadata_of, profile_of

# As JabRef 5 writes it; names and searches are made up.
JABREF = r"""% Encoding: UTF-8

@article{one, title = {One}, groups = {Reading group, Old}, keywords = {Methods > Tests; RL}}
@article{two, title = {Two}, groups = {Theory}, readstatus = {skimmed}}
@article{three, title = {Three}, keywords = {rl}}

@Comment{jabref-meta: databaseType:bibtex;}

@Comment{jabref-meta: keywordSeparator:\;;}

@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Reading group\;0\;1\;0x8a8a8aff\;\;what we read on Fridays\;;
2 StaticGroup:Theory\;2\;1\;\;\;\;;
2 KeywordGroup:Skimmed\;1\;readstatus\;skimmed\;0\;0\;1\;\;\;\;;
1 KeywordGroup:Learning\;0\;keywords\;RL\;0\;0\;1\;\;\;\;;
1 KeywordGroup:Exactly\;0\;keywords\;RL\;1\;0\;1\;\;\;\;;
1 KeywordGroup:Expression\;0\;keywords\;(R+)+L\;0\;1\;1\;\;\;\;;
1 SearchGroup:Unread\;0\;readstatus !=~ .+\;0\;1\;1\;\;\;\;;
1 AutomaticPersonsGroup:Authors\;0\;author\;1\;\;\;\;;
1 TexGroup:Cited\;0\;thesis.aux\;1\;\;\;\;;
1 FutureGroup:Later\;0\;1\;\;\;\;;
}
"""


def read(text: str) -> tuple[BibDocument, Metadata]:
    document = BibDocument.from_bytes(text.encode())
    return document, metadata_of(document)


def groups(text: str, key: str) -> tuple[tuple[str, ...], ...]:
    document, metadata = read(text)
    entry = document.entry(key)
    assert entry is not None
    return profile_of(entry, metadata).groups


def test_the_tree_of_groups() -> None:
    _, metadata = read(JABREF)
    assert metadata.separator == ";"
    assert metadata.problems == ()
    assert [(g.kind, g.path, g.context) for g in metadata.groups] == [
        ("all", (), 0),
        ("static", ("Reading group",), 0),
        ("static", ("Reading group", "Theory"), 2),
        ("keyword", ("Reading group", "Skimmed"), 1),
        ("keyword", ("Learning",), 0),
        ("keyword", ("Exactly",), 0),
        ("keyword", ("Expression",), 0),
        ("search", ("Unread",), 0),
        ("automatic persons", ("Authors",), 0),
        ("tex", ("Cited",), 0),
        ("FutureGroup", ("Later",), 0),
    ]
    search = next(g for g in metadata.groups if g.kind == "search")
    assert (search.expression, search.case_sensitive, search.regex) == (
        "readstatus !=~ .+",
        False,
        True,
    )


def test_who_is_in_which_group() -> None:
    # The separator of the library is a semicolon, so this is one name with a comma.
    assert ("Reading group, Old",) in groups(JABREF, "one")
    assert ("Learning",) in groups(JABREF, "one")
    assert ("Exactly",) in groups(JABREF, "one")
    assert groups(JABREF, "two") == (("Reading group", "Theory"),)
    assert groups(JABREF, "three") == (("Learning",),)
    comma = JABREF.replace("@Comment{jabref-meta: keywordSeparator:\\;;}", "")
    assert ("Reading group",) in groups(comma, "one") and ("Old",) in groups(comma, "one")


def test_groups_take_from_above_and_below() -> None:
    both = JABREF.replace("groups = {Theory}", "groups = {Theory; Reading group}")
    assert ("Reading group", "Skimmed") in groups(both, "two")
    including = JABREF.replace(r"Reading group\;0", r"Reading group\;2")
    assert ("Reading group",) in groups(including, "two")


def test_the_old_tree_lists_citekeys_and_is_wrapped_anywhere() -> None:
    text = (
        "@article{smith2012, title = {T}}\n@comment{jabref-meta: groupstree:\n0 AllEntriesGroup"
        ":;\n1 ExplicitGroup:Small thin\ngs\\;0\\;smith2012\\;jones\\;;\n}\n"
    )
    _, metadata = read(text)
    assert metadata.groups[1].keys == {"smith2012", "jones"}
    assert groups(text, "smith2012") == (("Small things",),)


@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["C", "Z"], exclude_characters="{}@"), min_size=1
        ),
        min_size=1,
    )
)
def test_any_name_comes_back(names: list[str]) -> None:
    def quoted(text: str) -> str:
        return text.replace("\\", "\\\\").replace(";", "\\;")

    lines = "".join(f"1 {quoted(f'StaticGroup:{quoted(n)};0;1;;;;')};\n" for n in names)
    _, metadata = read(f"@comment{{jabref-meta: grouping:\n0 AllEntriesGroup:;\n{lines}}}\n")
    assert [g.name for g in metadata.groups[1:]] == names


@given(st.text(max_size=200))
def test_nothing_in_a_comment_is_an_error(text: str) -> None:
    for head in ("jabref-meta: grouping:", "jabref-meta:", "BibDesk Static Groups{", ""):
        read(f"@comment{{{head}{text}}}\n@article{{a, title = {{T}}}}")


def test_a_broken_group_is_told_and_the_others_are_read() -> None:
    text = (
        "\n\n@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n7 nonsense;\n"
        "1 StaticGroup:A\\;0\\;;\n}"
    )
    _, metadata = read(text)
    assert [g.name for g in metadata.groups] == ["", "A"]
    assert [(p.line, p.text) for p in metadata.problems] == [(3, "7 nonsense")]


def bibdesk(plist: str) -> str:
    return f"@article{{a, title = {{A}}}}\n\n@comment{{BibDesk Static Groups{{\n{plist}\n}}}}\n"


def test_bibdesks_static_groups() -> None:
    plist = plistlib.dumps([{"group name": "Fish & Chips", "keys": "a,b"}]).decode()
    _, metadata = read(bibdesk(plist))
    assert metadata.bibdesk
    assert [(g.name, g.keys) for g in metadata.groups] == [("Fish & Chips", {"a", "b"})]
    assert groups(bibdesk(plist), "a") == (("Fish & Chips",),)


def test_a_property_list_cannot_blow_up() -> None:
    bomb = (
        '<!DOCTYPE p [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        "<plist><array><dict><key>group name</key><string>&b;</string></dict></array></plist>"
    )
    _, metadata = read(bibdesk(bomb))
    assert metadata.groups == ()
    assert "BibDesk's groups cannot be read" in metadata.problems[0].reason
