"""A terminal for measurements: a PTY, what came out of it, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

CONTROLS = re.compile(
    rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;:?>=!<]*[ -/]*[@-~]|\x1b[=>()].?"
)
ANSWERS = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[>c", b"\x1b[>41;378;0c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[?69$p", b"\x1b[?69;2$y"),
)
KEPT = 65536


class Terminal:
    """A program on a PTY whose output is read only when somebody waits.

    It answers as xterm does (patch level 378).

    Attributes:
        received: Bytes that came so far.
    """

    def __init__(
        self, argv: list[str], environment: dict[str, str], *, columns: int, rows: int
    ) -> None:
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], argv, environment)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)
        self._started = time.perf_counter()
        self._seen = b""
        self.received = 0

    def write(self, data: bytes) -> None:
        """Type."""
        os.write(self._fd, data)

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._fd], [], [], max(0.0, seconds))
        if not ready:
            return b""
        try:
            data = os.read(self._fd, KEPT)
        except OSError:
            return b""
        self.received += len(data)
        for question, answer in ANSWERS:
            if question in data:
                os.write(self._fd, answer)
        return data

    def wait_for(self, text: bytes, *, seconds: float) -> float | None:
        """Seconds from the start of the program until `text` was seen; None if it was not."""
        deadline = time.perf_counter() + seconds
        while text not in CONTROLS.sub(b"", self._seen):
            left = deadline - time.perf_counter()
            if left <= 0:
                return None
            self._seen = (self._seen + self._read(left))[-KEPT:]
        self._seen = b""
        return time.perf_counter() - self._started

    def drain(self, seconds: float) -> None:
        """Read and forget for a while."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            self._read(left)

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)
