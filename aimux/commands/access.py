"""server-access: which other users may connect to the server's socket."""

from __future__ import annotations

import pwd

from aimux.commands.command import Call, Command, Flags
from aimux.errors import CommandError
from aimux.model.access import MAX_USERS


def server_access(call: Call) -> None:
    """server-access [-adlrw] [user]."""
    if call.arguments.has("l"):
        for user, writable in call.state.access:
            call.print(f"{_name(user)} ({'W' if writable else 'R'})")
        return
    name = call.arguments.text(0)
    if name is None:
        raise CommandError("missing user argument")
    user = _user(call.expand(name))
    for one, other in ("ad", "rw"):
        if call.arguments.has(one) and call.arguments.has(other):
            raise CommandError(f"-{one} and -{other} cannot be used together")
    if call.arguments.has("d"):
        _revoke(call, user)
    else:
        _grant(call, user)


def _user(name: str) -> int:
    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        raise CommandError(f"unknown user: {name}") from None


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return "unknown"


def _check(call: Call, user: int) -> None:
    if call.state.access.is_owner(user):
        raise CommandError(f"{_name(user)} owns the server, can't change access")


def _revoke(call: Call, user: int) -> None:
    _check(call, user)
    if user not in call.state.access:
        raise CommandError(f"user {_name(user)} not found")
    call.state.access.remove(user)
    for client in call.state.attached():
        if client.user == user:
            call.effects.detach(client, "access not allowed")


def _grant(call: Call, user: int) -> None:
    """`-a`, `-r`, `-w`: someone new may look, and change things only with `-a` or `-w`."""
    _check(call, user)
    arguments, access = call.arguments, call.state.access
    if arguments.has("a") and user in access:
        raise CommandError(f"user {_name(user)} is already added")
    if len(access) >= MAX_USERS:
        raise CommandError("too many users")
    if not any(arguments.has(flag) for flag in "arw"):
        return
    before = access.may_write(user)
    writable = arguments.has("w") or (not arguments.has("r") and (before or arguments.has("a")))
    access.set(user, writable=writable)
    for client in call.state.attached():
        if client.user == user:
            client.read_only = not writable


COMMANDS = (
    Command(
        name="server-access",
        alias=None,
        getopt="adlrw",
        arity=(0, 1),
        usage="[-adlrw] [-t target-pane] [user]",
        flags=Flags.CAN_FAIL,
        run=server_access,
    ),
)
