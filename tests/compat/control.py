"""A program in control mode, driven line by line as those that use it do."""

from __future__ import annotations

import os
import re
import select
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tests.compat.programs import Program

DEADLINE_SECONDS = 20.0
MARK = "display-message -p end-of-step"
GUARD = re.compile(r"^%(begin|end|error) \d+ \d+ ")
BLOCK_END = re.compile(r"^%(?:end|error) \d+ \d+ 1$")
VOLATILE = ((r"client-\d+", "client-PID"), (r"created [A-Z][a-z]{2} [^)]*", "created TIME"))
OUTPUT = re.compile(r"^(%output %\d+ )(.*)")


class ControlProcess:
    """`-C` with pipes.

    Attributes:
        lines: All that it wrote so far.
    """

    def __init__(self, program: Program, *words: str) -> None:
        self._process = subprocess.Popen(
            [*program.command(), "-C", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=program.directory,
            env=program.environment(),
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


@contextmanager
def control(program: Program, *words: str) -> Iterator[ControlProcess]:
    """A control client that is ended afterwards."""
    process = ControlProcess(program, *words)
    try:
        yield process
    finally:
        process.close()


def plain(lines: Iterable[str]) -> list[str]:
    """Lines without what no two runs have in common.

    That is times, numbers, process ids and how output is cut into pieces. Notifications that
    follow one another are sorted and told once: tmux repeats some, and their order within one
    command is that of its code.
    """
    result: list[str] = []
    news: set[str] = set()
    inside = False
    for line in map(_normalised, lines):
        if GUARD.match(line) or not line.startswith("%") or inside:
            result += [*sorted(news), GUARD.sub(r"%\1 TIME NUMBER ", line)]
            news.clear()
            inside = line.startswith("%begin") or (inside and not GUARD.match(line))
        else:
            news.add(line)
    return [*result, *sorted(news)]


def _normalised(line: str) -> str:
    for pattern, text in VOLATILE:
        line = re.sub(pattern, text, line)
    return line


def heard(lines: Iterable[str], pane: str) -> str:
    """All that was written of a pane's output, in one piece, still escaped."""
    found = (OUTPUT.match(line) for line in lines)
    return "".join(one[2] for one in found if one and one[1] == f"%output {pane} ")
