"""Where everything stands on a client's screen: panes, borders, status line and what lies over."""

from __future__ import annotations

from msgspec import Struct

from aimux.commands.client_view import View
from aimux.ids import PaneId
from aimux.model.layout_cell import Box
from aimux.model.pane import Pane
from aimux.protocol.picture_messages import Cells, PaneBox
from aimux.server.placed import Placed
from aimux.server.tab_row import TabRow

PATCH = -1
"""What stands for a pane's identity where a client is told of the patch."""
GUTTERS = 1 << 30
"""What is added to a pane's identity where a client is told of its scrollbar."""


class Picture(Struct, frozen=True):
    """Where everything stands on a client's screen.

    Attributes:
        first_row: The window's first row on the screen: 1 or more below a status line on top.
        view: What is shown of the window.
        status_rows: The rows of the status line.
        tabs: The row of tabs of a narrow terminal, just above the window; None where there is none.
        patch: The rows of the window that an overlay or a floating pane stands on. They are drawn
            as whole rows, so that no pane's edge cuts what stands on it; what `placed` has there
            is not seen.
        patched_borders: The borders in these rows.
        floats: The floating panes, the front one first; the client is not told of them.
        hint: Where the client's hints stand, which are strips as an overlay is.
    """

    columns: int
    rows: int
    first_row: int
    view: View
    placed: tuple[Placed, ...]
    borders: tuple[Cells, ...]
    status_rows: tuple[int, ...]
    patch: Box | None = None
    patched_borders: tuple[Cells, ...] = ()
    floats: tuple[Placed, ...] = ()
    tabs: TabRow | None = None
    hint: Box | None = None

    def shows(self, pane: Pane) -> bool:
        """Whether a part of a pane is on the screen."""
        return self.of(pane) is not None

    def of(self, pane: Pane) -> Placed | None:
        """Where a pane stands; None if no part of it is on the screen."""
        return next((one for one in (*self.floats, *self.placed) if one.pane is pane), None)

    def tab_at(self, column: int, row: int) -> PaneId | None:
        """The pane whose tab stands at a cell of the terminal."""
        if self.tabs is None or row != self.first_row - 1:
            return None
        return self.tabs.pane_at(column)

    @property
    def boxes(self) -> tuple[PaneBox, ...]:
        """The patch and the panes below it, as the client is told of them."""
        patch = () if self.patch is None else ((PATCH, self.patch),)
        panes = ((one.pane.id, one) for one in self.placed)
        gutters = (
            (GUTTERS + one.pane.id, one.gutter) for one in self.placed if one.gutter is not None
        )
        return tuple(
            PaneBox(number, box.column, box.row, box.columns, box.rows, active=False)
            for number, box in (*patch, *panes, *gutters)
        )

    def is_patched(self, row: int) -> bool:
        """Whether a row of the terminal belongs to the patch."""
        patch = self.patch
        return patch is not None and patch.row <= row < patch.row + patch.rows
