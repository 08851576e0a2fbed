"""Where a pane, or the part of it that fits, stands on a client's screen."""

from __future__ import annotations

from msgspec import Struct

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
    """

    pane: Pane
    column: int
    row: int
    columns: int
    rows: int
    top: int
    left: int = 0
    colours: str = ""

    @property
    def is_cut(self) -> bool:
        """Whether the client lacks some of the pane's columns."""
        return self.columns < self.pane.columns

    @property
    def frame(self) -> Box:
        """The whole pane, if it floats, with its border; also what the client has no room for."""
        column, row = self.column - self.left, self.row - self.top
        return with_border(Box(column, row, self.pane.columns, self.pane.rows))


def covers(box: Box, column: int, row: int) -> bool:
    """Whether a cell belongs to a box."""
    return box.column <= column < box.column + box.columns and box.row <= row < box.row + box.rows
