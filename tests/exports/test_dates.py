from typing import Any

import pytest

from reviewkit.exports.dates import issued, of_date
from reviewkit.exports.item import Texts


def when(**fields: str) -> Any:
    return issued(Texts({name: (text, text) for name, text in fields.items()}))


def parts(*dates: list[int]) -> dict[str, Any]:
    return {"date-parts": list(dates)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2017", parts([2017])),
        ("2017-06", parts([2017, 6])),
        ("2017-06-12", parts([2017, 6, 12])),
        ("2017-06-12T10:00:00Z", parts([2017, 6, 12])),
        ("2017-06/2017-08", parts([2017, 6], [2017, 8])),
        ("2017/", parts([2017])),
        ("../2017", parts([2017])),
        ("2017~", parts([2017]) | {"circa": True}),
        ("2017-21", parts([2017]) | {"season": 1}),
        ("-0044-03-15", parts([-44, 3, 15])),
        ("2017-13-40", parts([2017])),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_of_biblatex(text: str, value: Any) -> None:
    assert of_date(text) == value


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"year": "2020"}, parts([2020])),
        ({"year": "2020a"}, parts([2020])),
        ({"year": "2020", "month": "June"}, parts([2020, 6])),
        ({"year": "2020", "month": "6"}, parts([2020, 6])),
        ({"year": "2020", "month": "06", "day": "3"}, parts([2020, 6, 3])),
        ({"year": "2020", "month": "jun", "day": "3"}, parts([2020, 6, 3])),
        ({"year": "2020", "month": "June 3"}, parts([2020, 6, 3])),
        ({"year": "2020", "month": "12 June"}, parts([2020, 6, 12])),
        ({"year": "2020", "month": "June--July"}, parts([2020, 6], [2020, 7])),
        ({"year": "2020", "month": "Spring"}, parts([2020]) | {"season": 1}),
        ({"year": "2020", "month": "13"}, parts([2020])),
        ({"year": "2020", "month": "nonsense"}, parts([2020])),
        ({"year": "2015--2016"}, parts([2015], [2016])),
        ({"year": "ca. 1850"}, parts([1850]) | {"circa": True}),
        ({"year": "in press"}, {"literal": "in press"}),
        ({"date": "2017-06", "year": "1999"}, parts([2017, 6])),
        ({"date": "June 2017"}, parts([2017, 6])),
        ({"date": "no date"}, {"literal": "no date"}),
        ({"year": "٢٠٢٠"}, parts([2020])),
        ({"year": "2020", "month": "²"}, parts([2020])),
        ({"year": ""}, None),
        ({}, None),
    ],
)
def test_when_it_was_issued(fields: dict[str, str], value: Any) -> None:
    assert when(**fields) == value
