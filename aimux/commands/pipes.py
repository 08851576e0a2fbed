"""pipe-pane: what a pane's program writes into a shell command, and that command's output to it."""

from __future__ import annotations

from aimux.commands.command import Aim, Call, Command
from aimux.errors import CommandError


def pipe_pane(call: Call) -> None:
    """pipe-pane [-IOo] [-t target-pane] [shell-command]."""
    arguments, pane = call.arguments, call.the_pane()
    if pane.exited is not None:
        raise CommandError("target pane has exited")
    was_piped = pane.piped
    call.effects.close_pipe(pane)
    command = arguments.text(0)
    if not command or (arguments.has("o") and was_piped):
        return
    call.effects.open_pipe(
        pane,
        call.expand_time(command),
        session=call.the_session(),
        to_command=arguments.has("O") or not arguments.has("I"),
        to_pane=arguments.has("I"),
    )


COMMANDS = (
    Command(
        name="pipe-pane",
        alias="pipep",
        getopt="IOot:",
        arity=(0, 1),
        usage="[-IOo] [-t target-pane] [shell-command]",
        target=Aim.PANE,
        run=pipe_pane,
    ),
)
