"""What tests of several rooms share."""

from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no fault of what is tested; where CI is set, hypothesis says so itself.
if settings.get_current_profile_name() == "default":
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")


@pytest.fixture
def private_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A home of its own, so that no test reads or writes the user's settings and journals."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("JUPYTERHUB_USER", "REVIEWKIT_REVIEWER"):
        monkeypatch.delenv(name, raising=False)
    return home
