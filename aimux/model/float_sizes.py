"""How a floating pane gets another size or place: by steps, or by its border.

What a border means is tmux 3.7's (cmd-resize-pane.c): the upper one moves the pane, the others and
the corners make it larger and smaller.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from msgspec import Struct

from aimux.ids import PaneId
from aimux.model.floats import Floats
from aimux.model.layout_cell import PANE_MINIMUM, Box, Direction


class FloatSizes(Struct, frozen=True):
    """The sizes of a window's floating panes, asked for as a layout is for those of its own."""

    floats: Floats

    def resize_pane_to(self, pane: PaneId, direction: Direction, size: int) -> None:
        """Make a pane `size` cells wide or high; its left upper corner stays."""
        box = self.floats.box(pane)
        across = direction is Direction.LEFT_RIGHT
        self.floats.put(pane, replace(box, columns=size) if across else replace(box, rows=size))

    def resize_pane_by(self, pane: PaneId, direction: Direction, change: int) -> None:
        """Move a pane's right (LEFT_RIGHT) or lower border by `change` cells."""
        box = self.floats.box(pane)
        size = box.columns if direction is Direction.LEFT_RIGHT else box.rows
        self.resize_pane_to(pane, direction, size + change)


class Grip(Enum):
    """The part of a border in one direction: the near side is the left or upper one."""

    NEAR = auto()
    FAR = auto()
    NONE = auto()


class FloatGrip(Struct, frozen=True):
    """Where the mouse holds a floating pane.

    Attributes:
        box: The pane's, when it was gripped.
        column: The place that was gripped, in cells of the window.
        row: As `column`.
    """

    box: Box
    column: int
    row: int

    def pulled_to(self, column: int, row: int) -> Box:
        """The pane's box once the mouse has gone from the grip to another place."""
        right, down = column - self.column, row - self.row
        across, along = self._across, self._along
        if along is Grip.NEAR and across is Grip.NONE:
            return replace(self.box, column=self.box.column + right, row=self.box.row + down)
        start, columns = _pulled(across, self.box.column, self.box.columns, right)
        top, rows = _pulled(along, self.box.row, self.box.rows, down)
        return Box(start, top, columns, rows)

    @property
    def _across(self) -> Grip:
        return _grip(self.column, self.box.column, self.box.columns)

    @property
    def _along(self) -> Grip:
        return _grip(self.row, self.box.row, self.box.rows)


def _grip(place: int, start: int, size: int) -> Grip:
    if place < start:
        return Grip.NEAR
    return Grip.FAR if place >= start + size else Grip.NONE


def _pulled(grip: Grip, start: int, size: int, change: int) -> tuple[int, int]:
    """Start and size of a side of the box; the end that is not held stays where it is."""
    if grip is Grip.FAR:
        return start, max(PANE_MINIMUM, size + change)
    if grip is Grip.NEAR:
        change = min(change, size - PANE_MINIMUM)
        return start + change, size - change
    return start, size
