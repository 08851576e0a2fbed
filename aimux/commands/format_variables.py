"""Every format variable: the tables of all subjects in one (tmux(1), FORMATS)."""

from __future__ import annotations

import os

from aimux import __version__
from aimux.commands.format_agents import AGENT_VARIABLES
from aimux.commands.format_battery import PLUGIN_VARIABLES
from aimux.commands.format_buffers import BUFFER_VARIABLES
from aimux.commands.format_clients import CLIENT_VARIABLES
from aimux.commands.format_later import LATER_VARIABLES
from aimux.commands.format_messages import MESSAGE_VARIABLES
from aimux.commands.format_panes import MODE_VARIABLES, PANE_VARIABLES
from aimux.commands.format_records import RECORD_VARIABLES
from aimux.commands.format_scope import Reader, flag, joined, of_server, seconds
from aimux.commands.format_screens import SCREEN_VARIABLES
from aimux.commands.format_sessions import SESSION_VARIABLES
from aimux.commands.format_theme import THEME_VARIABLES
from aimux.commands.format_windows import LINK_VARIABLES, WINDOW_VARIABLES
from aimux.commands.host import host_name, user_name
from aimux.commands.mouse_text import mouse_line, mouse_word

_SERVER: dict[str, Reader] = {
    "aimux_version": of_server(lambda _scope: __version__),
    "config_files": of_server(lambda scope: joined(scope.state.config_files)),
    "host": of_server(lambda _: host_name()),
    "host_short": of_server(lambda _: host_name().split(".")[0]),
    "next_session_id": of_server(lambda scope: f"${scope.state.counters.session}"),
    "pid": of_server(lambda scope: scope.state.pid),
    "socket_path": of_server(lambda scope: scope.state.socket_path),
    "start_time": of_server(lambda scope: seconds(scope.state.started)),
    "uid": of_server(lambda _: os.getuid()),
    "user": of_server(lambda _: user_name()),
    "version": of_server(lambda scope: scope.state.server_options.text("tmux-version")),
}

_FORMATS: dict[str, Reader] = {
    "pane_format": lambda scope: flag(scope.target.pane),
    "window_format": lambda scope: flag(scope.target.link and not scope.target.pane),
    "session_format": lambda scope: flag(scope.target.session and not scope.target.link),
}

_MOUSE: dict[str, Reader] = {
    "mouse_x": lambda scope: str(scope.mouse.column) if scope.mouse else None,
    "mouse_y": lambda scope: str(scope.mouse.row) if scope.mouse else None,
    "mouse_pane": lambda scope: (
        f"%{scope.mouse.pane.id}" if scope.mouse and scope.mouse.pane else None
    ),
    "mouse_line": lambda scope: mouse_line(scope.mouse),
    "mouse_word": lambda scope: mouse_word(
        scope.mouse, scope.state.session_options.text("word-separators")
    ),
}

# Their values are made of options and figures alone, and may hold styles.
STYLED_VARIABLES = frozenset(PLUGIN_VARIABLES)

VARIABLES: dict[str, Reader] = {
    **AGENT_VARIABLES,
    **PLUGIN_VARIABLES,
    **THEME_VARIABLES,
    **LATER_VARIABLES,
    **MESSAGE_VARIABLES,
    **RECORD_VARIABLES,
    **BUFFER_VARIABLES,
    **SCREEN_VARIABLES,
    **PANE_VARIABLES,
    **WINDOW_VARIABLES,
    **LINK_VARIABLES,
    **SESSION_VARIABLES,
    **CLIENT_VARIABLES,
    **_SERVER,
    **_FORMATS,
    **_MOUSE,
    **MODE_VARIABLES,
}
