"""The sizes of windows, from the clients that show them (the option `window-size`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aimux.commands.one_pane import is_narrow, roomy_size
from aimux.commands.spawn import client_size
from aimux.model.client import Client
from aimux.model.state import State
from aimux.model.window import Window

Size = tuple[int, int]
Choice = Callable[[Sequence[tuple[Client, Size]]], Size]


def _latest(clients: Sequence[tuple[Client, Size]]) -> Size:
    return max(clients, key=lambda pair: pair[0].activity)[1]


def _largest(clients: Sequence[tuple[Client, Size]]) -> Size:
    return max(size[0] for _, size in clients), max(size[1] for _, size in clients)


def _smallest(clients: Sequence[tuple[Client, Size]]) -> Size:
    return min(size[0] for _, size in clients), min(size[1] for _, size in clients)


CHOICES: dict[str, Choice] = {"latest": _latest, "largest": _largest, "smallest": _smallest}


def fit_windows(state: State) -> list[Window]:
    """Give every window that a client may show the size that its option asks for.

    Returns:
        Those of them that have it already.
    """
    fitting, clients = [], _heeded(state.attached())
    for window in list(state.windows.values()):
        size = wanted_size(window, clients)
        if size == (window.columns, window.rows):
            fitting.append(window)
        elif size is not None:
            window.resize(columns=size[0], rows=size[1])
        window.fit_scrollbars()
    return fitting


def wanted_size(window: Window, heeded: Sequence[Client]) -> Size | None:
    """The size that these clients want for a window; None to leave it as it is."""
    choice = CHOICES.get(window.options.text("window-size"))
    if choice is None:
        return window.manual_size
    if not heeded:
        return None
    only_shown = window.options.flag("aggressive-resize")
    sizes = [
        (client, size)
        for client in heeded
        if (size := _size_for(client, window, only_shown=only_shown)) is not None
    ]
    return choice(sizes) if sizes else None


def _heeded(clients: list[Client]) -> list[Client]:
    """Those without the flag `ignore-size`; all, if they all have it."""
    return [client for client in clients if not client.ignore_size] or clients


def _size_for(client: Client, window: Window, *, only_shown: bool) -> Size | None:
    """The size that a client has for a window; None if it has no say."""
    session, control = client.session, client.control
    if session is None:
        return None
    if session.window is not window and (only_shown or session.link_of(window) is None):
        return None
    if control is not None and window.id in control.window_sizes:
        return control.window_sizes[window.id]
    if control is not None and not control.sized:
        return None
    columns, rows = client_size(client, session.options)
    return roomy_size(window, columns, rows) if is_narrow(client) else (columns, rows)
