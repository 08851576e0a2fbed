"""Calls actions on the server's loop later, each so that an error in it ends it alone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from aimux.server.supervision import guarded


class Deferred:
    """What is put off on one loop, which runs now."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def soon(self, action: Callable[[], None]) -> None:
        """Call an action once what runs now has returned."""
        self._loop.call_soon(guarded("hooks", action))

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Call an action after some seconds."""
        self._loop.call_later(seconds, guarded("timer", action))

    def from_thread(self, action: Callable[[], None]) -> None:
        """Call an action soon; another thread asks for it."""
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
            self._loop.call_soon_threadsafe(guarded("storage", action))
