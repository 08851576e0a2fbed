"""wait-for: commands that wait for one another."""

from __future__ import annotations

from aimux.commands.command import Call, Command, Flags
from aimux.errors import CommandError
from aimux.model.wait_channels import Waiter


def wait_for(call: Call) -> None:
    """wait-for [-L|-S|-U] channel."""
    arguments, channels = call.arguments, call.state.wait_channels
    name = arguments.texts()[0]
    if arguments.has("S"):
        channels.signal(name)
    elif arguments.has("U"):
        channels.unlock(name)
    elif call.source.client is None:
        raise CommandError(f"not able to {'lock' if arguments.has('L') else 'wait'}")
    elif arguments.has("L"):
        channels.lock(name, lambda: _waiter(call))
    else:
        channels.wait(name, lambda: _waiter(call))


def _waiter(call: Call) -> Waiter:
    client = call.source.client
    return Waiter(
        wake=call.queue.wait(),
        lives=lambda: client is not None and client.id in call.state.clients,
    )


COMMANDS = (
    Command(
        name="wait-for",
        alias="wait",
        getopt="LSU",
        arity=(1, 1),
        usage="[-L|-S|-U] channel",
        flags=Flags.CAN_FAIL,
        run=wait_for,
    ),
)
