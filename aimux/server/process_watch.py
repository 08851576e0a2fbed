"""Telling of the end of processes that are not our children (pidfd_open(2)): nothing is polled."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable


class ProcessWatch:
    """Follows processes of others.

    Where the kernel has no such descriptors, or none is left, nothing is told.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def follow(self, pid: int, ended: Callable[[], None]) -> Callable[[], None]:
        """Call `ended` once when a process has ended; what it returns makes it not be called."""
        try:
            descriptor = os.pidfd_open(pid)
        except OSError:
            return lambda: None
        is_open = True

        def leave() -> None:
            nonlocal is_open
            if is_open:
                is_open = False
                self._loop.remove_reader(descriptor)
                os.close(descriptor)

        def readable() -> None:
            leave()
            ended()

        self._loop.add_reader(descriptor, readable)
        return leave
