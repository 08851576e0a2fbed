"""Session groups: sessions with the same windows at the same indexes, each with its current one."""

from __future__ import annotations

from aimux.commands.effects import Effects
from aimux.commands.telling import select_link, tell_link
from aimux.events import WindowLinked, WindowUnlinked
from aimux.model.session import Link, Session
from aimux.model.state import State


def members(state: State, group: str) -> list[Session]:
    """The sessions of a group, the oldest first; none of the empty name."""
    return [one for one in state.sessions.values() if group and one.group == group]


def synchronize_from(state: State, effects: Effects, session: Session) -> None:
    """Give the other sessions of its group the windows of `session`; nothing if it is in none."""
    for other in members(state, session.group):
        if other is not session and session.links:
            synchronize(effects, session, other)


def synchronize(effects: Effects, source: Session, session: Session) -> None:
    """Give `session` the windows of `source`; its current and last ones stay where they can.

    The rules are those of session_group_synchronize1 (tmux 3.3a, session.c).
    """
    current = _current_index(source, session)
    if session.current is not None and session.current.index != current in session.links:
        select_link(effects, session, session.links[current])
    windows = [link.window for link in session.ordered()]
    last = [link.index for link in session.last]
    session.links = {}
    for link in source.ordered():
        session.links[link.index] = Link(link.index, link.window, set(link.alerts))
        tell_link(WindowLinked, effects, session, link.window)
    session.current = session.links[current]
    session.last = [
        session.links[index] for index in last if index in session.links and index != current
    ]
    for window in windows:
        if session.link_of(window) is None:
            tell_link(WindowUnlinked, effects, session, window)


def _current_index(source: Session, session: Session) -> int:
    if session.current is None:
        return source.current_link.index
    wanted = [session.current.index, *(link.index for link in reversed(session.last))]
    found = next((index for index in wanted if index in source.links), None)
    if found is not None:
        return found
    before = [index for index in sorted(source.links) if index < session.current.index]
    return before[-1] if before else max(source.links)


def ends_unattached(state: State, session: Session) -> bool:
    """Whether `destroy-unattached` ends a session that no client is attached to.

    As in tmux 3.7, `keep-last` ends one of a group that has others, and `keep-group` all but the
    last of a group.
    """
    wanted = session.options.text("destroy-unattached")
    has_others = len(members(state, session.group)) > 1
    if wanted == "keep-last":
        return has_others
    if wanted == "keep-group":
        return has_others or not session.group
    return wanted == "on"
