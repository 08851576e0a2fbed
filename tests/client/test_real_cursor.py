"""The outer terminal's cursor."""

from __future__ import annotations

from aimux.client.real_cursor import RealCursor
from aimux.protocol.messages import Cursor

AT_HOME = Cursor(row=0, column=0, visible=True, shape=0)
BAR = Cursor(row=4, column=9, visible=True, shape=6)


def settled(cursor: Cursor | None) -> RealCursor:
    real = RealCursor()
    real.want(cursor)
    real.around("", synchronized=False)
    return real


def test_a_cursor_that_is_wanted_is_placed_shaped_and_shown() -> None:
    real = RealCursor()
    assert real.want(BAR)
    assert real.around("", synchronized=False) == "\x1b[5;10H\x1b[6 q\x1b[?25h"


def test_nothing_is_written_while_nothing_changes() -> None:
    real = settled(BAR)
    assert not real.want(BAR)
    assert real.around("", synchronized=False) == ""


def test_a_drawing_is_made_with_the_cursor_hidden() -> None:
    assert settled(BAR).around("draw", synchronized=False) == "\x1b[?25ldraw\x1b[5;10H\x1b[?25h"


def test_a_synchronized_drawing_needs_no_hiding() -> None:
    drawn = settled(BAR).around("draw", synchronized=True)
    assert drawn == "\x1b[?2026hdraw\x1b[5;10H\x1b[?2026l"


def test_an_invisible_cursor_is_hidden_once_and_not_moved() -> None:
    real = settled(AT_HOME)
    real.want(Cursor(row=1, column=1, visible=False, shape=0))
    assert real.around("draw", synchronized=False) == "\x1b[?25ldraw"
    assert real.around("draw", synchronized=False) == "draw"


def test_a_cursor_left_shown_by_somebody_else_is_hidden() -> None:
    assert RealCursor().around("draw", synchronized=False) == "draw\x1b[?25l"
