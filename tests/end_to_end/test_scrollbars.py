"""Scrollbars on an attached terminal, with the mouse."""

from __future__ import annotations

import pytest

from tests.end_to_end.test_mouse import DRAG
from tests.end_to_end.world import World
from tests.terminal import Terminal
from tests.waiting import wait_until

PLACE = "#{pane_in_mode} #{scroll_position}"


@pytest.fixture
def terminal(aimux: World) -> Terminal:
    """A terminal that shows a pane with 200 lines and a scrollbar, on 24 rows of 80 cells."""
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "seq 1 200; exec cat")
    aimux.do("set", "-g", "mouse", "on", ";", "set", "-g", "pane-scrollbars", "on")
    terminal = aimux.attached()
    terminal.wait_for(b"\x1b[?1006h")
    terminal.wait_for(lambda: terminal.rows[21].split() == ["200"])
    wait_until(lambda: aimux.ask("#{pane_width}") == "79")
    return terminal


def test_a_click_beside_the_slider_scrolls_by_pages(aimux: World, terminal: Terminal) -> None:
    terminal.click(row=3, column=79)
    wait_until(lambda: aimux.ask(PLACE) == "1 21")
    terminal.wait_for(lambda: terminal.rows[0].split()[0] == "158")
    terminal.click(row=22, column=79)
    wait_until(lambda: aimux.ask(PLACE) == "1 0")


def test_the_slider_is_dragged_and_stays_where_it_is_let_go(
    aimux: World, terminal: Terminal
) -> None:
    terminal.press_mouse(row=21, column=79)
    terminal.press_mouse(row=20, column=79, button=DRAG)
    terminal.press_mouse(row=10, column=79, button=DRAG)
    wait_until(lambda: aimux.ask(PLACE) == "1 91")
    terminal.wait_for(lambda: terminal.rows[0].split()[0] == "88")
    terminal.press_mouse(row=0, column=40, button=DRAG)
    wait_until(lambda: aimux.ask(PLACE) == "1 178")
    terminal.press_mouse(row=0, column=40, release=True)
    terminal.wait_for(lambda: terminal.rows[0].split()[0] == "1")
    assert aimux.ask(PLACE) == "1 178"
