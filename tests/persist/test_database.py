"""The database: what is committed stays, and what cannot be stored is said."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from aimux.errors import StoreError
from aimux.persist.database import Database
from aimux.persist.store import Store

DEADLINE = 30.0
NOTES = ("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);",)


def add(text: str) -> Any:
    return lambda store: store.execute("INSERT INTO note (text) VALUES (?)", (text,)).lastrowid


def notes(store: Store) -> list[object]:
    return [row[0] for row in store.execute("SELECT text FROM note ORDER BY id")]


def value(future: Future[Any]) -> Any:
    return future.result(DEADLINE)


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def database(tmp_path: Path, troubles: list[str]) -> Iterator[Database]:
    made = Database(tmp_path / "notes.db", migrations=NOTES, troubled=troubles.append)
    yield made
    assert made.close(seconds=DEADLINE)


def test_what_a_transaction_returns_comes_back(database: Database) -> None:
    assert value(database.submit(add("first"))) == 1
    assert value(database.ask(notes)) == ["first"]


def test_nothing_is_opened_before_it_is_needed(database: Database) -> None:
    assert not database.path.exists()


def test_the_file_and_its_side_files_are_the_users_alone(database: Database) -> None:
    value(database.submit(add("private")))
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in database.path.parent.iterdir()
    }
    assert modes == {"notes.db": 0o600, "notes.db-wal": 0o600, "notes.db-shm": 0o600}


def test_an_error_undoes_its_transaction_and_no_other(database: Database) -> None:
    def failing(store: Store) -> None:
        add("half")(store)
        raise KeyError("a bug")

    value(database.submit(add("kept")))
    with pytest.raises(KeyError):
        value(database.submit(failing))
    assert value(database.ask(notes)) == ["kept"]


def test_a_question_cannot_write(database: Database) -> None:
    with pytest.raises(StoreError, match="readonly"):
        value(database.ask(add("forbidden")))


def test_neither_waits_for_the_other(database: Database) -> None:
    value(database.submit(add("before")))
    entered, release = threading.Event(), threading.Event()

    def slow(store: Store) -> None:
        add("late")(store)
        entered.set()
        assert release.wait(DEADLINE)

    writing = database.submit(slow)
    assert entered.wait(DEADLINE)
    assert value(database.ask(notes)) == ["before"]
    release.set()
    value(writing)


def test_a_full_queue_refuses_and_counts(tmp_path: Path) -> None:
    database = Database(tmp_path / "notes.db", migrations=NOTES, limit=2)
    release = threading.Event()
    held = [database.submit(lambda _store: release.wait(DEADLINE)), database.submit(add("second"))]
    with pytest.raises(StoreError, match="too slow"):
        value(database.submit(add("third")))
    assert database.failed == 1
    release.set()
    assert [value(future) for future in held] == [True, 1]
    assert database.close(seconds=DEADLINE)


def test_a_closed_database_has_stored_what_waited(tmp_path: Path) -> None:
    database = Database(tmp_path / "notes.db", migrations=NOTES)
    for number in range(50):
        database.submit(add(f"n{number}"))
    assert database.close(seconds=DEADLINE)
    assert len(sqlite3.connect(database.path).execute("SELECT * FROM note").fetchall()) == 50
    with pytest.raises(StoreError, match="closed"):
        value(database.submit(add("too late")))


def test_a_damaged_file_is_kept_aside_and_a_new_one_begun(
    database: Database, troubles: list[str]
) -> None:
    database.path.write_bytes(b"this is no database, and never was" * 200)
    value(database.submit(add("anew")))
    assert value(database.ask(notes)) == ["anew"]
    kept = [path for path in database.path.parent.iterdir() if ".corrupt-" in path.name]
    assert kept[0].read_bytes().startswith(b"this is no database")
    assert "was damaged and is kept as" in troubles[0]


def test_a_page_that_is_damaged_later_is_found_by_a_question(tmp_path: Path) -> None:
    first = Database(tmp_path / "notes.db", migrations=NOTES)
    value(first.submit(lambda store: [add("x" * 3000)(store) for _ in range(50)]))
    assert first.close(seconds=DEADLINE)
    content = bytearray(first.path.read_bytes())
    content[3 * 4096 : 9 * 4096] = os.urandom(6 * 4096)
    first.path.write_bytes(content)
    troubles: list[str] = []
    found = threading.Event()
    second = Database(
        first.path, migrations=NOTES, troubled=lambda text: (troubles.append(text), found.set())[0]
    )
    with pytest.raises(StoreError):
        value(second.ask(notes))
    assert found.wait(DEADLINE)
    assert "was damaged" in troubles[0]
    value(second.submit(add("anew")))
    assert value(second.ask(notes)) == ["anew"]
    assert second.close(seconds=DEADLINE)


def test_a_file_that_was_removed_is_made_again(database: Database) -> None:
    value(database.submit(add("gone")))
    assert value(database.ask(notes)) == ["gone"]
    for path in database.path.parent.iterdir():
        path.unlink()
    value(database.submit(add("back")))
    assert value(database.ask(notes)) == ["back"]


def test_a_directory_that_takes_no_file_is_said_once(tmp_path: Path) -> None:
    troubles: list[str] = []
    database = Database(tmp_path / "none" / "notes.db", migrations=NOTES, troubled=troubles.append)
    for _ in range(2):
        with pytest.raises(StoreError, match="No such file"):
            value(database.submit(add("lost")))
    assert (troubles, database.failed) == (["No such file or directory"], 2)
    database.path.parent.mkdir()
    value(database.submit(add("stored")))
    assert troubles[-1] == ""
    assert database.close(seconds=DEADLINE)


def test_a_full_disk_loses_nothing_that_was_stored(database: Database, troubles: list[str]) -> None:
    value(database.submit(add("before")))
    value(database.submit(lambda store: store.execute("PRAGMA user_version").fetchone()))

    def fill(store: Store) -> None:
        # SQLite's own limit of pages gives the error of a disk without room.
        store.execute("PRAGMA max_page_count = 3")
        store.execute("INSERT INTO note (text) VALUES (zeroblob(100000))")

    with pytest.raises(StoreError, match="full"):
        value(database.submit(fill))
    value(database.submit(lambda store: store.execute("PRAGMA max_page_count = 1000000")))
    value(database.submit(add("after")))
    assert value(database.ask(notes)) == ["before", "after"]
    assert troubles == ["database or disk is full", ""]


def test_tables_are_brought_up_to_date_once(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    old = Database(path, migrations=NOTES)
    value(old.submit(add("kept")))
    assert old.close(seconds=DEADLINE)
    newer = (*NOTES, "ALTER TABLE note ADD COLUMN tag TEXT NOT NULL DEFAULT 'none';")
    both = [Database(path, migrations=newer) for _ in range(2)]
    for future in [database.submit(lambda _store: None) for database in both]:
        value(future)
    rows = value(both[0].ask(lambda store: list(store.execute("SELECT text, tag FROM note"))))
    assert rows == [("kept", "none")]
    assert all(database.close(seconds=DEADLINE) for database in both)


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    later = Database(path, migrations=(*NOTES, "CREATE TABLE more (id INTEGER);"))
    value(later.submit(add("theirs")))
    assert later.close(seconds=DEADLINE)
    ours = Database(path, migrations=NOTES)
    with pytest.raises(StoreError, match="later version"):
        value(ours.submit(add("ours")))
    assert ours.close(seconds=DEADLINE)
    assert sqlite3.connect(path).execute("SELECT text FROM note").fetchall() == [("theirs",)]


KILLED = """
import os, signal, sys
from pathlib import Path
from aimux.persist.database import Database
database = Database(Path(sys.argv[1]), migrations=("CREATE TABLE note (id INTEGER PRIMARY KEY);",))
for _ in range(20):
    database.submit(lambda store: store.execute("INSERT INTO note DEFAULT VALUES")).result()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_committed_outlives_a_killed_process(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert ended.returncode == -9
    assert sqlite3.connect(path).execute("SELECT count(*) FROM note").fetchone() == (20,)
