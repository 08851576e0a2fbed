"""How panes, windows and sessions end, and what their end takes with it."""

from __future__ import annotations

from aimux.commands.effects import Effects
from aimux.commands.groups import members, synchronize_from
from aimux.commands.telling import (
    select_pane,
    tell_layout,
    tell_link,
    unlink_window,
    unzoom,
)
from aimux.events import ClientSessionChanged, PaneModeChanged, SessionClosed, WindowUnlinked
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.model.window import Window


def close_pane(state: State, effects: Effects, pane: Pane) -> None:
    """End a pane; with the last one its window ends."""
    window = state.window_of(pane)
    if window is None:
        return
    effects.kill(pane)
    if len(window.panes) == 1:
        close_window(state, effects, window)
        return
    unzoom(effects, window)
    remove_pane(state, effects, window, pane)
    state.forget_pane(pane)
    _leave_modes(effects, pane)


def _leave_modes(effects: Effects, pane: Pane) -> None:
    """A pane that has gone is in no mode any more."""
    for _ in range(pane.mode_count):
        effects.publish(PaneModeChanged(pane.id))


def remove_pane(state: State, effects: Effects, window: Window, pane: Pane) -> None:
    """Take a pane that is not the only one out of its window; another becomes active.

    As in tmux the layout is told of first.
    """
    window.give_up_place(pane)
    window.place_panes()
    tell_layout(effects, window)
    leave_list(state, effects, window, pane)


def leave_list(state: State, effects: Effects, window: Window, pane: Pane) -> None:
    """Take a pane out of its window's list, and make another one active if it was that."""
    if pane is window.active:
        successor = window.last_panes[-1] if window.last_panes else _neighbour(window, pane)
        select_pane(state, effects, window, successor)
    window.forget(pane)
    window.panes.remove(pane)


def _neighbour(window: Window, pane: Pane) -> Pane:
    place = window.panes.index(pane)
    return window.panes[place - 1] if place else window.panes[1]


def close_window(state: State, effects: Effects, window: Window) -> None:
    """End a window in every session that holds it; a session without windows ends."""
    for pane in window.panes:
        effects.kill(pane)
    for session in state.sessions_by_name():
        while link := _lowest_link(session, window):
            unzoom(effects, window)
            unlink_window(effects, session, link)
            synchronize_from(state, effects, session)
        if not session.links:
            close_session(state, effects, session)
        elif session.options.get("renumber-windows"):
            for one in members(state, session.group) or [session]:
                renumber(one)
    _forget_window(state, effects, window)


def _forget_window(state: State, effects: Effects, window: Window) -> None:
    state.forget_window(window)
    for pane in window.panes:
        _leave_modes(effects, pane)


def _lowest_link(session: Session, window: Window) -> Link | None:
    return next((link for link in session.ordered() if link.window is window), None)


def unlink_from(state: State, effects: Effects, session: Session, link: Link) -> None:
    """Take a window out of a session and its group; they end with their last one."""
    unlink_window(effects, session, link)
    if session.links:
        synchronize_from(state, effects, session)
        return
    for other in members(state, session.group) or [session]:
        close_session(state, effects, other)


def renumber(session: Session) -> None:
    """Close the gaps between indexes, from `base-index` on."""
    start = session.options.number("base-index")
    links = session.ordered()
    session.links.clear()
    for index, link in enumerate(links, start):
        link.index = index
        session.links[index] = link


def close_session(state: State, effects: Effects, session: Session) -> None:
    """End a session, the windows that no other holds, and the server with its last session."""
    if state.sessions.pop(session.id, None) is None:
        return
    for client in state.clients_of(session):
        _leave(state, effects, client, session)
    effects.publish(SessionClosed(session.id, session.name))
    for link in session.ordered():
        tell_link(WindowUnlinked, effects, session, link.window)
        if not any(True for _ in state.links_of(link.window)):
            for pane in link.window.panes:
                effects.kill(pane)
            _forget_window(state, effects, link.window)
    if not (state.sessions or state.awaits_starter) and state.server_options.get("exit-empty"):
        effects.shutdown()


def _leave(state: State, effects: Effects, client: Client, session: Session) -> None:
    choice = str(session.options.get("detach-on-destroy"))
    others = list(state.sessions.values())
    if choice == "no-detached":
        others = [other for other in others if not state.clients_of(other)]
    if choice == "on" or not others:
        effects.detach(client, "[exited]")
        return
    show_session(effects, client, max(others, key=lambda other: other.activity))


def show_session(effects: Effects, client: Client, session: Session) -> None:
    """Make a client show a session, or its own one anew."""
    now = effects.now()
    if client.session is not session:
        client.last_session = client.session
    client.session = session
    session.last_attached = session.activity = now
    session.current_link.alerts.clear()
    effects.publish(ClientSessionChanged(client.id, client.name, session.id))
