"""Floating panes and the mouse: dragged by the border."""

from __future__ import annotations

from aimux.commands.command import Call
from aimux.model.float_sizes import FloatGrip
from aimux.model.layout_cell import Box
from aimux.model.pane import Pane
from aimux.model.window import Window


def drag_float(call: Call, window: Window, pane: Pane) -> None:
    """Let a floating pane's border follow the mouse until the button is let go.

    Args:
        call: Of a command that a mouse key on that border runs.
        window: The window that the pane is in.
        pane: The pane; it comes to the front and becomes active.
    """
    place, client = call.source.mouse, call.source.client
    if place is None or client is None:
        return
    box = Box(pane.column, pane.row, pane.columns, pane.rows)
    grip = FloatGrip(box, place.column, place.row)

    def drag(column: int, row: int) -> None:
        if pane in window.drawn_floats:
            window.floats.put(pane.id, grip.pulled_to(column, row))
            window.place_panes()

    window.select(pane, point=call.state.new_point())
    client.drag = drag
