"""Where the lines in borders stand, and whose border or screen a cell of the window is on."""

from __future__ import annotations

from collections.abc import Mapping

from aimux.ids import PaneId
from aimux.model.layout_cell import Box

STATUS_MARGIN = 2
"""A pane's status line begins two cells from its left and ends two before its right."""


def pane_at(boxes: Mapping[PaneId, Box], column: int, row: int) -> PaneId | None:
    """The pane whose screen holds a cell."""
    for pane, box in boxes.items():
        inside = box.column <= column < box.column + box.columns
        if inside and box.row <= row < box.row + box.rows:
            return pane
    return None


def border_at(boxes: Mapping[PaneId, Box], column: int, row: int) -> PaneId | None:
    """The pane whose right or lower border a mouse event at a cell is on."""
    for pane, box in boxes.items():
        right, bottom = box.column + box.columns, box.row + box.rows
        on_right = column == right and box.row - 1 <= row <= bottom
        if on_right or (row == bottom and box.column - 1 <= column <= right):
            return pane
    return None


def status_row(box: Box, border_status: str) -> int:
    """The row of a pane's status line: `border_status` is top or bottom."""
    return box.row - 1 if border_status == "top" else box.row + box.rows


def status_columns(box: Box) -> int:
    """Cells of a pane's status line."""
    return max(0, box.columns - 2 * STATUS_MARGIN)
