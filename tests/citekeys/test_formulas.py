"""The formulas of other programs give the keys that these programs give."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.bibtex.edits import CITEKEY
from reviewkit.citekeys import NAMED, Citekeys, KeyFacts, Person, formula
from reviewkit.errors import ValueRefusedError

TEA = KeyFacts(
    "inproceedings",
    (Person("Ashild", "", "Stein"), Person("Ola", "", "Nordmann"), Person("Kari", "", "Hansen")),
    (),
    "An awesome paper on Pre-steeping",
    2017,
    {
        "pages": "7,41,73--97",
        "journal": "Journal of Fish Biology",
        "keywords": "green tea, kettles",
        "volume": "",
    },
)
VON = KeyFacts("book", (), (Person("Laurens", "van der", "Müller"),), "The Art of Tea", None)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("scholar", "stein2017awesome"),
        ("betterbibtex", "steinAwesomePaperPresteeping2017"),
        ("zotero", "stein_awesome_2017"),
        ("jabref", "Stein2017"),
        # The examples of JabRef's manual.
        ("demo[TITLE:abbr]", "demoAapoP"),
        ("[journal:abbr]", "JoFB"),
        ("[camel]", "AnAwesomePaperOnPreSteeping"),
        ("[title]", "AnAwesomePaperonPreSteeping"),
        ("[shorttitle]", "awesomepaperPre"),
        ("[veryshorttitle:upper]", "AWESOME"),
        ("[fulltitle:truncate3]", "An"),
        ("[title:titlecase]", "AnAwesomePaperonPreSteeping"),
        ("[volume:(unknown)]", "unknown"),
        ("[firstpage]-[lastpage]", "7-97"),
        ("[keyword2]", "kettles"),
        ("[keywords1]", "greentea"),
        ("[authors]", "SteinNordmannHansen"),
        ("[authors2]", "SteinNordmannEtAl"),
        ("[authEtAl]", "SteinEtAl"),
        ("[auth.etal]", "Stein.etal"),
        ("[auth.auth.ea]", "Stein.Nordmann.ea"),
        ("[authIni7]", "SteNoHa"),
        ("[auth3_2]", "Nor"),
        ("[auth4:lower]-[year]", "stei-2017"),
        ("[authorIni]", "SteinNH"),
        ("[authorLast][authorLastForeIni]", "HansenK"),
        ("[authorsAlpha][shortyear]", "SNH17"),
        ("[authshort]", "SNH"),
        (r'[auth.etal:regex("\\.etal","EtAl")]', "SteinEtAl"),
        ("[entrytype]:[year]", "Inproceedings:2017"),
        (r"\[[auth]\]", "[Stein]"),
        # Better BibTeX's.
        ("auth + year", "Stein2017"),
        ("auth(3,2).upper", "NOR"),
        ("authEtAl.condense('-').lower + '_' + shortyear", "stein-etal_17"),
        ("authors(2)", "SteinNordmannEtAl"),
        ("veryshorttitle(2,1)", "Awesomepaper"),
        ("title.select(2,1)", "Paper"),
        ("journal.abbr.lower", "jofb"),
        ("month | 'x' + year.postfix('-').prefix('v')", "xv2017-"),
        ("firstpage.numeric + lastpage.substring(2)", "77"),
        ("auth.replace('STE', 'b')", "bin"),
        ("%y%a", "2017stein"),
    ],
)  # fmt: skip
def test_a_paper_gets_the_key_that_the_formula_says(text: str, key: str) -> None:
    assert formula(text).key(TEA, Citekeys()) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("betterbibtex", "vandermullerArtTea"),
        ("zotero", "van_der_muller_art_nodate"),
        ("jabref", "Mueller"),
        ("[authFirstFull]", "vanderMueller"),
        ("[pureauth][edtr:lower]", "mueller"),
        ("[edtrIni3][editorLast]", "MuelMueller"),
        ("scholar", "art"),
        ("auth(0,2) | authForeIni", "L"),
    ],
)
def test_editors_umlauts_von_parts_and_no_year(text: str, key: str) -> None:
    assert formula(text).key(VON, Citekeys()) == key


def test_a_taken_key_is_kept_apart_as_its_program_does() -> None:
    taken = Citekeys(["STEIN2017", "stein_awesome_2017"])
    assert formula("jabref").key(TEA, taken) == "Stein2017a"
    assert formula("zotero").key(TEA, taken) == "stein_awesome_2017-1"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "something is missing"),
        ("auth.foo", "'foo' is no filter"),
        ("frobnicate", "'frobnicate' is no function"),
        ("auth(1,2,3,4)", "takes other arguments"),
        ("auth('x')", "takes other arguments"),
        ("auth(", "an argument|something is missing"),
        ("auth year", "the rest is not understood"),
        ("[auth", "does not close"),
        ("[auth:frob]", "'frob' is no modifier"),
        ('[auth:regex("(a+)+","x")]', "repeats a group"),
        ('[auth:regex("(","x")]', "is wrong"),
        ("a" * 501, "500 characters"),
    ],
)
def test_a_formula_that_is_none_is_refused_with_the_place(text: str, why: str) -> None:
    with pytest.raises(ValueRefusedError, match=why):
        formula(text)


words = st.text(max_size=12)
people = st.lists(st.builds(Person, words, words, words), max_size=6).map(tuple)
facts = st.builds(
    KeyFacts,
    st.sampled_from(["article", "misc"]),
    people,
    people,
    st.text(max_size=60),
    st.none() | st.integers(0, 9999),
    st.dictionaries(st.sampled_from(["pages", "journal", "keywords"]), st.text(max_size=20)),
)


@given(facts, st.sampled_from([*NAMED, "[authIni7][title:abbr][keyword3]", "authorsAlpha|title"]))
def test_any_paper_gets_a_key_that_bibtex_takes(paper: KeyFacts, text: str) -> None:
    key = formula(text).key(paper, Citekeys())
    assert CITEKEY.match(key)
    assert re.fullmatch("[ -~]+", key)
    assert formula(text).key(paper, Citekeys([key])) != key


@given(st.text(max_size=40))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    try:
        key = formula(text).key(TEA, Citekeys())
    except ValueRefusedError:
        return
    assert CITEKEY.match(key)
