"""Clients and the sessions that they show: attaching, switching, detaching, suspending."""

from __future__ import annotations

from aimux.commands.client_flags import set_flags
from aimux.commands.command import Aim, Call, Command, Flags, required
from aimux.commands.effects import NO_WISH, LastWish
from aimux.commands.lifecycle import show_session
from aimux.commands.sorting import SESSION_ORDERS, in_order
from aimux.commands.telling import select_link, select_pane, unzoom, zoom
from aimux.errors import CommandError
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.window import Window


def require_terminal(call: Call, client: Client) -> None:
    """Raise CommandError if a client cannot be attached: no terminal, or inside itself."""
    variable = "TMUX" if client.as_tmux else "AIMUX"
    inside = client.environment.get(variable)
    if inside and any(pane.tty == client.name for pane in call.state.panes.values()):
        raise CommandError(f"sessions should be nested with care, unset ${variable} to force")
    if client.session is None and client.refusal:
        raise CommandError(client.refusal)


def enter(call: Call, client: Client, session: Session) -> None:
    """Show a session on the client that asked, attaching it if it is not attached yet."""
    comes = client.session is None
    show_session(call.effects, client, session)
    if comes:
        call.effects.attach(client, session)


def attach_session(call: Call) -> None:
    """attach-session [-dErx] [-c working-directory] [-f flags] [-t target-session]."""
    if not call.state.sessions:
        raise CommandError("no sessions")
    text = call.arguments.get("t") or ""
    names_place = any(mark in text for mark in ":.")
    target = call.find(text or None, Aim.PANE if names_place else Aim.SESSION)
    session = required(target.session, "session")
    if names_place and target.link is not None:
        select_link(call.effects, session, target.link)
        if target.pane is not None and target.window is not None:
            select_pane(call.state, call.effects, target.window, target.pane)
    attach_to(call, session, detach_others=call.arguments.has("d") or call.arguments.has("x"))


def attach_to(call: Call, session: Session, *, detach_others: bool) -> None:
    """Attach the client that asked to a session."""
    client = call.source.client
    if client is None:
        return
    require_terminal(call, client)
    path = call.arguments.get("c")
    if path is not None:
        session.path = call.expand(path)
    _update_environment(call, client, session)
    if call.command.name == "attach-session" and call.arguments.has("r"):
        set_flags(client, "read-only,ignore-size")
    set_flags(client, call.arguments.get("f"))
    if detach_others:
        for other in call.state.clients_of(session):
            if other is not client:
                detach_one(call, other)
    enter(call, client, session)


def switch_client(call: Call) -> None:
    """switch-client [-ElnprZ] [-c target-client] [-t target-session] [-T key-table].

    `-F` is taken and means nothing, as in tmux 3.3a.
    """
    arguments = call.arguments
    client = call.the_client("c")
    if arguments.has("r"):
        client.read_only = client.ignore_size = not client.read_only
    table = arguments.get("T")
    if table is not None:
        call.state.key_tables.required(table)
        client.key_table = table
        return
    session = _switch_target(call, client)
    _update_environment(call, client, session)
    show_session(call.effects, client, session)


def _update_environment(call: Call, client: Client, session: Session) -> None:
    """Give a session the variables of a client that `update-environment` names, unless `-E`."""
    if not call.arguments.has("E"):
        patterns = session.options.strings("update-environment")
        session.environment.update_from(client.environment, patterns)


def _switch_target(call: Call, client: Client) -> Session:
    arguments = call.arguments
    if arguments.has("l"):
        if client.last_session is None or client.last_session.id not in call.state.sessions:
            raise CommandError("can't find last session")
        return client.last_session
    for flag, step in (("n", 1), ("p", -1)):
        if arguments.has(flag):
            return _session_beside(call, client, step)
    text = arguments.get("t")
    aim = Aim.PANE if text and any(mark in text for mark in ":.%") else Aim.SESSION
    target = call.find(text, aim)
    if target.session is None:
        raise CommandError("no current session")
    if aim is Aim.PANE and target.link is not None and target.pane is not None:
        select_link(call.effects, target.session, target.link)
        _select_pane(call, target.link.window, target.pane)
    return target.session


def _select_pane(call: Call, window: Window, pane: Pane) -> None:
    """Make a pane active; a zoomed window stays so with `-Z` only."""
    if pane is window.active:
        return
    zoomed = unzoom(call.effects, window)
    select_pane(call.state, call.effects, window, pane)
    if zoomed and call.arguments.has("Z"):
        zoom(call.effects, window)


def _session_beside(call: Call, client: Client, step: int) -> Session:
    sessions = call.state.sessions_by_name()
    if call.arguments.has("O"):
        # `-r` is another thing here, as in tmux: it makes the client read-only, too.
        sessions = in_order(call, sessions, SESSION_ORDERS)
    if client.session is None or len(sessions) < 2:
        raise CommandError(f"can't find {'next' if step > 0 else 'previous'} session")
    return sessions[(sessions.index(client.session) + step) % len(sessions)]


def detach_one(call: Call, client: Client, wish: LastWish = NO_WISH) -> None:
    """Detach a client and tell it from which session."""
    name = client.session.name if client.session is not None else ""
    how = "detached and SIGHUP" if wish.hangup_parent else "detached"
    message = "" if wish.command else f"[{how} (from session {name})]"
    call.effects.detach(client, message, wish)


def _last_wish(call: Call, client: Client) -> LastWish:
    options = client.session.options if client.session is not None else call.state.session_options
    return LastWish(
        hangup_parent=call.arguments.has("P"),
        command=call.arguments.get("E") or "",
        shell=options.text("default-shell"),
    )


def detach_client(call: Call) -> None:
    """detach-client [-aP] [-E shell-command] [-s target-session] [-t target-client]."""
    client = call.the_client()
    if call.arguments.has("s"):
        session = call.origin().session
        if session is None:
            raise CommandError("no current session")
        for one in call.state.clients_of(session):
            detach_one(call, one, _last_wish(call, one))
        return
    others = [one for one in call.state.attached() if one is not client]
    for one in others if call.arguments.has("a") else [client]:
        detach_one(call, one, _last_wish(call, one))


def suspend_client(call: Call) -> None:
    """suspend-client [-t target-client]."""
    call.effects.suspend(call.the_client())


COMMANDS = (
    Command(
        name="attach-session",
        alias="attach",
        getopt="c:dEf:rt:x",
        arity=(0, 0),
        usage="[-dErx] [-c working-directory] [-f flags] [-t target-session]",
        target=Aim.PANE,
        flags=Flags.START_SERVER | Flags.READ_ONLY,
        run=attach_session,
    ),
    Command(
        name="detach-client",
        alias="detach",
        getopt="aE:s:t:P",
        arity=(0, 0),
        usage="[-aP] [-E shell-command] [-s target-session] [-t target-client]",
        source=Aim.SESSION,
        flags=Flags.READ_ONLY,
        run=detach_client,
    ),
    Command(
        name="suspend-client",
        alias="suspendc",
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-client]",
        run=suspend_client,
    ),
    Command(
        name="switch-client",
        alias="switchc",
        getopt="lc:EFnO:pt:rT:Z",
        arity=(0, 0),
        usage="[-ElnprZ] [-c target-client] [-t target-session] [-T key-table]",
        flags=Flags.READ_ONLY,
        run=switch_client,
    ),
)
