"""Where a menu or a popup stands: `-x` and `-y` of display-menu and display-popup (tmux(1))."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aimux.commands.client_view import status_rows, view_of
from aimux.commands.command import Call
from aimux.commands.one_pane import tab_rows
from aimux.model.client import Client

ACROSS: Mapping[str, str] = {
    "C": "#{popup_centre_x}",
    "R": "#{popup_pane_right}",
    "P": "#{popup_pane_left}",
    "M": "#{popup_mouse_centre_x}",
    "W": "#{popup_window_status_line_x}",
}
DOWN: Mapping[str, str] = {
    "C": "#{popup_centre_y}",
    "P": "#{popup_pane_bottom}",
    "M": "#{popup_mouse_top}",
    "S": "#{popup_status_line_y}",
    "W": "#{popup_window_status_line_y}",
}
NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})")


def place(call: Call, client: Client, *, columns: int, rows: int) -> tuple[int, int] | None:
    """The column and the row of a box's upper left corner on a client's terminal.

    Args:
        call: Its `-x` and `-y` say where; without them the box is in the middle. Formats may use
            the `popup_*` variables of tmux(1), all of which count rows at the box's lower end.
        client: The client; a sidebar's columns are no part of its terminal here.
        columns: The box's width.
        rows: Its height.

    Returns:
        None if the box is larger than the terminal.
    """
    whole_columns, whole_rows = client.window_columns, client.rows
    if columns > whole_columns or rows > whole_rows:
        return None
    values = {
        **_size_and_centre(whole_columns, whole_rows, columns, rows),
        **_at_mouse(call, client, columns, rows),
        **_at_pane(call, client, columns, rows),
        **_at_status(call, client, rows),
    }
    variables = {f"popup_{name}": str(value) for name, value in values.items()}

    def cells(flag: str, names: Mapping[str, str]) -> int:
        given = call.arguments.get(flag)
        template = given if given is not None else "C"
        found = NUMBER.match(call.expand(names.get(template, template), None, **variables))
        return int(found[1]) if found is not None else 0

    column = max(0, min(cells("x", ACROSS), whole_columns - columns))
    row = max(0, min(cells("y", DOWN) - rows, whole_rows - rows))
    return column, row


def _size_and_centre(
    whole_columns: int, whole_rows: int, columns: int, rows: int
) -> dict[str, int]:
    bottom = (whole_rows - 1) // 2 + rows // 2
    return {
        "width": columns,
        "height": rows,
        "centre_x": max(0, (whole_columns - 1) // 2 - columns // 2),
        "centre_y": whole_rows - rows if bottom >= whole_rows else bottom,
    }


def _at_mouse(call: Call, client: Client, columns: int, rows: int) -> dict[str, int]:
    event = call.source.mouse_event
    if event is None:
        return {}
    whole_rows = client.rows
    middle = event.row - rows // 2
    column = event.column
    if _is_status(client, event.row):
        column = max(0, column - client.window_column)
    return {
        "mouse_x": column,
        "mouse_y": event.row,
        "mouse_centre_x": max(0, column - columns // 2),
        "mouse_centre_y": whole_rows - rows if middle + rows >= whole_rows else middle,
        "mouse_top": min(event.row + rows, whole_rows - 1),
        "mouse_bottom": max(0, event.row - rows),
    }


def _at_pane(call: Call, client: Client, columns: int, rows: int) -> dict[str, int]:
    pane = call.the_pane()
    lines, on_top = _status(client)
    view = view_of(client)
    first = (lines if on_top else 0) + tab_rows(client) - view.row
    top = first + pane.row + rows
    left = pane.column - view.column
    return {
        "pane_top": client.rows - rows if top >= client.rows else top,
        "pane_bottom": first + pane.row + pane.rows,
        "pane_left": left,
        "pane_right": max(0, left + pane.columns - columns),
    }


def _status(client: Client) -> tuple[int, bool]:
    """How many rows the status line has, and whether it is at the top."""
    session = client.session
    if session is None:
        raise AssertionError(f"client {client.name} shows no session")
    lines = min(status_rows(session.options), max(0, client.rows - 1))
    return lines, session.options.text("status-position") == "top"


def _is_status(client: Client, row: int) -> bool:
    """Whether a row is the status line's, which goes on above or below a sidebar at the left."""
    lines, on_top = _status(client)
    return row < lines if on_top else row >= client.rows - lines


def _at_status(call: Call, client: Client, rows: int) -> dict[str, int]:
    lines, on_top = _status(client)
    if not lines:
        return {}
    values = {"status_line_y": lines + rows if on_top else client.rows - lines}
    index = str(call.the_link().index)
    ranges = call.effects.status_ranges(client)
    named = (one for one in ranges if one.kind == "window" and one.argument == index)
    found = next(named, None)
    if found is not None:
        values["window_status_line_x"] = max(0, found.start - client.window_column)
        values["window_status_line_y"] = 1 + rows if on_top else client.rows - lines
    return values
