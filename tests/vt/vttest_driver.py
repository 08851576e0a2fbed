"""vttest, at the same time on our engine and in a pane of tmux, given the same keys."""

import contextlib
import fcntl
import os
import pathlib
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator

from aimux.vt.attributes import DEFAULT
from aimux.vt.capture import CaptureStyle, capture_row
from aimux.vt.engine import Engine
from aimux.vt.render import row_text
from tests.vt.conftest import Tmux

COLUMNS, LINES = 80, 24
COMMAND = ("vttest", "24x80.132")
DEADLINE_SECONDS = 30.0
# Long enough for tmux to draw what it has read; only a screen that differs takes it all.
SETTLE_SECONDS = 1.0
ENVIRONMENT = {"PATH": os.environ["PATH"], "TERM": "vt220", "LC_ALL": "C.UTF-8"}
_READS_TERMINAL = ["0", "0x0"]


def waits_for_keys(pid: int) -> bool:
    """Whether a process is inside read(2) of its standard input (x86-64's system call 0)."""
    try:
        return pathlib.Path(f"/proc/{pid}/syscall").read_text().split()[:2] == _READS_TERMINAL
    except (FileNotFoundError, ProcessLookupError):
        return True


class OnEngine:
    """vttest on a PTY that our engine is the terminal of."""

    def __init__(self) -> None:
        # The program's side stays open here, to see which keys have not been read yet.
        self._descriptor, self._terminal = pty.openpty()
        size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)
        self._pid = os.fork()  # noqa: TID251 - a test's program
        if self._pid == 0:
            os.login_tty(self._terminal)
            os.execvpe(COMMAND[0], COMMAND, ENVIRONMENT)  # noqa: S606 - the program itself
        self.engine = Engine(COLUMNS, LINES)
        self.engine.on_reply = self.press

    def press(self, keys: bytes) -> None:
        os.write(self._descriptor, keys)

    def settle(self) -> None:
        """Feed the engine until vttest waits for a key and has nothing more to say."""
        end = time.monotonic() + DEADLINE_SECONDS
        while self._has_unread_keys() or not waits_for_keys(self._pid) or self._read(0.01):
            self._read(0.005)
            assert time.monotonic() < end, "vttest does not come to rest"

    def _has_unread_keys(self) -> bool:
        return fcntl.ioctl(self._terminal, termios.FIONREAD, b"\0" * 4) != b"\0" * 4

    def _read(self, seconds: float) -> bool:
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        with contextlib.suppress(OSError):
            self.engine.feed(os.read(self._descriptor, 65536))
        return True

    def screen(self) -> list[str]:
        """What capture-pane prints of the screen alone."""
        lines, attributes = [], DEFAULT
        for row in self.engine.rows:
            line, attributes = capture_row(row, attributes, CaptureStyle(codes=True))
            lines.append(line)
        return lines

    def text(self) -> str:
        """The screen without its looks."""
        return "\n".join(row_text(row).rstrip() for row in self.engine.rows)

    def close(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)
        os.close(self._descriptor)


class InTmux:
    """vttest in a pane."""

    def __init__(self, tmux: Tmux) -> None:
        self._tmux = tmux
        self._target = f"v{next(tmux.numbers)}"
        size = ("-x", str(COLUMNS), "-y", str(LINES))
        variables = [f"{name}={value}" for name, value in ENVIRONMENT.items()]
        command = " ".join(("exec env", *variables, *COMMAND))
        tmux.run("new-session", "-d", "-s", self._target, *size, command)

    def press(self, keys: bytes) -> None:
        self._tmux.run("send-keys", "-t", f"{self._target}:", "-l", keys.decode())

    def screen(self) -> list[str]:
        text = self._tmux.run("capture-pane", "-pe", "-t", f"{self._target}:")
        return text.split("\n")[:-1]

    def screen_like(self, wanted: list[str]) -> list[str]:
        """The screen once it is as wanted, or what it is after a while."""
        end = time.monotonic() + SETTLE_SECONDS
        screen = self.screen()
        while screen != wanted and time.monotonic() < end:
            screen = self.screen()
        return screen

    def close(self) -> None:
        self._tmux.run("kill-session", "-t", self._target)


class Pair:
    """Both at once."""

    def __init__(self, tmux: Tmux) -> None:
        self.ours = OnEngine()
        self.theirs = InTmux(tmux)
        self.ours.settle()

    def press(self, keys: bytes) -> None:
        self.ours.press(keys)
        self.theirs.press(keys)
        self.ours.settle()

    def screens(self) -> tuple[list[str], list[str]]:
        """What each shows."""
        ours = self.ours.screen()
        return ours, self.theirs.screen_like(ours)

    def close(self) -> None:
        self.ours.close()
        self.theirs.close()


@contextlib.contextmanager
def pair(tmux: Tmux) -> Iterator[Pair]:
    """Both, ended afterwards."""
    both = Pair(tmux)
    try:
        yield both
    finally:
        both.close()
