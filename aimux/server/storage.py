"""The server's database: answers come back in the loop's own thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from aimux.errors import CommandError, PathError, StoreError
from aimux.paths import make_state_directory
from aimux.persist.database import Database
from aimux.persist.store import Store

FILE = "aimux.db"

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Work = Callable[[Store], Answer]
Done = Callable[[Answer | StoreError], None]


class Storage:
    """One server's access to the database, which all servers of a user share.

    Args:
        environment: Says where the state directory is.
        soon: Calls an action in the loop's thread, from any thread.
        troubled: Told, in the loop's thread, why nothing can be stored; "" when it works again.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        soon: Callable[[Callable[[], None]], None],
        troubled: Callable[[str], None],
    ) -> None:
        self._environment = environment
        self._soon = soon
        self._troubled = troubled
        self._database: Database | None = None

    def ask(self, question: Work[Answer], done: Done[Answer]) -> None:
        """Ask without writing; `done` is called in a later turn of the loop."""
        self._begin(lambda database: database.ask(question), done)

    def change(self, work: Work[Answer], done: Done[Answer] | None = None) -> None:
        """Run a transaction; `done`, if anybody waits, is called in a later turn of the loop."""
        self._begin(lambda database: database.submit(work), done or _log_failure)

    def close(self) -> None:
        """Store what waits, at most a little while. It blocks."""
        if self._database is not None and not self._database.close():
            log.warning("%s: what waited may not have been stored", FILE)

    def _begin(self, start: Callable[[Database], Future[Answer]], done: Done[Answer]) -> None:
        try:
            future = start(self._open())
        except PathError as error:
            refused = StoreError(str(error))
            self._soon(lambda: done(refused))
            return
        future.add_done_callback(lambda ended: self._deliver(ended, done))

    def _open(self) -> Database:
        if self._database is None:
            directory = make_state_directory(self._environment)
            self._database = Database(Path(directory) / FILE, troubled=self._tell)
        return self._database

    def _tell(self, text: str) -> None:
        self._soon(lambda: self._troubled(f"{FILE}: {text}" if text else ""))

    def _deliver(self, ended: Future[Answer], done: Done[Answer]) -> None:
        """In the database's thread: hand the answer over; a bug is told as one."""
        if ended.cancelled():
            answer: Answer | StoreError = StoreError("the database is closed")
        elif isinstance(error := ended.exception(), StoreError):
            answer = error
        elif isinstance(error, CommandError):  # the work was refused, and undone
            answer = StoreError(str(error))
        elif error is not None:
            log.error("the database's work failed", exc_info=error)
            answer = StoreError("internal error: see the server's log")
        else:
            answer = ended.result()
        self._soon(lambda: done(answer))


def _log_failure(answer: object) -> None:
    """Nobody waits for it; the database has counted it and said why."""
    if isinstance(answer, StoreError):
        log.info("not stored: %s", answer)
