"""Commands of copy mode that tmux got after 3.3a."""

from __future__ import annotations

import pytest

from aimux.copymode.copy_mode import CopyMode
from aimux.copymode.drawing import CopyStyles
from aimux.copymode.state import CopyOptions
from aimux.styles.style import parse_style
from aimux.vt.engine import Engine


def mode(**styles: str) -> CopyMode:
    """A screen of 9 rows over 41 rows of history, with the cursor in the last."""
    screen = Engine(20, 9)
    screen.feed("\r\n".join(f"line {number} end" for number in range(50)).encode())
    looks = {name: parse_style(style) for name, style in styles.items()}
    return CopyMode(screen, CopyOptions(vi=True), styles=CopyStyles(**looks))


@pytest.mark.parametrize(
    ("command", "row", "scrolled"),
    [("scroll-middle", 4, 6), ("scroll-top", 0, 2), ("scroll-bottom", 8, 10)],
)
def test_the_cursors_line_goes_to_a_row(command: str, row: int, scrolled: int) -> None:
    copy = mode()
    for _ in range(10):
        copy.command("cursor-up")
    state = copy.state
    line = state.absolute_row
    copy.command(command)
    assert (state.row, state.scrolled, state.absolute_row) == (row, scrolled, line)


def test_where_rows_end_the_line_goes_as_near_as_it_can() -> None:
    copy = mode()
    copy.command("scroll-top")
    assert (copy.state.row, copy.state.scrolled) == (8, 0)


def test_recentring_goes_round_the_middle_the_top_and_the_bottom() -> None:
    copy = mode()
    for _ in range(20):
        copy.command("cursor-up")
    rows = []
    for _ in range(4):
        copy.command("recentre-top-bottom")
        rows.append(copy.state.row)
    assert rows == [4, 0, 8, 4]


def test_the_cursor_goes_to_the_middle_of_the_screen() -> None:
    copy = mode()
    copy.command("cursor-centre-vertical")
    copy.command("cursor-centre-horizontal")
    assert (copy.state.row, copy.state.column) == (4, 10)


def test_a_selection_grows_by_another_unit() -> None:
    copy = mode()
    copy.command("selection-mode", ("line",))
    assert copy.state.unit.name == "LINE"
    copy.command("selection-mode", ("nothing",))
    assert copy.state.unit.name == "LINE"
    copy.command("selection-mode")
    assert copy.state.unit.name == "CHARACTER"


def test_scrolling_to_the_end_may_end_the_mode() -> None:
    copy = mode()
    exits = []
    for command in ("scroll-exit-on", "scroll-exit-toggle", "scroll-exit-toggle"):
        copy.command(command)
        exits.append(copy.state.exit_at_bottom)
    copy.command("scroll-exit-off")
    assert [*exits, copy.state.exit_at_bottom] == [True, False, True, False]


def test_selection_and_position_have_styles_of_their_own() -> None:
    copy = mode(selection="bg=red", position="bg=blue")
    copy.command("begin-selection")
    copy.command("cursor-up")
    rows = copy.rows(columns=20, rows=9, depth=1 << 24)
    assert "\x1b[0;44m" in rows[0]
    assert any("\x1b[0;41m" in row for row in rows[-2:])


def test_prompts_and_output_are_gone_to_by_their_rows() -> None:
    copy = mode()
    copy.state.prompts, copy.state.outputs = (10, 20, 30, 44), (12, 32)
    rows = []
    for command in ("previous-prompt",) * 5 + ("next-prompt",) * 2:
        copy.command(command)
        rows.append(copy.state.absolute_row)
    assert rows == [44, 30, 20, 10, 10, 20, 30]
    copy.command("previous-prompt", ("-o",))
    assert (copy.state.absolute_row, copy.state.column, copy.state.row) == (12, 0, 0)


def test_rows_that_the_history_has_lost_are_no_prompts() -> None:
    screen = Engine(20, 5, history_limit=10)
    screen.feed(b"\r\n" * 99)
    copy = CopyMode(screen, CopyOptions(vi=True), styles=CopyStyles())
    copy.state.prompts = (3, 90, 97)
    for _ in range(3):
        copy.command("previous-prompt")
    assert copy.state.absolute_row + copy.state.grid.rows.dropped == 90
