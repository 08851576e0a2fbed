"""Floating panes: places, order and what a border does."""

from __future__ import annotations

import pytest

from aimux.errors import LayoutError
from aimux.ids import PaneId
from aimux.model.float_sizes import FloatGrip, FloatSizes
from aimux.model.floats import Floats
from aimux.model.layout import Layout
from aimux.model.layout_cell import Box, Direction
from aimux.model.layout_string import checksum, dump, floating_boxes, parse_layout

ONE, TWO = PaneId(1), PaneId(2)


@pytest.fixture
def floats() -> Floats:
    floats = Floats()
    floats.put(ONE, Box(4, 2, 20, 5))
    floats.put(TWO, Box(8, 4, 20, 5))
    return floats


def test_the_newest_lies_in_front_until_another_one_is_chosen(floats: Floats) -> None:
    assert floats.front_first == [TWO, ONE]
    floats.raise_to_front(ONE)
    assert floats.front_first == [ONE, TWO]
    assert [floats.depth(pane) for pane in (ONE, TWO, PaneId(7))] == [0, 1, 3]


def test_a_pane_that_is_moved_stays_as_far_behind_as_it_was(floats: Floats) -> None:
    floats.put(ONE, Box(0, 0, 3, 3))
    assert floats.front_first == [TWO, ONE]


def test_each_new_one_stands_beside_the_one_before_and_the_first_place_comes_again() -> None:
    floats, places = Floats(), []
    for _ in range(5):
        places.append(floats.next_place(columns=14, rows=9))
        floats.remember_place(*places[-1])
    assert places == [(4, 2), (8, 4), (12, 6), (4, 8), (8, 2)]


def test_a_cell_of_each_stays_in_a_window_that_shrinks(floats: Floats) -> None:
    boxes = floats.boxes(columns=6, rows=3)
    assert boxes == {ONE: Box(4, 2, 20, 5), TWO: Box(5, 2, 20, 5)}
    floats.put(ONE, Box(-50, -50, 20, 5))
    assert floats.boxes(columns=80, rows=24)[ONE] == Box(-19, -4, 20, 5)


def test_steps_move_the_right_and_the_lower_border(floats: Floats) -> None:
    sizes = FloatSizes(floats)
    sizes.resize_pane_by(ONE, Direction.LEFT_RIGHT, 3)
    sizes.resize_pane_by(ONE, Direction.TOP_BOTTOM, -9)
    assert floats.box(ONE) == Box(4, 2, 23, 1)
    sizes.resize_pane_to(ONE, Direction.TOP_BOTTOM, 7)
    assert floats.box(ONE) == Box(4, 2, 23, 7)


@pytest.mark.parametrize(
    ("grip", "to", "box"),
    [
        ((10, 4), (13, 6), Box(8, 7, 20, 6)),  # the upper border moves
        ((25, 8), (30, 2), Box(5, 5, 25, 6)),  # the right one
        ((4, 8), (2, 8), Box(3, 5, 22, 6)),  # the left one
        ((10, 11), (0, 13), Box(5, 5, 20, 8)),  # the lower one
        ((4, 4), (6, 6), Box(7, 7, 18, 4)),  # corners
        ((25, 4), (27, 3), Box(5, 4, 22, 7)),
        ((4, 11), (3, 12), Box(4, 5, 21, 7)),
        ((25, 11), (0, 0), Box(5, 5, 1, 1)),
        ((4, 8), (60, 8), Box(24, 5, 1, 6)),  # never less than a cell
    ],
)
def test_a_border_follows_the_mouse(grip: tuple[int, int], to: tuple[int, int], box: Box) -> None:
    assert FloatGrip(Box(5, 5, 20, 6), *grip).pulled_to(*to) == box


def test_a_layout_string_names_the_floating_panes_behind_the_tiled_ones(floats: Floats) -> None:
    floats.put(ONE, Box(-3, 2, 20, 5))
    layout = Layout.single(PaneId(0), columns=80, rows=24)
    text = dump(layout, floats)
    assert text[4:] == ",80x24,0,0,0<20x5,8,4,2,20x5,-3,2,1>"
    assert int(text[:4], 16) == checksum(text[5:])
    assert floating_boxes(text) == [Box(8, 4, 20, 5), Box(-3, 2, 20, 5)]
    assert dump(parse_layout(text, [PaneId(0)])) == dump(layout)
    assert floating_boxes(dump(layout)) == []


def test_a_layout_string_with_half_a_floating_pane_is_refused() -> None:
    body = "80x24,0,0,0<20x5,8>"
    with pytest.raises(LayoutError):
        parse_layout(f"{checksum(body):04x},{body}", [PaneId(0)])
