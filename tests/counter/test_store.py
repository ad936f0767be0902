"""The store: whatever comes, in any order, twice, at once, cut off: what was acknowledged is there and is whole."""

import errno
import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from lumbung.counter import store as store_module
from lumbung.counter import sweeping
from lumbung.counter.refusals import Refusal, of_the_disk
from lumbung.counter.store import MOST_DAMAGED, Damaged, State, Store
from tests.counter.envelopes import envelope


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "counter")


def received(store: Store, size: int = 1_000) -> tuple[str, bytes]:
    header, body = envelope(size)
    store.begin(header)
    store.put(header.number, offset=0, content=body)
    assert store.finish(header.number).state is State.WAITING
    return header.number, body


def code_of(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_pieces_become_a_whole(store: Store) -> None:
    header, body = envelope(1_000)
    assert store.begin(header).offset == 0
    for at in range(0, 1_000, 300):
        assert store.put(header.number, offset=at, content=body[at : at + 300]).state is State.ARRIVING
        assert list(store.waiting()) == []
    told = store.finish(header.number)
    assert (told.state, told.offset, told.received_at is not None) == (State.WAITING, 1_000, True)
    assert list(store.waiting()) == [header]
    with store.open_body(header.number) as there:
        assert there.read() == body


def test_the_same_three_times_is_once(store: Store) -> None:
    header, body = envelope()
    for _ in range(3):
        store.begin(header)
    store.put(header.number, offset=0, content=body)
    first = store.finish(header.number)
    assert [store.begin(header), store.finish(header.number), store.begin(header)] == [first] * 3
    assert list(store.waiting()) == [header]
    store.done(header.number)
    assert [store.begin(header).state, store.finish(header.number).state] == [State.DONE] * 2
    assert list(store.waiting()) == []


def test_another_envelope_does_not_take_its_number(store: Store) -> None:
    number, body = received(store)
    other, _ = envelope(number=number)
    assert code_of(lambda: store.begin(other)) == "other-number"
    with store.open_body(number) as there:
        assert there.read() == body


def test_pieces_in_the_wrong_order(store: Store) -> None:
    header, body = envelope()
    store.begin(header)
    assert code_of(lambda: store.put(header.number, offset=500, content=body[500:])) == "other-offset"
    store.put(header.number, offset=0, content=body[:500])
    for offset in (0, 499, 501, 10**11):
        assert code_of(lambda offset=offset: store.put(header.number, offset=offset, content=b"x")) == "other-offset"
    assert code_of(lambda: store.put(header.number, offset=500, content=body)) == "too-long"
    assert code_of(lambda: store.finish(header.number)) == "not-all-here"
    store.put(header.number, offset=500, content=body[500:])
    store.finish(header.number)
    assert code_of(lambda: store.put(header.number, offset=0, content=b"x")) == "other-offset"
    with store.open_body(header.number) as there:
        assert there.read() == body


def test_other_bytes_than_announced_begin_anew(store: Store) -> None:
    header, body = envelope()
    store.begin(header)
    store.put(header.number, offset=0, content=body[:-1] + b"?")
    assert code_of(lambda: store.finish(header.number)) == "damaged"
    assert store.standing(header.number).offset == 0
    store.put(header.number, offset=0, content=body)
    assert store.finish(header.number).state is State.WAITING


def test_who_sends_other_bytes_for_ever_is_forgotten(store: Store) -> None:
    header, _ = envelope()
    store.begin(header)
    for _ in range(MOST_DAMAGED):
        store.put(header.number, offset=0, content=b"?" * 1_000)
        assert code_of(lambda: store.finish(header.number)) == "damaged"
    assert code_of(lambda: store.standing(header.number)) == "unknown"
    assert list(store.bodies.iterdir()) == []


def test_in_the_order_of_acknowledgement(store: Store) -> None:
    begun = [envelope(10) for _ in range(5)]
    for header, body in begun:
        store.begin(header)
        store.put(header.number, offset=0, content=body)
    for header, _ in reversed(begun):
        store.finish(header.number)
    assert [header.number for header in store.waiting()] == [header.number for header, _ in reversed(begun)]
    aside = begun[2][0].number
    store.set_aside(aside, why="unknown-office")
    assert aside not in [header.number for header in store.waiting()]
    store.done(begun[4][0].number)
    assert store.take_up_again() == 1
    assert [header.number for header in store.waiting()] == [begun[at][0].number for at in (3, 2, 1, 0)]


def test_the_status_is_for_who_has_the_secret(store: Store) -> None:
    header, body = envelope()
    ticket = store.begin(header).ticket
    store.put(header.number, offset=0, content=body)
    store.finish(header.number)
    assert store.asked(ticket, verifier=header.verifier).state is State.WAITING
    for asked in ((ticket, "0" * 64), ("00000-00000-0", header.verifier), (ticket, "")):
        assert code_of(lambda asked=asked: store.asked(asked[0], verifier=asked[1])) == "unknown"


class Killed(BaseException):
    """Stands for the kill: nothing of the process's own runs after it but what the kernel does."""


@pytest.mark.parametrize("instant", ["fsync", "folder", "before the row", "after the row"])
def test_cut_off_while_acknowledging(store: Store, instant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    header, body = envelope()
    store.begin(header)
    store.put(header.number, offset=0, content=body)
    real = store._acknowledged

    def killed(*_: Any) -> None:
        if instant == "after the row":
            real(header.number)
        raise Killed

    places = {"fsync": (store_module.os, "fsync"), "folder": (store_module, "_sync_folder")}
    monkeypatch.setattr(*places.get(instant, (store, "_acknowledged")), killed)
    with pytest.raises(Killed):
        store.finish(header.number)
    monkeypatch.undo()
    again = Store(store.folder)
    assert len(list(again.waiting())) == (instant == "after the row")
    assert again.finish(header.number).state is State.WAITING
    assert list(again.waiting()) == [header]


def test_the_disk_has_it_before_it_is_acknowledged(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    header, body = envelope()
    store.begin(header)
    store.put(header.number, offset=0, content=body)
    synced = []
    real = os.fsync

    def noted(descriptor: int) -> None:
        real(descriptor)
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        assert store.standing(header.number).state is State.ARRIVING

    monkeypatch.setattr(store_module.os, "fsync", noted)
    store.finish(header.number)
    assert synced == [header.number, "bodies"]
    with store.ledger.reading() as rows:
        assert rows.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL: the row is on the disk at its commit
        assert rows.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_full_disk_keeps_what_came(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    header, body = envelope()
    store.begin(header)
    real, left = os.pwrite, [300]

    def full(descriptor: int, content: bytes, offset: int) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "full")
        count = min(left[0], len(content))
        left[0] -= count
        return real(descriptor, content[:count], offset)

    monkeypatch.setattr(store_module.os, "pwrite", full)
    with pytest.raises(OSError, match="full") as problem:
        store.put(header.number, offset=0, content=body)
    assert (of_the_disk(problem.value).status, store.standing(header.number).offset) == (507, 300)
    left[0] = 10_000
    store.put(header.number, offset=300, content=body[300:])
    assert store.finish(header.number).state is State.WAITING


def test_a_full_database_acknowledges_nothing(store: Store) -> None:
    header, body = envelope()
    store.begin(header)
    store.put(header.number, offset=0, content=body)
    with store.ledger.reading() as rows:
        pages = rows.execute("PRAGMA page_count").fetchone()[0]
        rows.execute(f"PRAGMA max_page_count = {pages}")
    problem: sqlite3.Error | None = None
    for _ in range(500):
        try:
            store.begin(envelope(10)[0])
        except sqlite3.Error as full:
            problem = full
            break
    assert problem is not None
    assert of_the_disk(problem).status == 507
    store.ledger.close()
    assert store.finish(header.number).state is State.WAITING


def test_two_at_once_send_the_same(store: Store) -> None:
    header, body = envelope(50_000)
    problems: list[BaseException] = []

    def send() -> None:
        try:
            store.begin(header)
            while (standing := store.standing(header.number)).offset < standing.size:
                at = standing.offset
                try:
                    store.put(header.number, offset=at, content=body[at : at + 1_000])
                except Refusal as refusal:
                    assert refusal.code == "other-offset"
            store.finish(header.number)
        except BaseException as problem:  # noqa: BLE001 - it belongs into the thread of the test
            problems.append(problem)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert list(store.waiting()) == [header]
    with store.open_body(header.number) as there:
        assert there.read() == body


def test_a_changed_body_is_never_handed_over(store: Store) -> None:
    first, second = received(store)[0], received(store)[0]
    (store.bodies / first).write_bytes(b"other")
    (store.bodies / second).unlink()
    for number in (first, second):
        with pytest.raises(Damaged):
            store.open_body(number)


def test_sweeping_takes_the_half_sent_and_nothing_else(store: Store) -> None:
    kept = [received(store)[0] for _ in range(3)]
    store.done(kept[0])
    store.set_aside(kept[1], why="unknown-office")
    half, body = envelope()
    empty, fresh = envelope()[0], envelope()[0]
    for header in (half, empty, fresh):
        store.begin(header)
    store.put(half.number, offset=0, content=body[:10])
    (store.bodies / ("f" * 32)).write_bytes(b"stray")
    long_ago = time.time() - 2 * sweeping.HALF_SENT
    for name in (half.number, "f" * 32, kept[1], kept[2]):
        os.utime(store.bodies / name, (long_ago, long_ago))
    with store.ledger.writing() as rows:
        old = [(long_ago, header.number) for header in (half, empty)]
        rows.executemany("UPDATE envelope SET begun_at = ? WHERE number = ?", old)
    assert sweeping.sweep(store) == 3
    assert sorted(path.name for path in store.bodies.iterdir()) == sorted(kept[1:])
    assert [store.knows(one) for one in (*kept, half.number, empty.number, fresh.number)] == [True] * 3 + [
        False,
        False,
        True,
    ]


def test_a_ticket_of_long_ago_is_forgotten(store: Store) -> None:
    number, _ = received(store)
    store.done(number)
    with store.ledger.writing() as rows:
        rows.execute("UPDATE envelope SET done_at = ?", (time.time() - 2 * sweeping.HANDED_OVER,))
    sweeping.sweep_in_time(store)
    assert not store.knows(number)
    sweeping.sweep_in_time(store)


def test_what_was_refused_for_a_month_goes(store: Store) -> None:
    refused, waits = received(store)[0], received(store)[0]
    store.set_aside(refused, why="unknown-office")
    assert sweeping.sweep(store) == 0
    with store.ledger.writing() as rows:
        rows.execute("UPDATE envelope SET received_at = ?", (time.time() - 2 * sweeping.SET_ASIDE,))
    assert sweeping.sweep(store) == 1
    assert [path.name for path in store.bodies.iterdir()] == [waits]
    assert [store.knows(refused), store.knows(waits)] == [False, True]
    assert (store.folder.stat().st_mode & 0o777, store.bodies.stat().st_mode & 0o777) == (0o700, 0o700)
