"""The format variables of windows, and of their places in sessions (tmux(1), FORMATS)."""

from __future__ import annotations

from aimux.commands.format_scope import Reader, Scope, flag, joined, of_link, of_window, seconds
from aimux.commands.groups import members
from aimux.model.layout_string import dump
from aimux.model.session import Link, Session
from aimux.model.window import Window

CELL_WIDTH, CELL_HEIGHT = 16, 32  # pixels: tmux's figures while no client tells better ones
ALERT_MARKS = {"activity": "#", "bell": "!", "silence": "~"}


def window_flags(link: Link, session: Session, scope: Scope) -> str:
    """The marks behind a window's name: alerts, `*` current, `-` last, `M` marked, `Z` zoomed."""
    mark = scope.state.valid_mark
    marks = [mark for alert, mark in ALERT_MARKS.items() if alert in link.alerts]
    marks += ["*"] if link is session.current else []
    marks += ["-"] if session.last and link is session.last[-1] else []
    marks += ["M"] if mark is not None and mark.link is link else []
    marks += ["Z"] if link.window.zoomed else []
    return "".join(marks)


def layout_text(window: Window) -> str:
    """`window_layout`: the layout behind a zoom."""
    return dump(window.zoomed_layout or window.layout, window.floats)


def visible_layout_text(window: Window) -> str:
    """`window_visible_layout`: what is drawn."""
    return dump(window.layout, None if window.zoomed else window.floats)


def linked_sessions(window: Window, scope: Scope) -> list[str]:
    """The names of the sessions that hold a window."""
    return [session.name for session, _ in scope.state.links_of(window)]


def is_linked(window: Window, scope: Scope) -> bool:
    """Whether a window is in more sessions than those of the scope's group."""
    session = scope.target.session
    group = members(scope.state, session.group) if session is not None else []
    return len(linked_sessions(window, scope)) > max(1, len(group))


def watching_clients(window: Window, scope: Scope) -> list[str]:
    """The names of the clients that show a window."""
    return [
        client.name
        for client in scope.state.attached()
        if client.session is not None and client.session.window is window
    ]


def showing_sessions(window: Window, scope: Scope) -> list[str]:
    """The names of the sessions whose current window it is."""
    return [
        session.name for session, link in scope.state.links_of(window) if link is session.current
    ]


def last_place(link: Link, session: Session, _scope: Scope) -> int:
    """How many windows were shown after this one was; 0 for the current one."""
    if link is session.current:
        return 0
    return next((i for i, one in enumerate(reversed(session.last), 1) if one is link), 0)


WINDOW_VARIABLES: dict[str, Reader] = {
    "window_active_clients": of_window(lambda window, scope: len(watching_clients(window, scope))),
    "window_active_clients_list": of_window(
        lambda window, scope: joined(watching_clients(window, scope))
    ),
    "window_active_sessions": of_window(lambda window, scope: len(showing_sessions(window, scope))),
    "window_active_sessions_list": of_window(
        lambda window, scope: joined(showing_sessions(window, scope))
    ),
    "window_activity": of_window(lambda window, _: seconds(window.activity)),
    "window_cell_height": of_window(lambda _window, _: CELL_HEIGHT),
    "window_cell_width": of_window(lambda _window, _: CELL_WIDTH),
    "window_height": of_window(lambda window, _: window.rows),
    "window_id": of_window(lambda window, _: f"@{window.id}"),
    "window_layout": of_window(lambda window, _: layout_text(window)),
    "window_linked": of_window(lambda window, scope: flag(is_linked(window, scope))),
    "window_linked_sessions": of_window(lambda window, scope: len(linked_sessions(window, scope))),
    "window_linked_sessions_list": of_window(
        lambda window, scope: joined(linked_sessions(window, scope))
    ),
    "window_name": of_window(lambda window, _: window.name),
    "window_panes": of_window(lambda window, _: len(window.panes)),
    "window_visible_layout": of_window(lambda window, _: visible_layout_text(window)),
    "window_width": of_window(lambda window, _: window.columns),
    "window_zoomed_flag": of_window(lambda window, _: flag(window.zoomed)),
}

LINK_VARIABLES: dict[str, Reader] = {
    "window_active": of_link(lambda link, session, _: flag(link is session.current)),
    "window_activity_flag": of_link(lambda link, _session, _: flag("activity" in link.alerts)),
    "window_bell_flag": of_link(lambda link, _session, _: flag("bell" in link.alerts)),
    "window_end_flag": of_link(lambda link, session, _: flag(link is session.ordered()[-1])),
    "window_flags": of_link(lambda *place: window_flags(*place).replace("#", "##")),
    "window_index": of_link(lambda link, _session, _: link.index),
    "window_last_flag": of_link(lambda link, session, _: flag(session.last[-1:] == [link])),
    "window_marked_flag": of_link(lambda *place: flag("M" in window_flags(*place))),
    "window_raw_flags": of_link(window_flags),
    "window_silence_flag": of_link(lambda link, _session, _: flag("silence" in link.alerts)),
    "window_stack_index": of_link(last_place),
    "window_start_flag": of_link(lambda link, session, _: flag(link is session.ordered()[0])),
}
