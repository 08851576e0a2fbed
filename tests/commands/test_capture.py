"""capture-pane with the flags of tmux 3.4 to 3.7."""

from __future__ import annotations

from tests.commands.test_overlays import Desk


def test_lines_have_numbers_that_count_from_the_screens_first() -> None:
    desk = Desk()
    desk.world.pane.screen.feed("\r\n".join(f"row {number}" for number in range(30)).encode())
    desk.run("capture-pane -pL -S -2 -E 1")
    assert desk.asker.said == ["-2 row 5\n-1 row 6\n0 row 7\n1 row 8"]


def test_a_modes_screen_is_captured_where_that_is_asked_for() -> None:
    desk = Desk()
    desk.world.pane.screen.feed("\r\n".join(f"row {number}" for number in range(30)).encode())
    desk.run("copy-mode ; send-keys -X history-top ; capture-pane -pM -E 1")
    first, second = desk.asker.said[0].split("\n")
    assert first.split() == ["row", "0", "[7/7]"]
    assert second == "row 1"
    desk.asker.said.clear()
    desk.run("capture-pane -p -E 0")
    assert desk.asker.said == ["row 7"]


LINES = (
    "plain\r\n"
    "\x1b]8;;http://a.example/x\x1b\\one\x1b]8;;\x1b\\ \x1b]8;;http://b.example\x1b\\two\x1b]8;;\x1b\\"
    " \x1b]8;;http://a.example/x\x1b\\again\x1b]8;;\x1b\\\r\n"
    "wide 日\r\n\x1b[38;2;1;2;3mred\x1b[m\r\n\x1b[31;53mover\x1b[m \x1b[4mplain\r\n\x1b[m"
)


def test_flags_say_what_a_line_is() -> None:
    desk = Desk()
    pane = desk.world.pane
    pane.screen.feed((LINES + "x" * (pane.columns + 1)).encode())
    pane.prompt_rows.append(pane.screen.history.dropped)
    pane.output_rows.append(pane.screen.history.dropped + 2)
    desk.run("capture-pane -pF")
    lines = desk.asker.said[0].split("\n")
    assert [line.split()[0] for line in lines[:7]] == ["P", "HX", "OX", "X", "X", "W", "-"]
    assert lines[0] == "P plain"


def test_flags_stand_behind_numbers_and_before_the_text() -> None:
    desk = Desk()
    desk.world.pane.screen.feed(b"text")
    desk.run("capture-pane -pFL -E 0")
    assert desk.asker.said == ["0 - text"]


def test_links_are_told_of_line_by_line() -> None:
    desk = Desk()
    desk.world.pane.screen.feed(LINES.encode())
    desk.run("capture-pane -pHL")
    assert desk.asker.said == ["1 http://a.example/x http://b.example http://a.example/x"]


def test_a_link_with_an_id_is_told_of_once() -> None:
    desk = Desk()
    link = "\x1b]8;id=1;http://a.example\x1b\\one\x1b]8;;\x1b\\ "
    desk.world.pane.screen.feed((link * 2 + "\r\n" + link).encode())
    desk.run("capture-pane -pPH")
    assert desk.asker.said == ["http://a.example"]


def test_a_link_over_two_rows_is_told_of_once() -> None:
    desk = Desk()
    screen = desk.world.pane.screen
    screen.feed(f"\x1b]8;;http://a.example\x1b\\{'x' * (screen.columns + 3)}".encode())
    desk.run("capture-pane -pH")
    assert desk.asker.said == ["http://a.example"]


def test_clearing_the_history_can_forget_links() -> None:
    desk = Desk()
    screen = desk.world.pane.screen
    screen.feed(LINES.encode() + b"\x1b]8;;http://c.example\x1b\\end")
    desk.run("clear-history -H ; capture-pane -pH")
    screen.feed(b"more")
    desk.run("capture-pane -pH ; capture-pane -pe -S 3 -E 3")
    assert desk.asker.said == ["", "", "\x1b[38;2;1;2;3mred"]


def test_clearing_the_history_ends_modes() -> None:
    desk = Desk()
    desk.run("copy-mode ; clear-history ; display-message -p '#{pane_in_mode}'")
    assert desk.asker.said == ["0"]


def test_trailing_cells_that_hold_nothing_can_be_left_out_in_every_form() -> None:
    desk = Desk()
    desk.world.pane.screen.feed(b"ab  \r\n")
    for flags in ("-T", "-TN", "-TJ"):
        desk.run(f"capture-pane -p {flags} -E 0")
    assert desk.asker.said == ["ab", "ab  ", "ab  "]
