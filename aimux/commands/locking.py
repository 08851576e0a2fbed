"""Locking clients: their terminals run the option lock-command until it ends."""

from __future__ import annotations

from aimux.commands.command import Aim, Call, Command, Flags
from aimux.model.client import Client


def _lock(call: Call, client: Client) -> None:
    session = client.session
    command = session.options.text("lock-command") if session is not None else ""
    if command:
        call.effects.lock(client, command)


def lock_server(call: Call) -> None:
    """lock-server."""
    for client in call.state.attached():
        _lock(call, client)


def lock_session(call: Call) -> None:
    """lock-session [-t target-session]."""
    for client in call.state.clients_of(call.the_session()):
        _lock(call, client)


def lock_client(call: Call) -> None:
    """lock-client [-t target-client]."""
    _lock(call, call.the_client())


COMMANDS = (
    Command(
        name="lock-client",
        alias="lockc",
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-client]",
        flags=Flags.CAN_FAIL,
        run=lock_client,
    ),
    Command(
        name="lock-server",
        alias="lock",
        getopt="",
        arity=(0, 0),
        usage="",
        flags=Flags.CAN_FAIL,
        run=lock_server,
    ),
    Command(
        name="lock-session",
        alias="locks",
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-session]",
        target=Aim.SESSION,
        run=lock_session,
    ),
)
