"""What real programs write to an 80x24 terminal while keys are typed: recorded anew in each run."""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import sysconfig
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from payloads import COLUMNS, LINES

from aimux.vt.engine import Engine

LIBRARY: Final = sysconfig.get_path("stdlib")
SOURCE: Final = f"{LIBRARY}/argparse.py"
QUIET_SECONDS: Final = 0.15
LONGEST_SECONDS: Final = 30.0
READ: Final = 65536
TESTS: Final = """
import pytest

@pytest.mark.parametrize("number", range(400))
def test_a_number_is_not_divisible_by_seventeen(number):
    assert number % 17, f"{number} is divisible"
"""


@dataclass(frozen=True)
class Recording:
    """A program and the keys that are typed, each when its output has come to rest."""

    argv: tuple[str, ...]
    keys: Sequence[str] = ()


RECORDED: Final = {
    "vim": Recording(
        ("vim", "-u", "NONE", "-N", "-c", "syntax on | set number hlsearch", SOURCE),
        (
            *["\x06"] * 20,
            "/self\r",
            *["n"] * 20,
            *["j"] * 20,
            ":split\r",
            *["\x04"] * 10,
            "10dd",
            "u",
            ":q!\r",
            ":q!\r",
        ),
    ),
    "less": Recording(
        ("less", "-N", SOURCE),
        (*[" "] * 30, *["j"] * 20, "/self\r", *["n"] * 10, *["b"] * 10, "q"),
    ),
    "htop": Recording(("htop", "-d", "2"), (*["\x1b[B"] * 20, *["\x1b[A"] * 10, "q")),
    "ls": Recording(("ls", "-lR", "--color=always", LIBRARY)),
    "git_log": Recording(("git", "--no-pager", "log", "-p", "--color=always")),
    "pytest": Recording(
        (sys.executable, "-m", "pytest", "-v", "--color=yes", "-p", "no:cacheprovider"),
    ),
}


class _Session:
    """A program on a PTY, and an emulator that answers its questions."""

    def __init__(self, argv: Sequence[str], directory: str) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.chdir(directory)
            os.execvpe(argv[0], argv, environment)
        size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)
        self._screen = Engine(COLUMNS, LINES)
        self._screen.on_reply = self._reply
        self.written = bytearray()
        self.ended = False

    def _reply(self, data: bytes) -> None:
        os.write(self._terminal, data)

    def type(self, keys: str) -> None:
        """Type, if the program is still there."""
        if not self.ended:
            os.write(self._terminal, keys.encode())

    def read(self, limit: int, quiet_seconds: float) -> None:
        """Read until nothing more comes, or `limit` bytes have come in all."""
        deadline = time.monotonic() + LONGEST_SECONDS
        while not self.ended and len(self.written) < limit and time.monotonic() < deadline:
            if not select.select([self._terminal], [], [], quiet_seconds)[0]:
                return
            try:
                data = os.read(self._terminal, READ)
            except OSError:  # how Linux reports that the program has closed its terminal
                data = b""
            self.ended = not data
            self.written += data
            self._screen.feed(data)

    def close(self) -> None:
        """End the program."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)


def record(name: str, size: int) -> bytes | None:
    """At least `size` bytes of what a program of `RECORDED` writes, repeated if it is less.

    None if the program is not installed or writes nothing.
    """
    recording = RECORDED[name]
    if shutil.which(recording.argv[0]) is None:
        return None
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        Path(directory, "test_numbers.py").write_text(TESTS)
        # git shows the history of the directory that this is run in.
        session = _Session(recording.argv, "." if name == "git_log" else directory)
        for keys in recording.keys:
            session.read(size, QUIET_SECONDS)
            session.type(keys)
        session.read(size, 5.0)
        session.close()
    written = bytes(session.written)
    return written * (-(-size // len(written))) if written else None
