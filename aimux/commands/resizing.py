"""The sizes of panes: resize-pane, by cells, by the mouse, and zoomed."""

from __future__ import annotations

from aimux.commands.command import Aim, Call, Command
from aimux.commands.float_mouse import drag_float
from aimux.commands.numbers import number, share
from aimux.commands.telling import select_pane, tell_layout, unzoom, zoom
from aimux.model.float_sizes import FloatSizes
from aimux.model.layout import Layout
from aimux.model.layout_cell import Direction
from aimux.model.pane import Pane
from aimux.model.window import Window

GROWTH = {
    "L": (Direction.LEFT_RIGHT, -1),
    "R": (Direction.LEFT_RIGHT, 1),
    "U": (Direction.TOP_BOTTOM, -1),
    "D": (Direction.TOP_BOTTOM, 1),
}


def resize_pane(call: Call) -> None:
    """resize-pane [-DLMRTUZ] [-x width] [-y height] [-t target-pane] [adjustment]."""
    arguments = call.arguments
    window, pane = call.the_window(), call.the_pane()
    if arguments.has("M"):
        _drag_border(call, window)
    elif arguments.has("T"):
        _trim(pane)
    elif not arguments.has("Z"):
        _resize(call, window, pane)
    elif not unzoom(call.effects, window):
        select_pane(call.state, call.effects, window, pane)
        zoom(call.effects, window)


def _resize(call: Call, window: Window, pane: Pane) -> None:
    """Give a pane the size that -x and -y say, and move its borders as -L, -R, -U and -D do."""
    arguments = call.arguments
    unzoom(call.effects, window)
    step = number(arguments.text(0) or "1", "adjustment", low=1)
    sizes: Layout | FloatSizes = window.layout
    if window.is_floating(pane):
        sizes = FloatSizes(window.floats)
    for flag, direction, whole in (
        ("x", Direction.LEFT_RIGHT, window.columns),
        ("y", Direction.TOP_BOTTOM, window.rows),
    ):
        text = arguments.get(flag)
        if text is not None:
            size = share(text, "width" if flag == "x" else "height", whole=whole)
            sizes.resize_pane_to(pane.id, direction, size)
            tell_layout(call.effects, window)
    for flag, (direction, sign) in GROWTH.items():
        if arguments.has(flag):
            sizes.resize_pane_by(pane.id, direction, sign * step)
            tell_layout(call.effects, window)
    window.place_panes()


def _drag_border(call: Call, window: Window) -> None:
    """Let the border under the mouse follow it until the button is let go."""
    place, client = call.source.mouse, call.source.client
    if place is None or client is None:
        return
    if place.pane is not None and place.pane in window.drawn_floats:
        drag_float(call, window, place.pane)
        return
    at = (place.column, place.row)

    def drag(column: int, row: int) -> None:
        nonlocal at
        if window.layout.move_border(*at, column, row):
            at = (column, row)
            window.place_panes()
            tell_layout(call.effects, window)

    unzoom(call.effects, window)
    client.drag = drag


def _trim(pane: Pane) -> None:
    """Remove the rows below the cursor; as many of the history come back above it."""
    screen = pane.screen
    count = min(screen.lines - 1 - screen.cursor_y, len(screen.history))
    if pane.mode is None and count:
        screen.trim_below(count)


COMMANDS = (
    Command(
        name="resize-pane",
        alias="resizep",
        getopt="DLMRTt:Ux:y:Z",
        arity=(0, 1),
        usage="[-DLMRTUZ] [-x width] [-y height] [-t target-pane] [adjustment]",
        target=Aim.PANE,
        run=resize_pane,
    ),
)
