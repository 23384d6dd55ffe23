"""search.index: finding and ordering papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import ValueRefusedError
from reviewkit.records import SORTS, STATUSES, Note, Paper, Query, Review
from reviewkit.search import Searchable, SearchIndex

PAPERS = [
    Paper(
        citekey="zeta2020fast",
        id="1",
        type="article",
        title="“Fast” Inference on Phones",
        authors=("Jürgen Müller", "Ana Ochoa"),
        year=2020,
        tags=("NAS", "split computing"),
        score=4.5,
        disagreement=1,
        reviews=(
            Review("ana", "read", 5, ("NAS",), (Note("n1", "Table 3 is the result."),)),
            Review("ben", None, 4, ("split computing",)),
        ),
    ),
    Paper(
        citekey="Alpha2024", id="2", type="article", title="A Survey of Split Learning", year=2024
    ),
    Paper(
        citekey="beta2022",
        id="3",
        type="article",
        title="beta zeros",
        authors=("Ben Fastman",),
        year=2022,
        tags=("split computing",),
        score=2,
        reviews=(Review("ben", "to-read", 2, ("split computing",)), Review("ana")),
    ),
    Searchable("gamma", "Zebra"),
]


@pytest.fixture
def index() -> SearchIndex:
    return SearchIndex(PAPERS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), ["Alpha2024", "beta2022", "gamma", "zeta2020fast"]),
        (Query("fast"), ["beta2022", "zeta2020fast"]),
        (Query("FAST muller"), ["zeta2020fast"]),
        (Query("title:fast"), ["zeta2020fast"]),
        (Query("author:fast"), ["beta2022"]),
        (Query("key:fast"), ["zeta2020fast"]),
        (Query("note:result"), ["zeta2020fast"]),
        (Query("table result"), ["zeta2020fast"]),
        (Query("title:result"), []),
        (Query("split"), ["Alpha2024", "beta2022", "zeta2020fast"]),
        (Query("tag:split"), ["beta2022", "zeta2020fast"]),
        (Query("year:2024"), ["Alpha2024"]),
        (Query("year:2021-2024"), ["Alpha2024", "beta2022"]),
        (Query("year:-2021"), ["zeta2020fast"]),
        (Query("year:2022–"), ["Alpha2024", "beta2022"]),
        (Query("year:soon"), []),
        (Query("year:-"), ["Alpha2024", "beta2022", "zeta2020fast"]),
        (Query("fast nothing"), []),
        (Query(tag="nas"), ["zeta2020fast"]),
        (Query(tag="split"), []),
        (Query(reviewer="ben"), ["beta2022", "zeta2020fast"]),
        (Query(reviewer="ana"), ["zeta2020fast"]),
        (Query(reviewer="cleo"), []),
        (Query(status="read", reviewer="ana"), ["zeta2020fast"]),
        (Query(status="read", reviewer="ben"), []),
        (Query(status="to-read"), ["beta2022"]),
        (Query(status="unread", reviewer="ben"), ["Alpha2024", "gamma", "zeta2020fast"]),
        (Query(status="none"), ["Alpha2024", "gamma"]),
        (Query(sort="title"), ["Alpha2024", "beta2022", "zeta2020fast", "gamma"]),
        (Query(sort="year"), ["Alpha2024", "beta2022", "zeta2020fast", "gamma"]),
        (Query(sort="score"), ["zeta2020fast", "beta2022", "Alpha2024", "gamma"]),
        (Query(sort="disagreement"), ["zeta2020fast", "Alpha2024", "beta2022", "gamma"]),
        (Query(sort="unread"), ["Alpha2024", "gamma", "beta2022", "zeta2020fast"]),
    ],
)
def test_found_in_order(index: SearchIndex, query: Query, found: list[str]) -> None:
    assert index.find(query) == found


def test_status_and_unread_are_those_of_who_asks(index: SearchIndex) -> None:
    assert index.find(Query(status="to-read"), "ben") == ["beta2022"]
    assert index.find(Query(status="to-read"), "ana") == []
    assert index.find(Query(sort="unread"), "ben") == [
        "Alpha2024",
        "gamma",
        "zeta2020fast",
        "beta2022",
    ]


def test_a_query_does_not_reach_across_two_parts() -> None:
    index = SearchIndex([Searchable("k", "one", ("two",), tags=("three",))])
    assert index.find(Query('"one two"')) == []


def test_papers_without_a_number_come_after_those_with_none_of_it() -> None:
    index = SearchIndex([Searchable("a"), Searchable("b", disagreement=0, score=0, year=0)])
    assert all(index.find(Query(sort=s)) == ["b", "a"] for s in ("disagreement", "score", "year"))


@pytest.mark.parametrize("query", [Query(sort="size"), Query(status="eaten")])
def test_what_does_not_exist_is_refused_by_name(index: SearchIndex, query: Query) -> None:
    with pytest.raises(ValueRefusedError, match=r"size.*citekey|eaten.*skimmed"):
        index.find(query)


def test_put_replaces_and_remove_forgets(index: SearchIndex) -> None:
    for sort in SORTS:
        index.find(Query(sort=sort))
    index.put(Searchable("gamma", "Aardvark", year=2030, score=5))
    assert index.find(Query("zebra")) == []
    assert index.find(Query(sort="title"))[1] == "gamma"
    assert index.find(Query(sort="year"))[0] == "gamma"
    index.remove("gamma")
    index.remove("gamma")
    assert "gamma" not in index
    assert len(index) == 3
    assert all("gamma" not in index.find(Query(sort=sort)) for sort in SORTS)


_words = st.sampled_from(["fast", "slow", "Naïve", "Übung", "x"])
_reviews = st.builds(
    Review,
    st.sampled_from(["ana", "ben"]),
    st.sampled_from([None, *STATUSES]),
    st.sampled_from([None, 1, 3, 5]),
)
_papers = st.builds(
    Searchable,
    st.sampled_from([f"Key{n}" for n in range(4)] + [f"key{n}" for n in range(4)]),
    st.lists(_words, max_size=3).map(" ".join),
    year=st.sampled_from([None, 1999, 2020]),
    score=st.sampled_from([None, 1, 4.5]),
    disagreement=st.sampled_from([None, 0, 2]),
    reviews=st.lists(_reviews, max_size=2, unique_by=lambda r: r.reviewer).map(tuple),
)


@given(
    st.lists(st.tuples(st.booleans(), _papers), max_size=20),
    st.sampled_from(SORTS),
    st.sampled_from(["", "naive", "fast slow"]),
)
def test_changed_step_by_step_it_equals_one_built_at_once(
    steps: list[tuple[bool, Searchable]], sort: str, text: str
) -> None:
    stepwise, kept = SearchIndex(), dict[str, Searchable]()
    for removes, paper in steps:
        stepwise.find(Query(sort=sort))
        if removes:
            stepwise.remove(paper.citekey)
            kept.pop(paper.citekey, None)
        else:
            stepwise.put(paper)
            kept[paper.citekey] = paper
    query = Query(text, sort=sort)
    assert stepwise.find(query, "ana") == SearchIndex(kept.values()).find(query, "ana")


def test_where_a_note_belongs_is_found() -> None:
    note = Note("n1", "Why?", anchor='"a matched filter"')
    placed = SearchIndex(
        [Paper("k", "k", "article", "T", reviews=(Review("ana", notes=(note,)),))]
    )
    assert placed.find(Query(text="matched filter")) == ["k"]
