"""drag-pane: a pane that follows the mouse to another one's place; one that floats, anywhere."""

from __future__ import annotations

from aimux.commands.command import Call, Command
from aimux.commands.effects import Effects
from aimux.commands.float_mouse import move_float
from aimux.commands.pane_places import exchange
from aimux.commands.telling import select_pane, tell_layout, unzoom
from aimux.ids import PaneId
from aimux.model.border_places import STATUS_MARGIN, pane_at, status_columns, status_row
from aimux.model.layout_cell import Box
from aimux.model.pane import Pane
from aimux.model.window import Window


def drag_pane(call: Call) -> None:
    """drag-pane: aimux's own, for a key of the mouse; elsewhere it does nothing."""
    place, client = call.source.mouse, call.source.client
    if place is None or client is None or place.link is None:
        return
    window = place.link.window
    inside = place.pane if call.source.key.endswith("Pane") else None
    held = inside or place.pane
    if held is not None and held in window.drawn_floats:
        column = place.column + (held.column if inside else 0)
        row = place.row + (held.row if inside else 0)
        move_float(call, window, held, column=column, row=row)
        return
    pane = inside or _pane_of_line(window, place.column, place.row)
    if pane is None or len(window.tiled_panes) < 2:
        return
    unzoom(call.effects, window)
    select_pane(call.state, call.effects, window, pane)
    if window.is_floating(pane):
        return
    client.drag = _Drag(call.effects, window, pane).move


def _pane_of_line(window: Window, column: int, row: int) -> Pane | None:
    """The pane whose line in the border is at a cell of the window."""
    for pane in window.drawn_tiled:
        box = pane.box
        start = box.column + STATUS_MARGIN
        if window.border_status == "off" or row != status_row(box, window.border_status):
            continue
        if start <= column < start + status_columns(box):
            return pane
    return None


class _Drag:
    """A drag of one pane: it stands where the pane below the mouse stood when the drag began.

    So what is seen while the button is held is what will be, and a pane that the mouse only passes
    stays where it is.
    """

    def __init__(self, effects: Effects, window: Window, pane: Pane) -> None:
        self._effects = effects
        self._window = window
        self._pane = pane
        self._boxes: dict[PaneId, Box] = {one.id: one.box for one in window.tiled_panes}
        self._other: Pane | None = None

    def move(self, column: int, row: int) -> None:
        """Follow the mouse to a cell of the window."""
        window, panes = self._window, self._window.tiled_panes
        found = pane_at(self._boxes, column, row)
        target = window.pane(found) if found is not None else None
        # A pane that has ended since has taken its place with it.
        if target is None or target is self._other or len(panes) != len(self._boxes):
            return
        for other in (self._other, target):
            if other is not None and other is not self._pane and {other, self._pane} <= {*panes}:
                exchange((window, self._pane), (window, other))
        self._other = target
        tell_layout(self._effects, window)


COMMANDS = (
    Command(
        name="drag-pane",
        alias=None,
        is_addition=True,
        getopt="",
        arity=(0, 0),
        usage="",
        run=drag_pane,
    ),
)
