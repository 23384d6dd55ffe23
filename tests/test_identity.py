import json
import logging
import os
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.auth.identity import IdentityProvider, User

from reviewkit import identity
from reviewkit.errors import (
    FormatError,
    IdentityLockedError,
    ReviewerError,
    ValueRefusedError,
)
from reviewkit.identity import Settings
from reviewkit.ops.slugs import SLUG_LENGTH, slug
from reviewkit.records import Me


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zoë Smith", "zoe-smith"),
        ("ana", "ana"),
        ("Ana García-Núñez", "ana-garcia-nunez"),
        ("Łukasz Öztürk", "lukasz-ozturk"),
        ("Jörg Groß", "jorg-gross"),
        ("Sørensen, Bjørn", "sorensen-bjorn"),
        ("  -- ana@example.org  ", "ana-example-org"),
        ("ﬁona", "fiona"),
        ("İpek", "ipek"),
        ("user_1", "user-1"),
        ("李 Lei", "lei"),
    ],
)
def test_slug_folds_names(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_without_latin_letters_stay_apart() -> None:
    assert slug("李雷") != slug("韩梅梅")
    assert slug("李雷") == slug("李雷")
    assert slug("李雷").startswith("reviewer-")


@given(st.text())
def test_a_slug_is_short_plain_and_its_own_slug(name: str) -> None:
    short = slug(name)
    assert 0 < len(short) <= SLUG_LENGTH
    assert set(short) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not short.startswith("-") and not short.endswith("-")
    assert slug(short) == short


def test_the_variable_comes_before_the_hub_and_the_hub_before_the_settings() -> None:
    settings = Settings("zoe", "Zoë")
    hub = {"JUPYTERHUB_USER": "ana@example.org"}
    given_by_variable = {"REVIEWKIT_REVIEWER": "Ben", **hub}
    assert identity.who_am_i(given_by_variable, settings) == Me("ben", "Ben", "given", False)
    assert identity.who_am_i(hub, settings) == Me(
        "ana-example-org", "ana@example.org", "identity", True
    )
    assert identity.who_am_i({}, settings) == Me("zoe", "Zoë", "settings", False)
    assert identity.who_am_i({"REVIEWKIT_REVIEWER": "  "}, Settings()) == Me(
        None, None, None, False
    )


def test_a_generated_server_user_is_nobody() -> None:
    handler = SimpleNamespace(log=logging.getLogger("server"))
    for _ in range(20):
        user = IdentityProvider().generate_anonymous_user(handler)  # type: ignore[arg-type]
        assert identity.from_server_user(user) is None


def test_a_server_user_with_a_login_is_vouched_for() -> None:
    assert identity.from_server_user(User("ana", "Ana García")) == Me(
        "ana", "Ana García", "identity", True
    )
    assert identity.from_server_user(User("ana")) == Me("ana", "ana", "identity", True)
    hexadecimal = uuid.uuid4().hex
    assert identity.from_server_user(User(hexadecimal)) == Me(
        hexadecimal, hexadecimal, "identity", True
    )
    assert identity.from_server_user(None) is None
    # A person may be called so; what is made up has a made-up login name too.
    assert identity.from_server_user(User("anon", "Anonymous Io")) is not None


def test_a_name_given_to_a_generated_user_counts_but_is_not_vouched_for() -> None:
    user = User(uuid.uuid4().hex, "Anonymous Io", "Zoë")
    assert identity.from_server_user(user) == Me("zoe", "Zoë", "identity", False)


def test_only_an_unlocked_person_can_act_as_another() -> None:
    free = Me("ana", "Ana", "settings", False)
    locked = Me("ana", "Ana", "identity", True)
    assert identity.acting_as(free, None) == free
    assert identity.acting_as(free, " ") == free
    assert identity.acting_as(free, "Ben") == Me("ben", "Ben", "browser", False)
    assert identity.acting_as(locked, "ana") == locked
    with pytest.raises(IdentityLockedError) as caught:
        identity.acting_as(locked, "ben")
    assert caught.value.http_status == 403
    assert caught.value.detail() == {"name": "Ana", "asked": "ben"}


def test_a_remembered_name_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    assert identity.read_settings(path) == Settings()
    assert identity.remember("  Zoë Smith ", path=path) == Me(
        "zoe-smith", "Zoë Smith", "settings", False
    )
    assert identity.read_settings(path) == Settings("zoe-smith", "Zoë Smith")
    assert os.listdir(path.parent) == ["settings.json"]


def test_remembering_keeps_what_it_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "reviewer": "ana"}', encoding="utf-8")
    identity.remember("Ben", path=path)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "theme": "dark",
        "reviewer": "ben",
        "name": "Ben",
    }


def test_settings_are_in_the_users_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.delenv("REVIEWKIT_REVIEWER", raising=False)
    assert identity.settings_path().is_relative_to(tmp_path)
    assert identity.who_am_i().reviewer is None
    identity.remember("Ana")
    assert identity.who_am_i() == Me("ana", "Ana", "settings", False)


@pytest.mark.parametrize("text", ["{", "[1]", '{"reviewer": 3}', '"ana"', "\ufeff{}"])
def test_a_broken_settings_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=r"settings\.json"):
        identity.read_settings(path)
    with pytest.raises(FormatError):
        identity.remember("Ana", path=path)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00", "x" * 201, "\ud800"])
def test_impossible_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueRefusedError):
        identity.remember(name, path=tmp_path / "settings.json")
    assert not (tmp_path / "settings.json").exists()


def test_a_locked_person_cannot_be_renamed(tmp_path: Path) -> None:
    own = Me("ana", "Ana", "identity", True)
    with pytest.raises(IdentityLockedError):
        identity.remember("Ben", own=own, path=tmp_path / "settings.json")


def test_an_edit_without_a_person_says_how_to_name_one() -> None:
    with pytest.raises(ReviewerError, match="--reviewer"):
        identity.needed(Me(None, None, None, False))
    assert identity.needed(Me("ana", "Ana", "given", False)) == "ana"


def test_adding_papers_needs_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "Zoë")
    assert identity.author(Me("ana", "Ana", "given", False)) == "ana"
    assert identity.author(Me(None, None, None, False)) == "zoe"

    def nameless() -> str:
        raise KeyError("no such user id")

    monkeypatch.setattr("getpass.getuser", nameless)
    assert identity.author(Me(None, None, None, False)) == "somebody"
