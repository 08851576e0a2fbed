"""Bytes to the outer terminal, without ever waiting for it."""

from __future__ import annotations

import asyncio
import os
import select
import time
from collections.abc import Callable


class TerminalOutput:
    """A non-blocking writer with what the terminal has not taken yet.

    It keeps everything it is given, so that no sequence is cut; whoever writes looks at `backlog`
    and waits for `on_drained` before drawing more.

    Args:
        descriptor: Opened with O_NONBLOCK, for this writer alone.
        on_blocked: Called when the terminal stops taking bytes.
        on_drained: Called when it has taken everything again.
    """

    def __init__(
        self, descriptor: int, *, on_blocked: Callable[[], None], on_drained: Callable[[], None]
    ) -> None:
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._on_blocked = on_blocked
        self._on_drained = on_drained
        self._left = bytearray()

    @property
    def backlog(self) -> int:
        """Bytes that the terminal has not taken; 0 unless it is blocked."""
        return len(self._left)

    def send(self, data: bytes) -> None:
        """Write what goes and keep the rest. A terminal that hung up takes everything."""
        if self._left:
            self._left += data
            return
        self._left += data
        self._write()
        if self._left:
            self._loop.add_writer(self._descriptor, self._continue)
            self._on_blocked()

    def close(self, *, patience_seconds: float) -> None:
        """Write the rest, blocking for `patience_seconds` at most, and let go of the descriptor."""
        self._loop.remove_writer(self._descriptor)
        end = time.monotonic() + patience_seconds
        while self._left and (left := end - time.monotonic()) > 0:
            select.select([], [self._descriptor], [], left)
            self._write()
        self._left.clear()

    def _continue(self) -> None:
        self._write()
        if not self._left:
            self._loop.remove_writer(self._descriptor)
            self._on_drained()

    def _write(self) -> None:
        try:
            while self._left:
                del self._left[: os.write(self._descriptor, self._left)]
        except BlockingIOError:
            return
        except OSError:  # hung up: the reader notices
            self._left.clear()
