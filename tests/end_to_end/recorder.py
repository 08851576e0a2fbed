"""A program in raw mode that writes down all that it receives, on a bare terminal or in a pane."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tests.end_to_end.world import World
from tests.terminal import Terminal
from tests.waiting import wait_until

PIECE = 4096
SENTINEL = "§".encode()
# Reads keys. After `¶` and a number it asks for the modes of that line, then asks what terminal it
# has: whoever answers has heard of the modes. All else is written down.
PROGRAM = """
import os, re, sys, tty
number = re.compile(rb"\\x1b\\[182;;182u\\x1b\\[(\\d+);;\\d+u\\x1b\\[(\\d+);;\\d+u")
tty.setraw(0)
modes = [line.encode().decode("unicode_escape").encode() for line in sys.argv[2:]]
log = open(sys.argv[1], "ab", buffering=0)
log.write(b"ready")
held, answer = b"", False
while data := os.read(0, 65536):
    held = number.sub(lambda it: b"\\xc2\\xb6%c%c" % (int(it[1]), int(it[2])), held + data)
    if answer:
        start = held.find(b"\\x1b[?")
        if start < 0 or b"c" not in held[start:]:
            continue
        held, answer = held[held.index(b"c", start) + 1:], False
        log.write("¶".encode())
    before, mark, after = held.partition("¶".encode())
    if not mark:
        log.write(held)
        held = b""
    elif len(after) >= 2:
        log.write(before)
        os.write(1, modes[int(after[:2])] + b"\\x1b[c")
        held, answer = after[2:], True
"""
LEAVE_ALL = (
    "\\x1b[?1l\\x1b>\\x1b[?2004l\\x1b[?1004l\\x1b[?9l\\x1b[?1000l\\x1b[?1002l\\x1b[?1003l"
    "\\x1b[?1005l\\x1b[?1006l\\x1b[?1015l\\x1b[>4;0m\\x1b[=0;1u"
)


class Recorder:
    """What the program received.

    Args:
        world: Where it runs.
        name: Of its log.
        modes: What it can be told to ask for, as sequences with escapes; number 0 asks for nothing.
    """

    def __init__(self, world: World, name: str, modes: tuple[str, ...]) -> None:
        self._log = world.directory / name
        self._log.touch()
        program = world.directory / "recorder.py"
        program.write_text(PROGRAM)
        asked = (LEAVE_ALL, *(LEAVE_ALL + mode for mode in modes))
        self.argv = (sys.executable, str(program), str(self._log), *asked)
        self._terminal: Terminal | None = None
        self._taken = len(b"ready")

    def open(self, terminal: Terminal) -> None:
        """It is shown on this terminal, where keys are typed."""
        self._terminal = terminal
        self._wait(lambda: self._log.read_bytes().startswith(b"ready"))

    @property
    def terminal(self) -> Terminal:
        """The outer terminal."""
        assert self._terminal is not None
        return self._terminal

    def ask_for(self, mode: int) -> None:
        """Let the program ask for other modes, and wait until they are in force."""
        self.terminal.type(f"¶{mode:02}".encode())
        self._wait(lambda: self._new().endswith("¶".encode()))
        self._taken += len(self._new())

    def received(self, keys: Sequence[bytes], *, seen_as: bytes = SENTINEL) -> list[bytes]:
        """What it got for each key. All are typed at once: none may be open at its end.

        Args:
            keys: What is typed; a sentinel follows each.
            seen_as: What a sentinel becomes in the modes that are in force.
        """
        self._type(b"".join(key + SENTINEL for key in keys))
        self._wait(lambda: self._new().count(seen_as) == len(keys))
        new = self._new()
        self._taken += len(new)
        return new.split(seen_as)[:-1]

    def received_alone(self, key: bytes, expected: bytes) -> bytes:
        """What it got for a key after which nothing follows for a while."""
        self.terminal.type(key)
        self._wait(lambda: self._new() == expected)
        self._taken += len(expected)
        return expected

    def _type(self, data: bytes) -> None:
        """Type no more at once than a terminal's queue holds while nobody reads it."""
        for start in range(0, len(data), PIECE):
            self.terminal.type(data[start : start + PIECE])
            self.terminal.read(0)

    def _new(self) -> bytes:
        return self._log.read_bytes()[self._taken :]

    def _wait(self, condition: Callable[[], object]) -> None:
        wait_until(
            condition,
            step=lambda: self.terminal.read(0.01),
            state=lambda: f"{self._new()!r}\n{self.terminal.text}",
        )
