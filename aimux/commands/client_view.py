"""Which part of a window a client shows that is smaller than it (tmux: tty_window_offset)."""

from __future__ import annotations

from msgspec import Struct

from aimux.commands.one_pane import is_narrow, tab_rows
from aimux.ids import PaneId
from aimux.model.client import Client, Pan
from aimux.model.options import Options
from aimux.model.pane import Pane


def status_rows(options: Options) -> int:
    """How many rows the status line takes."""
    value = options.text("status")
    return {"off": 0, "on": 1}.get(value) if value in ("off", "on") else int(value)  # type: ignore[return-value]  # both keys are there


class View(Struct, frozen=True):
    """A part of a window.

    Attributes:
        column: The window's first column that is shown.
        row: Its first row that is shown.
        columns: Cells that the client has for it.
        rows: Rows that the client has for it.
        is_part: Whether the window is higher or wider than these.
        only: The one pane that a narrow client shows; None for all that is there.
    """

    column: int
    row: int
    columns: int
    rows: int
    is_part: bool
    only: PaneId | None = None


def view_of(client: Client) -> View:
    """What a client shows of its session's current window.

    It follows the cursor of the client's pane, unless the client was panned in this window. Panning
    ends, as in tmux, once the window fits or another one is shown.
    """
    session, pane = client.session, client.pane
    if session is None or pane is None:
        raise AssertionError(f"client {client.name} shows no window")
    window = session.window
    columns = client.window_columns
    rows = window_rows(client)
    if is_narrow(client) and len(window.visible_panes) > 1:
        return _view_of_pane(pane, columns, rows)
    if columns >= window.columns and rows >= window.rows:
        client.pan = None
        return View(0, 0, columns, rows, is_part=False)
    pan = client.pan
    if pan is not None and pan.window == window.id:
        pan.column = max(0, min(pan.column, window.columns - columns))
        pan.row = max(0, min(pan.row, window.rows - rows))
        return View(pan.column, pan.row, columns, rows, is_part=True)
    client.pan = None
    row, column = _cursor(pane)
    return View(
        _offset(column, columns, window.columns),
        _offset(row, rows, window.rows),
        columns,
        rows,
        is_part=True,
    )


def window_rows(client: Client) -> int:
    """Rows that a client has for a window, below or above its status line and its tabs."""
    if client.session is None:
        return client.rows
    lines = status_rows(client.session.options) + tab_rows(client)
    return client.rows - min(lines, max(0, client.rows - 1))


def _view_of_pane(pane: Pane, columns: int, rows: int) -> View:
    """The part of a pane with its cursor; what stands beside it in the window is not shown."""
    row, column = _cursor(pane)
    box = pane.box
    columns, rows = min(columns, box.columns), min(rows, pane.rows)
    return View(
        box.column + _offset(max(0, column - box.column), columns, box.columns),
        pane.row + _offset(max(0, row - pane.row), rows, pane.rows),
        columns,
        rows,
        is_part=True,
        only=pane.id,
    )


def _cursor(pane: Pane) -> tuple[int, int]:
    """Row and column of the pane's cursor in its window; a hidden one counts as the first cell."""
    if pane.mode is not None:
        place = pane.mode.cursor()
    else:
        screen = pane.screen
        place = (screen.cursor_y, screen.cursor_x) if screen.cursor_visible else None
    return (0, 0) if place is None else (pane.row + place[0], pane.column + place[1])


def _offset(cursor: int, room: int, whole: int) -> int:
    """The first cell shown: the cursor is in the middle, or as near to it as the ends allow."""
    if cursor < room:
        return 0
    return whole - room if cursor > whole - room else cursor - room // 2


def part_shown(client: Client) -> View | None:
    """The part of a window that a client shows; None if it shows no window, or all of it.

    None, too, if it shows one pane at a time: there is nothing to be panned to.
    """
    if client.session is None or client.pane is None or client.control is not None:
        return None
    view = view_of(client)
    return view if view.is_part and view.only is None else None


def pan(client: Client, *, right: int = 0, down: int = 0) -> None:
    """Look so many cells further right and down from now on, at most to the window's ends."""
    view = view_of(client)
    if client.session is None or not view.is_part:
        return
    if client.pan is None:
        client.pan = Pan(client.session.window.id, view.column, view.row)
    client.pan.column += right
    client.pan.row += down
    view_of(client)
