"""Runs `aimux` with the stand-in server and client, as a script or on a terminal."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, str(Path(__file__).with_name("command.py")))
DEADLINE_SECONDS = 30.0


class Terminal:
    """A program on a terminal of its own, in a session of its own."""

    def __init__(self, argv: tuple[str, ...], environment: dict[str, str]) -> None:
        self.output = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], argv, environment)  # noqa: S606  # the program under test

    def type(self, data: bytes) -> None:
        os.write(self.fd, data)

    def wait_for(self, text: bytes) -> bytes:
        """Read until `text` has come; everything that came so far."""
        wait_until(lambda: text in self.output, lambda: self._read(0.1), lambda: repr(self.output))
        return self.output

    def wait_for_end(self) -> tuple[int, bytes]:
        """Its exit status, or the negative number of the signal, and all that it wrote."""
        while self._read(DEADLINE_SECONDS):
            pass
        _, status = os.waitpid(self.pid, 0)
        self.pid = -1
        return os.waitstatus_to_exitcode(status), self.output

    def mode(self) -> list[int]:
        """Input, output, control and local flags of the terminal."""
        return [flags for flags in termios.tcgetattr(self.fd)[:4] if isinstance(flags, int)]

    def hang_up(self) -> None:
        os.close(self.fd)
        self.fd = -1

    def close(self) -> None:
        if self.fd >= 0:
            self.hang_up()
        if self.pid > 0:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = -1

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.output += data
        return bool(data)


class Aimux:
    """`aimux` whose sockets stand below `directory`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "AIMUX_TMPDIR": str(directory),
            "PYTHONPATH": str(ROOT),
        }
        self.socket = directory / f"aimux-{os.getuid()}" / "default"
        self._terminals: list[Terminal] = []

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (*COMMAND, *words),
            env={**self.environment, **settings},
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS,
            check=False,
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            (*COMMAND, *words),
            env=self.environment,
            cwd=self.directory,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def terminal(self, *words: str, **settings: str) -> Terminal:
        return self.terminal_of(*COMMAND, *words, **settings)

    def terminal_of(self, *argv: str, **settings: str) -> Terminal:
        terminal = Terminal(argv, {**self.environment, **settings})
        self._terminals.append(terminal)
        return terminal

    def servers(self) -> list[int]:
        """The processes of every server that ever started."""
        return [int(file.name.split(".")[1]) for file in self.socket.parent.glob("*.started")]

    def close(self) -> None:
        for terminal in self._terminals:
            terminal.close()
        for server in self.servers():
            with contextlib.suppress(ProcessLookupError):
                os.kill(server, signal.SIGKILL)


def wait_until(
    condition: Callable[[], bool],
    step: Callable[[], object],
    state: Callable[[], str] = str,
) -> None:
    """Do `step`, which waits for something, until the condition holds."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        step()
        assert time.monotonic() < deadline, state()


def has_ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except FileNotFoundError:
        return True


def wait_for_end_of(pid: int) -> None:
    """Wait until a process that is no child of ours has ended."""
    with contextlib.suppress(ProcessLookupError):
        descriptor = os.pidfd_open(pid)
        try:
            ready, _, _ = select.select([descriptor], [], [], DEADLINE_SECONDS)
            assert ready, f"process {pid} still runs"
        finally:
            os.close(descriptor)


def closing(directory: Path) -> Iterator[Aimux]:
    """The body of a fixture."""
    aimux = Aimux(directory)
    try:
        yield aimux
    finally:
        aimux.close()
