"""The database: transactions on one thread, questions on another, neither on the caller's.

Whoever has tables gives functions of an open transaction (`Store`). A function that writes runs
alone; its error undoes it, and it is answered once it is committed, together with those that came
while another one was stored (`group`). A committed transaction outlives the process; after a power
failure the last ones may be missing (`synchronous = NORMAL`).

What cannot be stored is never lost in silence: its future has the StoreError, `failed` counts it,
and `troubled` is called once for each new reason. The next transaction tries again.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from aimux.errors import StoreError
from aimux.persist.connection import (
    identity,
    is_corrupt,
    open_for_reading,
    open_for_writing,
    set_aside,
)
from aimux.persist.group import TROUBLES, Job, WaitingJobs, run_together
from aimux.persist.schema import MIGRATIONS
from aimux.persist.store import Store
from aimux.persist.worker import MAX_JOBS, Worker

READ_SECONDS = 10.0
"""A question that takes longer is given up."""
_SECURE = 1  # of `PRAGMA secure_delete`: on; FAST, which connections begin with, is 2
_STEPS = 10_000  # of SQLite's machine between two looks at the time: well under a millisecond
CLOSE_SECONDS = 2.0

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class Database:
    """One file. Nothing is opened before the first transaction or question.

    Args:
        path: The file; its directory exists.
        migrations: The tables, version by version.
        troubled: Called, in the database's thread, with each new reason why nothing can be stored,
            with the name of a damaged file that was set aside, and with "" when all is well again.
        limit: Transactions, and questions, that may wait.
    """

    def __init__(
        self,
        path: Path,
        *,
        migrations: Sequence[str] = MIGRATIONS,
        troubled: Callable[[str], None] = lambda _text: None,
        limit: int = MAX_JOBS,
    ) -> None:
        self.path = path
        self.failed = 0
        self._migrations = migrations
        self._troubled = troubled
        self._trouble = ""
        self._waiting = WaitingJobs()
        self._writer = Worker("aimux-writer", limit=limit)
        self._reader = Worker("aimux-reader", limit=limit)
        self._writing: sqlite3.Connection | None = None
        self._reading: sqlite3.Connection | None = None
        self._written_file: tuple[int, int] | None = None
        self._read_file: tuple[int, int] | None = None

    def submit(self, work: Callable[[Store], Result]) -> Future[Result]:
        """Run a transaction; `asyncio.wrap_future` awaits what it returned.

        Args:
            work: It may read and write, is run in another thread, and possibly twice (a damaged
                file is replaced by an empty one), so it changes nothing but the store.

        Returns:
            Its result; StoreError if nothing was stored, or what the function raised.
        """
        job = Job(work)
        future = self._writer.submit(lambda: self._take(job))
        if not future.done():  # else it was refused, or is stored already
            self._waiting.add(job)
        future.add_done_callback(self._count)
        return future

    def ask(self, work: Callable[[Store], Result]) -> Future[Result]:
        """Run a function that only reads, and sees what was submitted and done before.

        Returns:
            Its result; StoreError if there is no database, or it took over READ_SECONDS.
        """
        return self._reader.submit(lambda: self._read(work))

    def close(self, *, seconds: float = CLOSE_SECONDS) -> bool:
        """Store what waits and close the file; whether that was done in time. It blocks."""
        self._reader.close(self._close_reading, seconds=seconds)
        return self._writer.close(self._close_writing, seconds=seconds)

    # ---- in the writer's thread ----

    def _take(self, job: Job[Result]) -> Result:
        """Store a job, unless that was done together with one before it."""
        if not job.is_over:
            group = self._waiting.group_of(job)
            if len(group) == 1 or not self._write_together(group):
                for one in group:
                    one.run(self._write)
        return job.outcome()

    def _write_together(self, group: list[Job[Any]]) -> bool:
        """Whether a group is stored; if not, nothing of it is."""
        try:
            connection = self._for_writing()
            run_together(connection, group)
            _wipe(connection)
        except TROUBLES:
            return False
        self._tell("")
        return True

    def _write(self, work: Callable[[Store], Result]) -> Result:
        try:
            result = self._attempt(work)
        except sqlite3.Error as error:
            if not is_corrupt(error):
                raise self._failing(_words(error)) from error
            result = self._replace_and_retry(work)
        except OSError as error:
            raise self._failing(str(error.strerror)) from error
        except StoreError as error:
            raise self._failing(str(error)) from error
        else:
            self._tell("")
        return result

    def _attempt(self, work: Callable[[Store], Result]) -> Result:
        connection = self._for_writing()
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
            connection.execute("COMMIT")
            _wipe(connection)
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise
        return result

    def _for_writing(self) -> sqlite3.Connection:
        """The connection; a new one if somebody has taken the file away."""
        if self._writing is not None and self._written_file != identity(self.path):
            self._close_writing()
        if self._writing is None:
            self._writing = open_for_writing(self.path, self._migrations)
            self._written_file = identity(self.path)
        return self._writing

    def _replace_and_retry(self, work: Callable[[Store], Result]) -> Result:
        """The file is damaged: keep it under another name, and begin anew."""
        self._close_writing()
        try:
            kept = set_aside(self.path, stamp=time.strftime("%Y%m%d-%H%M%S"))
            result = self._attempt(work)
        except (sqlite3.Error, OSError) as error:
            raise self._failing(f"damaged, and not replaced: {error}") from error
        self._tell(f"was damaged and is kept as {kept.name}; a new one was begun")
        return result

    def _failing(self, text: str) -> StoreError:
        self._tell(text)
        return StoreError(f"{self.path.name}: {text}")

    def _tell(self, text: str) -> None:
        if text != self._trouble:
            self._trouble = text
            log.warning("%s: %s", self.path.name, text or "works again")
            self._troubled(text)

    def _count(self, future: Future[Result]) -> None:
        if not future.cancelled() and isinstance(future.exception(), StoreError):
            self.failed += 1

    def _check(self, store: Store) -> None:
        """Raise what SQLite says of a file that a question stumbled over."""
        row = store.execute("PRAGMA quick_check(1)").fetchone()
        if row is None or row[0] != "ok":
            error = sqlite3.DatabaseError("damaged")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error

    def _close_writing(self) -> None:
        connection, self._writing = self._writing, None
        if connection is not None:
            connection.close()

    # ---- in the reader's thread ----

    def _read(self, work: Callable[[Store], Result]) -> Result:
        try:
            return _in_time(self._for_reading(), work)
        except sqlite3.Error as error:
            self._close_reading()
            if is_corrupt(error):
                self.submit(self._check)
            raise StoreError(f"{self.path.name}: {_words(error)}") from error

    def _for_reading(self) -> sqlite3.Connection:
        """The connection; the writer makes the tables first, where there are none."""
        if self._reading is not None and self._read_file != identity(self.path):
            self._close_reading()
        if self._reading is None:
            self._reading = open_for_reading(self.path, self._migrations)
            if self._reading is None:
                self._writer.submit(lambda: self._write(lambda _store: None)).result()
                self._reading = open_for_reading(self.path, self._migrations)
            self._read_file = identity(self.path)
        if self._reading is None:
            raise StoreError(f"{self.path.name}: not there")
        return self._reading

    def _close_reading(self) -> None:
        connection, self._reading = self._reading, None
        if connection is not None:
            connection.close()


def _wipe(connection: sqlite3.Connection) -> None:
    """After a transaction that turned `secure_delete` on, empty the journal, which has it all.

    A reader of another server may hold it for a moment; then it goes with the next checkpoint.
    """
    if connection.execute("PRAGMA secure_delete").fetchone() == (_SECURE,):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA secure_delete = FAST")


def _in_time(connection: sqlite3.Connection, work: Callable[[Store], Result]) -> Result:
    """Read from one state of the database, and give up after READ_SECONDS."""
    deadline = time.monotonic() + READ_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    connection.execute("BEGIN")
    try:
        return work(connection)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _words(error: sqlite3.Error) -> str:
    """What SQLite says, in our words where its are about something else."""
    code = getattr(error, "sqlite_errorcode", None)
    return "the search took too long" if code == sqlite3.SQLITE_INTERRUPT else str(error)
