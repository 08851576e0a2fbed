"""The format variables: a table from names to what they say of a scope (tmux(1), FORMATS)."""

from __future__ import annotations

import getpass
import os
import platform
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from aimux import __version__
from aimux.commands.client_flags import flag_names
from aimux.commands.format_agents import AGENT_VARIABLES
from aimux.commands.format_buffers import BUFFER_VARIABLES
from aimux.commands.format_later import LATER_VARIABLES
from aimux.commands.format_messages import MESSAGE_VARIABLES
from aimux.commands.format_records import RECORD_VARIABLES
from aimux.commands.format_scope import (
    Reader,
    Scope,
    flag,
    of_client,
    of_link,
    of_pane,
    of_server,
    of_session,
    of_window,
)
from aimux.commands.format_screens import SCREEN_VARIABLES
from aimux.commands.groups import members
from aimux.commands.mouse_text import mouse_line, mouse_word
from aimux.errors import OptionError
from aimux.model.client import Client
from aimux.model.layout_string import dump
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.window import Window
from aimux.styles.colour import RGB, format_colour
from aimux.styles.style import PLAIN, Style, overlay, parse_style
from aimux.vt.render import row_text

CELL_WIDTH, CELL_HEIGHT = 16, 32  # pixels: tmux's figures while no client tells better ones
NO_PLACE = 0xFFFFFFFF
ALERT_MARKS = {"activity": "#", "bell": "!", "silence": "~"}


@cache
def host_name() -> str:
    """The machine's name."""
    return platform.node()


@cache
def user_name() -> str:
    """The name of the person that the server runs as; the number where there is no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


# ---- windows ----


def window_flags(link: Link, session: Session, scope: Scope) -> str:
    """The marks behind a window's name: alerts, `*` current, `-` last, `M` marked, `Z` zoomed."""
    marked = scope.state.marked
    marks = [mark for alert, mark in ALERT_MARKS.items() if alert in link.alerts]
    marks += ["*"] if link is session.current else []
    marks += ["-"] if session.last and link is session.last[-1] else []
    marks += ["M"] if marked is not None and marked in link.window.panes else []
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


def active_index(session: Session, _scope: Scope) -> str:
    """The index of the window that is shown; empty while the session is being made."""
    return str(session.current.index) if session.current is not None else ""


# ---- panes ----


def pane_index(pane: Pane, scope: Scope) -> int:
    """A pane's index, from `pane-base-index` on."""
    window = scope.target.window
    if window is None or pane not in window.panes:
        return 0
    return window.index_of(pane) + window.options.number("pane-base-index")


def pane_edges(pane: Pane, scope: Scope) -> dict[str, bool]:
    """Which edges of the window a pane touches."""
    window = scope.target.window
    if window is None:
        return dict.fromkeys(("left", "top", "right", "bottom"), False)
    status = window.border_status
    return {
        "left": pane.column == 0,
        "top": pane.row == (1 if status == "top" else 0),
        "right": pane.column + pane.columns == window.columns,
        "bottom": pane.row + pane.rows == window.rows - (1 if status == "bottom" else 0),
    }


def is_last_pane(pane: Pane, scope: Scope) -> str:
    """Whether `last-pane` would select it."""
    window = scope.target.window
    return flag(window is not None and window.last_panes[-1:] == [pane])


def cursor_character(pane: Pane, _scope: Scope) -> str:
    """The character under the cursor."""
    screen = pane.screen
    text = row_text(screen.rows[screen.cursor_y])
    return text[screen.cursor_x : screen.cursor_x + 1] or " "


def tab_stops(pane: Pane, _scope: Scope) -> str:
    """The columns of the tab stops."""
    return ",".join(str(column) for column in sorted(pane.screen.tab_stops))


def mouse_any(pane: Pane, _scope: Scope) -> str:
    """Whether the program asked for the mouse in any way."""
    return flag(pane.screen.modes.mouse_protocol)


def in_mode(pane: Pane, _scope: Scope) -> str:
    """How many modes cover the pane."""
    return str(len(pane.covered) + (pane.mode is not None))


def saved_place(axis: str) -> Reader:
    """A coordinate of the cursor that the alternate screen keeps; tmux's largest for none."""

    def read(pane: Pane, _scope: Scope) -> int:
        saved = pane.screen.alternate_saved_cursor
        return NO_PLACE if saved is None else int(getattr(saved, axis))

    return of_pane(read)


def exit_part(read: Callable[[Pane], object]) -> Reader:
    """A variable of how a pane's program ended; empty while it runs."""
    return of_pane(lambda pane, _: "" if pane.exited is None else _known(read(pane)))


def _style(pane: Pane, option: str) -> Style:
    """A style of a pane; one that is a format is plain here."""
    try:
        return parse_style(pane.options.text(option))
    except OptionError:
        return PLAIN


def _own_style(pane: Pane) -> Style:
    """The colours that the pane's program gave the screen (OSC 10 and 11)."""
    colours = pane.screen.colours
    return replace(
        PLAIN,
        fg=colours.foreground | RGB if colours.is_changed(10) else PLAIN.fg,
        bg=colours.background | RGB if colours.is_changed(11) else PLAIN.bg,
    )


def pane_colour(part: str) -> Reader:
    """The foreground or background of what has none of its own: the style's or the program's."""

    def read(pane: Pane, scope: Scope) -> str:
        window, own = scope.target.window, _own_style(pane)
        style = overlay(own, _style(pane, "window-style"))
        if window is not None and window.active is pane:
            # What a program said counts before window-style here, as in tmux.
            style = overlay(style, overlay(own, _style(pane, "window-active-style")))
        return format_colour(getattr(style, part))

    return of_pane(read)


def _known(value: object) -> object:
    return "" if value is None else value


def mode_variable(name: str) -> Reader:
    """A variable that the pane's mode gives (copy mode's place, selection and search)."""

    def reader(scope: Scope) -> str | None:
        pane = scope.target.pane
        if pane is None or pane.mode is None:
            return None
        variables = getattr(pane.mode, "variables", None)
        value = variables().get(name) if variables is not None else None
        return None if value is None else str(value)

    return reader


LINE_BYTES, CELL_BYTES = 32, 5  # sizeof struct grid_line and struct grid_cell_entry of tmux 3.3a


def history_bytes(pane: Pane, _scope: Scope) -> int:
    """What tmux's grid would take for the same lines: scripts read the number, not the memory."""
    counts = pane.screen.history.length_counts()
    counts.update(row.used for row in pane.screen.rows)
    return sum(
        count * (LINE_BYTES + CELL_BYTES * _allocated(length, pane.columns))
        for length, count in counts.items()
    )


def history_all_bytes(pane: Pane, _scope: Scope) -> str:
    """Lines, cells and cells that need more room, each as a count and what it takes in tmux."""
    lengths = pane.screen.history.length_counts()
    lengths.update(row.used for row in pane.screen.rows)
    lines = sum(lengths.values())
    cells = sum(count * _allocated(length, pane.columns) for length, count in lengths.items())
    return f"{lines},{lines * LINE_BYTES},{cells},{cells * CELL_BYTES},0,0"


def terminal_features(client: Client, _scope: Scope) -> str:
    """What the client makes use of on its terminal, by tmux's names, in tmux's order."""
    if client.abilities is None:
        return ""
    return ",".join(sorted(client.abilities.features, key=str.casefold))


def _allocated(length: int, columns: int) -> int:
    """Cells that tmux allocates for a line: none, a quarter, a half or all of the width."""
    steps = (0, columns // 4, columns // 2)
    return next((step for step in steps if length <= step), columns)


# ---- sessions ----


def alerts(session: Session, _scope: Scope) -> str:
    """The windows of a session with alerts: `2!,3#`."""
    parts = []
    for link in session.ordered():
        marks = "".join(mark for alert, mark in ALERT_MARKS.items() if alert in link.alerts)
        if marks:
            parts.append(f"{link.index}{marks}")
    return ",".join(parts)


def last_index(session: Session, _scope: Scope) -> str:
    """The highest index; empty while the session is being made."""
    return str(max(session.links)) if session.links else ""


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


def is_linked(window: Window, scope: Scope) -> bool:
    """Whether a window is in more sessions than those of the scope's group."""
    session = scope.target.session
    group = members(scope.state, session.group) if session is not None else []
    return len(linked_sessions(window, scope)) > max(1, len(group))


def seconds(time: float) -> int:
    """A time as formats carry it."""
    return int(time)


def joined(names: Iterable[str]) -> str:
    """Names in a list."""
    return ",".join(names)


def client_flags(client: Client, _scope: Scope) -> str:
    """What `list-clients` shows in brackets."""
    return joined(flag_names(client))


_PANES: dict[str, Reader] = {
    "alternate_on": of_pane(lambda pane, _: flag(pane.screen.alternate)),
    "alternate_saved_x": saved_place("x"),
    "alternate_saved_y": saved_place("y"),
    "cursor_character": of_pane(cursor_character),
    "cursor_flag": of_pane(lambda pane, _: flag(pane.screen.cursor_visible)),
    "cursor_x": of_pane(lambda pane, _: pane.screen.cursor_x),
    "cursor_y": of_pane(lambda pane, _: pane.screen.cursor_y),
    "history_bytes": of_pane(history_bytes),
    "history_all_bytes": of_pane(history_all_bytes),
    "history_limit": of_pane(lambda pane, _: pane.screen.history_limit),
    "history_size": of_pane(lambda pane, _: len(pane.screen.history)),
    "insert_flag": of_pane(lambda pane, _: flag(pane.screen.modes.insert)),
    "keypad_cursor_flag": of_pane(lambda pane, _: flag(pane.screen.modes.application_cursor_keys)),
    "keypad_flag": of_pane(lambda pane, _: flag(pane.screen.modes.application_keypad)),
    "mouse_all_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_protocol == 1003)),
    "mouse_any_flag": of_pane(mouse_any),
    "mouse_button_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_protocol == 1002)),
    "mouse_sgr_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_encoding == 1006)),
    "mouse_standard_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_protocol == 1000)),
    "mouse_utf8_flag": of_pane(lambda pane, _: flag(pane.screen.modes.mouse_encoding == 1005)),
    "origin_flag": of_pane(lambda pane, _: flag(pane.screen.modes.origin)),
    "pane_active": of_pane(
        lambda pane, scope: flag(scope.target.window and scope.target.window.active is pane)
    ),
    "pane_at_bottom": of_pane(lambda pane, scope: flag(pane_edges(pane, scope)["bottom"])),
    "pane_at_left": of_pane(lambda pane, scope: flag(pane_edges(pane, scope)["left"])),
    "pane_at_right": of_pane(lambda pane, scope: flag(pane_edges(pane, scope)["right"])),
    "pane_at_top": of_pane(lambda pane, scope: flag(pane_edges(pane, scope)["top"])),
    "pane_bg": pane_colour("bg"),
    "pane_bottom": of_pane(lambda pane, _: pane.row + pane.rows - 1),
    "pane_current_command": of_pane(lambda pane, scope: scope.effects.foreground_command(pane)),
    "pane_current_path": of_pane(lambda pane, scope: scope.effects.foreground_path(pane)),
    "pane_dead": of_pane(lambda pane, _: flag(pane.exited or not pane.pid)),
    "pane_dead_signal": exit_part(lambda pane: pane.exited and pane.exited.signal),
    "pane_dead_status": exit_part(lambda pane: pane.exited and pane.exited.status),
    "pane_dead_time": exit_part(lambda pane: pane.exited and seconds(pane.exited.time)),
    "pane_fg": pane_colour("fg"),
    "pane_height": of_pane(lambda pane, _: pane.rows),
    "pane_id": of_pane(lambda pane, _: f"%{pane.id}"),
    "pane_in_mode": of_pane(in_mode),
    "pane_index": of_pane(pane_index),
    "pane_input_off": of_pane(lambda pane, _: flag(pane.input_off)),
    "pane_last": of_pane(is_last_pane),
    "pane_left": of_pane(lambda pane, _: pane.column),
    "pane_marked": of_pane(lambda pane, scope: flag(scope.state.marked is pane)),
    "pane_marked_set": of_pane(lambda _pane, scope: flag(scope.state.marked)),
    "pane_mode": of_pane(lambda pane, _: pane.mode.name if pane.mode else ""),
    "pane_path": of_pane(lambda pane, _: pane.path),
    "pane_pid": of_pane(lambda pane, _: pane.pid),
    "pane_pipe": of_pane(lambda pane, _: flag(pane.piped)),
    "pane_search_string": of_pane(lambda pane, _: pane.search.text or ""),
    "pane_right": of_pane(lambda pane, _: pane.column + pane.columns - 1),
    "pane_start_command": of_pane(lambda pane, _: pane.start_command),
    "pane_start_path": of_pane(lambda pane, _: pane.start_path),
    "pane_synchronized": of_pane(lambda pane, _: flag(pane.options.get("synchronize-panes"))),
    "pane_tabs": of_pane(tab_stops),
    "pane_title": of_pane(lambda pane, _: pane.title),
    "pane_top": of_pane(lambda pane, _: pane.row),
    "pane_tty": of_pane(lambda pane, _: pane.tty),
    "pane_width": of_pane(lambda pane, _: pane.columns),
    "scroll_region_lower": of_pane(lambda pane, _: pane.screen.scroll_bottom),
    "scroll_region_upper": of_pane(lambda pane, _: pane.screen.scroll_top),
    "wrap_flag": of_pane(lambda pane, _: flag(pane.screen.modes.wrap)),
}

_WINDOWS: dict[str, Reader] = {
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

_LINKS: dict[str, Reader] = {
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

_SESSIONS: dict[str, Reader] = {
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
        lambda session, scope: flag(
            any(scope.state.marked in link.window.panes for link in session.links.values())
        )
    ),
    "session_name": of_session(lambda session, _: session.name),
    "session_path": of_session(lambda session, _: session.path),
    "session_stack": of_session(stack),
    "session_windows": of_session(lambda session, _: len(session.links)),
}

_CLIENTS: dict[str, Reader] = {
    "client_activity": of_client(lambda client, _: seconds(client.activity)),
    "client_cell_height": of_client(lambda client, _: CELL_HEIGHT if client.terminal else ""),
    "client_cell_width": of_client(lambda client, _: CELL_WIDTH if client.terminal else ""),
    "client_control_mode": of_client(lambda client, _: flag(client.control)),
    "client_created": of_client(lambda client, _: seconds(client.created)),
    "client_discarded": of_client(lambda _client, _: 0),  # frames are skipped, bytes never
    "client_flags": of_client(client_flags),
    "client_height": of_client(lambda client, _: "" if client.control else client.rows),
    "client_key_table": of_client(lambda client, _: client.key_table),
    "client_last_session": of_client(
        lambda client, _: client.last_session.name if client.last_session else ""
    ),
    "client_name": of_client(lambda client, _: client.name),
    "client_pid": of_client(lambda client, _: client.pid),
    "client_prefix": of_client(lambda client, _: flag(client.key_table == "prefix")),
    "client_readonly": of_client(lambda client, _: flag(client.read_only)),
    "client_session": of_client(lambda client, _: client.session.name if client.session else ""),
    "client_termfeatures": of_client(terminal_features),
    "client_termname": of_client(lambda client, _: client.term),
    "client_termtype": of_client(lambda client, _: client.told.name),
    "client_tty": of_client(lambda client, _: client.name if client.terminal else ""),
    "client_uid": of_client(lambda _client, _: os.getuid()),
    "client_user": of_client(lambda _client, _: user_name()),
    "client_utf8": of_client(lambda client, _: flag(client.utf8)),
    "client_width": of_client(lambda client, _: client.columns),
}

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

_MODES: dict[str, Reader] = {
    name: mode_variable(name)
    for name in (
        "copy_cursor_line",
        "copy_cursor_word",
        "copy_cursor_x",
        "copy_cursor_y",
        "rectangle_toggle",
        "scroll_position",
        "search_match",
        "search_present",
        "selection_active",
        "selection_end_x",
        "selection_end_y",
        "selection_present",
        "selection_start_x",
        "selection_start_y",
    )
}

VARIABLES: dict[str, Reader] = {
    **AGENT_VARIABLES,
    **LATER_VARIABLES,
    **MESSAGE_VARIABLES,
    **RECORD_VARIABLES,
    **BUFFER_VARIABLES,
    **SCREEN_VARIABLES,
    **_PANES,
    **_WINDOWS,
    **_LINKS,
    **_SESSIONS,
    **_CLIENTS,
    **_SERVER,
    **_FORMATS,
    **_MOUSE,
    **_MODES,
}
