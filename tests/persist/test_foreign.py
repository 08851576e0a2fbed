"""Another program's database is read while it writes, and never held up or changed."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from aimux.errors import StoreError
from aimux.persist import foreign
from aimux.persist.foreign import ask_foreign
from aimux.persist.store import Store


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "theirs.db", isolation_level=None, timeout=0)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE word (text TEXT)")
    yield connection
    connection.close()


def words(store: Store) -> list[str]:
    return [str(text) for (text,) in store.execute("SELECT text FROM word")]


def test_what_is_committed_is_read_while_the_program_writes(
    theirs: sqlite3.Connection, tmp_path: Path
) -> None:
    theirs.execute("INSERT INTO word VALUES ('first')")
    theirs.execute("BEGIN IMMEDIATE")
    theirs.execute("INSERT INTO word VALUES ('second')")
    assert ask_foreign(tmp_path / "theirs.db", words) == ["first"]
    theirs.execute("COMMIT")
    assert ask_foreign(tmp_path / "theirs.db", words) == ["first", "second"]


def test_the_program_commits_while_it_is_read(theirs: sqlite3.Connection, tmp_path: Path) -> None:
    def question(store: Store) -> list[str]:
        first = store.execute("SELECT text FROM word")
        theirs.execute("INSERT INTO word VALUES ('while it was read')")
        return [str(text) for (text,) in first]

    ask_foreign(tmp_path / "theirs.db", question)
    assert words(theirs) == ["while it was read"]


def test_nothing_can_be_written(theirs: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="readonly"):
        ask_foreign(tmp_path / "theirs.db", lambda store: store.execute("DELETE FROM word"))


def test_a_database_that_nobody_has_open_is_left_alone(
    theirs: sqlite3.Connection, tmp_path: Path
) -> None:
    theirs.close()
    with pytest.raises(StoreError, match="not in use"):
        ask_foreign(tmp_path / "theirs.db", words)
    assert [path.name for path in tmp_path.iterdir()] == ["theirs.db"]


def test_a_question_that_takes_too_long_is_given_up(
    theirs: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "READ_SECONDS", 0.01)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(StoreError, match="interrupted"):
        ask_foreign(tmp_path / "theirs.db", lambda store: store.execute(endless).fetchone())


def test_other_tables_than_were_expected_are_an_error(
    theirs: sqlite3.Connection, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="no such table"):
        ask_foreign(
            tmp_path / "theirs.db", lambda store: store.execute("SELECT 1 FROM session").fetchone()
        )
