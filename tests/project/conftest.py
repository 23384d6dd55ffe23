from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(private_home: Path) -> Path:
    return private_home
