"""Questions to another program's SQLite file: read only, bounded in time, and never in its way.

A reader of a file in WAL mode holds no writer up. What could hold one up, a reader that stays, is
ruled out: a connection lives for one question.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from aimux.errors import StoreError
from aimux.persist.store import Store

READ_SECONDS = 0.25
"""A question that takes longer is given up."""
MAX_VALUE = 1 << 20
"""Bytes of a value; a longer one is an error."""
_STEPS = 1000  # of SQLite's machine between two looks at the time

Answer = TypeVar("Answer")


def ask_foreign(path: Path, question: Callable[[Store], Answer]) -> Answer:
    """What a question finds in a database that a running program writes in WAL mode.

    Blocks for READ_SECONDS at most; not for the server's loop. Nothing is made: where the
    program's own `-wal` file is missing, nobody has the database open, and it is not opened.

    Raises:
        StoreError: It is not open, cannot be read, lacks what is asked for, or takes too long.
    """
    if not path.with_name(f"{path.name}-wal").exists():
        raise StoreError(f"{path.name} is not in use")
    try:
        with closing(_connect(path)) as connection:
            return question(connection)
    except sqlite3.Error as error:
        raise StoreError(f"{path.name}: {error}") from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    until = time.monotonic() + READ_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    return connection
