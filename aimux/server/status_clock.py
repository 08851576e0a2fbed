"""When status lines are drawn again although nothing has happened: `status-interval`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aimux.server.supervision import guarded


class StatusClock:
    """A timer that runs while somebody looks, and only then.

    Args:
        interval: How many seconds are wanted between two drawings; 0 for none.
        due: Called on the loop when they have passed.
    """

    def __init__(self, interval: Callable[[], int], due: Callable[[], None]) -> None:
        self._interval = interval
        self._due = due
        self._seconds = 0
        self._timer: asyncio.TimerHandle | None = None

    def schedule(self) -> None:
        """Heed what is wanted now; a timer that runs for as long goes on."""
        seconds = self._interval()
        if seconds == self._seconds:
            return
        self._seconds = seconds
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seconds:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(seconds, guarded("timer", self._elapsed))

    def _elapsed(self) -> None:
        self._seconds = 0
        self._timer = None
        self._due()
