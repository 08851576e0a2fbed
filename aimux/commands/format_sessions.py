"""The format variables of sessions and their groups (tmux(1), FORMATS)."""

from __future__ import annotations

from collections.abc import Callable

from aimux.commands.format_scope import Reader, Scope, flag, joined, of_session, seconds
from aimux.commands.format_windows import ALERT_MARKS
from aimux.commands.groups import members
from aimux.model.session import Session


def active_index(session: Session, _scope: Scope) -> str:
    """The index of the window that is shown; empty while the session is being made."""
    return str(session.current.index) if session.current is not None else ""


def last_index(session: Session, _scope: Scope) -> str:
    """The highest index; empty while the session is being made."""
    return str(max(session.links)) if session.links else ""


def alerts(session: Session, _scope: Scope) -> str:
    """The windows of a session with alerts: `2!,3#`."""
    parts = []
    for link in session.ordered():
        marks = "".join(mark for alert, mark in ALERT_MARKS.items() if alert in link.alerts)
        if marks:
            parts.append(f"{link.index}{marks}")
    return ",".join(parts)


def stack(session: Session, _scope: Scope) -> str:
    """The indexes of the windows in the order they were shown, the newest first."""
    shown = [session.current] if session.current is not None else []
    links = [*shown, *reversed(session.last)]
    return ",".join(str(link.index) for link in links)


def attached_names(session: Session, scope: Scope) -> str:
    """The names of the clients that show a session."""
    return ",".join(client.name for client in scope.state.clients_of(session))


def group_of(session: Session, scope: Scope) -> list[Session]:
    """The sessions of a session's group; none if it is in no group."""
    return members(scope.state, session.group)


def group_clients(session: Session, scope: Scope) -> list[str]:
    """The names of the clients that show a session of its group."""
    sessions = group_of(session, scope)
    return [client.name for one in sessions for client in scope.state.clients_of(one)]


def in_group(read: Callable[[list[str]], object]) -> Reader:
    """A variable of the clients of a session's group; empty without one."""
    return of_session(
        lambda session, scope: read(group_clients(session, scope)) if session.group else ""
    )


SESSION_VARIABLES: dict[str, Reader] = {
    "active_window_index": of_session(active_index),
    "last_window_index": of_session(last_index),
    "session_activity": of_session(lambda session, _: seconds(session.activity)),
    "session_alerts": of_session(alerts),
    "session_attached": of_session(lambda session, scope: len(scope.state.clients_of(session))),
    "session_attached_list": of_session(attached_names),
    "session_created": of_session(lambda session, _: seconds(session.created)),
    "session_group": of_session(lambda session, _: session.group),
    "session_group_attached": in_group(len),
    "session_group_attached_list": in_group(joined),
    "session_group_many_attached": in_group(lambda names: flag(len(names) > 1)),
    "session_group_list": of_session(
        lambda session, scope: joined(one.name for one in group_of(session, scope))
    ),
    "session_group_size": of_session(lambda session, scope: len(group_of(session, scope)) or ""),
    "session_grouped": of_session(lambda session, _: flag(session.group)),
    "session_id": of_session(lambda session, _: f"${session.id}"),
    "session_last_attached": of_session(lambda session, _: seconds(session.last_attached) or ""),
    "session_many_attached": of_session(
        lambda session, scope: flag(len(scope.state.clients_of(session)) > 1)
    ),
    "session_marked": of_session(
        lambda session, scope: flag((mark := scope.state.valid_mark) and mark.session is session)
    ),
    "session_name": of_session(lambda session, _: session.name),
    "session_path": of_session(lambda session, _: session.path),
    "session_stack": of_session(stack),
    "session_windows": of_session(lambda session, _: len(session.links)),
}
