"""The outer terminal's cursor."""

from __future__ import annotations

from aimux.client.real_cursor import RealCursor
from aimux.protocol.picture_messages import Cursor

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


def test_a_colour_is_written_once_and_given_back() -> None:
    cursor = RealCursor()
    cursor.has_colours = True
    cursor.want(Cursor(0, 0, visible=True, shape=0, colour=0x102030))
    assert "\x1b]12;#102030\x07" in cursor.around("", synchronized=False)
    cursor.want(Cursor(0, 1, visible=True, shape=0, colour=0x102030))
    assert "\x1b]12" not in cursor.around("", synchronized=False)
    assert cursor.give_back_colour() == "\x1b]112\x07"
    assert cursor.give_back_colour() == ""


def test_a_terminal_without_colours_of_the_cursor_is_sent_none() -> None:
    cursor = RealCursor()
    cursor.want(Cursor(0, 0, visible=True, shape=0, colour=0x102030))
    assert "\x1b]12" not in cursor.around("", synchronized=False)
