"""Signals of the guard as bytes in a pipe, so that one poll(2) waits for everything."""

from __future__ import annotations

import os
import signal
from types import FrameType, TracebackType

HEARD = (
    signal.SIGCHLD,
    signal.SIGTERM,
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGTSTP,
)
PIPE_BYTES = 4096


class Signals:
    """While entered, the signals in HEARD are noted instead of ending or stopping the process."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        self._previous = {number: signal.getsignal(number) for number in HEARD}

    def __enter__(self) -> Signals:
        self._previous_descriptor = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for number in HEARD:
            signal.signal(number, _noted)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._previous_descriptor)
        os.close(self._reader)
        os.close(self._writer)

    def fileno(self) -> int:
        """The descriptor that becomes readable with a signal."""
        return self._reader

    def take(self) -> set[int]:
        """The signals that arrived since the last call."""
        try:
            return set(os.read(self._reader, PIPE_BYTES))
        except BlockingIOError:
            return set()


def _noted(number: int, frame: FrameType | None) -> None:
    """Python writes the number to the pipe; a handler must exist for that."""


def stop_this_process() -> None:
    """Stop as ctrl-z does, until the shell continues us.

    The kernel ignores it where no shell could do so (an orphaned process group: termios(3)).
    """
    previous = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, previous)
