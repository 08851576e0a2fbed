"""The choosers on a terminal, with keys and mouse: aimux shows what tmux 3.3a shows."""

from __future__ import annotations

import pytest

from tests.end_to_end.side_by_side import Pair
from tests.end_to_end.world import World

UP, DOWN, LEFT, RIGHT = b"\x1b[A", b"\x1b[B", b"\x1b[D", b"\x1b[C"
CTRL_T, CTRL_S, ESCAPE = b"\x14", b"\x13", b"\x1b"
WHEEL_UP, WHEEL_DOWN = 64, 65
# A pane's program and title are the machine's; so the lines say what they are instead.
LINE = "#{?pane_format,pane,#{?window_format,#{window_name},session}}"
WINDOWS = ("two", "three", "four", "five", "six")


@pytest.fixture
def pair(aimux: World) -> Pair:
    """Two sessions with windows and panes."""
    pair = Pair(aimux)
    pair.do("split-window", "-d", "-h", "-t", "work:0", "cat")
    for name in WINDOWS:
        pair.do("new-window", "-d", "-t", "work", "-n", name, "cat")
    pair.do("new", "-d", "-s", "other", "-n", "zebra", "-x", "90", "-y", "30", "cat")
    pair.attached()
    return pair


def test_a_tree_is_moved_through_tagged_searched_and_filtered(pair: Pair) -> None:
    pair.do("choose-tree", "-t", "work:", "-Zw", "-F", LINE)
    pair.same("(0)")
    pair.type(DOWN, b"j", b"t", b"t", UP, b"t", b"T", CTRL_T, b"T", LEFT, RIGHT, b"O", b"r", b"r")
    pair.answer(b"/", "(search)", b"zeb\r")
    pair.type(b"n", b"g")
    pair.answer(b"f", "(filter)", b"#{==:#{window_name},four}\r")
    pair.answer(b"f", "(filter) #{==", b"\x15#{==:#{window_name},none}\r")
    pair.same("no matches")
    pair.type(b"v", b"v")
    pair.answer(b"f", "(filter) #{==", b"\x15\r")
    pair.type(b"G", b"g", b"q")
    assert pair.asked("#{window_zoomed_flag} #{pane_in_mode}") == ("0 0\n", "0 0\n")


def test_items_of_the_tree_are_marked_killed_and_run_on(pair: Pair) -> None:
    pair.do("choose-tree", "-t", "work:", "-Z", "-F", f"{LINE}#{{?pane_marked, marked,}}")
    pair.same("(0)")
    pair.type(b"G", b"m", b"M", UP, UP)
    pair.answer(b"x", "Kill window 5?", b"n")
    pair.answer(b"x", "Kill window 5?", b"y")
    pair.type(b"g", DOWN, b"t", b"j", b"t")
    pair.answer(b":", "(1 tagged)", b"rename-window -t '%%' new\r")
    pair.answer(b"X", "Kill 1 tagged?", b"y")
    pair.type(b"H", b"G", b"\r")
    pair.same("0:zebra*")


def test_the_strip_of_windows_is_moved_and_a_click_chooses_one(pair: Pair) -> None:
    pair.do("choose-tree", "-t", "work:", "-s", "-F", LINE)
    pair.same("(0)")
    pair.type(b">", b">", b">", b">", b">", b">", b"<", b"<", b"<", b"<", b"<", b"<", b">")
    # tmux 3.3a chooses the session instead of the window that was clicked, which 3.4 does.
    pair.ours.click(row=25, column=30)
    pair.ours.wait_for("1:two*")


def test_a_click_on_the_arrow_moves_the_strip(pair: Pair) -> None:
    pair.do("choose-tree", "-t", "work:", "-s", "-F", LINE)
    pair.same("(0)", "│ 0:one │")
    pair.click(row=25, column=42)
    pair.same("│ 1:two │")


def test_a_click_makes_a_line_current(pair: Pair) -> None:
    pair.do("choose-tree", "-t", "work:", "-Zw", "-F", LINE)
    pair.same("(0)")
    pair.click(row=3, column=10)
    pair.same("┌ 2 (sort")


def test_a_double_click_chooses(pair: Pair) -> None:
    pair.do("choose-tree", "-t", "work:", "-Zw", "-F", LINE)
    pair.same("(0)")
    for _ in range(2):
        pair.click(row=4, column=10)
    pair.same("3:four*")


def test_the_wheel_goes_through_the_lines(pair: Pair) -> None:
    pair.do("choose-tree", "-t", "work:", "-Zw", "-F", LINE)
    pair.same("(0)")
    for button in (WHEEL_DOWN, WHEEL_DOWN, WHEEL_DOWN, WHEEL_UP):
        pair.ours.press_mouse(row=3, column=10, button=button)
    pair.ours.wait_for("┌ 2 (sort")


def test_keys_of_lines_are_what_a_format_says(pair: Pair) -> None:
    pair.do(
        "choose-tree",
        "-t",
        "work:",
        "-w",
        "-K",
        "#{?#{==:#{line},2},F2,#{?line,x#{line},a}}",
        "-F",
        LINE,
    )
    pair.same("(a)")
    pair.type(b"\x1bOQ")
    pair.same("1:two*")


def test_buffers_are_searched_deleted_and_pasted(pair: Pair) -> None:
    for name in ("alpha", "beta", "gamma", "delta"):
        pair.do("set-buffer", "-b", name, f"text of {name}\n{'x' * len(name)}\ttab")
    pair.do("set-buffer", "-b", "gamma", "text of gamma\n\x07\x1b[1mü\\")
    pair.do("choose-buffer", "-t", "work:", "-F", "#{buffer_size} #{buffer_sample}", "-O", "size")
    pair.same("alpha")
    pair.type(DOWN, b"O", b"r", b"r", b"O")
    pair.answer(b"/", "(search)", b"of ga\r")
    pair.type(b"d", b"g", b"t", b"D", b"g")
    pair.type(b"t", b"P")
    pair.same("text of")
    ours, theirs = pair.both("list-buffers", "-F", "#{buffer_name}")
    assert ours == theirs


def test_clients_are_listed_and_detached(aimux: World, pair: Pair) -> None:
    pair.do("choose-client", "-t", "work:", "-N", "-F", "#{client_session} #{client_width}")
    pair.ours.wait_for("work 90")
    pair.ours.type(b"d")
    pair.ours.wait_for("[detached (from session work)]")
    assert aimux.ask("#{session_attached}") == "0"


def test_a_window_is_found_by_its_name(pair: Pair) -> None:
    pair.do("find-window", "-t", "work:", "-N", "-Z", "zeb")
    pair.same("filter: active")
    pair.type(b"G", b"\r")
    pair.same("0:zebra*")


RIGHT_BUTTON = 2


def right_click(pair: Pair, *, row: int, column: int, text: str) -> None:
    """Press the right button, and hold it until the menu is seen."""
    pair.press_mouse(row=row, column=column, button=RIGHT_BUTTON)
    pair.same(text)


def let_go(pair: Pair, *, row: int, column: int) -> None:
    """Move to a cell with the button held, and let it go there."""
    pair.press_mouse(row=row, column=column, button=RIGHT_BUTTON + 32)
    pair.same()
    pair.press_mouse(row=row, column=column, button=RIGHT_BUTTON, release=True)


def test_the_right_button_opens_the_menu_of_a_tree_and_of_the_box_below(pair: Pair) -> None:
    pair.do("choose-tree", "-t", "work:", "-Zs", "-F", LINE)
    pair.same("(0)")
    right_click(pair, row=1, column=40, text="Kill Tagged")
    let_go(pair, row=6, column=40)
    pair.same("(1)")
    right_click(pair, row=25, column=40, text="Scroll Right")
    let_go(pair, row=2, column=2)
    pair.same()
    right_click(pair, row=0, column=40, text="Kill Tagged")
    let_go(pair, row=1, column=40)
    pair.same()
    assert pair.asked("#{pane_in_mode}") == ("0\n", "0\n")


def test_the_menus_of_buffers_and_clients_are_tmuxs(pair: Pair) -> None:
    for name in ("one", "two"):
        pair.do("set-buffer", "-b", name, "text")
    pair.do("choose-buffer", "-t", "work:", "-Z", "-O", "name", "-F", "#{buffer_size}")
    pair.same("(0)")
    right_click(pair, row=1, column=40, text="Delete Tagged")
    let_go(pair, row=9, column=40)
    pair.same()
    assert pair.both("list-buffers", "-F", "#{buffer_name}") == ("one\n", "one\n")
    pair.type(b"q")


def test_a_buffer_is_edited_in_a_popup(pair: Pair) -> None:
    pair.do("set-option", "-s", "editor", 'sh -c \'cat "$0"; read x; echo "new $x" >"$0"\'')
    pair.do("set-buffer", "-b", "one", "before")
    pair.do("choose-buffer", "-t", "work:", "-Z", "-F", "#{buffer_size}")
    pair.same("(0)")
    pair.type(b"e")
    pair.same("before")
    for terminal in (pair.ours, pair.theirs):
        terminal.type(b"text\r")
    pair.same("new text")
    assert pair.both("show-buffer", "-b", "one") == ("new text", "new text")
