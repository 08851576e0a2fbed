"""A real tmux with a pane that records what it receives, and a client on a real PTY."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ptyprocess import PtyProcess

from tests.programs import tmux_3_3a

RECORDER = """
import os, sys, tty
tty.setraw(0)
os.write(1, sys.argv[2].encode().decode("unicode_escape").encode())
log = open(sys.argv[1], "ab", buffering=0)
log.write(b"ready")
while data := os.read(0, 65536):
    log.write(data)
"""
CONFIGURATION = """
set -g prefix None
set -s escape-time 10
set -s exit-empty off
set -g default-terminal tmux-256color
set -g status off
"""
SENTINEL = "§"
DEADLINE_SECONDS = 30.0


class RealTmux:
    """One tmux server of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._socket = directory / "socket"
        configuration = directory / "tmux.conf"
        configuration.write_text(CONFIGURATION)
        self._arguments = ["tmux", "-u", "-S", str(self._socket), "-f", str(configuration)]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._arguments, *arguments], capture_output=True, text=True, check=False
        )

    def attach(self) -> PtyProcess:
        environment = os.environ | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        environment.pop("TMUX", None)
        return PtyProcess.spawn([*self._arguments, "attach"], env=environment, dimensions=(24, 100))


class RecordedPane:
    """A pane whose program is in raw mode and writes down every byte that it receives."""

    def __init__(self, tmux: RealTmux, modes: str) -> None:
        self.tmux = tmux
        self._log = tmux.directory / "received"
        self._log.touch()
        recorder = tmux.directory / "recorder.py"
        recorder.write_text(RECORDER)
        command = [sys.executable, str(recorder), str(self._log), modes]
        tmux.run("unbind-key", "-aT", "root")  # so that every key goes to the pane
        tmux.run("new-session", "-d", "-x", "100", "-y", "24", *command)
        self.client = tmux.attach()
        self._wait(lambda: self.received() == b"ready")
        self._wait(lambda: tmux.run("list-clients").stdout != "")
        self._taken = len(b"ready")

    def received(self) -> bytes:
        return self._log.read_bytes()

    def type(self, data: bytes, *, expected: bytes) -> bytes:
        """What the pane gets for these bytes; `expected` only says how long to wait."""
        self.client.write(data)
        self._wait(lambda: self.received()[self._taken :].startswith(expected), seconds=0.5)
        self.client.write(SENTINEL.encode())
        return self.take()[0]

    def take(self, count: int = 1) -> list[bytes]:
        """What came before each of the next sentinels."""
        sentinel = SENTINEL.encode()

        def complete() -> bool:
            return self.received().count(sentinel, self._taken) >= count

        if not self._wait(complete):
            raise TimeoutError(self.received()[self._taken :])
        data = self.received()
        pieces = data[self._taken :].split(sentinel)
        self._taken = len(data)
        return pieces[:count]

    def _wait(self, condition: Callable[[], bool], seconds: float = DEADLINE_SECONDS) -> bool:
        """Waits for a condition, reading what the client paints so that it never blocks."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            if select.select([self.client.fd], [], [], 0.002)[0]:
                os.read(self.client.fd, 65536)
        return True


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[RealTmux]:
    tmux_3_3a()
    server = RealTmux(tmp_path)
    server.run("start-server")
    yield server
    server.run("kill-server")


@pytest.fixture
def record(tmux: RealTmux) -> Iterator[Callable[[str], RecordedPane]]:
    """Opens the pane; the argument is what its program prints first, to ask for modes."""
    panes: list[RecordedPane] = []

    def open_pane(modes: str) -> RecordedPane:
        panes.append(RecordedPane(tmux, modes))
        return panes[-1]

    yield open_pane
    for pane in panes:
        pane.client.close(force=True)
