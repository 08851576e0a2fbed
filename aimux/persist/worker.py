"""A thread that does one job after another, from a queue with a limit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import Any, TypeVar

from aimux.errors import StoreError

MAX_JOBS = 4096
"""Jobs that may wait; one more is refused, and whoever came with it is told."""

Result = TypeVar("Result")


class Worker:
    """One thread; it starts with the first job and costs nothing between jobs.

    Args:
        name: The thread's name.
        limit: Jobs that may wait.
    """

    def __init__(self, name: str, *, limit: int = MAX_JOBS) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._limit = limit
        self._waiting = 0
        self._counting = Lock()
        self._closed = False

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Do `work` after what was submitted before; may be called in any thread.

        Returns:
            Its result or its error; StoreError if too many wait, or the worker is closed.
        """
        with self._counting:
            if self._closed:
                return _refused("the database is closed")
            if self._waiting >= self._limit:
                return _refused("the database is too slow: too much waits for it")
            self._waiting += 1
        future = self._thread.submit(work)
        future.add_done_callback(self._done)
        return future

    def close(self, last: Callable[[], None], *, seconds: float) -> bool:
        """Refuse more, finish what waits, then do `last`; whether that was done in time."""
        with self._counting:
            if self._closed:
                return True
            self._closed = True
        final = self._thread.submit(last)
        finished = bool(wait([final], timeout=seconds).done)
        self._thread.shutdown(wait=False, cancel_futures=not finished)
        return finished

    def _done(self, _future: Future[Any]) -> None:
        with self._counting:
            self._waiting -= 1


def _refused(why: str) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(StoreError(why))
    return future
