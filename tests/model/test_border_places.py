"""Whose border or screen a cell is on."""

from __future__ import annotations

from aimux.ids import PaneId
from aimux.model.border_places import border_at, pane_at
from aimux.model.layout_cell import Box

LEFT, RIGHT = PaneId(1), PaneId(2)
BOXES = {LEFT: Box(0, 0, 3, 4), RIGHT: Box(4, 0, 3, 4)}


def test_the_mouse_is_on_a_pane_or_on_a_border() -> None:
    assert pane_at(BOXES, 2, 3) == LEFT
    assert pane_at(BOXES, 3, 3) is None
    assert border_at(BOXES, 3, 3) == LEFT
    assert border_at(BOXES, 5, 3) is None
