"""vttest on a PTY that our engine is the terminal of, driven by keys."""

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
from dataclasses import dataclass

from aimux.vt.engine import Engine
from aimux.vt.render import row_text
from tests.vt.conftest import Shown, shown_by

COLUMNS, LINES = 80, 24
COMMAND = ("vttest", "24x80.132")
DEADLINE_SECONDS = 30.0
RAW_SECONDS, ANSWERED_SECONDS = 0.15, 2.0
ENVIRONMENT = {"PATH": os.environ["PATH"], "TERM": "vt220", "LC_ALL": "C.UTF-8"}
PROMPT = "Enter choice number"
RETURN = "Push <RETURN>"
# What vttest asks for, where it is not RETURN.
ANSWERS = {"Please enter the new window name": b"x\n", "'q' to quit": b"q\n"}
MOST_SCREENS = 100
_READS_TERMINAL = ["0", "0x0"]


def waits_for_keys(pid: int) -> bool:
    """Whether a process is inside read(2) of its standard input (x86-64's system call 0)."""
    try:
        return pathlib.Path(f"/proc/{pid}/syscall").read_text().split()[:2] == _READS_TERMINAL
    except (FileNotFoundError, ProcessLookupError):
        return True


@dataclass(frozen=True)
class Stop:
    """A moment at which vttest waits for a person.

    Attributes:
        test: The choices that lead to the test.
        end: The bytes that vttest has written so far.
        shown: What our engine shows.
        text: The same without looks.
    """

    test: str
    end: int
    shown: Shown
    text: str


class VtTest:
    """A running vttest.

    Attributes:
        engine: The terminal.
        written: Everything that vttest has written.
        stops: Every screen of the tests that were run.
    """

    def __init__(self) -> None:
        # The program's side stays open here, to see which keys have not been read yet.
        self._descriptor, self._terminal = pty.openpty()
        size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)
        self._pid = os.fork()  # noqa: TID251 - a test's program
        if self._pid == 0:
            os.login_tty(self._terminal)
            os.execvpe(COMMAND[0], COMMAND, ENVIRONMENT)  # noqa: S606 - the program itself
        self.written = b""
        self.stops: list[Stop] = []
        self.engine = Engine(COLUMNS, LINES)
        self.engine.on_reply = self._reply
        self._replied = False

    def open_menu(self, path: tuple[int, ...]) -> None:
        """Go from the first menu to another."""
        self._settle_in_menu("")
        for choice in path:
            before = self.text()
            self._type(b"%d\n" % choice)
            self._settle_in_menu(before)

    def run_test(self, choice: int, name: str) -> None:
        """Run a test of the menu that is open, to its end; every screen becomes a stop."""
        self._type(b"%d\n" % choice)
        for _ in range(MOST_SCREENS):
            self._settle()
            text = self.text()
            self.stops.append(Stop(name, len(self.written), self._shown(), text))
            if PROMPT in text:
                return
            self._type(_answer(text))
        raise AssertionError(f"test {name} does not come to an end")

    def text(self) -> str:
        """The screen without its looks."""
        return "\n".join(row_text(row).rstrip() for row in self.engine.rows)

    def close(self) -> None:
        """End vttest."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)
        os.close(self._descriptor)

    def _shown(self) -> Shown:
        shown = shown_by(self.engine)
        return Shown(shown.lines[-LINES:], shown.cursor)

    def _type(self, keys: bytes) -> None:
        self._replied = False
        os.write(self._descriptor, keys)

    def _reply(self, reply: bytes) -> None:
        self._replied = True
        os.write(self._descriptor, reply)

    def _settle_in_menu(self, before: str) -> None:
        """Read until another menu is shown: vttest asks the terminal this and that before."""
        end = time.monotonic() + DEADLINE_SECONDS
        while PROMPT not in self.text() or self.text() == before:
            assert time.monotonic() < end, f"no menu:\n{self.text()}"
            self._settle()

    def _settle(self) -> None:
        """Feed the engine until vttest waits for a key and has nothing more to say."""
        end = time.monotonic() + DEADLINE_SECONDS
        while self._has_unread_keys() or not waits_for_keys(self._pid) or self._is_heard():
            self._read(0.005)
            assert time.monotonic() < end, "vttest does not come to rest"

    def _is_heard(self) -> bool:
        """Read what vttest has written, if anything.

        In raw mode it may be waiting for a key, or for the rest of an answer, until it loses
        patience; a key that is pressed meanwhile would be part of that answer.
        """
        if termios.tcgetattr(self._terminal)[3] & termios.ICANON:
            return self._read(0.01)
        return self._read(ANSWERED_SECONDS if self._replied else RAW_SECONDS)

    def _has_unread_keys(self) -> bool:
        return fcntl.ioctl(self._terminal, termios.FIONREAD, b"\0" * 4) != b"\0" * 4

    def _read(self, seconds: float) -> bool:
        if not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        with contextlib.suppress(OSError):
            data = os.read(self._descriptor, 65536)
            self.written += data
            self.engine.feed(data)
        return True


def _answer(text: str) -> bytes:
    """The keys that a screen asks for."""
    if RETURN in text:
        return b"\n"
    return next((keys for question, keys in ANSWERS.items() if question in text), b"\n")


@contextlib.contextmanager
def vttest() -> Iterator[VtTest]:
    """A vttest, ended afterwards."""
    running = VtTest()
    try:
        yield running
    finally:
        running.close()
