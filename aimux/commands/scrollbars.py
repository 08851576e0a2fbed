"""Scrollbars and the mouse: where the slider of a pane stands, and how it is dragged."""

from __future__ import annotations

from aimux.commands.command import Call
from aimux.commands.mode_stack import leave
from aimux.copymode.copy_mode import CopyMode
from aimux.model.pane import Pane
from aimux.model.scrollbars import Slider, offset_at, slider


def slider_of(pane: Pane) -> Slider:
    """Where the slider of a pane's scrollbar stands now."""
    mode = pane.mode
    if isinstance(mode, CopyMode):
        return slider(pane.rows, above=mode.state.grid.above, offset=mode.state.top)
    above = len(pane.screen.history) if mode is None else 0
    return slider(pane.rows, above=above)


class SliderDrag:
    """The slider of a pane that follows the mouse, and copy mode that shows what it stands for.

    Args:
        call: The command that a key of the mouse runs on the slider.
        pane: The pane, before or in copy mode.
        exits: Copy mode ends once its last row is shown.
    """

    def __init__(self, call: Call, pane: Pane, *, exits: bool) -> None:
        place = call.source.mouse
        self._call = call
        self._pane = pane
        self._exits = exits
        self._held = 0 if place is None else place.row - slider_of(pane).top

    def start(self) -> None:
        """Let it follow the mouse until the button is let go."""
        place, client = self._call.source.mouse, self._call.source.client
        if place is not None and client is not None and place.pane is self._pane:
            self._scroll(place.row)
            client.drag = self.move

    def move(self, _column: int, row: int) -> None:
        """Follow the mouse to a cell of the window."""
        self._scroll(row - self._pane.row)

    def _scroll(self, row: int) -> None:
        pane, mode = self._pane, self._pane.mode
        if not isinstance(mode, CopyMode):
            return
        room = pane.rows - slider_of(pane).rows
        top = max(0, min(room, row - self._held))
        mode.show_from(offset_at(top, pane.rows, above=mode.state.grid.above))
        if self._exits and not mode.state.scrolled:
            leave(pane)
