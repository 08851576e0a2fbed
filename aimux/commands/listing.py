"""The `list-*` commands: one line a thing, by a format."""

from __future__ import annotations

from collections.abc import Iterable

from aimux.commands.build import CommandRow
from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.format_context import format_kind
from aimux.commands.formats import expand
from aimux.commands.later_tmux import LATER_COMMANDS
from aimux.commands.sorting import (
    CLIENT_ORDERS,
    PANE_ORDERS,
    SESSION_ORDERS,
    WINDOW_ORDERS,
    in_order,
)
from aimux.commands.targets import Target
from aimux.model.client import Client
from aimux.model.session import Link, Session

TRUECOLOUR = 1 << 24
SESSION_LINE = (
    "#{session_name}: #{session_windows} windows (created #{t:session_created})"
    "#{?session_grouped, (group ,}#{session_group}#{?session_grouped,),}"
    "#{?session_attached, (attached),}"
)
WINDOW_LINE = (
    "#{window_index}: #{window_name}#{window_raw_flags} (#{window_panes} panes) "
    "[#{window_width}x#{window_height}] [layout #{window_layout}] #{window_id}"
    "#{?window_active, (active),}"
)
WINDOW_LINE_ALL = (
    "#{session_name}:#{window_index}: #{window_name}#{window_raw_flags} "
    "(#{window_panes} panes) [#{window_width}x#{window_height}] "
)
PANE_LINE = (
    "#{pane_index}: [#{pane_width}x#{pane_height}] "
    "[history #{history_size}/#{history_limit}, #{history_bytes} bytes] #{pane_id}"
    "#{?pane_active, (active),}#{?pane_dead, (dead),}"
)
CLIENT_LINE = (
    "#{client_name}: #{session_name} [#{client_width}x#{client_height} #{client_termname}] "
    "#{?#{!=:#{client_uid},#{uid}},[user #{?client_user,#{client_user},#{client_uid},}] ,}"
    "#{?client_flags,(,}#{client_flags}#{?client_flags,),}"
)


def _list(call: Call, targets: Iterable[Target], template: str, kind: str) -> None:
    """A line for each; `line` counts them, those that the filter keeps out too."""
    template = call.arguments.get("F") or template
    for line, target in enumerate(targets):
        if call.passes(target):
            call.print(call.expand(template, target, line=str(line), **format_kind(kind)))


def list_sessions(call: Call) -> None:
    """list-sessions [-r] [-F format] [-f filter] [-O sort-order]."""
    sessions = in_order(call, call.state.sessions_by_name(), SESSION_ORDERS)
    _list(call, map(Target.of_session, sessions), SESSION_LINE, "session")


def list_windows(call: Call) -> None:
    """list-windows [-ar] [-F format] [-f filter] [-O sort-order] [-t target-session]."""
    everywhere = call.arguments.has("a")
    sessions = call.state.sessions_by_name() if everywhere else [call.the_session()]
    windows = [
        [Target.of_link(session, link) for link in session.ordered()] for session in sessions
    ]
    if _is_sorted(call):  # all of them as one list
        windows = [in_order(call, [one for places in windows for one in places], WINDOW_ORDERS)]
    for places in windows:
        _list(call, places, WINDOW_LINE_ALL if everywhere else WINDOW_LINE, "window")


def _is_sorted(call: Call) -> bool:
    return call.arguments.has("O") or call.arguments.has("r")


def list_panes(call: Call) -> None:
    """list-panes [-ars] [-F format] [-f filter] [-O sort-order] [-t target-window]."""
    if call.arguments.has("a"):
        for session in call.state.sessions_by_name():
            _list_panes(call, session, "#{session_name}:#{window_index}." + PANE_LINE)
    elif call.arguments.has("s"):
        _list_panes(call, call.the_session(), "#{window_index}." + PANE_LINE)
    else:
        _list(call, _panes_of(call, call.the_session(), call.the_link()), PANE_LINE, "pane")


def _list_panes(call: Call, session: Session, template: str) -> None:
    for link in session.ordered():
        _list(call, _panes_of(call, session, link), template, "pane")


def _panes_of(call: Call, session: Session, link: Link) -> list[Target]:
    """The panes of a window; tmux sorts them within each."""
    place = Target.of_link(session, link)
    return in_order(call, [place.with_pane(pane) for pane in link.window.panes], PANE_ORDERS)


def list_clients(call: Call) -> None:
    """list-clients [-r] [-F format] [-f filter] [-O sort-order] [-t target-session]."""
    only = call.the_session() if call.arguments.has("t") else None
    template = call.arguments.get("F") or CLIENT_LINE
    wanted = call.arguments.get("f")
    for line, client in enumerate(in_order(call, call.state.attached(), CLIENT_ORDERS)):
        session = client.session
        if session is None or (only is not None and session is not only):
            continue
        kind = format_kind("client")
        context = call.context(Target.of_session(session), line=str(line), **kind)
        context.client = client
        if wanted is None or expand(wanted, context) not in ("", "0"):
            call.print(expand(template, context))


def list_commands(call: Call) -> None:
    """list-commands [-F format] [command]."""
    wanted = call.arguments.text(0)
    template = call.arguments.get("F")
    for row in call.queue.language.table:
        if wanted in (None, row.name, row.alias) and _is_listed(call, row):
            call.print(_command_line(call, row, template))


def _is_listed(call: Call, row: CommandRow) -> bool:
    if row.name in LATER_COMMANDS:
        return call.is_later
    return not (call.as_tmux and row.is_addition)


def _command_line(call: Call, row: CommandRow, template: str | None) -> str:
    if template is None:
        alias = f" ({row.alias})" if row.alias else ""
        return f"{row.name}{alias} {row.usage}"
    return call.expand(
        template,
        command_list_name=row.name,
        command_list_alias=row.alias or "",
        command_list_usage=row.usage,
    )


def show_messages(call: Call) -> None:
    """show-messages [-JT] [-t target-client]."""
    client = _told(call)
    terminals, jobs = call.arguments.has("T"), call.arguments.has("J")
    if terminals or jobs:
        lines = _terminals(call, client if call.arguments.has("t") else None) if terminals else []
        running = _jobs(call) if jobs else []
        for line in [*lines, *([""] if lines and running else []), *running]:
            call.print(line)
        return
    for when, text in reversed(call.state.messages):
        stamp = call.expand("#{t/f/%H#:%M:message_time}", message_time=str(int(when)))
        call.print(f"{stamp} {text}")


def _told(call: Call) -> Client | None:
    """Whose messages are asked for; tmux 3.3a needs a client, later versions do without."""
    if call.is_later and not call.arguments.has("t"):
        return None
    return call.the_client()


def _terminals(call: Call, only: Client | None) -> list[str]:
    """What is known of the clients' terminals: aimux asks no terminfo, and tells what it uses."""
    lines: list[str] = []
    clients = [one for one in call.state.attached() if one.control is None and only in (None, one)]
    for number, client in enumerate(reversed(clients)):
        lines += (
            f"Terminal {number}: {client.term} for {client.name}:",
            f"   0: colors: (number) {min(client.depth, 256)}",
            f"   1: RGB: (flag) {'true' if client.depth == TRUECOLOUR else 'false'}",
        )
    return lines


def _jobs(call: Call) -> list[str]:
    jobs = enumerate(call.effects.jobs())
    return [f"Job {number}: {job.command} [pid={job.pid}]" for number, job in jobs]


COMMANDS = (
    Command(
        name="list-clients",
        alias="lsc",
        getopt="F:f:O:rt:",
        arity=(0, 0),
        usage="[-F format] [-t target-session]",
        target=Aim.SESSION,
        flags=Flags.READ_ONLY,
        run=list_clients,
    ),
    Command(
        name="list-commands",
        alias="lscm",
        getopt="F:",
        arity=(0, 1),
        usage="[-F format] [command]",
        flags=Flags.START_SERVER | Flags.CAN_FAIL,
        run=list_commands,
    ),
    Command(
        name="list-panes",
        alias="lsp",
        getopt="asF:f:O:rt:",
        arity=(0, 0),
        usage="[-as] [-F format] [-f filter] [-t target-window]",
        target=Aim.WINDOW,
        run=list_panes,
    ),
    Command(
        name="list-sessions",
        alias="ls",
        getopt="F:f:O:r",
        arity=(0, 0),
        usage="[-F format] [-f filter]",
        flags=Flags.CAN_FAIL,
        run=list_sessions,
    ),
    Command(
        name="list-windows",
        alias="lsw",
        getopt="F:f:aO:rt:",
        arity=(0, 0),
        usage="[-a] [-F format] [-f filter] [-t target-session]",
        target=Aim.SESSION,
        run=list_windows,
    ),
    Command(
        name="show-messages",
        alias="showmsgs",
        getopt="JTt:",
        arity=(0, 0),
        usage="[-JT] [-t target-client]",
        flags=Flags.CAN_FAIL,
        run=show_messages,
    ),
)
