"""Rows under an overlay: its cells instead of their own, however both are made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.server.covering import (
    Strip,
    anchored,
    cover_strips,
    cover_text,
    gaps,
    joined,
    text_cells,
)
from aimux.vt.engine import Engine
from aimux.vt.render import TRUECOLOUR, render_row, row_text

DEPTH = TRUECOLOUR
OVER = (Strip(3, 2, "\x1b[41m##\x1b[0m"),)


def seen(text: str, columns: int) -> tuple[str, str]:
    """The characters that ANSI text leaves on a row, and the row with its looks."""
    screen = Engine(columns, 1)
    screen.feed(text.encode())
    return row_text(screen.rows[0]).ljust(columns), render_row(screen.rows[0], columns)


@pytest.mark.parametrize(
    ("below", "wanted"),
    [
        ("abcdefgh", "abc##fgh"),
        ("ab\x1b[6X", "ab ##   "),
        ("日本語日", "日 ## 日"),
        ("\x1b[1mabcdefgh\x1b[0m", "abc##fgh"),
    ],
)
def test_a_row_of_text_shows_on_both_sides(below: str, wanted: str) -> None:
    text, _ = seen(cover_text(below, 8, OVER, DEPTH), 8)
    assert text.rstrip() == wanted.rstrip()


def test_looks_go_on_behind_and_do_not_reach_the_overlay() -> None:
    text = cover_text("\x1b[1;32mabcdefgh\x1b[0m", 8, OVER, DEPTH)
    assert seen(text, 8)[1] == ("\x1b[0;1;32mabc\x1b[0;41m##\x1b[0;1;32mfgh\x1b[m")


def test_only_the_end_of_a_covered_row_may_be_erased() -> None:
    assert "X" not in cover_text("ab\x1b[6X", 8, OVER, DEPTH)


@given(st.text(alphabet="ab日é \u200d", max_size=12), st.integers(0, 10), st.integers(1, 6))
def test_a_covered_row_is_exactly_as_wide(below: str, column: int, columns: int) -> None:
    screen = Engine(16, 1)
    screen.feed(below.encode())
    strips = (Strip(column, columns, "#" * columns),)
    text = cover_text(render_row(screen.rows[0], 16), 16, strips, DEPTH)
    checked = Engine(20, 1)
    checked.feed(f"{text}|".encode())
    assert checked.cursor_x == 17


def test_gaps_are_what_no_strip_covers() -> None:
    strips = (Strip(2, 6, "abcdef"), Strip(10, 2, "xy"))
    assert list(gaps(strips, 0, 14)) == [(0, 2), (8, 10), (12, 14)]
    assert list(gaps(strips, 4, 7)) == [(8, 10)]
    assert list(gaps(strips, 3, 2)) == []
    assert list(gaps((), 3, 2)) == [(3, 5)]


def test_a_layer_over_another_leaves_what_it_does_not_cover() -> None:
    below = {1: (Strip(0, 8, "abcdefgh"),), 2: (Strip(0, 1, "z"),)}
    above = {1: (Strip(2, 2, "##"),), 3: (Strip(5, 1, "#"),)}
    assert cover_strips(below, above, DEPTH) == {
        1: (Strip(0, 2, "ab"), Strip(2, 2, "##"), Strip(4, 4, "efgh")),
        2: (Strip(0, 1, "z"),),
        3: (Strip(5, 1, "#"),),
    }


def test_strips_make_a_row_with_blanks_between_them() -> None:
    assert joined((Strip(1, 2, "ab"), Strip(5, 1, "c")), 8) == " ab  c  "


def test_text_is_cut_between_its_looks() -> None:
    assert text_cells("\x1b[31mabcd\x1b[0m", 4, 1, 3, DEPTH) == "\x1b[0;31mbc\x1b[m"


def test_a_line_that_some_terminals_make_wider_is_anchored_behind_each_odd_character() -> None:
    text = anchored("\x1b[31ma❤\ufe0f b\x1b[0m\x1b[4X", 10, 256)
    assert "\x1b[2X❤\ufe0f\x1b[4G" in text
    assert text.startswith("\x1b[0;31ma")
    assert anchored("plain │ line", 12, 256).rstrip() == "plain │ line"
