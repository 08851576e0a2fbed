"""The client on a real PTY, and whoever sits before it."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import pty
import signal
import struct
import sys
import termios
import tty
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress

from tests.client.little_server import DEADLINE
from tests.picture import OuterScreen

PROGRAM = """
import sys
from aimux.client.main import run
sys.exit(run(int(sys.argv[1]), sys.argv[2]))
"""


class Terminal:
    """A person's terminal with a client in it: type, look, resize, hang up."""

    def __init__(self, pid: int, descriptor: int, *, columns: int, rows: int) -> None:
        self.pid = pid
        self.status: int | None = None
        self.output = bytearray()
        self.view = OuterScreen(columns=columns, rows=rows)
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._unwritten = bytearray()
        os.set_blocking(descriptor, False)
        self.read_on()

    def stop_reading(self) -> None:
        self._loop.remove_reader(self._descriptor)

    def read_on(self) -> None:
        self._loop.add_reader(self._descriptor, self._readable)

    def type(self, data: bytes) -> None:
        self._unwritten += data
        self._loop.add_writer(self._descriptor, self._writable)

    def resize(self, *, columns: int, rows: int) -> None:
        self.view.screen.resize(rows, columns)
        set_size(self._descriptor, columns, rows)

    def hang_up(self) -> None:
        self.stop_reading()
        self._loop.remove_writer(self._descriptor)
        os.close(self._descriptor)
        self._descriptor = -1

    async def wait_for(self, condition: Callable[[], object]) -> None:
        """Wait until something on the screen makes `condition` true."""
        async with asyncio.timeout(DEADLINE):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def wait_for_text(self, text: str) -> None:
        await self.wait_for(lambda: text in self.view.text)

    async def wait_for_stuck_typing(self) -> None:
        """Wait until the client has not read what was typed for a while."""
        async with asyncio.timeout(DEADLINE):
            left = -1
            while left != len(self._unwritten):
                left = len(self._unwritten)
                await asyncio.sleep(0.2)
        assert left > 0

    async def exit_status(self) -> int:
        """Wait for the client's end; the negative number of a signal that ended it."""
        async with asyncio.timeout(DEADLINE):
            status = await asyncio.to_thread(os.waitpid, self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status[1])
        return self.status

    def kill(self) -> None:
        if self.status is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._descriptor >= 0:
            self.hang_up()

    def _readable(self) -> None:
        try:
            data = os.read(self._descriptor, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.stop_reading()
        self.output += data
        self.view.feed(data)
        self._news.set()

    def _writable(self) -> None:
        with suppress(BlockingIOError):
            del self._unwritten[: os.write(self._descriptor, self._unwritten)]
        if not self._unwritten:
            self._loop.remove_writer(self._descriptor)


@asynccontextmanager
async def client_on_terminal(
    socket_path: str,
    *,
    columns: int = 80,
    rows: int = 24,
    environment: Mapping[str, str] | None = None,
    nohup: bool = False,
) -> AsyncIterator[Terminal]:
    """The client as the guard starts it: raw terminal, alternate screen, the reply on a pipe."""
    ticket_fd, write_fd = os.pipe()
    os.set_inheritable(ticket_fd, True)
    pid, descriptor = pty.fork()
    if pid == 0:
        os.close(write_fd)
        if nohup:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        become_client(ticket_fd, socket_path, environment or {}, (columns, rows))
    os.close(ticket_fd)
    set_size(descriptor, columns, rows)
    reply = {"type": "attach", "ticket": "t1", "session": "work", "columns": columns, "rows": rows}
    with os.fdopen(write_fd, "w") as stream:
        json.dump(reply | {"sidebar_columns": 36 if columns >= 120 else 0}, stream)
    terminal = Terminal(pid, descriptor, columns=columns, rows=rows)
    try:
        yield terminal
    finally:
        terminal.kill()


def become_client(
    ticket_fd: int, socket_path: str, environment: Mapping[str, str], size: tuple[int, int]
) -> None:
    try:
        set_size(0, *size)
        tty.setraw(0)
        known = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("TEXTUAL")}
        arguments = [sys.executable, "-c", PROGRAM, str(ticket_fd), socket_path]
        os.execve(sys.executable, arguments, inherited | known | environment)  # noqa: S606  # in a fork
    finally:
        os._exit(127)


def set_size(descriptor: int, columns: int, rows: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
