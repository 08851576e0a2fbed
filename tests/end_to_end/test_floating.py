"""Floating panes on a terminal: made by a key, chosen and moved by the mouse."""

from __future__ import annotations

from tests.end_to_end.world import PREFIX, World
from tests.waiting import wait_until

DRAG = 32


def test_a_floating_pane_is_made_by_a_key_and_dragged_by_its_border(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    aimux.do("set", "-g", "mouse", "on")
    terminal = aimux.attached()
    terminal.wait_for(b"\x1b[?1006h")
    terminal.type(PREFIX + b"*")
    terminal.wait_for(lambda: terminal.rows[1][3:5] == "┌─")
    terminal.type(b"cat\r")
    assert aimux.ask("#{pane_floating_flag}") == "1"
    aimux.do("select-pane", "-t", ":.0")
    assert aimux.ask("#{pane_floating_flag}") == "0"
    terminal.click(row=1, column=10)
    wait_until(lambda: aimux.ask("#{pane_floating_flag}") == "1")
    terminal.press_mouse(row=1, column=10)
    for column in (12, 14, 16):
        terminal.press_mouse(row=4, column=column, button=DRAG)
    terminal.press_mouse(row=4, column=16, release=True)
    terminal.wait_for(lambda: terminal.rows[4][9:11] == "┌─")
    assert aimux.ask("#{pane_x},#{pane_y},#{pane_width}") == "10,5,40"
