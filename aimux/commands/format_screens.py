"""The format variables of what clients are shown: a window's part, bytes, lines of choosers."""

from __future__ import annotations

from collections.abc import Callable

from aimux.commands.client_view import View, part_shown
from aimux.commands.format_scope import Reader, Scope, flag, of_client, of_server
from aimux.commands.mode_formats import BUFFER_FORMAT, CLIENT_FORMAT, TREE_FORMAT


def _of_part(read: Callable[[View], int]) -> Reader:
    """A variable that is there only while a window is larger than its client."""

    def reader(scope: Scope) -> str | None:
        view = part_shown(scope.client) if scope.client is not None else None
        return None if view is None else str(read(view))

    return reader


SCREEN_VARIABLES: dict[str, Reader] = {
    "buffer_mode_format": of_server(lambda _: BUFFER_FORMAT),
    "client_mode_format": of_server(lambda _: CLIENT_FORMAT),
    "client_written": of_client(lambda client, _: client.written),
    "tree_mode_format": of_server(lambda _: TREE_FORMAT),
    "window_bigger": of_client(lambda client, _: flag(part_shown(client) is not None)),
    "window_offset_x": _of_part(lambda view: view.column),
    "window_offset_y": _of_part(lambda view: view.row),
}
