"""New papers are named as the project settles it, else as JabRef does in this file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.errors import FormatError, ValueRefusedError
from reviewkit.project import Project

TWO = (
    "@article{, title={Green Tea}, author={King, Jr., Martin Luther}, year={2019}}\n"
    "@misc{, title={Black Tea}, author={Laurens van der Stein}, year={2020}}\n"
)
JABREF = (
    "@Comment{jabref-meta: keypattern_misc:[veryshorttitle:lower][shortyear];}\n"
    "@Comment{jabref-meta: keypatterndefault:[auth:upper]\\;[year];}\n"
)


def settle_on(folder: Path, text: str) -> None:
    (folder / "reviewkit.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("formula", "keys"),
    [
        ("betterbibtex", ("kingGreenTea2019", "vandersteinBlackTea2020")),
        ("[auth][year]", ("King2019", "Stein2020")),
        ("%a_%y", ("king_2019", "van_der_stein_2020")),
    ],
)
def test_a_setting_names_new_papers(
    folder: Path, open_: Callable[..., Project], formula: str, keys: tuple[str, ...]
) -> None:
    settle_on(folder, f'citekey = "{formula}"')
    assert open_().add(TWO).added == keys


def test_jabrefs_pattern_in_the_file_counts_by_entry_type(
    folder: Path, open_: Callable[..., Project]
) -> None:
    with (folder / "references.bib").open("a", encoding="utf-8") as bib:
        bib.write(JABREF)
    assert open_().add(TWO).added == ("KING;2019", "black20")
    settle_on(folder, 'citekey = "scholar"')
    given = "@misc{, title={White Tea}, author={Lee, An}, year={2021}}"
    assert open_().add(given).added == ("lee2021white",)


def test_a_pattern_of_jabref_that_is_not_known_is_passed_over(
    folder: Path, open_: Callable[..., Project]
) -> None:
    with (folder / "references.bib").open("a", encoding="utf-8") as bib:
        bib.write("@Comment{jabref-meta: keypatterndefault:[auth:frobnicate];}\n")
    assert open_().add(TWO).added == ("king2019green", "vanderstein2020black")


@pytest.mark.parametrize(
    ("text", "error", "why"),
    [
        ('citekey = "auth.nope"', ValueRefusedError, "toml: .*'nope' is no filter"),
        ("citekey = 5", FormatError, "citekey is no text"),
        ('citykey = "x"', FormatError, "'citykey'"),
        ("citekey = ", FormatError, "cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_and_nothing_is_added(
    folder: Path, open_: Callable[..., Project], text: str, error: type[Exception], why: str
) -> None:
    settle_on(folder, text)
    project = open_()
    before = len(project)
    with pytest.raises(error, match=why):
        project.add(TWO)
    assert len(project) == before
