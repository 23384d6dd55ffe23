"""figures: what they show, and that anything can be drawn."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.errors import ValueRefusedError
from reviewkit.figures import FIGURES, chart
from reviewkit.figures.drawing import draw
from reviewkit.flow import Flow, Source
from reviewkit.project.surveying.picture import Picture
from reviewkit.records import Paper, Review
from reviewkit.topics import Topic, Topics

FLOW = Flow((Source("a.bib", 5), Source("b.ris", 4, "2026-11-01", "ana")), 2, 1, 0, 6, 1,
            (("off topic", 1),), 2, 3, 4, 3)  # fmt: skip


def paper(key: str, year: int | None, venue: str | None, tags: tuple[str, ...] = (),
          **ratings: float) -> Paper:  # fmt: skip
    reviews = tuple(Review(who, "read", rating, tags) for who, rating in ratings.items())
    given = list(ratings.values())
    apart = max(given) - min(given) if len(given) > 1 else None
    return Paper(key, key, "article", key, year=year, venue=venue, tags=tags, reviews=reviews,
                 score=sum(given) / len(given) if given else None, disagreement=apart)  # fmt: skip


PAPERS = [
    paper("a", 2019, "V", ("nas",), ana=5, ben=2),
    paper("b", 2021, "V", ("NAS", "moe"), ana=4, ben=4),
    paper("c", 2021, "W"),
    paper("d", None, None, cleo=3),
]


def test_years_are_counted_with_the_empty_ones_between() -> None:
    years = chart("years", PAPERS)
    assert years is not None
    assert (years.labels, years.values) == (("2019", "2020", "2021"), ((1, 0, 2),))
    assert years.caption == "Papers by year of publication (1 without a year)."
    assert years.text == f"{years.caption} 2019: 1, 2021: 2."
    old = chart("years", [paper("a", 1900, None), paper("b", 2026, None)])
    assert old is not None
    assert len(old.labels) <= 40
    assert sum(old.values[0]) == 2


def test_venues_ratings_disagreement_and_tags_are_counted() -> None:
    venues, ratings, apart, tags = (
        chart(name, PAPERS) for name in ("venues", "ratings", "disagreement", "tags")
    )
    assert venues is not None
    assert (venues.labels, venues.values) == (("V", "W"), ((2, 1),))
    assert ratings is not None
    assert ratings.series == ("ana", "ben", "cleo")
    assert ratings.values == ((0, 0, 0, 1, 1), (0, 1, 0, 1, 0), (0, 0, 1, 0, 0))
    assert ratings.caption.startswith("Ratings by reviewer: 5 ratings of 3 papers")
    assert apart is not None
    assert (apart.labels, apart.values) == (("a",), ((0, 5), (0, 2)))
    assert "differ on 1 of the 2 papers" in apart.caption
    assert tags is not None
    assert dict(zip(tags.series, tags.values, strict=True)) == {"NAS": (1, 0, 1), "moe": (0, 0, 1)}


def test_nothing_to_show_is_no_figure() -> None:
    assert [chart(name, [paper("x", None, None)]) for name in FIGURES] == [None] * len(FIGURES)


def test_the_flow_tells_the_counts() -> None:
    flow = chart("flow", [], flow=FLOW)
    assert flow is not None
    texts = [text for row in flow.texts for text in row]
    for line in ("Records identified (n = 9)", "Removed before screening (n = 3)",
                 "Papers excluded (n = 1)\noff topic (n = 1)", "Papers read (n = 3)",
                 "Papers in this survey (n = 4)\nread (n = 3)\nnot read yet (n = 1)"):  # fmt: skip
        assert any(line in text for text in texts), line


_name = st.text(max_size=12) | st.sampled_from(
    ["$x$", "$", "\\frac", "{", "\u202e", "日本", "_", "a" * 90]
)


@settings(max_examples=8, deadline=None)
@given(_name.filter(str.strip), _name)
def test_any_text_can_be_drawn_and_the_same_twice(name: str, other: str) -> None:
    papers = [paper(name, 2019, other or None, (name,), ana=5, ben=1), *PAPERS]
    topics = Topics((Topic(f"{name}, x", (), (name,)), Topic("b", (), ("a", "b"), (1.0, 0.5))))
    flow = Flow((Source(name, 5),), 0, 0, 0, 5, 1, ((other, 1),), 1, 3, 5, 3)
    for which in FIGURES:
        made = chart(which, papers, topics, flow)
        assert made is not None
        assert made.digest == chart(which, papers, topics, flow).digest  # type: ignore[union-attr]
        png = Picture(made, draw(made)).png(40)
        assert png[:4] == b"\x89PNG"
        assert png == Picture(made, draw(made)).png(40)


def test_a_picture_shows_itself_and_is_saved(tmp_path) -> None:  # type: ignore[no-untyped-def]
    made = chart("years", PAPERS)
    assert made is not None
    picture = Picture(made, draw(made))
    output = picture.output()
    assert output["data"]["text/plain"].startswith("Papers by year")
    assert output["metadata"]["image/png"]["width"] == 634
    for suffix, begin in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        assert picture.save(tmp_path / f"a{suffix}").read_bytes().startswith(begin)
    with pytest.raises(ValueRefusedError, match=r"\.png, \.svg or \.pdf"):
        picture.save(tmp_path / "a.doc")
