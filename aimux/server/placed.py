"""Where a pane, or the part of it that fits, stands on a client's screen."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from aimux.model.floats import with_border
from aimux.model.layout_cell import Box
from aimux.model.pane import Pane


class Placed(Struct, frozen=True):
    """A pane that is at least partly on the client's screen.

    Attributes:
        columns: Cells of the pane that the client has room for.
        rows: Rows of the pane that the client has room for.
        top: The pane's first row that is shown.
        left: The pane's first column that is shown.
        colours: Of its cells that have none, as the parameters of SGR.
        gutter: The visible cells of its scrollbar, with padding; None if there are none.
    """

    pane: Pane
    column: int
    row: int
    columns: int
    rows: int
    top: int
    left: int = 0
    colours: str = ""
    gutter: Box | None = None

    @property
    def is_cut(self) -> bool:
        """Whether the client lacks some of the pane's columns."""
        return self.columns < self.pane.columns

    @property
    def frame(self) -> Box:
        """The whole pane, if it floats, with its border; also what the client has no room for."""
        box = self.pane.box
        column = self.column - self.left - (self.pane.column - box.column)
        return with_border(Box(column, self.row - self.top, box.columns, box.rows))

    @property
    def gutter_start(self) -> int:
        """The first cell of the scrollbar, or of its padding, that is seen: 0 for the whole."""
        if self.gutter is None or self.pane.scrollbar is None or not self.pane.scrollbar.on_left:
            return 0
        return self.pane.gutter - self.gutter.columns

    @property
    def whole(self) -> Box:
        """What is seen of the pane and its scrollbar."""
        if self.gutter is None:
            return Box(self.column, self.row, self.columns, self.rows)
        column = min(self.column, self.gutter.column)
        return Box(column, self.row, self.columns + self.gutter.columns, self.rows)


def covers(box: Box, column: int, row: int) -> bool:
    """Whether a cell belongs to a box."""
    return box.column <= column < box.column + box.columns and box.row <= row < box.row + box.rows


def with_gutter(placed: Placed, edge: int) -> Placed:
    """A pane that has a scrollbar, with the cells of that which are seen.

    Args:
        placed: The pane.
        edge: The terminal's column behind the last that shows the window.
    """
    pane = placed.pane
    if pane.scrollbar is not None and pane.scrollbar.on_left:
        stop = placed.column if not placed.left else 0
        start = max(0, stop - pane.gutter)
    else:
        start = placed.column + placed.columns
        stop = min(edge, start + pane.gutter if placed.left + placed.columns == pane.columns else 0)
    if stop <= start:
        return placed
    return replace(placed, gutter=Box(start, placed.row, stop - start, placed.rows))
