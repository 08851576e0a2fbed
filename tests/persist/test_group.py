"""Transactions that are committed together: each whole or undone, none answered too early."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from aimux.persist.database import Database
from aimux.persist.group import MAX_TOGETHER
from aimux.persist.store import Store
from tests.persist.test_database import DEADLINE, NOTES, add, notes, value


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "notes.db", migrations=NOTES)
    value(made.submit(lambda _store: None))
    yield made
    assert made.close(seconds=DEADLINE)


class Held:
    """Keeps the writer's thread, so that what comes meanwhile becomes one group."""

    def __init__(self, database: Database) -> None:
        self._release = threading.Event()
        entered = threading.Event()

        def hold(_store: Store) -> None:
            entered.set()
            assert self._release.wait(DEADLINE)

        self.future = database.submit(hold)
        assert entered.wait(DEADLINE)

    def release(self) -> None:
        self._release.set()


def begun(database: Database) -> list[str]:
    """The statements that begin and end transactions, from now on."""
    seen: list[str] = []
    connection = database._writing
    assert connection is not None
    connection.set_trace_callback(
        lambda text: seen.append(text) if text.startswith(("BEGIN", "COMMIT")) else None
    )
    return seen


def test_what_came_meanwhile_is_one_transaction(database: Database) -> None:
    seen = begun(database)
    held = Held(database)
    futures = [database.submit(add(f"n{number}")) for number in range(10)]
    held.release()
    assert [value(future) for future in futures] == list(range(1, 11))
    assert seen == ["BEGIN IMMEDIATE", "COMMIT"] * 2
    assert value(database.ask(notes)) == [f"n{number}" for number in range(10)]


def test_an_error_in_a_group_undoes_its_own_and_no_other(database: Database) -> None:
    def failing(store: Store) -> None:
        add("half")(store)
        raise KeyError("a bug")

    held = Held(database)
    futures: list[Future[Any]] = [
        database.submit(work) for work in (add("first"), failing, add("last"))
    ]
    held.release()
    with pytest.raises(KeyError):
        value(futures[1])
    assert (value(futures[0]), value(futures[2])) == (1, 2)
    assert value(database.ask(notes)) == ["first", "last"]


def test_nothing_of_a_group_is_answered_before_all_of_it_is_stored(database: Database) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def slow(store: Store) -> None:
        add("slow")(store)
        entered.set()
        assert go_on.wait(DEADLINE)

    held = Held(database)
    first, second = database.submit(add("first")), database.submit(slow)
    held.release()
    assert entered.wait(DEADLINE)
    assert not first.done()
    assert value(database.ask(notes)) == []
    go_on.set()
    value(second)
    assert value(first) == 1


def test_what_the_database_refuses_is_told_to_its_own_and_the_others_are_stored(
    database: Database,
) -> None:
    def wrong(store: Store) -> None:
        store.execute("INSERT INTO note (text) VALUES (NULL)")

    held = Held(database)
    futures = [database.submit(work) for work in (add("first"), wrong, add("last"))]
    held.release()
    with pytest.raises(Exception, match="NOT NULL"):
        value(futures[1])
    value(futures[0])
    value(futures[2])
    assert value(database.ask(notes)) == ["first", "last"]


def test_more_than_fit_into_a_group_are_all_stored_in_order(database: Database) -> None:
    held = Held(database)
    count = 3 * MAX_TOGETHER + 1
    futures = [database.submit(add(f"n{number}")) for number in range(count)]
    held.release()
    assert [value(future) for future in futures] == list(range(1, count + 1))


def test_a_file_that_is_taken_away_meanwhile_is_made_again_for_all(database: Database) -> None:
    held = Held(database)
    futures = [database.submit(add(f"n{number}")) for number in range(5)]
    for path in list(database.path.parent.iterdir()):
        path.unlink()
    held.release()
    for future in futures:
        value(future)
    rows = sqlite3.connect(database.path).execute("SELECT count(*) FROM note").fetchone()
    assert rows == (5,)
