import inspect

import pyte
import pytest

from aimux.vt import ByteStream, Screen


@pytest.fixture
def screen() -> Screen:
    return Screen(10, 4)


def test_it_is_pytes_screen_and_stream(screen) -> None:
    assert isinstance(screen, pyte.Screen)
    assert isinstance(ByteStream(screen), pyte.ByteStream)


def test_no_inherited_method_of_pyte_is_left() -> None:
    inherited = {
        name
        for name, _ in inspect.getmembers(pyte.Screen, inspect.isfunction)
        if name not in vars(Screen) and not name.startswith("__")
    }
    assert inherited == {"debug", "write_process_input"}


def test_cells_are_pytes_chars(screen) -> None:
    ByteStream(screen).feed("\x1b[1;31;44mA\x1b[m好\x1b[38;2;1;2;3mc".encode())
    assert screen.buffer[0][0] == pyte.screens.Char("A", "red", "blue", bold=True)
    assert [screen.buffer[0][x].data for x in range(5)] == ["A", "好", "", "c", " "]
    assert screen.buffer[0][3].fg == "010203"
    assert screen.display[0] == "A好c      "


def test_dirty_holds_the_rows_that_changed(screen) -> None:
    assert screen.dirty == {0, 1, 2, 3}
    screen.dirty.clear()
    screen.feed(b"\x1b[3;1Hx")
    assert screen.dirty == {2}


def test_cursor_mode_margins_and_title_are_read_from_the_engine(screen) -> None:
    screen.feed(b"\x1b[2;3r\x1b[?25l\x1b[4h\x1b]2;title\aab")
    assert (screen.cursor.x, screen.cursor.y, screen.cursor.hidden) == (2, 0, True)
    assert screen.margins == pyte.screens.Margins(1, 2)
    assert pyte.modes.IRM in screen.mode
    assert pyte.modes.DECTCEM not in screen.mode
    assert screen.title == "title"


@pytest.mark.parametrize(
    ("call", "cursor"),
    [
        (lambda screen: screen.cursor_position(2, 5), (4, 1)),
        (lambda screen: screen.cursor_forward(3), (3, 0)),
        (lambda screen: screen.cursor_down1(), (0, 1)),
        (lambda screen: screen.linefeed(), (0, 1)),
        (lambda screen: screen.tab(), (8, 0)),
        (lambda screen: screen.draw("abc"), (3, 0)),
    ],
)
def test_pytes_methods_act_on_the_engine(screen, call, cursor) -> None:
    call(screen)
    assert (screen.cursor.x, screen.cursor.y) == cursor


def test_modes_are_set_by_pytes_numbers(screen) -> None:
    screen.set_mode(pyte.modes.IRM)
    screen.reset_mode(pyte.modes.DECAWM)
    screen.reset_mode(25, private=True)
    assert screen.engine.modes.insert
    assert not screen.engine.modes.wrap
    assert not screen.engine.modes.cursor_visible


def test_resize_and_reset(screen) -> None:
    screen.draw("abcdefghijkl")
    screen.resize(2, 20)
    assert screen.display == ["abcdefghijkl        ", " " * 20]
    screen.reset()
    assert screen.display == [" " * 20] * 2


@pytest.mark.parametrize(
    "stream", [b"\x1b[?4m", b"\x1b[?1r", b"\x1b[1;1D", b"\x1b[?1H", b"\x1b[1;2'z"]
)
def test_what_makes_pyte_raise_does_not(screen, stream) -> None:
    screen.feed(stream + b"x")
    assert screen.display[0] == "x         "


def test_the_same_plain_output_looks_the_same(screen) -> None:
    theirs = pyte.Screen(10, 4)
    data = b"one\r\n\x1b[1mtwo\x1b[m\r\nthree\x1b[2;2H\x1b[Kx\r\n\n\n\nlast"
    pyte.ByteStream(theirs).feed(data)
    screen.feed(data)
    assert screen.display == theirs.display
    assert screen.buffer[0][0] == theirs.buffer[0][0]
