"""The real tmux 3.3a, as the specification that tests compare with."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte

from tests.programs import tmux_3_3a

DEADLINE_SECONDS = 30.0
HANG_SECONDS = 5.0
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/",
    "SHELL": "/bin/sh",
    "TERM": "xterm-256color",
    "LANG": "C.UTF-8",
}


class TmuxHangs(Exception):  # noqa: N818  # it is not an error of ours
    """tmux did not answer: 3.3a loops forever where a layout cannot shrink."""


class Terminal:
    """What a program draws on its terminal."""

    def __init__(self, descriptor: int, *, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._descriptor = descriptor

    def wait_until(self, condition: Callable[[pyte.Screen], bool]) -> pyte.Screen:
        """The screen once a condition is true of it and nothing more comes."""
        wait_until(lambda: self._is_quiet() and condition(self.screen))
        return self.screen

    def _is_quiet(self) -> bool:
        """Read what has come; whether nothing had."""
        quiet = True
        while select.select([self._descriptor], [], [], 0.05)[0]:
            self._stream.feed(os.read(self._descriptor, 65536))
            quiet = False
        return quiet


class RealTmux:
    """A tmux server of its own; `close` ends it."""

    def __init__(self, socket: Path) -> None:
        program = tmux_3_3a()
        self._base = [program, "-S", str(socket), "-f", "/dev/null"]
        self._server = 0

    def start(self, *options: str, columns: int, rows: int, command: str = "cat") -> None:
        """A first session, called `work`, of that size."""
        size = ("-x", str(columns), "-y", str(rows))
        self("new-session", "-d", "-s", "work", *size, command, *options)
        self._server = int(self("display-message", "-p", "#{pid}"))

    def run(self, *words: str) -> tuple[int, str]:
        """A command's exit status, and all that it printed."""
        try:
            done = subprocess.run(
                [*self._base, *words],
                capture_output=True,
                check=False,
                env=ENVIRONMENT,
                timeout=HANG_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise TmuxHangs(words) from None
        return done.returncode, (done.stdout + done.stderr).decode().removesuffix("\n")

    def __call__(self, *words: str) -> str:
        """What a command printed; it has to succeed."""
        status, output = self.run(*words)
        assert status == 0, (words, output)
        return output

    def wait_for(self, text: str, target: str = "work") -> None:
        """Wait until a pane shows some text."""
        capture = ("capture-pane", "-p", "-S", "-", "-t", target)
        wait_until(lambda: text in self(*capture))

    @contextmanager
    def client(self, *, columns: int, rows: int) -> Iterator[Terminal]:
        """A client of the first session on a terminal of that size."""
        pid, descriptor = pty.fork()
        if pid == 0:
            words = [*self._base, "attach-session", "-t", "work"]
            os.execvpe(words[0], words, ENVIRONMENT)  # noqa: S606  # the program itself
        try:
            size = struct.pack("HHHH", rows, columns, 0, 0)
            fcntl.ioctl(descriptor, termios.TIOCSWINSZ, size)
            os.kill(pid, signal.SIGWINCH)
            yield Terminal(descriptor, columns=columns, rows=rows)
        finally:
            os.close(descriptor)
            os.waitpid(pid, 0)

    def shown(
        self, *, columns: int, rows: int, until: Callable[[pyte.Screen], bool]
    ) -> pyte.Screen:
        """What a client shows once `until` is true of it."""
        with self.client(columns=columns, rows=rows) as terminal:
            return terminal.wait_until(until)

    def close(self) -> None:
        """End the server, whatever it does."""
        if self._server:
            os.kill(self._server, signal.SIGKILL)


def wait_until(condition: Callable[[], bool]) -> None:
    """Ask until a condition is true; fails when that takes too long."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "not in time"
