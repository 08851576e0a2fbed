"""A state with the sessions, windows and panes that a real tmux has."""

from __future__ import annotations

from aimux.ids import PaneId, SessionId, WindowId
from aimux.model.environment import Environment
from aimux.model.key_tables import KeyTables
from aimux.model.layout import Layout
from aimux.model.options import Options
from aimux.model.options_table import Scope
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.state import State
from aimux.model.window import Window
from aimux.vt.engine import Engine
from tests.real_tmux import RealTmux

FIELDS = (
    *("session_id", "session_name", "window_id", "window_index", "window_name"),
    *("window_stack_index", "window_active", "pane_id", "pane_left", "pane_top"),
    *("pane_width", "pane_height", "pane_active", "pane_last"),
)
ROW = "\t".join(f"#{{{name}}}" for name in FIELDS)


def empty_state() -> State:
    return State(
        key_tables=KeyTables(),
        environment=Environment(),
        socket_path="",
        pid=0,
        started=0,
        session_options=Options.with_defaults(Scope.SESSION),
        window_options=Options.with_defaults(Scope.WINDOW),
    )


def state_of(tmux: RealTmux) -> State:
    """A state with the sessions, windows and panes of a tmux server."""
    state = empty_state()
    stacks: dict[SessionId, dict[int, int]] = {}
    for line in tmux("list-panes", "-a", "-F", ROW).splitlines():
        fields = dict(zip(FIELDS, line.split("	"), strict=True))
        session = session_of(state, fields)
        link_index = int(fields["window_index"])
        pane = pane_of(state, window_of(state, fields), fields)
        window = state.windows[WindowId(int(fields["window_id"][1:]))]
        link = session.links.get(link_index) or session.link(window, index=link_index)
        stacks.setdefault(session.id, {})[link_index] = int(fields["window_stack_index"])
        if fields["window_active"] == "1":
            session.current = link
        if fields["pane_active"] == "1":
            window.active = pane
        if fields["pane_last"] == "1" and pane not in window.last_panes:
            window.last_panes.append(pane)
    for session in state.sessions.values():
        order = sorted(session.links, key=lambda index: -stacks[session.id][index])
        session.last = [
            session.links[index]
            for index in order
            if stacks[session.id][index] and session.links[index] is not session.current
        ]
    return state


def session_of(state: State, fields: dict[str, str]) -> Session:
    identity = SessionId(int(fields["session_id"][1:]))
    if identity not in state.sessions:
        state.sessions[identity] = Session(
            identity,
            fields["session_name"],
            "/",
            Options(state.session_options),
            Environment(),
            created=identity,
            activity=identity,
        )
    return state.sessions[identity]


def window_of(state: State, fields: dict[str, str]) -> Window | None:
    return state.windows.get(WindowId(int(fields["window_id"][1:])))


def pane_of(state: State, window: Window | None, fields: dict[str, str]) -> Pane:
    identity = PaneId(int(fields["pane_id"][1:]))
    if identity in state.panes:
        return state.panes[identity]
    options = Options(state.window_options) if window is None else window.options
    columns, rows = int(fields["pane_width"]), int(fields["pane_height"])
    pane = Pane(identity, Engine(columns, rows), Options(options))
    pane.column, pane.row = int(fields["pane_left"]), int(fields["pane_top"])
    state.panes[identity] = pane
    if window is None:
        layout = Layout.single(identity, columns=COLUMNS, rows=ROWS)
        window = Window(
            WindowId(int(fields["window_id"][1:])),
            fields["window_name"],
            COLUMNS,
            ROWS,
            layout,
            [],
            pane,
            options,
            0,
            0,
        )
        state.windows[window.id] = window
    window.panes.append(pane)
    pane.active_point = int(identity)
    return pane


