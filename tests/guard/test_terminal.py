from __future__ import annotations

import os
import pty
import re
import termios
import tty
from collections.abc import Iterator

import pytest

from aimux.guard.terminal import UNDO, UNDO_AFTER_GOOD_END, OuterTerminal, raw_mode


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    master, slave = pty.openpty()
    yield master, slave
    for descriptor in (master, slave):
        os.close(descriptor)


def drain(master: int) -> str:
    """Everything up to the end of the last sequence of UNDO."""
    data = b""
    while not data.endswith(b"\x1b[23;0t"):
        data += os.read(master, 4096)
    return data.decode()


def test_raw_mode_is_that_of_the_library(ends: tuple[int, int]) -> None:
    _, slave = ends
    cooked = termios.tcgetattr(slave)
    ours = raw_mode(cooked)
    tty.setraw(slave)
    library = termios.tcgetattr(slave)
    assert ours[1:] == library[1:]
    # Python's older tty.setraw leaves out three flags that cfmakeraw(3) clears.
    kept = ~(termios.IGNBRK | termios.PARMRK | termios.INLCR | termios.IGNCR)
    assert ours[0] == library[0] & kept


@pytest.mark.parametrize(
    "mode",
    [1, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1049, 2004, 2026, 2031, 2048],
)
def test_every_mode_that_a_client_may_set_is_reset(mode: int) -> None:
    assert f"\x1b[?{mode}l" in UNDO
    assert f"\x1b[?{mode}l" in UNDO_AFTER_GOOD_END


def test_the_way_back_is_in_order() -> None:
    assert UNDO.startswith("\x1b\\")  # whatever was half written
    order = ["\x1b[<u", "\x1b[>4m", "\x1b>", "\x1b[0 q", "\x1b[?25h", "\x1b[?1049l", "\x1b[23;0t"]
    places = [UNDO.index(one) for one in order]
    assert places == sorted(places)
    assert "\x1b[<u" not in UNDO_AFTER_GOOD_END


def test_the_way_back_holds_nothing_but_sequences() -> None:
    rest = re.sub(r"\x1b\[[?<>]?[\d;]* ?[a-zA-Z]|\x1b\\|\x1b>|\x1b\(B|\x0f", "", UNDO)
    assert rest == ""


def test_leaving_restores_the_terminal_once(ends: tuple[int, int]) -> None:
    master, slave = ends
    before = termios.tcgetattr(slave)
    terminal = OuterTerminal(input_descriptor=slave, output_descriptor=slave)
    terminal.leave()
    terminal.enter("picture")
    assert termios.tcgetattr(slave) != before
    os.write(master, b"typed meanwhile")
    terminal.leave()
    terminal.leave()
    assert termios.tcgetattr(slave) == before
    output = drain(master)
    assert output.count(UNDO) == 1
    assert output.index("picture") < output.index(UNDO)
    os.set_blocking(slave, False)
    with pytest.raises(BlockingIOError):
        os.read(slave, 100)


def test_a_terminal_that_takes_nothing_is_restored_all_the_same(ends: tuple[int, int]) -> None:
    _, slave = ends
    before = termios.tcgetattr(slave)
    terminal = OuterTerminal(input_descriptor=slave, output_descriptor=slave)
    terminal.enter("")
    os.set_blocking(slave, False)
    with pytest.raises(BlockingIOError):
        while True:
            os.write(slave, b"x" * 4096)
    terminal.leave()
    assert termios.tcgetattr(slave) == before


def test_a_terminal_that_is_gone_is_left_quietly() -> None:
    master, slave = pty.openpty()
    terminal = OuterTerminal(input_descriptor=slave, output_descriptor=slave)
    terminal.enter("")
    os.close(master)
    terminal.leave()
    terminal.say("nobody hears this")
    os.close(slave)


def test_what_is_no_terminal_is_refused() -> None:
    reader, writer = os.pipe()
    with pytest.raises(OSError, match="Inappropriate ioctl"):
        OuterTerminal(input_descriptor=reader, output_descriptor=writer)
    os.close(reader)
    os.close(writer)
