import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument
from reviewkit.dialects import Comment, Metadata, Profile, metadata_of, profile_of, profiles
from reviewkit.dialects.keywords import levels, split


def profile(fields: str, rest: str = "") -> Profile:
    document = BibDocument.from_bytes(f"@article{{k,\n{fields}\n}}\n{rest}".encode())
    entry = document.entry("k")
    assert entry is not None
    return profile_of(entry, metadata_of(document))


JABREF_META = "@Comment{jabref-meta: databaseType:bibtex;}"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("ranking = {rank1}", {"rating": 1}),
        ("Ranking = {rank5}", {"rating": 5}),
        ("ranking = {rank6}", {}),
        ("ranking = {four}", {}),
        ("readstatus = {read}", {"status": "read"}),
        ("readstatus = {skimmed}", {"status": "skimmed"}),
        ("priority = {prio1}", {"priority": 1}),
        ("priority = {2}", {}),
        ("relevance = {relevant}", {"flags": ("relevant",)}),
        ("qualityassured = {qualityAssured}", {"flags": ("qualityAssured",)}),
        ("printed = {printed}", {"flags": ("printed",)}),
        ("Rating = {4}", {"rating": 4}),
        ("rating = {0}", {}),
        ("Read = {1}", {"status": "read"}),
        ("read = {0}", {}),
        ("mendeley-tags = {A,B b}", {"tags": ("A", "B b")}),
        ("colrev_status = {rev_included}", {"status": "read", "decision": "included"}),
        ("colrev_status = {rev_prescreen_excluded}", {"decision": "excluded in the prescreen"}),
        ("colrev_status = {md_prepared}", {}),
    ],
)
def test_each_field(field: str, expected: dict[str, object]) -> None:
    found = profile(field)
    wanted = {"rating": None, "status": None, "priority": None, "flags": (), "tags": ()}
    for name, value in {**wanted, "decision": None, **expected}.items():
        assert getattr(found, name) == value, name
    assert found.is_opinion == bool(expected)


def test_notes_are_of_whom_the_field_names() -> None:
    found = profile(
        "comment = {For all\n\n- *one*},\ncomment-zo--smith = {Hers.},\n"
        "annote = {First note},\nannote = {Second note},\nannotation = {First note},"
        "review = {}"
    )
    assert found.notes == (
        Comment(None, "For all\n\n- *one*", "comment"),
        Comment("zo--smith", "Hers.", "comment-zo--smith"),
        Comment(None, "First note", "annote"),
        Comment(None, "Second note", "annote"),
    )
    assert found.fields == ("comment", "comment-zo--smith", "annote")


def test_old_versions_of_jabref_mirrored_the_words_in_keywords() -> None:
    fields = "keywords = {rank4, fish, prio2, read, relevant, qualityAssured}"
    found = profile(fields, JABREF_META)
    assert (found.rating, found.priority, found.status) == (4, 2, "read")
    assert found.flags == ("relevant", "qualityAssured")
    assert found.keywords == ("fish",)
    # Of another program these are subjects of the paper.
    other = profile("keywords = {read, relevant, fish}")
    assert (other.is_opinion, other.keywords) == (False, ("read", "relevant", "fish"))


def test_keywords_of_all_programs() -> None:
    assert split("a, b; c") == ("a", "b", "c")
    assert split("a, b; c", ";") == ("a, b", "c")
    assert split(r"one\, two, three", ",") == ("one, two", "three")
    assert split(r"Erd{\H o}s numbers,  x   y ,, a", ",") == ("Erdős numbers", "x y", "a")
    assert levels("Methods >  Tests>t") == ("Methods", "Tests", "t")
    assert levels(">") == ()


@given(st.lists(st.text("ab,;> xé", min_size=1).map(lambda t: " ".join(t.split())), max_size=6))
def test_escaped_separators_come_back(words: list[str]) -> None:
    words = list(dict.fromkeys(word for word in words if word))
    text = ", ".join(word.replace(",", "\\,") for word in words)
    assert list(split(text, ",")) == words


FIELDS = st.sampled_from(
    [
        "ranking = {rank3}", "rating={2}", "\tRead\t= {1}", "title = {read = it}", "comment={x}",
        "comment-bob = {y}", "comment-zoë_1={w}", "comments = {c}", "comment- = {y}",
        "keywords = {prio1}", "note = {comment}",
        "threading = {1}", "annote = \"z\"", "abstract = {we read, and rank1}", "REVIEW = {r}",
        "mendeley-tags = {t}", "printed = {printed}", "readstatus = {}", "relevance = relevant",
    ]
)  # fmt: skip


@given(st.lists(st.lists(FIELDS, max_size=4), max_size=5), st.sampled_from(["", JABREF_META]))
def test_seeking_finds_what_parsing_all_finds(entries: list[list[str]], meta: str) -> None:
    text = "\n".join(f"@misc{{k{n},{','.join(f)}}}" for n, f in enumerate(entries)) + meta
    document = BibDocument.from_bytes(text.encode())
    metadata = metadata_of(document)
    all_ = [(e.citekey, profile_of(e, metadata)) for e in document.entries if e.problem is None]
    found = [(entry.citekey, found) for entry, found in profiles(document)]
    assert found == [(key, each) for key, each in all_ if each.is_opinion]


def test_a_plain_library_holds_no_opinions() -> None:
    text = "@article{a, title = {Reading}, keywords = {x}, note = {12 pages}}"
    assert list(profiles(BibDocument.from_bytes(text.encode()), Metadata())) == []
