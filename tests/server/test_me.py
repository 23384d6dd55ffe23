import json
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.auth.identity import IdentityProvider, User

from reviewkit import identity


async def test_a_name_is_asked_once_and_kept(ask: Any) -> None:
    assert await ask("me") == (
        200,
        {"reviewer": None, "name": None, "source": None, "locked": False},
    )
    code, me = await ask("me", {"name": "Zoë Smith"}, method="PUT")
    assert code == 200
    assert me == {
        "reviewer": "zoe-smith",
        "name": "Zoë Smith",
        "source": "settings",
        "locked": False,
    }
    assert await ask("me") == (200, me)
    assert identity.read_settings().reviewer == "zoe-smith"


async def test_a_browser_may_review_as_somebody_else(ask: Any) -> None:
    await ask("me", {"name": "Ana"}, method="PUT")
    for name in ("as", "reviewer"):
        _, me = await ask("me", **{name: "Ben"})
        assert (me["reviewer"], me["source"]) == ("ben", "browser")
    assert (await ask("me"))[1]["reviewer"] == "ana"


async def test_a_second_name_does_not_replace_the_first(ask: Any) -> None:
    await ask("me", {"name": "Ana"}, method="PUT")
    _, ben = await ask("me", {"name": "Ben"}, method="PUT")
    assert (ben["reviewer"], ben["name"], ben["source"]) == ("ben", "Ben", "browser")
    assert (await ask("me"))[1]["reviewer"] == "ana"
    # The same person may write the own name better.
    await ask("me", {"name": "Aña"}, method="PUT")
    assert (await ask("me"))[1]["name"] == "Aña"


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": 3}, {"name": "a\nb"}, {"nam": "x"}])
async def test_impossible_names_are_refused(ask: Any, body: Any) -> None:
    code, error = await ask("me", body, method="PUT")
    assert (code, error["code"]) == (400, "value-refused")


async def test_broken_settings_are_named(ask: Any) -> None:
    path = identity.settings_path()
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    code, error = await ask("me")
    assert (code, error["code"]) == (400, "format")
    assert "settings.json" in error["message"]


class SignedIn(IdentityProvider):
    """Vouches for one person, as a hub does."""

    def get_user(self, handler: Any) -> User:
        handler._token_authenticated = True
        return User("ana", "Ana García")


class TestVouchedFor:
    @pytest.fixture
    def jp_server_config(self) -> dict[str, Any]:
        extensions = {"reviewkit.server": True}
        return {
            "ServerApp": {
                "jpserver_extensions": extensions,
                "identity_provider_class": SignedIn,
            }
        }

    async def test_nobody_can_be_another(self, ask: Any, library: Path) -> None:
        assert (await ask("me"))[1] == {
            "reviewer": "ana",
            "name": "Ana García",
            "source": "identity",
            "locked": True,
        }
        change = {"project": "group", "citekey": "smith2021", "rating": 4}
        code, error = await ask("review", {**change, "as": "ben"})
        assert (code, error["code"]) == (403, "identity-locked")
        code, paper = await ask("review", {**change, "as": "ana"})
        assert [review["reviewer"] for review in paper["reviews"]] == ["ana"]
        code, error = await ask("me", {"name": "Ben"}, method="PUT")
        assert code == 403
        assert json.dumps(error["detail"])
        assert not identity.settings_path().exists()
