"""What changed in the state since it was last looked at, as events.

Modes, titles, sizes and clients are compared, as a client's picture is, so that nobody who changes
them has to tell of it. What has to be told in tmux's order (`commands.telling`), and what leaves no
trace in the state (an alert, a clipboard), is published where it happens.

A look comes with every command and mostly finds nothing: so what is compared are bare tuples, and
what they mean is written out only when one differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from aimux.events import (
    ClientActive,
    ClientAttached,
    ClientDetached,
    ClientResized,
    Event,
    PaneModeChanged,
    PaneTitleChanged,
    WindowLayoutChanged,
    WindowResized,
)
from aimux.ids import ClientId, PaneId, WindowId
from aimux.model.client import Client
from aimux.model.pane import Mode, Pane
from aimux.model.session import Session
from aimux.model.state import State
from aimux.model.window import Window


class _Window(NamedTuple):
    name: str
    size: tuple[int, int]
    zoomed: bool
    latest: ClientId | None


class _Pane(NamedTuple):
    title: str
    mode: Mode | None
    modes: int


class _Client(NamedTuple):
    name: str
    size: tuple[int, int]
    drawn: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """The state as it was looked at, as far as events tell of it."""

    windows: dict[WindowId, _Window] = field(default_factory=dict)
    panes: dict[PaneId, _Pane] = field(default_factory=dict)
    clients: dict[ClientId, _Client] = field(default_factory=dict)


Glance = tuple[list[tuple[object, ...]], list[tuple[object, ...]], list[tuple[object, ...]]]


class Changes:
    """Compares a state with what it was."""

    def __init__(self) -> None:
        self._seen = _Seen()
        self._glance: Glance | None = None

    def look(self, state: State) -> list[Event]:
        """What happened since the last look, in tmux's order where it has one."""
        glance = _glance(state)
        if glance == self._glance:
            return []
        self._glance = glance
        before, after = self._seen, _see(state)
        self._seen = after
        return [
            *_panes(before, after),
            *_windows(before, after),
            *_clients(before, after),
        ]


# ---- looking ----


def _glance(state: State) -> Glance:
    """All that `_see` finds, as bare tuples."""
    return (
        [
            (key, one.name, one.columns, one.rows, one.zoomed_layout is None)
            for key, one in state.windows.items()
        ],
        [(key, one.title, one.mode, len(one.covered)) for key, one in state.panes.items()],
        [
            (
                *(client.id, client.name, client.columns, client.rows),
                *(client.control is None, _current(client.session), client.activity),
            )
            for client in state.clients.values()
            if client.session is not None
        ],
    )


def _current(session: Session) -> WindowId | None:
    return session.current.window.id if session.current is not None else None


def _see(state: State) -> _Seen:
    latest = _latest_clients(state)
    return _Seen(
        {identity: _window(window, latest) for identity, window in state.windows.items()},
        {identity: _pane(pane) for identity, pane in state.panes.items()},
        {
            client.id: _client(client)
            for client in state.clients.values()
            if client.session is not None
        },
    )


def _client(client: Client) -> _Client:
    size = client.columns, client.rows
    return _Client(client.name, size, drawn=client.control is None)


def _pane(pane: Pane) -> _Pane:
    return _Pane(pane.title, pane.mode, pane.mode_count)


def _window(window: Window, latest: dict[WindowId, Client]) -> _Window:
    client = latest.get(window.id)
    return _Window(
        window.name,
        (window.columns, window.rows),
        window.zoomed,
        client.id if client is not None else None,
    )


def _latest_clients(state: State) -> dict[WindowId, Client]:
    """Of each window that is shown, the client that was used last."""
    latest: dict[WindowId, Client] = {}
    for client in state.clients.values():
        if client.session is not None and client.session.current is not None:
            window = client.session.current.window.id
            if window not in latest or client.activity > latest[window].activity:
                latest[window] = client
    return latest


# ---- comparing ----


def _panes(before: _Seen, after: _Seen) -> Iterator[Event]:
    for identity, now in after.panes.items():
        was = before.panes.get(identity)
        if was is None or was == now:
            continue
        if was.mode is not now.mode:
            # Each of the modes that `copy-mode -q` takes off is told of.
            for _ in range(max(1, abs(was.modes - now.modes))):
                yield PaneModeChanged(identity)
        if was.title != now.title:
            yield PaneTitleChanged(identity)


def _windows(before: _Seen, after: _Seen) -> Iterator[Event]:
    for identity, now in after.windows.items():
        was = before.windows.get(identity)
        if was is not None and was.size != now.size:
            # A zoomed window is unzoomed for it, and zoomed again.
            for _ in range(3 if now.zoomed else 1):
                yield WindowLayoutChanged(identity, now.name)
            yield WindowResized(identity, now.name)


def _clients(before: _Seen, after: _Seen) -> Iterator[Event]:
    for identity, now in after.clients.items():
        was = before.clients.get(identity)
        if was is None:
            yield ClientAttached(identity, now.name)
        # A terminal tells its size once it is attached, which counts as in tmux.
        if now.drawn if was is None else was.size != now.size:
            yield ClientResized(identity, now.name)
    for identity, was in before.clients.items():
        if identity not in after.clients:
            yield ClientDetached(identity, was.name)
    yield from _active_clients(before, after)


def _active_clients(before: _Seen, after: _Seen) -> Iterator[Event]:
    """Clients that took a window over from another one that is still there."""
    for identity, window in after.windows.items():
        was = before.windows.get(identity)
        latest = window.latest
        if was is None or latest is None or latest not in before.clients:
            continue
        if was.latest not in (None, latest) and was.latest in after.clients:
            yield ClientActive(latest, after.clients[latest].name)
