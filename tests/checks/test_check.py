"""All rules together: what silences them, and how they are set."""

import pytest

from reviewkit.checks import CODES, RULES, CheckSettings, settings_of
from reviewkit.errors import FormatError
from reviewkit.records import SEVERITIES
from tests.checks.manuscripts import facts, found, notebook, paper

KNOWN = facts(paper("a"), paper("b"))


def test_codes_and_names_are_told_apart_and_described() -> None:
    assert len(set(CODES.values())) == len(CODES) == len(RULES)
    assert all(rule.severity in SEVERITIES and rule.what for rule in RULES.values())


@pytest.mark.parametrize(
    ("comment", "rules"),
    [
        ("", ["unread"]),
        ("<!-- reviewkit: ignore unread -->", []),
        ("<!-- reviewkit: ignore RK102, number -->", []),
        ("<!-- reviewkit: ignore -->", []),
        ("<!-- reviewkit: ignore number -->", ["unread"]),
        ("<!-- reviewkit:ignore-file unread -->", []),
    ],
)
def test_a_comment_in_the_cell_silences(comment: str, rules: list[str]) -> None:
    data = notebook("# T", f"So [@a]. {comment}")
    assert [one.rule for one in found(data, KNOWN, "unread")] == rules


def test_a_comment_silences_its_own_cell_or_paragraph_only() -> None:
    ignore = "<!-- reviewkit: ignore unread -->"
    assert len(found(notebook("# T", ignore, "So [@a]."), KNOWN, "unread")) == 1
    text = f"# T\n\nSo [@a]. {ignore}\n\nSo [@b].\n"
    assert [one.citekey for one in found(text, KNOWN, "unread")] == ["b"]
    assert [one.citekey for one in found(f"{ignore}\n\n{text}", KNOWN, "unread")] == ["b"]
    assert len(found(f"{ignore}\n\nSo [@a].\n\nSo [@b].\n", KNOWN, "unread")) == 1


def test_settings_turn_rules_off_and_change_their_severity() -> None:
    settings = settings_of(
        {
            "off": ["RK103"],
            "severity": {"unread": "error"},
            "own-words": ["Scope"],
            "fail": "hint",
        },
        CODES,
    )
    assert settings.off == ("one-reader",) and settings.own_words == ("Scope",)
    [one] = found("# T\n\n[@a]\n", KNOWN, "unread", severity=settings.severity)
    assert one.severity == "error"
    assert found("# T\n\n[@a]\n", KNOWN, "unread", off=("unread",)) == []
    assert settings_of({}, CODES) == CheckSettings()


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"offf": []}, "off"),
        ({"off": "unread"}, "list"),
        ({"off": ["unred"]}, "unread"),
        ({"severity": {"unread": "bad"}}, "warning"),
        ({"readers": 0}, "readers"),
        ({"fail": "never"}, "error"),
    ],
)
def test_settings_that_cannot_be_are_refused_with_what_can(
    table: dict[str, object], says: str
) -> None:
    with pytest.raises(FormatError, match=says):
        settings_of(table, CODES)


def test_findings_come_in_the_manuscripts_order() -> None:
    data = notebook("# T", "[@b] [@nokey1]", "[@a]")
    told = found(data, facts(paper("a"), paper("b"), paper("c", score=5.0)))
    places = [one.cell for one in told]
    assert places == [2, 2, 3, None]


def test_the_cells_kept_by_reviewkit() -> None:
    data = notebook("[@a]", "## References\n\nOld.")
    told = found(
        data, facts(paper("a"), bibliography={2: "## References\n\nNew."}), "bibliography"
    )
    assert [one.cell for one in told] == [2] and told[0].fix is not None
    same = facts(paper("a"), bibliography={2: "## References\n\nOld.\n"})
    assert found(data, same, "bibliography") == []
    assert [o.cell for o in found(data, facts(stale={1: "newer"}), "stale")] == [1]
