"""Numbers beside the rows of copy mode, as tmux 3.7c counts and places them."""

from __future__ import annotations

import re

import pytest

from aimux.copymode.copy_mode import CopyMode
from aimux.copymode.drawing import CopyStyles
from aimux.copymode.state import CopyOptions
from aimux.styles.style import parse_style
from aimux.vt.engine import Engine

COLUMNS, ROWS = 30, 5
DEPTH = 1 << 24


def screen(text: str) -> Engine:
    engine = Engine(COLUMNS, ROWS, history_limit=5000)
    engine.feed(text.replace("\n", "\r\n").encode())
    return engine


def mode(numbers: str, text: str = "") -> CopyMode:
    text = text or "\n".join(f"line {number}" for number in range(1, 13))
    return CopyMode(screen(text), CopyOptions(line_numbers=numbers))


def rows(copy: CopyMode) -> list[str]:
    texts = copy.rows(columns=COLUMNS, rows=ROWS, depth=DEPTH)
    return [re.sub(r"\x1b\[[0-9;]*[mX]", "", text) for text in texts]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("default", ["  2 line 6", "  1 line 7", "  0 line 8", "  1 line 9", "  2 line 10"]),
        ("absolute", ["  6 line 6", "  7 line 7", "  8 line 8", "  9 line 9", " 10 line 10"]),
        ("relative", ["  4 line 6", "  3 line 7", "  2 line 8", "  1 line 9", "  0 line 10"]),
        ("hybrid", ["  4 line 6", "  3 line 7", "  2 line 8", "  1 line 9", " 10 line 10"]),
    ],
)
def test_each_kind_counts_in_its_way(numbers: str, expected: list[str]) -> None:
    copy = mode(numbers)
    copy.command("scroll-up", times=2)
    copy.state.row = ROWS - 1
    assert [row[:11].rstrip() for row in rows(copy)] == expected


def test_without_the_option_there_is_nothing_beside_the_rows() -> None:
    assert rows(mode("off"))[0].startswith("line 8")


@pytest.mark.parametrize(("lines", "columns"), [(3, 4), (990, 4), (1200, 5)])
def test_the_numbers_take_as_many_cells_as_the_last_one_needs(lines: int, columns: int) -> None:
    copy = mode("absolute", "\n".join(["x"] * lines))
    assert rows(copy)[2].index("x") == columns


def test_the_place_is_counted_as_the_lines_are() -> None:
    assert "[0/7]" in rows(mode("default"))[0]
    assert "[8/12]" in rows(mode("absolute"))[0]


def test_the_cursor_stands_where_its_cell_is_seen() -> None:
    copy = mode("absolute", "abc")
    assert copy.cursor() == (0, 3 + 4)
    copy = mode("absolute", "x" * COLUMNS)
    copy.state.column = COLUMNS - 2
    assert copy.cursor() == (0, COLUMNS - 1)


def test_the_mouse_selects_what_is_seen_below_it() -> None:
    copy = mode("absolute", "abcdefgh")
    copy.start_drag(2 + 4, 0)
    copy.drag_to(5 + 4, 0)
    assert copy.state.selected() == "cde"
    copy.place_cursor(1, 0)
    assert copy.state.column == 0


def test_wide_characters_and_the_selection_move_with_their_rows() -> None:
    copy = CopyMode(
        screen("日本 abc"),
        CopyOptions(line_numbers="absolute"),
        styles=CopyStyles(
            selection=parse_style("bg=yellow"),
            current_number=parse_style("fg=red"),
            number=parse_style("dim"),
        ),
    )
    copy.command("start-of-line")
    copy.command("begin-selection")
    copy.command("cursor-right")
    text, below = copy.rows(columns=COLUMNS, rows=ROWS, depth=DEPTH)[:2]
    assert text.startswith("\x1b[0;31m  1 \x1b[0;43m日\x1b[m本 abc")
    assert below.startswith("\x1b[0;2m  2 ")


def test_goto_line_counts_from_the_top_where_the_numbers_do() -> None:
    copy = mode("absolute")
    copy.command("goto-line", ("3",))
    assert copy.state.top == 2
    copy = mode("off")
    copy.command("goto-line", ("3",))
    assert copy.state.scrolled == 3
