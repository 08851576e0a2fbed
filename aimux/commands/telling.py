"""Changes that tmux tells of: each is made here, and told in the moment in which it is made.

What hooks and control clients hear of a command are these steps in their order, as often as tmux
3.3a makes them (its calls of notify.c): even a name that stays the same is told of once more. What
needs no order is found later by comparing (`model.changes`).
"""

from __future__ import annotations

from aimux.commands.effects import Effects
from aimux.events import (
    LinkEvent,
    SessionWindowChanged,
    WindowLayoutChanged,
    WindowLinked,
    WindowPaneChanged,
    WindowRenamed,
    WindowResized,
    WindowUnlinked,
)
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.model.window import Window

# ---- windows ----


def tell_layout(effects: Effects, window: Window) -> None:
    """The panes of a window have other places or sizes, or were given the same ones again."""
    effects.publish(WindowLayoutChanged(window.id, window.name))


def tell_size(effects: Effects, window: Window) -> None:
    """A window was given a size. A zoomed one is unzoomed for it, and zoomed again."""
    for _ in range(3 if window.zoomed else 1):
        tell_layout(effects, window)
    effects.publish(WindowResized(window.id, window.name))


def zoom(effects: Effects, window: Window) -> bool:
    """Let the active pane cover its window; False for a single pane, and if it did already."""
    zoomed = window.zoom()
    if zoomed:
        tell_layout(effects, window)
    return zoomed


def unzoom(effects: Effects, window: Window) -> bool:
    """Show all panes again; False if they were shown."""
    unzoomed = window.unzoom()
    if unzoomed:
        tell_layout(effects, window)
    return unzoomed


def select_pane(state: State, effects: Effects, window: Window, pane: Pane) -> bool:
    """Make a pane active; False if it was."""
    selected = window.select(pane, point=state.new_point())
    if selected:
        effects.publish(WindowPaneChanged(window.id, window.name, pane.id))
    return selected


def rename_window(effects: Effects, window: Window, name: str) -> None:
    """Give a window a name, or its own one again."""
    window.name = name
    effects.publish(WindowRenamed(window.id, name))


# ---- windows in sessions ----


def select_link(effects: Effects, session: Session, link: Link) -> bool:
    """Show a window in its session; False if it was shown."""
    selected = session.select(link)
    if selected:
        tell_shown(effects, session)
    return selected


def tell_shown(effects: Effects, session: Session) -> None:
    """A session shows another window."""
    effects.publish(SessionWindowChanged(session.id, session.name, session.window.id))


def link_window(effects: Effects, session: Session, window: Window, *, index: int) -> Link:
    """Put a window at a free index of a session."""
    link = session.link(window, index=index)
    tell_link(WindowLinked, effects, session, window)
    return link


def unlink_window(effects: Effects, session: Session, link: Link) -> None:
    """Take a window out of a session; if it was shown, the one shown before it, or a neighbour, is.

    A session whose only window it was shows none.
    """
    successor = session.successor(link) if link is session.current else None
    if successor is not None:
        select_link(effects, session, successor)
    tell_link(WindowUnlinked, effects, session, link.window)
    session.unlink(link)


def tell_link(kind: type[LinkEvent], effects: Effects, session: Session, window: Window) -> None:
    """A window has come into a session, or is about to leave it."""
    effects.publish(kind(session.id, session.name, window.id, window.name))
