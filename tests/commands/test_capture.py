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
