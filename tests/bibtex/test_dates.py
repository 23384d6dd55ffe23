from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.bibtex.dates import Date, date_of


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"year": "2017"}, Date(2017)),
        ({"year": "2017a"}, Date(2017)),
        ({"year": "c. 2017"}, Date(2017)),
        ({"year": "[1976] 2001"}, Date(1976)),
        ({"year": "in press"}, None),
        ({"year": "forthcoming 2020"}, Date(2020)),
        ({"year": "2017", "month": "June"}, Date(2017, 6)),
        ({"year": "2017", "month": "jun."}, Date(2017, 6)),
        ({"year": "2017", "month": "06"}, Date(2017, 6)),
        ({"year": "2017", "month": "13"}, Date(2017)),
        ({"year": "2017", "month": "10 February"}, Date(2017, 2, 10)),
        ({"year": "2017", "month": "May", "day": "3"}, Date(2017, 5, 3)),
        ({"year": "2017", "day": "3"}, Date(2017)),
        ({"year": "2017", "month": "June--July"}, Date(2017, 6, None, Date(2017, 7))),
        ({"year": "2017", "month": "6/7"}, Date(2017, 6, None, Date(2017, 7))),
        ({"year": "1999--2003"}, Date(1999, end=Date(2003))),
        ({"year": "1999/00"}, Date(1999)),
        ({"year": "1998/99"}, Date(1998, end=Date(1999))),
        ({"date": "2017"}, Date(2017)),
        ({"date": "2017-06"}, Date(2017, 6)),
        ({"date": "2017-06-12"}, Date(2017, 6, 12)),
        ({"date": "2017-06-12T10:00:00Z"}, Date(2017, 6, 12)),
        ({"date": "2017-06/2018"}, Date(2017, 6, None, Date(2018))),
        ({"date": "2017-06-30/2017-07-02"}, Date(2017, 6, 30, Date(2017, 7, 2))),
        ({"date": "2017/"}, Date(2017)),
        ({"date": "2017/.."}, Date(2017)),
        ({"date": "../2017"}, Date(2017)),
        ({"date": "2017-21"}, Date(2017)),
        ({"date": "2017-13"}, Date(2017)),
        ({"date": "1850~"}, Date(1850)),
        ({"date": "-0044-03-15"}, Date(-44, 3, 15)),
        ({"date": "12 June 2017"}, Date(2017, 6)),
        ({"date": "2017-2018"}, Date(2017, end=Date(2018))),
        ({"date": "n.d.", "year": "2001"}, Date(2001)),
        ({"date": "2017-06", "year": "2016"}, Date(2017, 6)),
        ({"year": "123456"}, None),
        ({}, None),
    ],
)
def test_dates_as_people_write_them(fields: dict[str, str], date: Date | None) -> None:
    assert date_of(fields) == date


PARTS = st.sampled_from(
    ["2017", "06", "31", "-", "--", "/", "June", " ", "..", "a", "T", "~", "\u2013", "²", "٣"]
)
TEXT = st.one_of(st.text(max_size=8), st.lists(PARTS, max_size=6).map("".join))


@given(st.dictionaries(st.sampled_from(["date", "year", "month", "day"]), TEXT))
def test_any_texts_give_a_date_or_none(fields: dict[str, str]) -> None:
    date = date_of(fields)
    if date is not None:
        assert date.month is None or 1 <= date.month <= 12
        assert date.day is None or (1 <= date.day <= 31 and date.month)
