"""Parts of rows: looks stay, and halves of wide cells become blanks."""

from __future__ import annotations

import pytest

from aimux.vt.engine import Engine
from aimux.vt.render import render_row, row_text
from aimux.vt.row import Row
from aimux.vt.slices import slice_of


def row_of(text: str, columns: int = 12) -> Row:
    screen = Engine(columns, 1)
    screen.feed(text.encode())
    return screen.rows[0]


@pytest.mark.parametrize(
    ("start", "stop", "text"),
    [
        (0, 12, "a日b語ce\u0301"),
        (0, 2, "a "),
        (1, 3, "日"),
        (2, 5, " b "),
        (5, 9, " ce\u0301"),
        (9, 12, ""),
    ],
)
def test_a_wide_character_is_whole_or_blank(start: int, stop: int, text: str) -> None:
    assert row_text(slice_of(row_of("a日b語ce\u0301"), start, stop)) == text


def test_a_part_looks_as_it_did() -> None:
    row = row_of("ab\x1b[31mcd\x1b[44mef")
    assert render_row(slice_of(row, 3, 5), 2) == "\x1b[0;31md\x1b[0;31;44me\x1b[m"


def test_the_row_itself_stays_as_it_is() -> None:
    row = row_of("日本")
    slice_of(row, 1, 3)
    assert row_text(row) == "日本"
