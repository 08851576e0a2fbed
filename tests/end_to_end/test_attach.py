"""A person at a terminal: what is typed, seen, split, moved to, and left."""

from __future__ import annotations

import pytest

from tests.end_to_end.world import PREFIX, World
from tests.terminal import Terminal
from tests.waiting import wait_until

ARROWS = {"Up": b"\x1b[A", "Down": b"\x1b[B", "Right": b"\x1b[C", "Left": b"\x1b[D"}
CONTROL_ARROWS = {"Up": b"\x1b[1;5A", "Left": b"\x1b[1;5D"}


@pytest.fixture
def terminal(aimux: World) -> Terminal:
    """80 columns and 24 rows, attached to the session `work`."""
    return aimux.attached()


def wait_for_format(aimux: World, template: str, expected: str) -> None:
    """Wait until a format of the session has a value."""
    value = ""

    def has_it() -> bool:
        nonlocal value
        value = aimux.ask(template)
        return value == expected

    wait_until(has_it, state=lambda: f"{template} is {value!r} and not {expected!r}")


def press(terminal: Terminal, *keys: bytes) -> None:
    """Press the prefix and a key, for each key."""
    for key in keys:
        terminal.type(PREFIX + key)


def test_what_is_typed_runs_and_its_output_is_seen(terminal: Terminal) -> None:
    terminal.type(b"echo he''llo\r")
    terminal.wait_for("hello")
    terminal.wait_for("[work] 0:sh*")


def test_text_of_every_kind_arrives(terminal: Terminal) -> None:
    terminal.type("printf '<%s>\\n' 'äöü 漢字 🙂'\r".encode())
    terminal.wait_for("<äöü 漢")


def test_percent_puts_a_pane_beside_and_quote_one_below(aimux: World, terminal: Terminal) -> None:
    press(terminal, b"%")
    terminal.wait_for(lambda: all(row[40:41] == "│" for row in terminal.rows[:23]))
    press(terminal, b'"')
    terminal.wait_for("├" + 39 * "─")
    layout = aimux.do("list-panes", "-F", "#{pane_left},#{pane_top} #{pane_width}x#{pane_height}")
    assert layout.split("\n")[:3] == ["0,0 40x23", "41,0 39x11", "41,12 39x11"]
    terminal.type(b"echo corn''er\r")
    terminal.wait_for(lambda: "corner" in terminal.rows[13][41:])


def test_arrows_and_o_move_between_panes(aimux: World, terminal: Terminal) -> None:
    press(terminal, b"%", b'"')
    wait_for_format(aimux, "#{pane_index}", "2")
    for key, index in (
        (ARROWS["Up"], 1),
        (ARROWS["Left"], 0),
        (b"o", 1),
        (ARROWS["Down"], 2),
        (b"o", 0),
        (ARROWS["Right"], 2),
    ):
        press(terminal, key)
        wait_for_format(aimux, "#{pane_index}", str(index))


def test_z_shows_one_pane_alone_and_all_again(aimux: World, terminal: Terminal) -> None:
    press(terminal, b"%")
    terminal.wait_for("│")
    press(terminal, b"z")
    terminal.wait_for(lambda: "│" not in terminal.text)
    terminal.wait_for("0:sh*Z")
    assert aimux.ask("#{pane_width}x#{pane_height}") == "80x23"
    press(terminal, b"z")
    terminal.wait_for("│")
    assert aimux.ask("#{pane_width}x#{pane_height}") == "39x23"


def test_control_arrows_move_a_border(aimux: World, terminal: Terminal) -> None:
    press(terminal, b"%")
    terminal.wait_for(lambda: terminal.rows[0][40:41] == "│")
    press(terminal, CONTROL_ARROWS["Left"])
    terminal.type(CONTROL_ARROWS["Left"])  # repeats without the prefix
    terminal.wait_for(lambda: terminal.rows[0][38:39] == "│")
    wait_for_format(aimux, "#{pane_width}", "41")
    assert "│" not in terminal.rows[0][39:]


def test_x_closes_a_pane_after_a_question(aimux: World, terminal: Terminal) -> None:
    press(terminal, b"%")
    terminal.wait_for("│")
    press(terminal, b"x")
    terminal.wait_for("kill-pane 1? (y/n)")
    terminal.type(b"y")
    terminal.wait_for(lambda: "│" not in terminal.text)
    assert aimux.ask("#{window_panes}") == "1"


def test_windows_are_made_and_gone_to(terminal: Terminal) -> None:
    press(terminal, b"c", b"c")
    terminal.wait_for("0:sh  1:sh- 2:sh*")
    for key, seen in (
        (b"n", "0:sh* 1:sh  2:sh-"),
        (b"p", "0:sh- 1:sh  2:sh*"),
        (b"1", "0:sh  1:sh* 2:sh-"),
        (b"0", "0:sh* 1:sh- 2:sh"),
    ):
        press(terminal, key)
        terminal.wait_for(seen)


def test_w_chooses_a_window_from_a_tree(terminal: Terminal) -> None:
    press(terminal, b"c", b"w")
    terminal.wait_for("(0)")
    terminal.wait_for("0: sh")
    terminal.type(ARROWS["Up"] + b"\r")
    terminal.wait_for("0:sh* 1:sh-")


def test_comma_names_the_window(terminal: Terminal) -> None:
    press(terminal, b",")
    terminal.wait_for("(rename-window) sh")
    terminal.type(b"\x15logs of sport\x7f\x7fs\r")
    terminal.wait_for("0:logs of spos*")


def test_colon_takes_a_command(terminal: Terminal) -> None:
    press(terminal, b":")
    terminal.wait_for(lambda: terminal.rows[23].startswith(":"))
    terminal.type(b"split-window -h; rename-window both\r")
    terminal.wait_for("│")
    terminal.wait_for("0:both*")


def test_colon_says_what_is_wrong_with_a_command(terminal: Terminal) -> None:
    press(terminal, b":")
    terminal.wait_for(lambda: terminal.rows[23].startswith(":"))
    terminal.type(b"no-such\r")
    terminal.wait_for("Unknown command: no-such")


def test_question_mark_shows_the_keys_until_q(terminal: Terminal) -> None:
    terminal.type(b"echo be''fore\r")
    terminal.wait_for("before")
    press(terminal, b"?")
    terminal.wait_for("Break pane to a new window")
    terminal.type(b"q")
    terminal.wait_for("before")
    assert "Break pane" not in terminal.text


def test_two_terminals_of_different_size_show_the_same_session(
    aimux: World, terminal: Terminal
) -> None:
    wide = aimux.attached(columns=100, rows=30)
    wait_for_format(aimux, "#{window_width}x#{window_height}", "100x29")
    wide.type(b"echo from''wide\r")
    for one in (terminal, wide):
        one.wait_for("fromwide")
    terminal.type(b"echo from''small\r")
    for one in (terminal, wide):
        one.wait_for("fromsmall")
    wait_for_format(aimux, "#{window_width}x#{window_height}", "80x23")
    assert len(aimux.do("list-clients").splitlines()) == 2


def test_a_terminal_that_grows_shows_more(aimux: World, terminal: Terminal) -> None:
    terminal.resize(columns=90, rows=30)
    wait_for_format(aimux, "#{pane_width}x#{pane_height}", "90x29")
    terminal.wait_for(lambda: terminal.rows[29].startswith("[work]"))
    terminal.type(b"stty size\r")
    terminal.wait_for("29 90")


def test_the_sidebar_takes_its_columns_of_a_wide_terminal(aimux: World) -> None:
    terminal = aimux.attached(columns=140, rows=40)
    wait_for_format(aimux, "#{window_width}", str(140 - 36))
    terminal.type(b"echo $COLUMNS; stty size\r")
    terminal.wait_for("39 104")


def test_a_nested_client_is_refused(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "sh")
    inside = f"{aimux.command_line('attach')}; echo status $?"
    aimux.do("send-keys", "-t", "work", inside, "Enter")
    found = aimux.wait_for("status 1", "work")
    assert "sessions should be nested with care, unset $AIMUX to force\n" in found
