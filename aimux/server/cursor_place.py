"""Where the cursor stands in a pane or a popup, and how it looks (tmux(1), `cursor-style`)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from aimux.model.cursor_colour import cursor_colour
from aimux.model.cursor_shapes import CURSOR_SHAPES
from aimux.model.overlay import Overlay
from aimux.model.pane import Pane
from aimux.model.popup import Popup
from aimux.protocol.picture_messages import Cursor
from aimux.server.placed import Placed, covers

HIDDEN = Cursor(0, 0, visible=False, shape=0)


def pane_cursor(active: Pane, floats: Sequence[Placed], tiled: Sequence[Placed]) -> Cursor:
    """Where the active pane has the cursor; hidden where another pane floats above it."""
    placed = next((one for one in (*floats, *tiled) if one.pane is active), None)
    if placed is None:
        return HIDDEN
    cursor = _cursor_of(active, placed)
    above = floats[: floats.index(placed)] if placed in floats else floats
    is_covered = any(covers(one.frame, cursor.column, cursor.row) for one in above)
    return HIDDEN if is_covered else cursor


def _cursor_of(active: Pane, placed: Placed) -> Cursor:
    if active.mode is not None:
        place = active.mode.cursor()
        return _cursor_at(placed, *place, shape=0) if place is not None else HIDDEN
    screen = active.screen
    if not screen.cursor_visible:
        return HIDDEN
    at = _cursor_at(placed, screen.cursor_y, screen.cursor_x, shape=_shape_of(active))
    return structs.replace(at, colour=_colour_of(active)) if at.visible else at


def _cursor_at(placed: Placed, row: int, column: int, *, shape: int) -> Cursor:
    row, column = row - placed.top, column - placed.left
    if not (0 <= row < placed.rows and 0 <= column < placed.columns):
        return HIDDEN
    return Cursor(placed.row + row, placed.column + column, visible=True, shape=shape)


def overlay_cursor(overlay: Overlay) -> Cursor:
    """A popup's program has a cursor, unless the popup's menu is open."""
    if not isinstance(overlay, Popup) or overlay.menu is not None:
        return HIDDEN
    screen, box, border = overlay.pane.screen, overlay.box, overlay.border
    row, column = box.row + border + screen.cursor_y, box.column + border + screen.cursor_x
    inside = screen.cursor_y < box.rows - 2 * border and screen.cursor_x < box.columns - 2 * border
    if not screen.cursor_visible or not inside:
        return HIDDEN
    return Cursor(row, column, visible=True, shape=screen.cursor_shape)


def _shape_of(pane: Pane) -> int:
    """What its program asked for, or else `cursor-style`."""
    return pane.screen.cursor_shape or CURSOR_SHAPES[pane.options.text("cursor-style")]


def _colour_of(pane: Pane) -> int:
    """What its program asked for (OSC 12), or else `cursor-colour`."""
    colours = pane.screen.colours
    if colours.is_changed(12):
        return colours.cursor
    return cursor_colour(pane.options.text("cursor-colour"))
