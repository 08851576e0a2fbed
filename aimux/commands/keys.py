"""Key tables: binding keys, and which table a key is looked up in."""

from __future__ import annotations

from aimux.commands.arguments import always_commands
from aimux.commands.command import Call, Command, Flags
from aimux.commands.later_tmux import LATER_COMMANDS
from aimux.errors import CommandError, KeyNameError
from aimux.keys.names import canonical_name
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.pane import Pane


def _table(call: Call) -> str:
    if call.arguments.has("n"):
        return "root"
    return call.arguments.get("T") or "prefix"


def _key(text: str) -> str:
    try:
        return canonical_name(text)
    except KeyNameError:
        raise CommandError(f"unknown key: {text}") from None


def bind_key(call: Call) -> None:
    """bind-key [-nr] [-T key-table] [-N note] key [command [arguments]]."""
    arguments = call.arguments
    key = _key(arguments.texts()[0])
    words = arguments.positional[1:]
    commands = _commands(call, words) if words else None
    call.state.key_tables.bind(
        _table(call),
        key,
        commands,
        note=arguments.get("N"),
        repeat=arguments.has("r"),
        is_addition=commands is not None and not call.is_later and _is_of_later_tmux(commands),
    )


def _is_of_later_tmux(commands: CommandBlock) -> bool:
    """Whether the tmux that aimux says it is would have refused these commands."""
    return any(command.name in LATER_COMMANDS for command in commands)


def _commands(call: Call, words: tuple[str | CommandBlock, ...]) -> CommandBlock:
    if len(words) == 1 and isinstance(words[0], CommandBlock):
        return words[0]
    if len(words) == 1:
        return call.queue.language.read_string(str(words[0]))
    return call.queue.language.read_words(words)


def unbind_key(call: Call) -> None:
    """unbind-key [-anq] [-T key-table] key."""
    arguments = call.arguments
    try:
        _unbind(call, arguments.text(0))
    except CommandError:
        if not arguments.has("q"):
            raise


def _unbind(call: Call, text: str | None) -> None:
    tables, table = call.state.key_tables, _table(call)
    if call.arguments.has("a"):
        if text is not None:
            raise CommandError("key given with -a")
        tables.remove_table(table)
        return
    if text is None:
        raise CommandError("missing key")
    key = _key(text)
    tables.required(table)
    tables.unbind(table, key)


def key_table_of(client: Client, pane: Pane | None) -> str:
    """The table that a client's next key is looked up in: its own, or the mode's."""
    if client.key_table == "root" and pane is not None and pane.mode is not None:
        return pane.mode.key_table or client.key_table
    return client.key_table


COMMANDS = (
    Command(
        name="bind-key",
        alias="bind",
        getopt="nrN:T:",
        arity=(1, None),
        usage="[-nr] [-T key-table] [-N note] key [command [arguments]]",
        flags=Flags.CAN_FAIL,
        kind=always_commands,
        run=bind_key,
    ),
    Command(
        name="unbind-key",
        alias="unbind",
        getopt="anqT:",
        arity=(0, 1),
        usage="[-anq] [-T key-table] key",
        flags=Flags.CAN_FAIL,
        run=unbind_key,
    ),
)
