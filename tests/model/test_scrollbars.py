"""Scrollbars: their geometry, as tmux 3.7c was seen to draw it."""

from __future__ import annotations

import pytest

from aimux.model.layout_cell import Box
from aimux.model.scrollbars import Scrollbar, Slider, offset_at, slider


@pytest.mark.parametrize(
    ("rows", "above", "offset", "expected"),
    [
        (19, 0, None, Slider(0, 19)),
        (19, 182, None, Slider(18, 1)),
        (19, 12, None, Slider(8, 11)),
        (19, 12, 0, Slider(0, 11)),
        (19, 12, 12, Slider(7, 11)),
        (19, 182, 95, Slider(9, 1)),
        (1, 1000, 1000, Slider(0, 1)),
    ],
)
def test_the_slider_shows_which_part_is_seen(
    rows: int, above: int, offset: int | None, expected: Slider
) -> None:
    assert slider(rows, above=above, offset=offset) == expected


def test_a_slider_that_is_put_somewhere_shows_that_part() -> None:
    assert [offset_at(top, 19, above=182) for top in (0, 9, 18)] == [0, 95, 182]


def test_a_bar_takes_its_cells_from_the_pane() -> None:
    box = Box(10, 2, 30, 5)
    assert Scrollbar(1, 0, on_left=False).beside(box) == Box(10, 2, 29, 5)
    assert Scrollbar(2, 1, on_left=True).beside(box) == Box(13, 2, 27, 5)


def test_a_pane_keeps_a_column_however_wide_the_bar_is() -> None:
    assert Scrollbar(500, 3, on_left=False).beside(Box(4, 0, 8, 5)) == Box(4, 0, 1, 5)
    assert Scrollbar(500, 3, on_left=True).beside(Box(4, 0, 8, 5)) == Box(11, 0, 1, 5)


def test_the_padding_is_beside_the_pane() -> None:
    assert [Scrollbar(2, 1, on_left=False).is_bar(cell) for cell in range(3)] == [0, 1, 1]
    assert [Scrollbar(2, 1, on_left=True).is_bar(cell) for cell in range(3)] == [1, 1, 0]
