"""Transactions that come while another one is stored are committed together.

Each is whole or undone, by a savepoint of its own. None is answered before all are committed.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Any, Generic, TypeVar, cast

from aimux.errors import StoreError
from aimux.persist.store import Store

MAX_TOGETHER = 64
"""Transactions of one group: the first of them waits for the last."""

TROUBLES = (sqlite3.Error, OSError, StoreError)
"""What is the database's fault, or may be."""

Result = TypeVar("Result")


class Job(Generic[Result]):
    """One transaction, and what came of it.

    Attributes:
        is_over: Its turn has come.
        error: What it raised last.
    """

    def __init__(self, work: Callable[[Store], Result]) -> None:
        self.work = work
        self.is_over = False
        self.error: BaseException | None = None
        self._result: Result | None = None

    def run(self, how: Callable[[Callable[[Store], Result]], Result]) -> None:
        """Do it in some way, and keep what it returns or raises."""
        self._result = self.error = None
        try:
            self._result = how(self.work)
        except BaseException as error:  # noqa: BLE001  # raised by outcome, as a future does
            self.error = error

    def outcome(self) -> Result:
        """What it returned; raises what it raised."""
        if self.error is not None:
            raise self.error
        return cast("Result", self._result)


class WaitingJobs:
    """What waits for the writer's thread, in order."""

    def __init__(self) -> None:
        self._jobs: deque[Job[Any]] = deque()
        self._lock = Lock()

    def add(self, job: Job[Any]) -> None:
        """One more, unless it is over already."""
        with self._lock:
            if not job.is_over:
                self._jobs.append(job)

    def group_of(self, first: Job[Any]) -> list[Job[Any]]:
        """A job whose turn it is, and those behind it; they wait no more."""
        with self._lock:
            first.is_over = True
            group = [first]
            while self._jobs and len(group) < MAX_TOGETHER:
                job = self._jobs.popleft()
                if not job.is_over:
                    job.is_over = True
                    group.append(job)
            return group


def run_together(connection: sqlite3.Connection, jobs: list[Job[Any]]) -> None:
    """Run jobs in one transaction.

    Raises:
        sqlite3.Error, OSError, StoreError: None of them is stored: each has to be run alone.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for job in jobs:
            _run_one(connection, job)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise


def _run_one(connection: sqlite3.Connection, job: Job[Any]) -> None:
    job.run(partial(_saved, connection))
    if isinstance(job.error, TROUBLES):
        raise job.error


def _saved(connection: sqlite3.Connection, work: Callable[[Store], Result]) -> Result:
    """Run one inside the group's transaction; its error undoes it alone."""
    connection.execute("SAVEPOINT one")
    try:
        result = work(connection)
    except BaseException:
        connection.execute("ROLLBACK TO one")
        raise
    finally:
        connection.execute("RELEASE one")
    return result
