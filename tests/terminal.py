"""A person's terminal with a program in it: type, look, resize, hang up.

The program leads its own session on a PTY, as below a terminal emulator. What it asks the terminal
is answered as xterm would, when the reader comes to it: nothing is read but while a test waits.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from tests.picture import OuterScreen, draw
from tests.waiting import DEADLINE_SECONDS, wait_until

READ_BYTES = 1 << 16
_QUESTION = re.compile(
    rb"\x1b\[(?:0?c|>0?c|[56]n|\?2026\$p|\?u|>0?q)|\x1bP(?:\+q[0-9A-Fa-f;]*|\$qm)\x1b\\"
)
# What an xterm that is asked nothing newer says; `CSI 6 n` is answered by the cursor's place.
XTERM = {
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[>c": b"\x1b[>41;354;0c",
    b"\x1b[>0c": b"\x1b[>41;354;0c",
    b"\x1b[c": b"\x1b[?64;1;2;6;22c",
    b"\x1b[0c": b"\x1b[?64;1;2;6;22c",
}

Condition = str | bytes | Callable[[], object]


class Watcher(Protocol):
    """An emulator of the test's own."""

    def feed(self, data: bytes) -> object:
        """Take what was written."""


class Terminal:
    """A program on a terminal of its own.

    Attributes:
        pid: The program's process.
        output: All that has been read from it.
        view: What is seen.
        answers: What it says to questions; set before it reads them.
    """

    def __init__(
        self,
        argv: Sequence[str],
        environment: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        cwd: Path | None = None,
    ) -> None:
        self.output = b""
        self.view = OuterScreen(columns=columns, rows=rows)
        self.answers = dict(XTERM)
        self._asked = 0
        self._watcher: Watcher | None = None
        self._master, self._slave = os.openpty()
        self._set_size(columns, rows)
        self._program = subprocess.Popen(
            argv,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env=dict(environment),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509  # no threads here
        )
        self.pid = self._program.pid

    @property
    def text(self) -> str:
        """The rows that are seen, without blanks at their ends."""
        return self.view.text

    @property
    def rows(self) -> list[str]:
        """The same, row by row."""
        return self.text.split("\n")

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column, from 0."""
        return self.view.screen.cursor.y, self.view.screen.cursor.x

    # ---- what the person does ----

    def type(self, data: bytes) -> None:
        """Type bytes, as the keyboard sends them."""
        os.write(self._master, data)

    def resize(self, *, columns: int, rows: int) -> None:
        """Drag the corner of the terminal's window: the program gets SIGWINCH."""
        self.view.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def press_mouse(self, *, row: int, column: int, button: int = 0, release: bool = False) -> None:
        """Report the mouse in SGR terms; row and column count from 0."""
        end = "m" if release else "M"
        self.type(f"\x1b[<{button};{column + 1};{row + 1}{end}".encode())

    def click(self, *, row: int, column: int) -> None:
        """Press and let go of the left button."""
        self.press_mouse(row=row, column=column)
        self.press_mouse(row=row, column=column, release=True)

    def photograph(self, path: Path) -> None:
        """Write what is seen to a PNG."""
        draw(self.view.screen, path)

    # ---- what is seen ----

    def watch(self, watcher: Watcher) -> None:
        """Let somebody else see what comes from now on, and answer what the program asks."""
        self._watcher = watcher

    def wait_for(self, condition: Condition, *, seconds: float = DEADLINE_SECONDS) -> None:
        """Read until a text is seen, or bytes have come, or a predicate holds."""
        wait_until(
            self._predicate(condition),
            seconds=seconds,
            step=lambda: self.read(0.05),
            state=lambda: f"wanted {condition!r}, saw\n{self.text}\nend of {self.output[-600:]!r}",
        )

    def wait_for_end(self, *, seconds: float = DEADLINE_SECONDS) -> int:
        """The program's exit status, or the negative number of the signal; all output is read."""
        wait_until(
            lambda: self._program.poll() is not None,
            seconds=seconds,
            step=lambda: self.read(0.05),
            state=lambda: f"it still runs\n{self.text}",
        )
        while self.read(0):
            pass
        return self._program.returncode

    def read(self, seconds: float) -> bool:
        """Read once; whether something came within so many seconds."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, READ_BYTES)
        except OSError:
            return False
        self.output += data
        if self._watcher is not None:
            self._watcher.feed(data)
        else:
            self.view.feed(data)
            self._answer()
        return bool(data)

    def settings(self) -> list[object]:
        """The line discipline's settings, as the program's side sees them."""
        return list(termios.tcgetattr(self._slave))

    def echoes(self) -> bool:
        """Whether the terminal shows what is typed by itself."""
        return bool(termios.tcgetattr(self._slave)[3] & termios.ECHO)

    # ---- the end ----

    def hang_up(self) -> None:
        """Close the terminal's window."""
        for descriptor in (self._slave, self._master):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1

    def collect(self) -> int:
        """Wait for the program's end without reading, as after `hang_up`."""
        return self._program.wait(DEADLINE_SECONDS)

    def close(self) -> None:
        """End everything that is left."""
        self.hang_up()
        if self._program.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self._program.wait()

    # ---- inside ----

    def _predicate(self, condition: Condition) -> Callable[[], object]:
        if isinstance(condition, str):
            return lambda: condition in self.text
        if isinstance(condition, bytes):
            return lambda: condition in self.output
        return condition

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))

    def _answer(self) -> None:
        for question in _QUESTION.finditer(self.output, self._asked):
            self._asked = question.end()
            answer = self._answer_to(question[0])
            if answer:
                self.type(answer)

    def _answer_to(self, question: bytes) -> bytes:
        if question == b"\x1b[6n":
            row, column = self.cursor
            return f"\x1b[{row + 1};{column + 1}R".encode()
        return self.answers.get(question, b"")


def _take_terminal() -> None:
    """In the child: make standard input the controlling terminal of its new session."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
