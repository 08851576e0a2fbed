"""How much is written to the outer terminal: what changed, and no rows around it."""

from __future__ import annotations

from functools import partial

from tests.end_to_end.world import World
from tests.terminal import Terminal

MOST = 60


def has_written(terminal: Terminal, before: int) -> bool:
    return len(terminal.output) > before


def written(terminal: Terminal, data: bytes, count: int) -> int:
    """Type the same so many times, each once the one before was answered; the most bytes of one."""
    most = 0
    for _ in range(count):
        before = len(terminal.output)
        terminal.type(data)
        terminal.wait_for(partial(has_written, terminal, before))
        while terminal.read(0.2):
            pass
        most = max(most, len(terminal.output) - before)
    return most


def attached(aimux: World, program: str) -> Terminal:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", program)
    aimux.do("set", "-g", "status-right", "")
    aimux.do("set", "-g", "automatic-rename", "off")
    terminal = aimux.attached()
    while terminal.read(0.5):
        pass
    return terminal


def test_a_typed_key_writes_its_cell(aimux: World) -> None:
    terminal = attached(aimux, "printf 'some text before '; cat")
    assert written(terminal, b"x", 5) <= MOST
    terminal.wait_for("some text before xxxxx")


def test_a_line_that_scrolls_in_writes_no_other_line(aimux: World) -> None:
    terminal = attached(aimux, "seq -f 'a line of some words and its number %.0f' 1 60; cat")
    # The echo and the line that cat writes may come as two frames.
    assert written(terminal, b"\r", 5) <= 2 * MOST
    terminal.wait_for(lambda: terminal.rows[11] == "a line of some words and its number 60")
