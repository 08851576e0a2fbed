"""How panes, windows and sessions end, and what their end takes with it."""

from __future__ import annotations

from aimux.commands.effects import Effects
from aimux.commands.groups import members, synchronize_from
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
    window.unzoom()
    remove_pane(state, window, pane)
    state.forget_pane(pane)
    window.place_panes()


def remove_pane(state: State, window: Window, pane: Pane) -> None:
    """Take a pane that is not the only one out of its window; another becomes active."""
    if pane is window.active:
        successor = window.last_panes[-1] if window.last_panes else _neighbour(window, pane)
        window.select(successor, point=state.new_point())
    window.forget(pane)
    window.give_up_place(pane)
    window.panes.remove(pane)


def _neighbour(window: Window, pane: Pane) -> Pane:
    place = window.panes.index(pane)
    return window.panes[place - 1] if place else window.panes[1]


def close_window(state: State, effects: Effects, window: Window) -> None:
    """End a window in every session that holds it; a session without windows ends."""
    for pane in window.panes:
        effects.kill(pane)
    for session, link in list(state.links_of(window)):
        _unlink(state, effects, session, link)
    state.forget_window(window)


def unlink_window(state: State, effects: Effects, session: Session, link: Link) -> None:
    """Take a window out of a session and its group; a session ends with its last one."""
    others = members(state, session.group)
    _unlink(state, effects, session, link)
    if session.id in state.sessions:
        synchronize_from(state, session)
    else:
        for other in others:
            close_session(state, effects, other)


def _unlink(state: State, effects: Effects, session: Session, link: Link) -> None:
    session.unlink(link)
    if not session.links:
        effects.look()  # as in tmux: the window is told of first, then the session
        close_session(state, effects, session)
    elif session.options.get("renumber-windows"):
        renumber(session)


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
    for link in session.ordered():
        if not any(True for _ in state.links_of(link.window)):
            for pane in link.window.panes:
                effects.kill(pane)
            state.forget_window(link.window)
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
    show_session(client, max(others, key=lambda other: other.activity), now=effects.now())


def show_session(client: Client, session: Session, *, now: float) -> None:
    """Make an attached client show another session."""
    if client.session is not session:
        client.last_session = client.session
    client.session = session
    session.last_attached = session.activity = now
    session.current_link.alerts.clear()
