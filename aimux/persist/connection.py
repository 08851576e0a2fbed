"""One connection to the database: a file of the user alone, of the newest version, or an error."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from aimux.errors import StoreError

BUSY_SECONDS = 5.0
"""How long a connection waits for another process's transaction."""
CHECKPOINT_PAGES = 1000
_SIDE_FILES = ("", "-wal", "-shm")
_CORRUPT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def open_for_writing(path: Path, migrations: Sequence[str]) -> sqlite3.Connection:
    """A connection that may write, to a file with every migration; both are made where missing.

    Raises:
        StoreError: A later aimux made the file.
        OSError: The file cannot be made.
        sqlite3.Error: It cannot be opened; see `is_corrupt`.
    """
    _make_private(path)
    connection = _connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = FAST")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        _migrate(connection, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path, migrations: Sequence[str]) -> sqlite3.Connection | None:
    """A connection that refuses to write; None where the tables are not made, or not up to date.

    Raises:
        sqlite3.Error: It cannot be opened; see `is_corrupt`.
    """
    if not path.exists():
        return None
    connection = _connect(path)
    if _version(connection) != len(migrations):
        connection.close()
        return None
    connection.execute("PRAGMA query_only = ON")
    return connection


def is_corrupt(error: sqlite3.Error) -> bool:
    """Whether an error says that the file is damaged or is no database."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _CORRUPT


def set_aside(path: Path, *, stamp: str) -> Path:
    """Rename a damaged database and its side files; the new name, which nobody had before.

    Raises:
        OSError: It cannot be renamed.
    """
    number, base = 0, f"{path.name}.corrupt-{stamp}"
    kept = path.with_name(base)
    while kept.exists():
        number += 1
        kept = path.with_name(f"{base}.{number}")
    for end in reversed(_SIDE_FILES):
        part = path.with_name(path.name + end)
        if part.exists():
            part.rename(kept.with_name(kept.name + end))
    return kept


def _connect(path: Path) -> sqlite3.Connection:
    """The transactions are begun and ended by who uses it, in whatever thread that is."""
    return sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None if there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _make_private(path: Path) -> None:
    """The file with mode 0600; SQLite gives its side files the same mode."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _version(connection: sqlite3.Connection) -> int:
    row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0])


def _migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    """Bring the tables up to date, once, whichever of several servers comes first."""
    if _version(connection) == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _run_scripts(connection, migrations)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _run_scripts(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    have, ours = _version(connection), len(migrations)
    if have > ours:
        raise StoreError(f"made by a later version (its tables: {have}, ours: {ours})")
    for script in migrations[have:]:
        for statement in _statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {ours}")


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would end the transaction around it."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    if pending.strip():
        raise AssertionError("a migration ends in the middle of a statement")
    return found
