import json
from pathlib import Path

import pytest

from reviewkit import identity
from reviewkit.errors import FormatError, LookupOffError, ValueRefusedError
from reviewkit.lookup import settings
from reviewkit.lookup.hosts import CROSSREF, HOSTS


def test_look_ups_are_off_until_somebody_switches_them_on() -> None:
    assert not settings.read().on
    with pytest.raises(LookupOffError) as caught:
        settings.needed(settings.read())
    for host in HOSTS:
        assert host.title in caught.value.message
    assert "--on" in caught.value.message


def test_switching_keeps_the_rest_of_the_file() -> None:
    identity.remember("Ana")
    assert settings.switch(True, "ana@example.org").on
    assert settings.switch(False) == settings.LookupSettings(False, "ana@example.org", {})
    assert settings.switch(True).mailto == "ana@example.org"
    identity.remember("Ana B")
    assert settings.read().on
    assert identity.who_am_i().name == "Ana B"


def test_the_variable_goes_first() -> None:
    settings.switch(True)
    assert not settings.read(environ={"REVIEWKIT_LOOKUP": "off"}).on
    settings.switch(False)
    assert settings.read(environ={"REVIEWKIT_LOOKUP": "on"}).on


@pytest.mark.parametrize("mailto", ["", "ana", "a b@c", "a@b\r\nX: 1", "ü@example.org", "(a@b)"])
def test_what_is_no_address_is_refused(mailto: str) -> None:
    with pytest.raises(ValueRefusedError):
        settings.switch(True, mailto)


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"on": "yes"},
        {"mailto": 3},
        {"mailto": "a@b\n"},
        {"hosts": []},
        {"hosts": {"nobody": "https://x.org"}},
        {"hosts": {"crossref": "http://api.crossref.org"}},
        {"hosts": {"crossref": "http://127.0.0.1:x"}},
        {"hosts": {"crossref": "ftp://127.0.0.1"}},
        {"hosts": {"crossref": 5}},
    ],
)
def test_settings_that_are_not_understood_are_named(tmp_path: Path, said: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"lookup": said}))
    with pytest.raises(FormatError, match="`lookup`"):
        settings.read(path, {})


@pytest.mark.parametrize("base", ["https://mirror.example.org/", "http://[::1]:8000"])
def test_another_address_of_a_service(tmp_path: Path, base: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"lookup": {"hosts": {"crossref": base}}}))
    assert settings.read(path, {}).base(CROSSREF) == base.rstrip("/")
