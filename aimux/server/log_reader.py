"""Reading what was added to a file since the last time, in steps that hold nobody up."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence

from aimux.agents.sources.tail import Tail

STEP_BYTES = 128 * 1024
"""Read at a time; the rest follows after other work."""


class LogReader:
    """Feeds the whole lines of a file that grows.

    Args:
        path: The file's; it need not exist.
        feeds: Each takes every line.
        read: Called when lines were fed.
        later: Calls an action after some seconds.
    """

    def __init__(
        self,
        path: str,
        feeds: Sequence[Callable[[bytes], None]],
        read: Callable[[], None],
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self.path = path
        self._feeds = feeds
        self._read = read
        self._later = later
        self._tail = Tail()
        self._is_due = False

    def changed(self) -> None:
        """The file was written: read it soon. Many writes are one look."""
        if not self._is_due:
            self._is_due = True
            self._later(0.05, self._go_on)

    def _go_on(self) -> None:
        self._is_due = False
        data = self.step()
        if len(data) == STEP_BYTES:
            self.changed()

    def step(self) -> bytes:
        """Read a piece now; what it returns is empty at the end of the file."""
        data = self._next()
        lines = self._tail.feed(data)
        for line in lines:
            for feed in self._feeds:
                feed(line)
        if lines:
            self._read()
        return data

    def _next(self) -> bytes:
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return b""
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return b""
            return os.pread(descriptor, STEP_BYTES, self._tail.begin(status.st_size))
        except OSError:
            return b""
        finally:
            os.close(descriptor)
