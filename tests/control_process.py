"""A client in control mode (`-C`), driven line by line as the programs that use it do."""

from __future__ import annotations

import os
import re
import select
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.waiting import DEADLINE_SECONDS

MARK = "display-message -p end-of-step"
BLOCK_END = re.compile(r"^%(?:end|error) \d+ \d+ 1$")


class ControlProcess:
    """A client with pipes; nothing is read but while a test waits for it.

    Attributes:
        lines: All that it wrote so far.
    """

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str], cwd: Path) -> None:
        self._process = subprocess.Popen(
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=dict(environment),
            bufsize=0,
        )
        self.lines: list[str] = []
        self._rest = b""
        self._ended = False

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def send(self, line: str) -> None:
        """Type a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())

    def hang_up(self) -> None:
        """End its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def read(self) -> None:
        """Take what has come, waiting a little for it."""
        assert self._process.stdout is not None
        if self._ended or not select.select([self._process.stdout], [], [], 0.1)[0]:
            return
        data = os.read(self._process.stdout.fileno(), 65536)
        self._ended = not data
        *whole, self._rest = (self._rest + data).split(b"\n")
        self.lines += [os.fsdecode(line) for line in whole]

    def wait_for(self, pattern: str, *, since: int = 0) -> None:
        """Read until a line matches."""
        wanted = re.compile(pattern)
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not any(wanted.search(line) for line in self.lines[since:]):
            since = len(self.lines)
            assert not self._ended, self.lines
            assert time.monotonic() < deadline, (pattern, self.lines)
            self.read()

    def step(self, line: str) -> list[str]:
        """Type a line, and all that is written until it has run and its news were told."""
        start = len(self.lines)
        self.send(line)
        self.wait_for(BLOCK_END.pattern, since=start)
        self.send(MARK)
        self.wait_for("^end-of-step$", since=start)
        end = self.lines.index("end-of-step", start)
        self.wait_for(BLOCK_END.pattern, since=end)
        return self.lines[start : end - 1]

    def wait(self) -> int:
        """Read to the end; the exit status."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not self._ended:
            assert time.monotonic() < deadline, self.lines
            self.read()
        return self._process.wait(timeout=DEADLINE_SECONDS)

    def close(self) -> None:
        """End it, if it still runs."""
        self._process.kill()
        self._process.wait(timeout=DEADLINE_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
