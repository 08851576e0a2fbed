"""`#{mouse_word}` and `#{mouse_line}`."""

from __future__ import annotations

import pytest

from aimux.commands.modes import enter_copy_mode
from aimux.commands.mouse_text import mouse_line, mouse_word
from aimux.commands.targets import MousePlace
from tests.server.world import World, make_world

SEPARATORS = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"


@pytest.fixture
def world() -> World:
    world = make_world(columns=10, rows=3)
    world.pane.screen.feed(b"one two,three   \r\nlast")
    return world


def at(world: World, column: int, row: int) -> MousePlace:
    return MousePlace(column, row, world.session, world.session.current_link, world.pane)


def test_the_word_and_the_line_under_the_mouse(world: World) -> None:
    assert mouse_word(at(world, 5, 0), SEPARATORS) == "two"
    assert mouse_word(at(world, 3, 0), SEPARATORS) == "two"  # the word behind a gap
    assert mouse_word(at(world, 7, 0), SEPARATORS) == "three"
    assert mouse_word(at(world, 9, 2), SEPARATORS) == ""
    assert mouse_line(at(world, 9, 0)) == "one two,th"
    assert mouse_line(at(world, 9, 2)) == "last"


def test_a_word_that_was_wrapped_is_whole(world: World) -> None:
    assert mouse_word(at(world, 1, 1), SEPARATORS) == "three"


def test_history_is_not_counted(world: World) -> None:
    world.pane.screen.feed(b"\r\n\n\nnew")
    assert mouse_word(at(world, 0, 2), SEPARATORS) == "new"


def test_in_copy_mode_it_is_the_text_that_is_shown(world: World) -> None:
    enter_copy_mode(world.state, world.pane, world.pane)
    world.pane.screen.feed(b"\x1b[2J\x1b[Hother")
    assert mouse_word(at(world, 0, 0), SEPARATORS) == "one"
    assert mouse_line(at(world, 0, 2)) == "last"


def test_elsewhere_there_is_none(world: World) -> None:
    assert mouse_word(None, SEPARATORS) is None
    assert mouse_word(MousePlace(0, 0, world.session), SEPARATORS) is None
    assert mouse_line(at(world, 0, 99)) is None
