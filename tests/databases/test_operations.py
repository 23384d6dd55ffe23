"""What holds wherever operations are kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewkit.ops.erasing import erased
from reviewkit.ops.op import Op, encode
from reviewkit.store.writer import Writer
from tests.databases.places import PAPER, Database, Place


def test_what_one_says_others_read_once(place: Place) -> None:
    ana, bob = place.process("ana"), place.process("bob")
    said = [ana.rate(3), ana.rate(4), ana.say("note:aaaaaa.text", "Läuft.\n\u2028\x00'; --")]
    assert bob.recorder.receive() == said
    assert bob.recorder.receive() == []
    said.append(bob.rate(1))
    assert ana.ids() == place.process("cem").ids() == {op.id for op in said}
    assert {op.id: op for op in place.process("dan").store.read()} == {op.id: op for op in said}


def test_the_same_lines_again_change_nothing(place: Place) -> None:
    ana = place.process()
    op = ana.rate(3)
    operations = place.process().store.operations
    operations.write_again(encode(op))
    operations.append(encode(op), Writer(place.machine, "ana"))
    bob = place.process("bob")
    assert bob.ids() == {op.id}
    assert bob.store.read() == []


def test_of_two_lines_with_one_id_everybody_takes_the_same(place: Place) -> None:
    edits = [Op("x.aaaa", f"0193a5c1f200000{n}", by, PAPER, "ana", "rating", 4, (), "csv")
             for n, by in ((2, "ana"), (1, "bob"), (3, "cem"))]  # fmt: skip
    processes = [place.process(op.by) for op in edits]
    for process, op in zip(processes, edits, strict=True):
        process.store.append([op], process.store.writer(op.by))
        process.fold.add(op)
    for process in [*processes, place.process("dan")]:
        process.recorder.receive()
        assert process.fold.get("x.aaaa") == min(edits, key=encode)


def test_what_is_erased_is_gone_for_everybody(place: Place) -> None:
    ana, bob = place.process("ana"), place.process("bob")
    secret, other = ana.say("note:aaaaaa.text", "Nobody may know."), ana.rate(3)
    assert bob.ids() == {secret.id, other.id}
    ana.recorder.erase([erased(secret)], "ana")
    assert ana.recorder.take_out()
    assert b"Nobody may know." not in place.raw()
    bob.recorder.receive()
    assert bob.recorder.take_out()
    for process in (ana, bob, place.process("cem")):
        assert process.ids() == {secret.id, other.id}
        assert process.fold.get(secret.id).value is None  # type: ignore[union-attr]
    # What this process writes again, should its lines be taken away, has it neither.
    ana.rate(4)
    assert b"Nobody may know." not in place.raw()


def test_many_at_once_lose_nothing(place: Place) -> None:
    processes = [place.process(f"w{n}") for n in range(4)]

    def edit(number: int) -> list[str]:
        return [processes[number].rate(1 + n % 5).id for n in range(40)]

    seen: set[str] = set()
    reader, done = place.process("reader"), threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.update(reader.ids())

    thread = threading.Thread(target=read)
    thread.start()
    with ThreadPoolExecutor(4) as pool:
        acknowledged = {name for ids in pool.map(edit, range(4)) for name in ids}
    done.set()
    thread.join()
    # Without a last reading of everything: nothing was passed over on the way.
    assert seen | reader.ids() == acknowledged
    assert len(acknowledged) == 160


def test_a_transaction_that_ends_late_is_read(address: str, tmp_path: Path) -> None:
    """Rows have numbers in the order in which they were begun, not in that of their commits."""
    place = Database(tmp_path, address)
    ana, reader = place.process("ana"), place.process("reader")
    late, soon = (
        Op(f"bbbbbbbbbb.{n}", f"0193a5c1f200000{n}", "bob", PAPER, "bob", "rating", n, (), "cli")
        for n in (1, 2)
    )
    put = "INSERT INTO reviewkit.op (lib, id, by, r, line) VALUES (%s, %s, 'bob', 'bob', %s)"
    with psycopg.connect(address) as held:
        held.execute(put, (place.card.id, late.id, encode(late).rstrip()))
        first = ana.rate(1)
        assert reader.store.read() == [first]
        # As many as one likes may come in between.
        ana.store.append([soon], ana.store.writer("ana"))
        assert reader.store.read() == [soon]
    assert reader.store.read() == [late]
    assert reader.store.read() == []


def test_who_watches_is_called_soon(place: Place) -> None:
    ana, bob = place.process("ana"), place.process("bob")
    said = [bob.rate(1).id]
    seen: set[str] = set()
    looked = threading.Condition()

    def look() -> None:
        with looked:
            seen.update(op.id for op in ana.store.read())
            looked.notify_all()

    ana.store.operations.watch(look)
    bob.store.operations.watch(lambda: None)
    for value in (2, 3, 4):
        said.append(bob.rate(value).id)
        with looked:
            assert looked.wait_for(lambda: set(said) <= seen, 10)
    ana.store.close()
    bob.store.close()


def test_the_fingerprint_is_of_what_is_there(place: Place) -> None:
    ana = place.process("ana")
    assert ana.ids() == set()
    ana.rate(3)
    assert ana.store.operations.fingerprint() is None
    ana.recorder.receive()
    before = ana.store.operations.fingerprint()
    bob = place.process("bob")
    bob.recorder.receive()
    assert before == bob.store.operations.fingerprint() is not None
    bob.rate(3)
    bob.recorder.receive()
    ana.recorder.receive()
    after = ana.store.operations.fingerprint()
    assert before != after == bob.store.operations.fingerprint() is not None


def test_reading_again_gives_everything(place: Place) -> None:
    ana = place.process("ana")
    said = {ana.rate(n).id for n in (1, 2, 3)}
    assert ana.ids() == said
    ana.store.operations.begin_again()
    assert (
        {op.id for op in ana.store.read()}
        == said
        == {op.id for op in ana.store.operations.read_all()}
    )


_text = st.text(st.characters(codec=None), max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture],
          deadline=None)  # fmt: skip
@given(st.builds(Op, _text, _text, _text, _text, st.none() | _text, _text,
                 st.none() | st.booleans() | st.integers() | _text, st.lists(_text).map(tuple),
                 _text, st.none() | _text, st.none() | _text, st.booleans()))  # fmt: skip
def test_whatever_stands_in_an_operation_its_bytes_stay(place: Place, op: Op) -> None:
    place.process().store.operations.write_again(encode(op))
    assert encode(op) in place.raw().splitlines(keepends=True) or b"\r" in encode(op)


@pytest.mark.parametrize("number", [1, 5000])
def test_one_action_is_there_whole(place: Place, number: int) -> None:
    ana = place.process("ana")
    ops = [Op(f"aaaaaaaaaa.{n}", f"0193a5c1f200{n:04x}", "ana", f"p.{n}", "ana", "rating", 4, (),
              "import") for n in range(number)]  # fmt: skip
    ana.store.append(ops, ana.store.writer("ana"))
    assert place.process("bob").store.read() == ops
