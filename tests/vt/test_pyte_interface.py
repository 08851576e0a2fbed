"""What pyte's documentation promises of `Screen` and `ByteStream`, and where we differ.

pyte's own tests are run by `run_pyte_tests.py`.
"""

import contextlib
import gc
import inspect
import sys

import pyte
import pytest
from pyte import modes as mo
from pyte.screens import Char, Margins

from aimux.vt import ByteStream, Screen
from tests.vt.pyte_differences import DIFFERENCES


def screen_of(*lines: str, columns: int = 5) -> Screen:
    screen = Screen(columns, len(lines))
    screen.draw("".join(line.ljust(columns) for line in lines))
    screen.cursor_position()
    return screen


# The documented attributes


def test_the_first_example_of_the_documentation() -> None:
    screen = Screen(80, 24)
    stream = ByteStream(screen)
    stream.feed(b"\x1b[5B")
    assert screen.cursor.y == 5
    stream.feed(b"Hello World!")
    assert screen.display[5].rstrip() == "Hello World!"


def test_display_is_a_list_of_screen_lines_as_unicode_strings() -> None:
    screen = screen_of("ab", "")
    screen.cursor_position(2)
    screen.draw("好")
    assert screen.display == ["ab   ", "好   "]


def test_buffer_is_a_sparse_matrix_of_chars() -> None:
    screen = Screen(5, 2)
    ByteStream(screen).feed("\x1b[1;3;4;5;7;9;31;106mé\x1b[38;5;200;48;2;1;2;3mx".encode())
    assert screen.buffer[0][0] == Char("é", "red", "brightcyan", *[True] * 6)
    assert (screen.buffer[0][1].fg, screen.buffer[0][1].bg) == ("ff00d7", "010203")
    assert screen.buffer[1][4] == screen.default_char == Char(" ")


def test_the_buffer_can_be_written() -> None:
    screen = Screen(5, 2)
    screen.dirty.clear()
    screen.buffer[1][2] = Char("x", fg="red", bg="0a0b0c", bold=True)
    assert screen.display == ["     ", "  x  "]
    assert screen.buffer[1][2] == Char("x", fg="red", bg="0a0b0c", bold=True)
    screen.draw("好")
    screen.buffer[0][1] = Char("y")
    assert screen.display[0] == " y   "
    assert screen.dirty == {0, 1}


def test_the_cursor_can_be_moved_by_writing_to_it() -> None:
    screen = Screen(5, 3)
    screen.cursor.x, screen.cursor.y = 3, 1
    screen.cursor.attrs = screen.cursor.attrs._replace(fg="green")
    screen.draw("x")
    assert screen.buffer[1][3] == Char("x", fg="green")
    screen.cursor.x = 99
    screen.carriage_return()
    assert (screen.cursor.x, screen.cursor.y) == (0, 1)


def test_tab_stops_can_be_replaced() -> None:
    screen = Screen(9, 1)
    screen.tabstops = {3}
    screen.tab()
    assert screen.cursor.x == 3


def test_dirty_is_a_set_of_line_numbers_to_draw_again() -> None:
    screen = screen_of("a", "b", "c")
    assert screen.dirty == {0, 1, 2}
    screen.dirty.clear()
    screen.cursor_position(2)
    assert screen.dirty == set()
    screen.erase_in_line()
    assert screen.dirty == {1}
    screen.index()
    screen.index()
    assert screen.dirty == {0, 1, 2}


def test_dirty_after_a_resize_holds_every_line_and_no_other() -> None:
    screen = screen_of("a", "b", "c")
    screen.resize(2, 5)
    assert screen.dirty == {0, 1}


def test_mode_holds_pytes_numbers() -> None:
    screen = Screen(5, 2)
    assert screen.mode == {mo.DECAWM, mo.DECTCEM}
    screen.set_mode(mo.IRM, mo.LNM, mo.DECOM, mo.DECSCNM)
    assert screen.mode == {mo.DECAWM, mo.DECTCEM, mo.IRM, mo.LNM, mo.DECOM, mo.DECSCNM}
    screen.reset_mode(7, 25, private=True)
    assert screen.mode == {mo.IRM, mo.LNM, mo.DECOM, mo.DECSCNM}
    assert screen.default_char.reverse


def test_margins_are_none_or_the_first_and_the_last_row() -> None:
    screen = Screen(5, 4)
    assert screen.margins is None
    screen.set_margins(2, 3)
    assert screen.margins == Margins(1, 2)
    screen.set_margins()
    assert screen.margins is None


def test_title_and_icon_name() -> None:
    screen = Screen(5, 2)
    ByteStream(screen).feed(b"\x1b]0;both\x07\x1b]1;icon\x07")
    assert (screen.title, screen.icon_name) == ("both", "icon")


def test_reset_is_the_terminal_as_new() -> None:
    screen = screen_of("abc", "def")
    screen.set_mode(mo.DECOM)
    screen.select_graphic_rendition(1, 31)
    screen.set_margins(1, 2)
    screen.reset()
    assert screen.display == ["     "] * 2
    assert (screen.cursor.x, screen.cursor.y, screen.cursor.attrs) == (0, 0, Char(" "))
    assert (screen.mode, screen.margins) == ({mo.DECAWM, mo.DECTCEM}, None)
    assert screen.tabstops == set(range(8, 5, 8))


def test_resize_takes_lines_and_columns_and_either_may_stay() -> None:
    screen = screen_of("ab", "cd")
    screen.resize(3)
    assert screen.display == ["ab   ", "cd   ", "     "]
    screen.resize(columns=7)
    assert (screen.lines, screen.columns) == (3, 7)


def test_write_process_input_gets_the_answers() -> None:
    answers: list[str] = []

    class Asked(Screen):
        def write_process_input(self, data: str) -> None:
            answers.append(data)

    ByteStream(Asked(5, 2)).feed(b"\x1b[6n\x1b[5n")
    assert answers == ["\x1b[1;1R", "\x1b[0n"]


def test_pytes_own_stream_of_text_drives_the_methods() -> None:
    screen = Screen(10, 2)
    pyte.Stream(screen).feed("\x1b[1;31mab\x1b[m\r\n\x1b[2Cc\x1b[1;1H\x1b[4hX")
    assert screen.display == ["Xab       ", "  c       "]
    assert screen.buffer[0][1] == Char("a", fg="red", bold=True)


def test_bytes_may_be_cut_anywhere() -> None:
    screen = Screen(10, 1)
    stream = ByteStream()
    stream.attach(screen)
    for byte in "\x1b[1;3Hé".encode():
        stream.feed(bytes([byte]))
    assert screen.display == ["  é       "]
    stream.detach(screen)
    stream.feed(b"x")
    assert screen.display == ["  é       "]


# No inherited code on the byte path

EVERYTHING = (
    b"text\r\n\t\b\x0e\x0f\x07\x1b7\x1b8\x1bD\x1bE\x1bM\x1bH\x1b#8\x1bc\x1b(0\x1b%@\x1b[@\x1b[A\x1b[B"
    b"\x1b[C\x1b[D\x1b[E\x1b[F\x1b[G\x1b[H\x1b[J\x1b[K\x1b[L\x1b[M\x1b[P\x1b[X\x1b[a\x1b[c\x1b[d\x1b[e"
    b"\x1b[f\x1b[g\x1b[4h\x1b[4l\x1b[?7l\x1b[1m\x1b[n\x1b[2;3r\x1b[6n\x1b]0;t\x07\x1bPq\x1b\\"
)


def test_no_inherited_method_of_pyte_runs_on_the_byte_path() -> None:
    ran: set[str] = set()
    watched = tuple(
        module.__file__ for module in (pyte, pyte.screens, pyte.streams) if module.__file__
    )

    def watch(frame, event, _argument):
        if event == "call" and frame.f_code.co_filename in watched:
            ran.add(frame.f_code.co_name)

    screen = Screen(20, 5)
    stream = ByteStream(screen)
    gc.collect()  # A generator of pyte's that some other test left behind would be seen ending.
    sys.setprofile(watch)
    with contextlib.ExitStack() as stack:
        stack.callback(sys.setprofile, None)
        stream.feed(EVERYTHING)
    # `Cursor` is pyte's record, made anew after each feed; the other is the hook for answers.
    assert ran <= {"__init__", "write_process_input"}
    assert "write_process_input" in ran


@pytest.mark.parametrize(
    ("theirs", "ours", "left"),
    [
        (pyte.Screen, Screen, {"debug", "write_process_input"}),
        (pyte.ByteStream, ByteStream, {"_initialize_parser", "_parser_fsm", "_send_to_parser"}),
    ],
)
def test_only_these_methods_are_inherited(theirs, ours, left) -> None:
    names = {
        name
        for name, _ in inspect.getmembers(theirs, inspect.isfunction)
        if not name.startswith("__") and getattr(ours, name) is getattr(theirs, name)
    }
    assert names == left


# One test for each row of the table of differences


def test_resize_wraps_lines_anew() -> None:
    screen = screen_of("abcd", columns=4)
    screen.resize(1, 2)
    assert screen.display == ["cd"]
    screen.resize(1, 4)
    assert screen.display == ["abcd"]


def test_deccolm_leaves_the_width() -> None:
    screen = screen_of("abc", "def")
    screen.set_mode(mo.DECCOLM)
    assert (screen.columns, screen.display) == (5, ["     "] * 2)


@pytest.mark.parametrize("text", ["abcdef", "ab好好"])
def test_draw_without_autowrap_stays_on_the_last_column(text) -> None:
    screen = Screen(5, 1)
    screen.reset_mode(mo.DECAWM)
    screen.draw(text)
    assert screen.cursor.x == 4


def test_draw_width2_line_end_goes_to_the_next_row() -> None:
    screen = Screen(4, 2)
    screen.draw("abc好")
    assert screen.display == ["abc ", "好  "]


def test_bytes_stay_utf8() -> None:
    screen = Screen(4, 1)
    stream = ByteStream(screen)
    stream.select_other_charset("@")
    stream.feed("\x1b%@é".encode())
    assert stream.use_utf8
    assert screen.display == ["é   "]


def test_save_cursor_keeps_one() -> None:
    screen = Screen(9, 9)
    screen.save_cursor()
    screen.cursor_position(3, 3)
    screen.save_cursor()
    screen.restore_cursor()
    screen.cursor_position(5, 5)
    screen.restore_cursor()
    assert (screen.cursor.x, screen.cursor.y) == (2, 2)


def test_restore_cursor_after_a_reset_goes_home() -> None:
    screen = Screen(9, 9)
    screen.cursor_position(3, 3)
    screen.save_cursor()
    screen.reset()
    screen.restore_cursor()
    assert (screen.cursor.x, screen.cursor.y) == (0, 0)


def test_insert_lines_and_delete_lines_below_the_region() -> None:
    screen = screen_of("a", "b", "c", "d", columns=1)
    screen.set_margins(1, 2)
    screen.cursor_position(3)
    screen.insert_lines()
    assert screen.display == ["a", "b", " ", "c"]
    screen.delete_lines()
    assert screen.display == ["a", "b", "c", " "]


def test_erase_in_display_3_leaves_the_screen() -> None:
    screen = screen_of("abc", "def")
    screen.draw("\n" * 3)
    screen.erase_in_display(3)
    assert len(screen.engine.history) == 0
    screen = screen_of("abc")
    screen.erase_in_display(3)
    assert screen.display == ["abc  "]


def test_cursor_back_from_a_pending_wrap() -> None:
    screen = Screen(5, 1)
    screen.draw("abcde")
    screen.cursor_back(2)
    assert screen.cursor.x == 3


def test_cursor_position_stops_at_the_region_in_origin_mode() -> None:
    screen = Screen(5, 5)
    screen.set_margins(2, 4)
    screen.set_mode(mo.DECOM)
    screen.cursor_position(9, 1)
    assert screen.cursor.y == 3


def test_report_device_attributes_is_tmuxs() -> None:
    screen = Screen(5, 5)
    answers: list[str] = []
    screen.write_process_input = answers.append
    screen.report_device_attributes()
    assert answers == ["\x1b[?1;2c"]


def test_the_stream_does_not_call_draw() -> None:
    screen = Screen(5, 1)
    screen.draw = None
    ByteStream(screen).feed(b"abc")
    assert screen.display == ["abc  "]


def test_a_row_that_wraps_is_not_dirty() -> None:
    screen = Screen(3, 2)
    screen.draw("abc")
    screen.dirty.clear()
    screen.draw("d")
    assert screen.dirty == {1}


def test_every_difference_names_its_source() -> None:
    assert all(row.tests and row.ours and row.source for row in DIFFERENCES)
