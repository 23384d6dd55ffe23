"""Years and months in the forms that people and programs write."""

import pytest

from reviewkit.formats.dates import month_of, year_of


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("2020-03-14", "2020", "mar"),
        ("2020/03/14/", "2020", "mar"),
        ("2020/03//Spring", "2020", "mar"),
        ("2020 Mar-Apr", "2020", 'mar # "--" # apr'),
        ("14 March 2020", "2020", "mar"),
        ("Sept. 3, 2020", "2020", "sep"),
        ("2019//Winter", "2019", "{Winter}"),
        ("05/2019", "2019", "may"),
        ("3/14/2020", "2020", "mar"),
        ("14.3.2020", "2020", "mar"),
        ("3/4/2020", "2020", ""),
        ("2019-2020", "2019", ""),
        ("c. 1850", "1850", ""),
        ("[1850?]", "1850", ""),
        ("in press", "", ""),
        ("2024-01-01T12:00:00.000Z", "2024", "jan"),
    ],
)
def test_dates(text: str, year: str, month: str) -> None:
    assert (year_of(text), month_of(text)) == (year, month)
