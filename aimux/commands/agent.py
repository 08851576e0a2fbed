"""agent: act on agents. aimux's own; each of its subcommands is a row, as commands are.

A few need no server and never come here: `cli` runs them (`integrations.agent_command`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aimux.commands import agent_prompt, agent_start, agent_wait
from aimux.commands.arguments import parse_flags
from aimux.commands.command import Call, Command
from aimux.commands.spawn import words_of
from aimux.errors import CommandError

SUBCOMMANDS: Mapping[str, Command] = {
    row.name.removeprefix("agent "): row
    for family in (agent_prompt, agent_start, agent_wait)
    for row in family.SUBCOMMANDS
}
"""By the word behind `agent`. A row's name is `agent WORD`; its flags are read when it runs."""


def agent(call: Call) -> None:
    """`agent subcommand ...`: the words behind the first one are the subcommand's own."""
    name, *words = words_of(call.arguments.positional)
    row = SUBCOMMANDS.get(name)
    if row is None or row.run is None:
        raise CommandError(f"unknown subcommand: {name} (one of {', '.join(sorted(SUBCOMMANDS))})")
    if name == "start":
        words = agent_start.with_branch(words)
    arguments = parse_flags(words, row.spec, command_name=row.name, usage=row.usage)
    within = replace(call, command=row, arguments=arguments)
    try:
        row.run(within)
    finally:
        call.landed = within.landed


COMMANDS = (
    Command(
        name="agent",
        alias=None,
        getopt="",
        arity=(1, None),
        usage="subcommand [argument ...]",
        run=agent,
        is_addition=True,
    ),
)
