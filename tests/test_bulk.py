from __future__ import annotations

import gc

import pytest

from reviewkit.bulk import no_collecting


def test_the_collector_is_as_it_was_afterwards() -> None:
    with no_collecting():
        assert not gc.isenabled()
        with no_collecting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_also_after_an_error() -> None:
    with pytest.raises(ValueError, match="gone wrong"), no_collecting():
        raise ValueError("gone wrong")
    assert gc.isenabled()
