"""Erasing that breaks off at any call to the disk: what counts stays, and it can be done again."""

import errno
from contextlib import suppress
from pathlib import Path

import pytest

from tests.simulation.disk import Disk
from tests.simulation.inode import Crash, TroubleError
from tests.simulation.world import Replica, World

KEY, SECRET = "smith2021", "Sieht nach einer Erfindung aus"


def _noted() -> tuple[Replica, str]:
    replica = World(1, replicas=1).replicas[0]
    project = replica.begin()
    (note,) = project.review(KEY, note=SECRET, rating=2).notes
    project.flush()
    project.review(KEY, note=f"{SECRET}!", note_id=note.id, status="read")
    project.review(KEY, note="Harmlos.")
    project.flush()
    replica.close()
    return replica, note.id


def _purge(replica: Replica, name: str) -> None:
    project = replica.begin()
    project.purge(KEY, note=name)
    project.close()


def _stands(replica: Replica) -> list[Path]:
    return [p for p in replica.disk.files(Path("/")) if SECRET in replica.disk.text(p)]


def _logs(replica: Replica) -> set[str | None]:
    """The logs, as problems name them."""
    return {f"{path.parent.name}/{path.name}" for path in replica.logs()}


def _calls() -> int:
    replica, name = _noted()
    assert len(_stands(replica)) > 4
    before = replica.disk.calls
    _purge(replica, name)
    assert _stands(replica) == []
    return replica.disk.calls - before


def _fail(disk: Disk, trouble: str, call: int) -> None:
    until = disk.calls + call

    def fail(what: str) -> None:
        if disk.calls == until:
            if trouble == "power":
                raise Crash(what)
            raise TroubleError(getattr(errno, trouble), trouble)

    disk.hook = fail


@pytest.mark.parametrize("trouble", ["power", "EIO", "ENOSPC"])
def test_it_can_always_be_done_again(trouble: str) -> None:
    calls = _calls()
    assert calls > 100
    for call in range(0, calls, 5 if trouble == "power" else 9):
        replica, name = _noted()
        disk, whole = replica.disk, _logs(replica)
        _fail(disk, trouble, call)
        with suppress(Crash, OSError):
            _purge(replica, name)
        replica.kill()
        disk.calm()
        if trouble == "power":
            disk.power_off()
        project = replica.begin()
        review = project[KEY].review_of("ana")
        assert (review.rating, review.status) == (2, "read"), call
        assert [n.text for n in review.notes if n.id != name] == ["Harmlos."], call
        # Of an edit that was not acknowledged half a line may stand, in a log that is new.
        half = {problem.path for problem in project.info().problems}
        assert half <= (_logs(replica) - whole if trouble == "power" else set()), call
        replica.close()
        _purge(replica, name)
        assert _stands(replica) == [], call
        project = replica.begin()
        assert [n.text for n in project[KEY].review_of("ana").notes] == ["Harmlos."]
        assert not project.sync().csv_written
        replica.close()
