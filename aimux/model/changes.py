"""What changed in the state since it was last looked at, as events.

tmux calls its notifications where it changes something; here they are found by comparing, as a
client's picture is, so that no command has to know what is told of it. What leaves no trace in the
state (an alert, a clipboard) is published where it happens.

A look comes with every command: what is seen is kept in tuples, which are made much faster than
dataclasses (a hundred windows take 0.1 ms).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from aimux.events import (
    ClientActive,
    ClientAttached,
    ClientDetached,
    ClientResized,
    ClientSessionChanged,
    Event,
    LinkEvent,
    PaneModeChanged,
    PaneTitleChanged,
    SessionClosed,
    SessionCreated,
    SessionRenamed,
    SessionWindowChanged,
    WindowLayoutChanged,
    WindowLinked,
    WindowPaneChanged,
    WindowRenamed,
    WindowResized,
    WindowUnlinked,
)
from aimux.ids import ClientId, PaneId, SessionId, WindowId
from aimux.model.client import Client
from aimux.model.pane import Mode, Pane
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.model.window import Window


class _Session(NamedTuple):
    name: str
    current: WindowId | None
    links: tuple[Link, ...]


class _Window(NamedTuple):
    name: str
    active: PaneId
    layout: int
    size: tuple[int, int]
    latest: ClientId | None


class _Pane(NamedTuple):
    title: str
    mode: Mode | None
    modes: int


class _Client(NamedTuple):
    name: str
    session: SessionId
    size: tuple[int, int]
    drawn: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """The state as it was looked at, as far as events tell of it."""

    sessions: dict[SessionId, _Session] = field(default_factory=dict)
    windows: dict[WindowId, _Window] = field(default_factory=dict)
    panes: dict[PaneId, _Pane] = field(default_factory=dict)
    clients: dict[ClientId, _Client] = field(default_factory=dict)


class Changes:
    """Compares a state with what it was."""

    def __init__(self) -> None:
        self._seen = _Seen()

    def look(self, state: State) -> list[Event]:
        """What happened since the last look, in tmux's order where it has one."""
        before, after = self._seen, _see(state)
        if before == after:
            return []
        self._seen = after
        return [
            *_panes(before, after),
            *_windows(before, after),
            *_sessions(before, after),
            *_clients(before, after),
        ]


# ---- looking ----


def _see(state: State) -> _Seen:
    latest = _latest_clients(state)
    return _Seen(
        {identity: _session(session) for identity, session in state.sessions.items()},
        {identity: _window(window, latest) for identity, window in state.windows.items()},
        {identity: _pane(pane) for identity, pane in state.panes.items()},
        {
            client.id: _client(client, client.session)
            for client in state.clients.values()
            if client.session is not None
        },
    )


def _client(client: Client, session: Session) -> _Client:
    size = client.columns, client.rows
    return _Client(client.name, session.id, size, drawn=client.control is None)


def _pane(pane: Pane) -> _Pane:
    return _Pane(pane.title, pane.mode, len(pane.covered) + (pane.mode is not None))


def _session(session: Session) -> _Session:
    current = session.current.window.id if session.current is not None else None
    return _Session(session.name, current, tuple(session.links.values()))


def _window(window: Window, latest: dict[WindowId, Client]) -> _Window:
    client = latest.get(window.id)
    return _Window(
        window.name,
        window.active.id,
        window.layout_version,
        (window.columns, window.rows),
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
        if was is None or was == now:
            continue
        if was.name != now.name:
            yield WindowRenamed(identity, now.name)
        if was.active != now.active:
            yield WindowPaneChanged(identity, now.name, now.active)
        if was.layout != now.layout:
            yield WindowLayoutChanged(identity, now.name)
        if was.size != now.size:
            yield WindowResized(identity, now.name)


def _sessions(before: _Seen, after: _Seen) -> Iterator[Event]:
    for identity, was in before.sessions.items():
        now = after.sessions.get(identity)
        if now is None:
            yield SessionClosed(identity, was.name)
            yield from _links(WindowUnlinked, identity, was, was.links)
        elif was != now:
            yield from _session_changes(identity, before, after)
    for identity, now in after.sessions.items():
        if identity not in before.sessions:
            yield from _links(WindowLinked, identity, now, now.links)
            yield SessionCreated(identity, now.name)


def _session_changes(identity: SessionId, before: _Seen, after: _Seen) -> Iterator[Event]:
    was, now = before.sessions[identity], after.sessions[identity]
    if was.name != now.name:
        yield SessionRenamed(identity, now.name)
    come = _apart(now.links, was.links)
    gone = _apart(was.links, now.links)
    linked = list(_links(WindowLinked, identity, now, come))
    # A window that was made just now is current before tmux tells that it was linked.
    made = any(_is_new(link.window, before) for link in come)
    if not made:
        yield from linked
    if was.current != now.current and now.current is not None:
        yield SessionWindowChanged(identity, now.name, now.current)
    if made:
        yield from linked
    yield from _links(WindowUnlinked, identity, now, gone)


def _apart(links: tuple[Link, ...], others: tuple[Link, ...]) -> list[Link]:
    """Those of `links` that are at no place of `others`.

    A link that was renumbered is the same one and so at its own place; a group of sessions makes
    its links anew, at the same places; a window that moves gets a link at another.
    """
    places = {(link.index, link.window.id) for link in others}
    return [link for link in links if (link.index, link.window.id) not in places]


def _is_new(window: Window, before: _Seen) -> bool:
    """Whether a window was made with a pane of its own, not around one that was there."""
    return window.id not in before.windows and window.active.id not in before.panes


def _links(
    kind: type[LinkEvent], identity: SessionId, session: _Session, links: Iterable[Link]
) -> Iterator[Event]:
    for link in links:
        yield kind(identity, session.name, link.window.id, link.window.name)


def _clients(before: _Seen, after: _Seen) -> Iterator[Event]:
    for identity, now in after.clients.items():
        was = before.clients.get(identity)
        if was is None or was.session != now.session:
            yield ClientSessionChanged(identity, now.name, now.session)
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
