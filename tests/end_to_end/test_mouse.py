"""The mouse on an attached terminal."""

from __future__ import annotations

import pytest

from tests.end_to_end.world import PREFIX, World
from tests.terminal import Terminal
from tests.waiting import wait_until

ALT, DRAG, WHEEL_UP, WHEEL_DOWN = 8, 32, 64, 65


@pytest.fixture
def terminal(aimux: World) -> Terminal:
    """A terminal that reports the mouse."""
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24")
    aimux.do("set", "-g", "mouse", "on")
    terminal = aimux.attached()
    terminal.wait_for(b"\x1b[?1006h")
    return terminal


def test_a_click_selects_a_pane(aimux: World, terminal: Terminal) -> None:
    terminal.type(PREFIX + b"%")
    terminal.wait_for("│")
    assert aimux.ask("#{pane_index}") == "1"
    terminal.click(row=5, column=10)
    wait_until(lambda: aimux.ask("#{pane_index}") == "0")
    terminal.click(row=5, column=60)
    wait_until(lambda: aimux.ask("#{pane_index}") == "1")


def test_a_border_can_be_dragged(aimux: World, terminal: Terminal) -> None:
    terminal.type(PREFIX + b"%")
    terminal.wait_for(lambda: terminal.rows[0][40:41] == "│")
    terminal.press_mouse(row=5, column=40)
    for column in (35, 30, 25):
        terminal.press_mouse(row=5, column=column, button=DRAG)
    terminal.press_mouse(row=5, column=25, release=True)
    terminal.wait_for(lambda: terminal.rows[0][25:26] == "│")
    assert aimux.ask("#{pane_width}") == "54"


def test_a_border_stops_at_the_edges_of_the_window(aimux: World, terminal: Terminal) -> None:
    terminal.type(PREFIX + b"%")
    terminal.wait_for(lambda: terminal.rows[0][40:41] == "│")
    terminal.press_mouse(row=5, column=40)
    for column in (20, 3, 0):
        terminal.press_mouse(row=5, column=column, button=DRAG)
    wait_until(lambda: aimux.ask("#{pane_width}") == "78")
    for column in (30, 60, 79):
        terminal.press_mouse(row=23, column=column, button=DRAG)
    terminal.press_mouse(row=5, column=79, release=True)
    wait_until(lambda: aimux.ask("#{pane_width}") == "1")


def drag_pane(terminal: Terminal, *places: tuple[int, int]) -> None:
    """Press alt and the left button at the first place, and hold them."""
    (row, column), *others = places
    terminal.press_mouse(row=row, column=column, button=ALT)
    for row, column in others:
        terminal.press_mouse(row=row, column=column, button=ALT + DRAG)


def order(aimux: World) -> str:
    return aimux.do("list-panes", "-F", "#{pane_id}").replace("\n", "")


def test_a_pane_is_dragged_onto_another_and_what_it_passes_stays(
    aimux: World, terminal: Terminal
) -> None:
    for _ in range(2):
        aimux.do("split-window", "-h", "-t", "work", "cat")
        aimux.do("select-layout", "-t", "work", "even-horizontal")
    terminal.wait_for(lambda: terminal.rows[0].count("│") == 2)
    drag_pane(terminal, (5, 10), (5, 12), (5, 40))
    wait_until(lambda: order(aimux) == "%1%0%2")
    drag_pane(terminal, (5, 10), (5, 70))
    terminal.press_mouse(row=5, column=70, button=ALT, release=True)
    wait_until(lambda: order(aimux) == "%2%0%1")
    assert aimux.ask("#{pane_id}") == "%1"


def test_a_pane_that_is_dragged_back_stays(aimux: World, terminal: Terminal) -> None:
    aimux.do("split-window", "-v", "-t", "work", "cat")
    terminal.wait_for("───")
    drag_pane(terminal, (2, 10), (3, 10), (18, 10))
    wait_until(lambda: order(aimux) == "%1%0")
    terminal.press_mouse(row=2, column=10, button=ALT + DRAG)
    wait_until(lambda: order(aimux) == "%0%1")


def test_a_pane_is_dragged_by_its_line_in_the_border(aimux: World, terminal: Terminal) -> None:
    aimux.do("set", "-g", "pane-border-status", "top")
    aimux.do("split-window", "-v", "-t", "work", "cat")
    terminal.wait_for(lambda: '1 "' in terminal.text)
    drag_pane(terminal, (0, 5), (0, 7), (18, 10))
    wait_until(lambda: order(aimux) == "%1%0")


def test_a_click_in_the_status_line_selects_a_window(terminal: Terminal) -> None:
    terminal.type(PREFIX + b"c")
    terminal.wait_for("0:sh- 1:sh*")
    terminal.click(row=23, column=terminal.rows[23].index("0:sh"))
    terminal.wait_for("0:sh* 1:sh-")


def test_the_wheel_goes_back_in_the_history_and_down_again(
    aimux: World, terminal: Terminal
) -> None:
    terminal.type(b"seq 1 200; echo e''nd\r")
    terminal.wait_for("end")
    for _ in range(4):
        terminal.press_mouse(row=5, column=5, button=WHEEL_UP)
    terminal.wait_for("[15/180]")
    terminal.wait_for(lambda: "\n170\n" in terminal.text and "\nend" not in terminal.text)
    for _ in range(4):
        terminal.press_mouse(row=5, column=5, button=WHEEL_DOWN)
    terminal.wait_for("end")
    wait_until(lambda: aimux.ask("#{pane_in_mode}") == "0")
    terminal.type(b"echo awa''ke\r")
    terminal.wait_for("awake")


def test_a_program_that_asks_gets_the_mouse(aimux: World, terminal: Terminal) -> None:
    aimux.do("set", "-g", "mouse", "off")
    terminal.type(b"stty raw; printf '\\033[?1000h\\033[?1006h'; head -c 9 | od -c; stty sane\r")
    wait_until(lambda: aimux.ask("#{mouse_standard_flag}") == "1")
    terminal.wait_for(lambda: terminal.output.count(b"\x1b[?1000h") > 0)
    terminal.click(row=4, column=6)
    terminal.wait_for("033   [   <   0   ;   7   ;   5   M")


SHIFT = 4
WITH_MOUSE = "stty raw -echo; printf '\\033[?1002h\\033[?1006h one two three'; exec cat -v"


def shift_drag(terminal: Terminal, *, start: int, end: int) -> None:
    terminal.press_mouse(row=0, column=start, button=SHIFT)
    for column in (start + 1, end):
        terminal.press_mouse(row=0, column=column, button=SHIFT + DRAG)
    terminal.press_mouse(row=0, column=end, button=SHIFT, release=True)


def test_shift_selects_past_the_programs_mouse(aimux: World, terminal: Terminal) -> None:
    aimux.do("respawn-pane", "-k", "-t", "work:", WITH_MOUSE)
    terminal.wait_for("one two three")
    shift_drag(terminal, start=5, end=8)  # emacs' selection ends before the cursor
    wait_until(lambda: aimux.run("show-buffer").stdout == "two")
    wait_until(lambda: aimux.ask("#{pane_in_mode}") == "0")
    terminal.press_mouse(row=5, column=10)
    terminal.wait_for("^[[<0;11;6M")
    assert "<4;" not in terminal.text
    assert "<36;" not in terminal.text


def test_a_double_click_with_shift_copies_a_word_of_it(aimux: World, terminal: Terminal) -> None:
    aimux.do("respawn-pane", "-k", "-t", "work:", WITH_MOUSE)
    terminal.wait_for("one two three")
    for _ in range(2):
        terminal.press_mouse(row=0, column=10, button=SHIFT)
        terminal.press_mouse(row=0, column=10, button=SHIFT, release=True)
    wait_until(lambda: aimux.run("show-buffer").stdout == "three")
    assert "<4;" not in terminal.text
