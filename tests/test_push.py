import asyncio
import threading

import pytest

from reviewkit import push
from reviewkit.push import ChangePush
from reviewkit.records import ChangedEvent


def event(*keys: str, project: str = "p", revision: int = 1) -> ChangedEvent:
    return ChangedEvent(project, keys, revision)


class Receiver:
    """Collects what is sent and lets a test wait for a revision."""

    def __init__(self) -> None:
        self.events: list[ChangedEvent] = []
        self.threads: set[int] = set()
        self.times: list[float] = []
        self._wake = asyncio.Event()

    def __call__(self, event: ChangedEvent) -> None:
        self.events.append(event)
        self.threads.add(threading.get_ident())
        self.times.append(asyncio.get_running_loop().time())
        self._wake.set()

    async def until(self, revision: int, project: str = "p") -> None:
        async with asyncio.timeout(10):
            while not any(e.project == project and e.revision >= revision for e in self.events):
                self._wake.clear()
                await self._wake.wait()


def test_merging_keeps_each_key_once_and_the_later_revision() -> None:
    both = push.merged(event("a", "b", revision=4), event("b", "c", revision=3))
    assert both == event("a", "b", "c", revision=4)


def test_many_or_unknown_papers_are_not_named() -> None:
    many = tuple(f"k{i}" for i in range(push.KEYS + 1))
    assert push.merged(event("a"), ChangedEvent("p", None, 2)).citekeys is None
    assert push.merged(event(*many[:-1]), event(many[-1])).citekeys is None
    assert push.limited(event(*many)).citekeys is None
    assert push.limited(event(*many[1:])).citekeys == many[1:]


def test_a_burst_from_another_thread_becomes_a_few_messages() -> None:
    async def run() -> Receiver:
        receiver = Receiver()
        changes = ChangePush(asyncio.get_running_loop(), receiver)

        def burst() -> None:
            for number in range(1, 1001):
                changes(event(f"k{number % 150}", revision=number))

        thread = threading.Thread(target=burst)
        thread.start()
        await receiver.until(1000)
        thread.join()
        return receiver

    receiver = asyncio.run(run())
    assert len(receiver.events) <= 12
    assert receiver.threads == {threading.get_ident()}
    named = {key for e in receiver.events for key in e.citekeys or ()}
    assert named == {f"k{n}" for n in range(150)}
    waits = [b - a for a, b in zip(receiver.times, receiver.times[1:], strict=False)]
    assert all(wait > push.INTERVAL * 0.8 for wait in waits)


def test_projects_do_not_wait_for_each_other_and_the_first_goes_at_once() -> None:
    async def run() -> None:
        receiver = Receiver()
        loop = asyncio.get_running_loop()
        changes = ChangePush(loop, receiver)
        changes(event("a"))
        changes(event("b", revision=2))
        changes(event("x", project="q"))
        await receiver.until(1)
        await receiver.until(1, "q")
        assert [e.citekeys for e in receiver.events] == [("a",), ("x",)]
        await receiver.until(2)
        assert receiver.events[-1].citekeys == ("b",)

    asyncio.run(run())


def test_nothing_is_sent_after_the_end() -> None:
    async def run() -> Receiver:
        receiver = Receiver()
        changes = ChangePush(asyncio.get_running_loop(), receiver)
        changes(event("a"))
        await receiver.until(1)
        changes(event("b", revision=2))
        changes.close()
        changes(event("c", revision=3))
        await asyncio.sleep(0)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(push.INTERVAL * 2):
                await receiver.until(2)
        return receiver

    assert len(asyncio.run(run()).events) == 1


def test_an_event_after_the_loop_is_dropped() -> None:
    loop = asyncio.new_event_loop()
    changes = ChangePush(loop, lambda event: None)
    loop.close()
    changes(event("a"))
