"""A state with the sessions, windows and panes that a real tmux has."""

from __future__ import annotations

from aimux.ids import PaneId, SessionId, WindowId
from aimux.model.environment import Environment
from aimux.model.key_tables import KeyTables
from aimux.model.layout import Layout
from aimux.model.options import Options
from aimux.model.options_table import Scope
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.model.window import Window
from aimux.vt.engine import Engine
from tests.real_tmux import RealTmux

FIELDS = (
    *("session_id", "session_name", "window_id", "window_index", "window_name"),
    *("window_width", "window_height", "window_layout", "window_stack_index", "window_active"),
    *("pane_id", "pane_left", "pane_top", "pane_width", "pane_height", "pane_active", "pane_last"),
)
ROW = "\t".join(f"#{{{name}}}" for name in FIELDS)
Fields = dict[str, str]


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
    """What a tmux server has; sessions and panes were used last in the order they were made."""
    state = empty_state()
    stacks: dict[SessionId, list[tuple[int, Link]]] = {}
    for line in tmux("list-panes", "-a", "-F", ROW).splitlines():
        fields = dict(zip(FIELDS, line.split("\t"), strict=True))
        session = session_of(state, fields)
        link = add_pane(state, session, fields)
        if link is not session.current:
            place = int(fields["window_stack_index"]), link
            stack = stacks.setdefault(session.id, [])
            if place[0] and place not in stack:
                stack.append(place)
    for identity, stack in stacks.items():
        ordered = sorted(stack, key=lambda place: -place[0])
        state.sessions[identity].last = [link for _, link in ordered]
    return state


def session_of(state: State, fields: Fields) -> Session:
    """The session of a line; made if it is new."""
    identity = SessionId(int(fields["session_id"][1:]))
    if identity not in state.sessions:
        options = Options(state.session_options)
        environment = Environment()
        state.sessions[identity] = Session(
            identity, fields["session_name"], "/", options, environment, identity, identity
        )
    return state.sessions[identity]


def add_pane(state: State, session: Session, fields: Fields) -> Link:
    """The link of a line, after its pane was put there."""
    window = state.windows.get(WindowId(int(fields["window_id"][1:])))
    identity = PaneId(int(fields["pane_id"][1:]))
    if identity not in state.panes:
        window = _add_new_pane(state, window, identity, fields)
    assert window is not None
    pane, index = state.panes[identity], int(fields["window_index"])
    link = session.links.get(index) or session.link(window, index=index)
    if fields["window_active"] == "1":
        session.current = link
    if fields["pane_active"] == "1":
        window.active = pane
    if fields["pane_last"] == "1" and pane not in window.last_panes:
        window.last_panes.append(pane)
    return link


def _add_new_pane(state: State, window: Window | None, identity: PaneId, fields: Fields) -> Window:
    options = Options(state.window_options) if window is None else window.options
    columns, rows = int(fields["pane_width"]), int(fields["pane_height"])
    pane = Pane(identity, Engine(columns, rows), Options(options))
    pane.column, pane.row = int(fields["pane_left"]), int(fields["pane_top"])
    pane.active_point = int(identity)
    state.panes[identity] = pane
    if window is None:
        window = _new_window(options, pane, fields)
        state.windows[window.id] = window
    window.panes.append(pane)
    return window


def _new_window(options: Options, pane: Pane, fields: Fields) -> Window:
    columns, rows = int(fields["window_width"]), int(fields["window_height"])
    layout = Layout.single(pane.id, columns=columns, rows=rows)
    identity = WindowId(int(fields["window_id"][1:]))
    name = fields["window_name"]
    return Window(identity, name, columns, rows, layout, [], pane, options, 0, 0)
