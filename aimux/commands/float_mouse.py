"""Floating panes and the mouse: dragged by the border, or as a whole."""

from __future__ import annotations

from dataclasses import replace

from aimux.commands.command import Call
from aimux.commands.telling import select_pane, tell_layout
from aimux.model.float_sizes import FloatGrip
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
    box = pane.box
    grip = FloatGrip(box, place.column, place.row)

    def drag(column: int, row: int) -> None:
        if pane in window.drawn_floats:
            window.floats.put(pane.id, grip.pulled_to(column, row))
            window.place_panes()
            tell_layout(call.effects, window)

    select_pane(call.state, call.effects, window, pane)
    client.drag = drag


def move_float(call: Call, window: Window, pane: Pane, *, column: int, row: int) -> None:
    """Let a floating pane, held at a cell of the window, follow the mouse in its size."""
    client = call.source.client
    if client is None:
        return
    box = pane.box

    def drag(to_column: int, to_row: int) -> None:
        if pane in window.drawn_floats:
            right, down = to_column - column, to_row - row
            moved = replace(box, column=box.column + right, row=box.row + down)
            window.floats.put(pane.id, moved)
            window.place_panes()
            tell_layout(call.effects, window)

    select_pane(call.state, call.effects, window, pane)
    client.drag = drag
