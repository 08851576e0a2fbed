"""The format variables that tmux got after 3.3a and that clients of 3.7c ask for."""

from __future__ import annotations

from aimux.commands.format_scope import (
    Reader,
    Scope,
    flag,
    of_pane,
    of_server,
    of_session,
)
from aimux.model.pane import Pane
from aimux.model.session import Session


def pane_flags(pane: Pane, scope: Scope) -> str:
    """The marks of a pane: `*` active, `-` last, `Z` zoomed, `F` floating, `M` marked."""
    window = scope.target.window
    if window is None:
        return ""
    active = window.active is pane
    marks = {
        "*": active,
        "-": window.last_panes[-1:] == [pane],
        "Z": active and window.zoomed,
        "F": window.is_floating(pane),
        "M": scope.state.marked is pane,
    }
    return "".join(mark for mark, holds in marks.items() if holds)


def _has_alert(alert: str) -> Reader:
    def holds(session: Session, _scope: Scope) -> str:
        return flag(any(alert in link.alerts for link in session.links.values()))

    return of_session(holds)


def _session_alert(session: Session, _scope: Scope) -> str:
    marks = {"activity": "#", "bell": "!", "silence": "~"}
    alerts = {alert for link in session.links.values() for alert in link.alerts}
    return "".join(mark for alert, mark in marks.items() if alert in alerts)


def _floating(pane: Pane, scope: Scope) -> str:
    window = scope.target.window
    return flag(window is not None and window.is_floating(pane))


def _depth(pane: Pane, scope: Scope) -> str:
    window = scope.target.window
    return str(window.floats.depth(pane.id)) if window is not None else ""


def _zoomed(pane: Pane, scope: Scope) -> str:
    window = scope.target.window
    return flag(window is not None and window.zoomed and window.active is pane)


LATER_VARIABLES: dict[str, Reader] = {
    "bracket_paste_flag": of_pane(lambda pane, _: flag(pane.screen.modes.bracketed_paste)),
    "cursor_blinking": of_pane(lambda pane, _: flag(pane.screen.modes.cursor_blink)),
    "pane_flags": of_pane(pane_flags),
    "pane_floating_flag": of_pane(_floating),
    "pane_x": of_pane(lambda pane, _: pane.column),
    "pane_y": of_pane(lambda pane, _: pane.row),
    "pane_z": of_pane(_depth),
    "pane_zoomed_flag": of_pane(_zoomed),
    "server_sessions": of_server(lambda scope: len(scope.state.sessions)),
    "session_active": of_session(
        lambda session, scope: flag(scope.client is not None and scope.client.session is session)
    ),
    "session_activity_flag": _has_alert("activity"),
    "session_alert": of_session(_session_alert),
    "session_bell_flag": _has_alert("bell"),
    "session_silence_flag": _has_alert("silence"),
    "synchronized_output_flag": of_pane(lambda pane, _: flag(pane.screen.modes.synchronized)),
}
