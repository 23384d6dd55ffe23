import pytest

from reviewkit.exports.people import csl_names, inverted_names


@pytest.mark.parametrize(
    ("tex", "csl", "ris"),
    [
        ("Donald E. Knuth", {"family": "Knuth", "given": "Donald E."}, "Knuth, Donald E."),
        (
            "van der Maaten, Laurens",
            {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
            "van der Maaten, Laurens",
        ),
        (
            "Gates, III, William H.",
            {"family": "Gates", "given": "William H.", "suffix": "III"},
            "Gates, William H., III",
        ),
        ("{Barnes and Noble, Inc.}", {"literal": "Barnes and Noble, Inc."},
         "Barnes and Noble, Inc."),
        ("{CERN}", {"literal": "CERN"}, "CERN"),
        ("others", {"literal": "others"}, "others"),
        ("Plato", {"family": "Plato"}, "Plato"),
        (r"{\'E}variste Galois", {"family": "Galois", "given": "Évariste"}, "Galois, Évariste"),
        ("{van Gogh}, Vincent", {"family": "van Gogh", "given": "Vincent"}, "van Gogh, Vincent"),
        ("{A} {B}", {"family": "B", "given": "A"}, "B, A"),
    ],
)  # fmt: skip
def test_names(tex: str, csl: dict[str, str], ris: str) -> None:
    assert csl_names(tex) == [csl]
    assert inverted_names(tex) == [ris]


def test_particles_with_a_hyphen_stay_with_the_name() -> None:
    (name,) = csl_names("Abd al-Rahman al-Sufi")
    whole = (name.get(part, "") for part in ("given", "non-dropping-particle", "family"))
    assert " ".join(whole).replace("- ", "-") == "Abd al-Rahman al-Sufi"


def test_nobody() -> None:
    assert csl_names("") == []
    assert csl_names("and and { }") == [] or all(csl_names("and and { }"))
