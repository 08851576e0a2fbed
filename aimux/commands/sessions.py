"""Commands that make, name and end sessions."""

from __future__ import annotations

from contextlib import ExitStack

from aimux.commands.attaching import attach_to, enter, require_terminal
from aimux.commands.client_flags import set_flags
from aimux.commands.client_view import status_rows
from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.groups import members, synchronize
from aimux.commands.lifecycle import close_session, close_window
from aimux.commands.numbers import number
from aimux.commands.spawn import (
    clamp,
    clean_session_name,
    default_size,
    make_session,
    make_window,
    start_of,
)
from aimux.commands.targets import Target
from aimux.commands.telling import select_link
from aimux.errors import CommandError
from aimux.events import SessionCreated, SessionRenamed
from aimux.model.client import Client
from aimux.model.environment import Environment
from aimux.model.session import Session


def new_session(call: Call) -> None:
    """new-session [-AdDEPX] [-c dir] [-e env] [-F format] [-n window] [-s name] [-x w] [-y h]."""
    arguments = call.arguments
    if arguments.has("t") and (arguments.positional or arguments.has("n")):
        raise CommandError("command or window name given with target")
    given = arguments.get("s")
    name = clean_session_name(call.expand(given)) if given is not None else ""
    existing = call.state.session_named(name) if name else None
    if existing is not None:
        if not arguments.has("A"):
            raise CommandError(f"duplicate session: {name}")
        attach_to(call, existing, detach_others=arguments.has("D") or arguments.has("X"))
        return
    client = call.source.client
    attach = not arguments.has("d") and client is not None
    if attach and client is not None:
        require_terminal(call, client)
    session = _make(call, name, client)
    if arguments.has("t"):
        _join_group(call, session)
    call.effects.publish(SessionCreated(session.id, session.name))
    call.landed = Target.of_session(session)
    if attach and client is not None:
        set_flags(client, arguments.get("f"))
        enter(call, client, session)
    if not arguments.has("d"):
        call.queue.current = Target.of_session(session)
    if arguments.has("P"):
        target = call.find(f"${session.id}:", Aim.PANE)
        call.print(call.expand(arguments.get("F") or "#{session_name}:", target))


def _make(call: Call, name: str, client: Client | None) -> Session:
    arguments = call.arguments
    here = client.path if client is not None else "/"
    start = start_of(call, arguments.positional, default=here)
    size = _wanted_size(call, client)
    session = make_session(
        call,
        name=name,
        prefix=_group(call),
        path=start.path,
        environment=_environment(call, client),
    )
    if size is not None:
        session.options.set("default-size", f"{size[0]}x{size[1]}")
    index = session.options.number("base-index")
    with ExitStack() as undo:
        undo.callback(call.state.sessions.pop, session.id)
        given = arguments.get("n")
        window_name = call.expand(given, Target(session)) if given is not None else None
        make_window(call, session, index=index, start=start, name=window_name, selected=True)
        undo.pop_all()
    return session


def _group(call: Call) -> str:
    """The group that `-t` names: by a session, by its own name, or a new one."""
    given = call.arguments.get("t")
    if given is None:
        return ""
    other = call.target().session
    if other is not None:
        return other.group or other.name
    return clean_session_name(given)


def _join_group(call: Call, session: Session) -> None:
    """Put a new session in the group that `-t` names, and give it that group's windows."""
    group = _group(call)
    other = call.target().session
    if other is not None:
        other.group = group
    others = members(call.state, group)
    session.group = group
    if not others:
        return
    window = session.window
    synchronize(call.effects, others[0], session)
    close_window(call.state, call.effects, window)
    select_link(call.effects, session, session.ordered()[0])


def _environment(call: Call, client: Client | None) -> Environment:
    environment = Environment()
    if client is not None and not call.arguments.has("E"):
        patterns = call.state.session_options.strings("update-environment")
        environment.update_from(client.environment, patterns)
    for assignment in call.arguments.all("e"):
        name, equals, value = assignment.partition("=")
        if equals:
            environment.set(name, value)
    return environment


def _wanted_size(call: Call, client: Client | None) -> tuple[int, int] | None:
    """The size for a new session: what was asked for, or what the client leaves; None for neither.

    Raises:
        CommandError: A size is no number, or out of range.
    """
    arguments, options = call.arguments, call.state.session_options
    drawn = client is not None and client.terminal and client.control is None
    attached = drawn and not arguments.has("d")
    if not attached and not arguments.has("x") and not arguments.has("y"):
        return None
    columns, rows = default_size(options)
    if client is not None and attached:
        columns, rows = client.window_columns, client.rows
    columns = _dimension(call, "x", "width", columns, client.columns if client else columns)
    rows = _dimension(call, "y", "height", rows, client.rows if client else rows)
    if attached:
        rows -= status_rows(options)
    return clamp(columns, rows)


def _dimension(call: Call, flag: str, word: str, default: int, terminal: int) -> int:
    text = call.arguments.get(flag)
    if text is None:
        return default
    if text == "-":
        return terminal
    return number(text, word, low=1, high=65535)


def has_session(call: Call) -> None:
    """has-session [-t target-session]."""
    call.the_session()


def kill_session(call: Call) -> None:
    """kill-session [-aCg] [-t target-session]."""
    session = call.the_session()
    if call.arguments.has("C"):
        for link in session.ordered():
            link.alerts.clear()
    elif call.arguments.has("a"):
        for other in call.state.sessions_by_name():
            if other is not session:
                close_session(call.state, call.effects, other)
    elif call.arguments.has("g") and session.group:
        for other in members(call.state, session.group):
            close_session(call.state, call.effects, other)
    else:
        close_session(call.state, call.effects, session)


def rename_session(call: Call) -> None:
    """rename-session [-t target-session] new-name."""
    session = call.the_session()
    name = clean_session_name(call.expand(call.arguments.texts()[0]))
    if name == session.name:
        return
    if call.state.session_named(name) is not None:
        raise CommandError(f"duplicate session: {name}")
    session.name = name
    call.effects.publish(SessionRenamed(session.id, name))


COMMANDS = (
    Command(
        name="has-session",
        alias="has",
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-session]",
        target=Aim.SESSION,
        run=has_session,
    ),
    Command(
        name="kill-session",
        alias=None,
        getopt="aCgt:",
        arity=(0, 0),
        usage="[-aC] [-t target-session]",
        target=Aim.SESSION,
        run=kill_session,
    ),
    Command(
        name="new-session",
        alias="new",
        getopt="Ac:dDe:EF:f:n:Ps:t:x:Xy:",
        arity=(0, None),
        usage="[-AdDEPX] [-c start-directory] [-e environment] [-F format] [-f flags]"
        " [-n window-name] [-s session-name] [-t target-session] [-x width] [-y height]"
        " [shell-command]",
        target=Aim.SESSION,
        flags=Flags.START_SERVER | Flags.CAN_FAIL,
        run=new_session,
    ),
    Command(
        name="rename-session",
        alias="rename",
        getopt="t:",
        arity=(1, 1),
        usage="[-t target-session] new-name",
        target=Aim.SESSION,
        run=rename_session,
    ),
)
